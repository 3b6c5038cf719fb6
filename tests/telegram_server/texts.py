"""The text of a message or a caption, as a bot gives it: parsed, trimmed and measured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .entities import Formatted, given_entities, trimmed, utf16_length
from .html_reader import parse_html
from .parameters import Parameters
from .refusal import bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
_UNREAD_MODES = frozenset({"markdown", "markdownv2"})

Complain = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as the bot wrote it (`html`) and as people read it (`formatted`)."""

    html: str
    formatted: Formatted


def message_text(parameters: Parameters, complain: Complain) -> Wording:
    """Return the text of a message, or refuse it as Telegram does."""
    raw = parameters.text("text")
    if not raw:
        raise bad_request("message text is empty")
    wording = _worded(parameters, raw, "entities", complain)
    if not wording.formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(wording.formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return wording


def caption(parameters: Parameters, complain: Complain) -> Wording:
    """Return the caption of a photo, which may be empty, or refuse it."""
    raw = parameters.text("caption")
    wording = _worded(parameters, raw, "caption_entities", complain)
    if utf16_length(wording.formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return wording


def content_text(content: dict[str, Any], complain: Complain) -> Wording:
    """Return the text inside an inline result, or refuse it."""
    return message_text(
        Parameters(
            {
                "text": content.get("message_text"),
                "parse_mode": content.get("parse_mode"),
                "entities": content.get("entities"),
            }
        ),
        complain,
    )


def _worded(parameters: Parameters, raw: str, entities: str, complain: Complain) -> Wording:
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        formatted = parse_html(raw)
    elif mode in _UNREAD_MODES:
        complain(f"parse_mode {mode} is not checked by this server; use HTML")
        formatted = Formatted(raw)
    elif mode and mode != "none":
        raise bad_request("unsupported parse_mode")
    else:
        formatted = Formatted(raw, given_entities(parameters, entities))
    for url in formatted.dropped_links:
        complain(f"Telegram drops the link to {url!r}: it is no http, https or tg address")
    return Wording(raw, trimmed(formatted))
