"""The bot's name, descriptions and command menus in every language, set only when changed."""

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.core.knowledge import Knowledge

_log = structlog.get_logger()
COMMANDS = ("start", "menu", "place", "language", "settings", "help", "privacy")
_DEFAULT = "en"  # what Telegram shows for a language that we do not speak


async def set_menus(bot: Bot, knowledge: Knowledge) -> None:
    """Bring Telegram's texts about the bot up to date; failing is no reason not to serve."""
    for code in ("", *knowledge.languages):
        try:
            await _set_for(bot, knowledge, code)
        except TelegramError as error:
            _log.warning("menus not set", language=code, kind=type(error).__name__)


async def _set_for(bot: Bot, knowledge: Knowledge, code: str) -> None:
    language = code or _DEFAULT
    shown = code or None
    commands = tuple(
        BotCommand(name, knowledge.sentence(language, f"command.{name}")) for name in COMMANDS
    )
    if await bot.get_my_commands(language_code=shown) != commands:
        await bot.set_my_commands(commands, language_code=shown)
    name = knowledge.sentence(language, "telegram.name")
    if (await bot.get_my_name(shown)).name != name:
        await bot.set_my_name(name, shown)
    short = knowledge.sentence(language, "telegram.short")
    if (await bot.get_my_short_description(shown)).short_description != short:
        await bot.set_my_short_description(short, shown)
    description = knowledge.sentence(language, "telegram.description")
    if (await bot.get_my_description(shown)).description != description:
        await bot.set_my_description(description, shown)
