"""`wegweiser run`: the bot in Telegram."""

from typing import Annotated

import typer

from bot.cli.common import USAGE_PROBLEM, Today, clear_ends, day, err, house, settings


def run(
    webhook: Annotated[
        bool, typer.Option("--webhook", help="Receive by webhook instead of polling.")
    ] = False,
    today: Today = None,
) -> None:
    """Start the bot in Telegram, by polling unless --webhook is given."""
    # Here, because Telegram's and the database's packages take longer to load than an answer.
    from telegram.error import InvalidToken, NetworkError

    from bot.logs import start_logging
    from bot.service import Service

    chosen = settings()
    if not chosen.bot_token.get_secret_value():
        err.print("WEGWEISER_BOT_TOKEN is not set; get one from @BotFather and put it into .env")
        raise typer.Exit(USAGE_PROBLEM)
    if webhook and not (chosen.webhook_url and chosen.webhook_secret.get_secret_value()):
        err.print("WEGWEISER_WEBHOOK_URL and WEGWEISER_WEBHOOK_SECRET are needed for --webhook")
        raise typer.Exit(USAGE_PROBLEM)
    start_logging(chosen.log_level)
    with clear_ends():
        service = Service(chosen, house(), lambda: day(today))
    try:
        service.run(webhook=webhook)
    except InvalidToken:
        err.print("WEGWEISER_BOT_TOKEN was refused by Telegram; copy it anew from @BotFather")
        raise typer.Exit(USAGE_PROBLEM) from None
    except NetworkError:
        err.print("WEGWEISER_API_URL cannot be reached; check the network and the address")
        raise typer.Exit(USAGE_PROBLEM) from None
