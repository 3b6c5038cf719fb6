"""Texts with entities: what they count, where commands and mentions are, what is a link."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .parameters import Parameters

_LINK_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})
_BUTTON_SCHEMES = frozenset({"http", "https", "tg"})
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}  # any other stays as it is written
CHARACTER = re.compile(
    r"&(?:#x([0-9a-fA-F]{1,6})(?![0-9a-fA-F])"
    r"|#([0-9]{1,7})(?![0-9])"
    r"|(lt|gt|amp|quot)(?![A-Za-z]));?"
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text without its markup; offsets and lengths count UTF-16 code units."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()
    dropped_links: tuple[str, ...] = ()


def utf16_length(text: str) -> int:
    """Return the length that Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def decoded(found: re.Match[str]) -> str:
    """Return what `&...;` stands for, or the same again if Telegram does not know it."""
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else str(found.group())


def trimmed(formatted: Formatted) -> Formatted:
    """Return the text without the white space around it, as Telegram keeps it."""
    text = formatted.text.rstrip()
    first = min((entity["offset"] for entity in formatted.entities), default=len(text))
    start = 0
    while start < min(first, len(text)) and text[start].isspace():
        start += 1
    end = utf16_length(text)
    entities = []
    for entity in formatted.entities:
        length = min(entity["length"], end - entity["offset"])
        if length > 0:
            entities.append({**entity, "offset": entity["offset"] - start, "length": length})
    return Formatted(text[start:], tuple(entities), formatted.dropped_links)


def found_in(text: str) -> list[dict[str, Any]]:
    """Return the commands and mentions that Telegram marks in what a person writes."""
    spans = [("bot_command", found.span()) for found in _COMMAND.finditer(text)]
    spans += [("mention", found.span()) for found in _MENTION.finditer(text)]
    return [
        {
            "type": kind,
            "offset": utf16_length(text[:start]),
            "length": utf16_length(text[start:end]),
        }
        for kind, (start, end) in sorted(spans, key=lambda span: span[1])
    ]


def given_entities(parameters: Parameters, name: str) -> tuple[dict[str, Any], ...]:
    """Return the entities that a bot named itself; Telegram ignores what it cannot read."""
    given = parameters.object(name)
    if not isinstance(given, list):
        return ()
    return tuple(
        entity
        for entity in given
        if isinstance(entity, dict)
        and isinstance(entity.get("offset"), int)
        and isinstance(entity.get("length"), int)
    )


def is_link(url: str) -> bool:
    """Whether Telegram keeps this as the target of a link in a text."""
    scheme, separator, _ = url.partition("://")
    host = _host(url if separator else f"http://{url}")
    if not separator:
        return "." in host.strip(".") and "@" not in url.partition("/")[0]
    return scheme.lower() in _LINK_SCHEMES and bool(host)


def link_fault(url: str) -> str:
    """Return what is wrong with the URL of a button, "" if nothing is."""
    scheme, separator, _ = url.partition("://")
    if not separator:
        return "Wrong HTTP URL"
    if scheme.lower() not in _BUTTON_SCHEMES:
        return "Unsupported URL protocol"
    return "" if _host(url) else "URL host is empty"


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return "" if any(letter.isspace() for letter in parts.netloc) else host
