"""A bare python-telegram-bot application that echoes: the baseline of `bench telegram`."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None  # filters.TEXT let it through
    assert message.text
    await message.reply_text(message.text)


def main() -> None:
    """Echo every text, by polling, with the same connections as ours."""
    application = (
        Application.builder()
        .token(os.environ["WEGWEISER_BOT_TOKEN"])
        .base_url(os.environ["WEGWEISER_API_URL"] + "/bot")
        .concurrent_updates(256)
        .connection_pool_size(16)
        .pool_timeout(120)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main()
