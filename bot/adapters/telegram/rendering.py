"""A reply as Telegram shows it: HTML, escaped here and nowhere else, and keyboards."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import regex
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.adapters.telegram.callback_data import encoded
from bot.core.model import Direction, Language
from bot.core.reply import Button, Part, PartKind, Reply

LIMIT = 4_096  # characters of a message after its tags are read
_MARGIN = 16
_RIGHT_TO_LEFT, _ISOLATE, _END = "\u200f", "\u2068", "\u2069"
# German names, addresses and numbers inside Arabic or Persian, kept together and left to right
_FOREIGN = regex.compile(
    r"[\p{Latin}\d§+@/][\p{Latin}\d§+@/.,:%€\- ]*[\p{Latin}\d%€]|[\p{Latin}\d]"
)
_TAGS = {
    PartKind.TITLE: ("<b>", "</b>"),
    PartKind.TEXT: ("", ""),
    PartKind.DETAILS: ("<blockquote expandable>", "</blockquote>"),
    PartKind.NOTE: ("<i>", "</i>"),
    PartKind.QUOTE: ("<code>", "</code>"),
}


@dataclass(frozen=True)
class Rendering:
    """Knows the languages' directions and the bot's name for links into the private chat."""

    languages: Mapping[str, Language]
    bot_name: str = ""

    def html(self, reply: Reply) -> str:
        """Return the message as Telegram's HTML, at most 4,096 characters once parsed."""
        parts = _within(reply.parts, LIMIT - _MARGIN)
        return "\n\n".join(self._part(part, part.language or reply.language) for part in parts)

    def keyboard(self, reply: Reply) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
        """Return the buttons of the reply, or the one key that shares a location."""
        if reply.wants_location:
            key = KeyboardButton(reply.wants_location, request_location=True)
            return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)
        rows = [[self._button(b, living=reply.living) for b in row] for row in reply.buttons if row]
        return InlineKeyboardMarkup(rows) if rows else None

    def _button(self, button: Button, *, living: bool) -> InlineKeyboardButton:
        if button.action:
            data = encoded(button.action, living=living)
            return InlineKeyboardButton(button.label, callback_data=data)
        if button.copy:
            return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy[:256]))
        link = f"https://t.me/{self.bot_name}?start={button.start}"
        return InlineKeyboardButton(button.label, url=button.url or link)

    def _part(self, part: Part, language: str) -> str:
        opening, closing = _TAGS[part.kind]
        known = self.languages.get(language)
        text = part.text
        if known and known.direction is Direction.RTL:
            text = "\n".join(_right_to_left(line) for line in text.split("\n"))
        return opening + escape(text, quote=False) + closing


def _right_to_left(line: str) -> str:
    if not line.strip():
        return line
    return _RIGHT_TO_LEFT + _FOREIGN.sub(lambda found: _ISOLATE + found[0] + _END, line)


def _units(text: str) -> int:
    """Return the length as Telegram counts it, with room for the marks of right to left."""
    marks = 2 * len(_FOREIGN.findall(text)) + text.count("\n") + 1
    return len(text.encode("utf-16-le")) // 2 + marks


def _within(parts: tuple[Part, ...], limit: int) -> tuple[Part, ...]:
    """Shorten the longest part at a paragraph until all parts fit one message."""
    while sum(_units(part.text) + 2 for part in parts) > limit:
        longest = max(range(len(parts)), key=lambda at: _units(parts[at].text))
        over = sum(_units(part.text) + 2 for part in parts) - limit
        part = parts[longest]
        shorter = Part(part.kind, _cut(part.text, over + 2), part.language)
        parts = (*parts[:longest], shorter, *parts[longest + 1 :])
    return parts


def _cut(text: str, over: int) -> str:
    """Drop at least `over` characters from the end, at a paragraph, line or word."""
    kept = text[: max(len(text) - over, 0)]
    for border in ("\n\n", "\n", " "):
        if border in kept[len(kept) // 2 :]:
            return kept.rsplit(border, 1)[0].rstrip() + "…"
    return kept[:-1] + "…" if kept else ""
