"""The keyboards that a bot sends, and what Telegram refuses about them."""

from dataclasses import dataclass
from typing import Any

from .entities import link_fault
from .messages import Button, Rows
from .refusal import Refusal, bad_request

MAX_BUTTONS = 100
MAX_IN_A_ROW = 8
MAX_REPLY_BUTTONS = 300
MAX_REPLY_IN_A_ROW = 12
MAX_CALLBACK_BYTES = 64
MAX_COPY_TEXT = 256
_ACTIONS = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
]
_REQUESTS = {
    "request_contact": "Phone number",
    "request_location": "Location",
    "request_poll": "Poll",
    "request_users": "Users",
    "request_chat": "Chats",
}


@dataclass(frozen=True, slots=True)
class Keyboard:
    """A checked keyboard; `markup` is what Telegram shows to bots in a message."""

    inline: Rows = ()
    reply: Rows | None = None
    removes: bool = False
    forces_reply: bool = False
    markup: dict[str, Any] | None = None

    @property
    def is_inline(self) -> bool:
        """Whether the keyboard sits under the message, or there is none."""
        return self.reply is None and not self.removes and not self.forces_reply


def read_keyboard(given: Any, *, in_private: bool = True) -> Keyboard:
    """Return the keyboard, or refuse it as Telegram does."""
    if given is None:
        return Keyboard()
    if not isinstance(given, dict) or not given:
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return _inline_keyboard(given["inline_keyboard"])
    if "keyboard" in given:
        rows = _rows(given["keyboard"], "keyboard")
        return Keyboard(reply=_reply_rows(rows, in_private=in_private))
    if given.get("remove_keyboard") is True:
        return Keyboard(removes=True)
    if given.get("force_reply") is True:
        return Keyboard(forces_reply=True)
    raise bad_request("object expected as reply markup")


def _inline_keyboard(given: Any) -> Keyboard:
    rows = _rows(given, "inline keyboard")
    _measure(rows, MAX_BUTTONS, MAX_IN_A_ROW)
    inline = tuple(tuple(_inline_button(button) for button in row) for row in rows if row)
    markup = {"inline_keyboard": [row for row in rows if row]} if inline else None
    return Keyboard(inline=inline, markup=markup)


def _rows(given: Any, name: str) -> list[list[Any]]:
    if not isinstance(given, list):
        raise bad_request(f"{name} must be an Array of Arrays")
    if not all(isinstance(row, list) for row in given):
        raise bad_request(f"{name} row must be an Array")
    return given


def _measure(rows: list[list[Any]], total: int, width: int) -> None:
    if sum(map(len, rows)) > total or any(len(row) > width for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _inline_button(given: Any) -> Button:
    if not isinstance(given, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    label = _label(given, "inline keyboard")
    actions = [name for name in _ACTIONS if given.get(name) is not None]
    if given.get("callback_data") == "":
        actions.remove("callback_data")
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if "callback_data" in given:
        return Button(label, data=_callback_data(given["callback_data"]))
    if "url" in given:
        return Button(label, url=_url(given["url"]))
    if "copy_text" in given:
        return Button(label, copy_text=_copy_text(given["copy_text"]))
    return Button(label)


def _label(given: dict[str, Any], keyboard: str) -> str:
    label = given.get("text")
    if label is None:
        raise _unreadable('Can\'t find field "text"', keyboard)
    if not isinstance(label, str):
        raise _unreadable('Field "text" must be of type String', keyboard)
    if not label.strip():  # Telegram leaves such a button out; no bot can want that
        raise bad_request("BUTTON_TEXT_INVALID")
    return label


def _callback_data(data: Any) -> str:
    if not isinstance(data, str) or len(data.encode()) > MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(url: Any) -> str:
    fault = link_fault(url) if isinstance(url, str) else "Wrong HTTP URL"
    if fault:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {fault}")
    return str(url)


def _copy_text(given: Any) -> str:
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return text


def _reply_rows(rows: list[list[Any]], *, in_private: bool) -> Rows:
    _measure(rows, MAX_REPLY_BUTTONS, MAX_REPLY_IN_A_ROW)
    if not any(rows):
        raise bad_request("REPLY_MARKUP_INVALID")
    return tuple(
        tuple(_reply_button(button, in_private=in_private) for button in row) for row in rows if row
    )


def _reply_button(given: Any, *, in_private: bool) -> Button:
    if isinstance(given, str):
        given = {"text": given}
    if not isinstance(given, dict):
        raise _unreadable("KeyboardButton must be an Object", "keyboard")
    label = _label(given, "keyboard")
    requests = [name for name in _REQUESTS if given.get(name)]
    if len(requests) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if requests and not in_private:
        raise bad_request(f"{_REQUESTS[requests[0]]} can be requested in private chats only")
    return Button(
        label,
        asks_location="request_location" in requests,
        asks_contact="request_contact" in requests,
    )


def _unreadable(what: str, keyboard: str = "inline keyboard") -> Refusal:
    return bad_request(f"can't parse {keyboard} button: {what}")
