"""The methods about the bot itself and about chats: names, commands, menus."""

import json
import re
from collections.abc import Callable
from typing import Any

from .cloud import Cloud, Method, method
from .parameters import Parameters
from .refusal import bad_request

MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
MAX_NAME = 64
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")
_MENUS = frozenset({"default", "commands", "web_app"})
_SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
_GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"


async def get_me(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Return the bot as it sees itself."""
    return cloud.bot


async def set_my_commands(cloud: Cloud, parameters: Parameters) -> bool:
    """Keep the command menu of one scope and language."""
    given = parameters.object("commands")
    if not isinstance(given, list):
        raise bad_request("can't parse commands: Array expected")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    cloud.profile.commands[_menu_key(parameters)] = [_command(command) for command in given]
    return True


async def get_my_commands(cloud: Cloud, parameters: Parameters) -> list[dict[str, str]]:
    """Return the command menu of exactly this scope and language."""
    return cloud.profile.commands.get(_menu_key(parameters), [])


async def delete_my_commands(cloud: Cloud, parameters: Parameters) -> bool:
    """Forget the command menu of exactly this scope and language."""
    cloud.profile.commands.pop(_menu_key(parameters), None)
    return True


async def set_chat_menu_button(cloud: Cloud, parameters: Parameters) -> bool:
    """Keep what the button beside the text field does."""
    button = parameters.object("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in _MENUS:
        raise bad_request("MenuButton has unsupported type")
    chat_id = cloud.find_chat(parameters).id if parameters.has("chat_id") else 0
    cloud.profile.menu_buttons[chat_id] = button
    return True


async def get_chat(cloud: Cloud, parameters: Parameters) -> dict[str, Any]:
    """Return what the bot may know of a chat."""
    return {
        **cloud.find_chat(parameters).description,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS.split(), False),
    }


async def leave_chat(cloud: Cloud, parameters: Parameters) -> bool:
    """Take the bot out of a group."""
    chat = cloud.find_open_chat(parameters)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.is_left = True
    return True


async def close(cloud: Cloud, parameters: Parameters) -> bool:
    """Say yes to `close` and `logOut`; nothing here moves to another server."""
    return True


def _menu_key(parameters: Parameters) -> tuple[str, str]:
    scope = parameters.object("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return json.dumps(scope, sort_keys=True), _language(parameters)


def _language(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _command(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(given.get("command") or "").removeprefix("/")
    description = str(given.get("description") or "").strip()
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > MAX_COMMAND_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {MAX_COMMAND_DESCRIPTION}")
    return {"command": name, "description": description}


def _pair(
    suffix: str, parameter: str, most: int, kept_in: Callable[[Cloud], dict[str, str]]
) -> tuple[Method, Method]:
    """Return the setter and the getter of one text that the bot has per language."""

    async def keep(cloud: Cloud, parameters: Parameters) -> bool:
        text, language = parameters.text(parameter), _language(parameters)
        if len(text) > most:  # Telegram's own words are not known
            raise bad_request(f"bot {parameter} length must not exceed {most}")
        kept_in(cloud)[language] = text
        return True

    async def read(cloud: Cloud, parameters: Parameters) -> dict[str, str]:
        kept = kept_in(cloud)
        return {parameter: kept.get(_language(parameters)) or kept.get("", "")}

    return (
        method(f"set{suffix}", f"{parameter} language_code", keep),
        method(f"get{suffix}", "language_code", read),
    )


METHODS: tuple[Method, ...] = (
    method("getMe", "", get_me),
    method("setMyCommands", "commands scope language_code", set_my_commands),
    method("getMyCommands", "scope language_code", get_my_commands),
    method("deleteMyCommands", "scope language_code", delete_my_commands),
    *_pair("MyName", "name", MAX_NAME, lambda cloud: cloud.profile.names),
    *_pair(
        "MyDescription", "description", MAX_DESCRIPTION, lambda cloud: cloud.profile.descriptions
    ),
    *_pair(
        "MyShortDescription",
        "short_description",
        MAX_SHORT_DESCRIPTION,
        lambda cloud: cloud.profile.short_descriptions,
    ),
    method("setChatMenuButton", "chat_id menu_button", set_chat_menu_button),
    method("getChat", "chat_id", get_chat),
    method("leaveChat", "chat_id", leave_chat),
    method("logOut", "", close),
    method("close", "", close),
)
