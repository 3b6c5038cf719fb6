"""Telegram's HTML, read as strictly as Telegram reads it, in one pass."""

import re
from dataclasses import dataclass
from typing import Any

from .entities import CHARACTER, Formatted, decoded, is_link, utf16_length
from .refusal import bad_request

_KINDS = {
    "bold": "b strong",
    "italic": "i em",
    "underline": "u ins",
    "strikethrough": "s strike del",
    "spoiler": "span tg-spoiler",
    "text_link": "a",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "custom_emoji": "tg-emoji",
}
_TAGS = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}
_SPACES = " \t\r\n\v\0"
_SPECIAL = re.compile("[<&]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG_NAME_END = re.compile(r"[ \t\r\n\v\0>]")
_ATTRIBUTE_NAME_END = re.compile(r"[ \t\r\n\v\0=>]")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    piece: int
    expandable: bool


def parse_html(html: str) -> Formatted:
    """Return the text and its entities, or refuse with the words of Telegram."""
    return _HtmlReader(html).read()


class _HtmlReader:
    """Reads one text from left to right; `_at` never goes back."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []
        self._dropped: list[str] = []

    def read(self) -> Formatted:
        html = self._html
        while found := _SPECIAL.search(html, self._at):
            self._keep(html[self._at : found.start()])
            self._at = found.start()
            if html[self._at] == "&":
                self._keep(self._character())
            elif html.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        self._keep(html[self._at :])
        if self._open:
            raise _broken(f"Can't find end tag corresponding to start tag {_q(self._open[-1].tag)}")
        self._entities.sort(key=lambda e: (e["offset"], -e["length"]))
        text = "".join(self._pieces)
        if _SURROGATE.search(text):
            raise _broken(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return Formatted(text, tuple(self._entities), tuple(self._dropped))

    def _keep(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._length += utf16_length(piece)

    def _character(self) -> str:
        found = CHARACTER.match(self._html, self._at)
        letter = decoded(found) if found else "&"
        self._at = found.end() if found else self._at + 1
        return letter

    def _start_tag(self) -> None:
        begin = self._at
        end = _TAG_NAME_END.search(self._html, begin + 1)
        if end is None:
            raise self._broken_at("Unclosed start tag", begin)
        tag = self._html[begin + 1 : end.start()].lower()
        if tag not in _TAGS:
            raise self._broken_at(f"Unsupported start tag {_q(tag)}", begin)
        self._at = end.start()
        opened = _Open(tag, "", self._length, len(self._pieces), False)
        while self._next_letter() != ">":
            self._attribute(opened, begin)
        self._at += 1
        if tag == "span" and opened.argument != "spoiler":
            raise self._broken_at('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(opened)

    def _next_letter(self) -> str:
        html = self._html
        while self._at < len(html) and html[self._at] in _SPACES:
            self._at += 1
        return html[self._at] if self._at < len(html) else ""

    def _attribute(self, opened: _Open, begin: int) -> None:
        end = _ATTRIBUTE_NAME_END.search(self._html, self._at)
        stop = end.start() if end else len(self._html)
        name = self._html[self._at : stop]
        if not name:
            raise self._broken_at(f"Empty attribute name in the tag {_q(opened.tag)}", begin)
        self._at = stop
        value = ""
        if self._next_letter() == "=":
            self._at += 1
            value = self._attribute_value(self._next_letter(), opened, begin)
        if self._at >= len(self._html):
            named = "" if value else f" {_q(opened.tag)}"
            raise self._broken_at(f"Unclosed start tag{named}", begin)
        _note(opened, name, value)

    def _attribute_value(self, first: str, opened: _Open, begin: int) -> str:
        html = self._html
        if not first:
            raise self._broken_at(f"Unclosed start tag {_q(opened.tag)}", begin)
        if first in "'\"":
            end = html.find(first, self._at + 1)
            if end < 0:
                raise self._broken_at("Unclosed start tag", begin)
            raw = html[self._at + 1 : end]
            self._at = end + 1
            return CHARACTER.sub(decoded, raw)
        token = _TOKEN.match(html, self._at)
        assert token  # it matches nothing at the least
        if token.end() < len(html) and html[token.end()] not in _SPACES + ">":
            raise self._broken_at("Unexpected end of name token", self._at)
        self._at = token.end()
        return token.group().lower()

    def _end_tag(self) -> None:
        html, begin = self._html, self._at
        if not self._open:
            raise self._broken_at("Unexpected end tag", begin)
        end = _TAG_NAME_END.search(html, begin + 2)
        self._at = end.start() if end else len(html)
        tag = html[begin + 2 : self._at].lower()
        if self._next_letter() != ">":
            raise self._broken_at("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise self._broken_at(
                "Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: dict[str, Any] = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self._length - opened.offset,
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self._pieces[opened.piece :])
            if not is_link(url):
                self._dropped.append(url)
                return
            entity["url"] = url
        elif opened.tag == "tg-emoji":
            if not opened.argument.isascii() or not opened.argument.isdigit():
                raise _broken("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.expandable:
            entity["type"] = "expandable_blockquote"
        self._entities.append(entity)

    def _broken_at(self, what: str, position: int, more: str = "") -> Exception:
        offset = len(self._html[:position].encode("utf-8", "surrogatepass"))
        return _broken(f"{what} at byte offset {offset}{more}")


def _note(opened: _Open, name: str, value: str) -> None:
    """Keep what an attribute says, if it is one that Telegram reads."""
    match opened.tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            opened.argument = value
        case "span", "class" if value.startswith("tg-"):
            opened.argument = value.removeprefix("tg-")
        case "blockquote", "expandable":
            opened.expandable = True


def _broken(what: str) -> Exception:
    return bad_request(f"can't parse entities: {what}")


def _q(name: str) -> str:
    return f'"{name}"'
