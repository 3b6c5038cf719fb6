"""What the bot says, whatever the chat program: parts of a message, buttons, a pin."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import regex

LABEL_LIMIT = 24  # grapheme clusters that a button shows on a small phone
_GRAPHEME = regex.compile(r"\X")
_ROOM = {2: 20, 3: 12}  # characters that each of so many buttons in a row shows


class Verb(StrEnum):
    """What a button does; the short values travel in callbacks and never change."""

    MENU = "m"
    AREA = "a"
    TOPIC = "t"
    ABOUT = "ab"  # the text of a topic that shows an office where the place is known
    LANGUAGES = "ls"
    LANGUAGE = "l"
    COUNTER = "g"
    WHO_HELPS = "w"
    GOOD = "+"
    BAD = "-"
    REASON = "r"
    ASK_PLACE = "pa"
    PLACE = "p"
    FORGET_PLACE = "pf"
    OFFICE = "of"
    OFFICE_NEED = "on"
    NONE_OF_THESE = "n"
    OFFER_QUESTION = "q"
    SEND_QUESTION = "qs"
    DROP_QUESTION = "qd"
    HELP = "h"
    PRIVACY = "pr"
    SETTINGS = "s"
    MYDATA = "d"
    DELETE = "x"
    DELETE_NOW = "xx"


@dataclass(frozen=True, slots=True)
class Action:
    """A button's meaning: a verb and up to two ids."""

    verb: Verb
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A label with exactly one of: an action, an address, a text to copy, a way into the bot.

    `start` is the payload of a link that opens the private chat.
    """

    label: str
    action: Action | None = None
    url: str = ""
    copy: str = ""
    start: str = ""


class PartKind(StrEnum):
    """How a part of a message is shown."""

    TITLE = "title"
    TEXT = "text"
    DETAILS = "details"
    NOTE = "note"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message in one language (empty: the language of the reply)."""

    kind: PartKind
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map, in degrees, with what stands below it."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message. `living`: it may replace the menu message that it came from."""

    parts: tuple[Part, ...]
    language: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    pin: Pin | None = None
    living: bool = False
    wants_location: str = ""  # label of the "share location" key, if one shall be offered
    only_buttons: bool = False  # the text of the pressed message stays, its buttons change

    @property
    def text(self) -> str:
        """The words alone, parts apart by an empty line."""
        return "\n\n".join(part.text for part in self.parts)

    def with_row(self, *row: Button) -> "Reply":
        """Return the reply with one more row of buttons."""
        return replace(self, buttons=(*self.buttons, row)) if row else self

    def with_parts(self, *parts: Part) -> "Reply":
        """Return the reply with more parts at its end."""
        return replace(self, parts=(*self.parts, *parts))


def graphemes(text: str) -> int:
    """Return how many characters a reader sees (grapheme clusters)."""
    return len(_GRAPHEME.findall(text))


def fits(label: str) -> bool:
    """Whether a button shows the whole label."""
    return graphemes(label) <= LABEL_LIMIT


def shortened(label: str) -> str:
    """Return `label` if it fits a button, else its first words and an ellipsis."""
    if fits(label):
        return label
    start = "".join(_GRAPHEME.findall(label)[: LABEL_LIMIT - 1])
    words = start.rsplit(" ", 1)[0] if " " in start[LABEL_LIMIT // 2 :] else start
    return words.rstrip(" ,;:–-(") + "…"


def packed(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Lay buttons out in order, as many a row as a small phone shows without cutting them."""
    rows: list[list[Button]] = []
    for button in buttons:
        longer = [*rows[-1], button] if rows else []
        if longer and _width(longer) <= _ROOM.get(len(longer), 0):
            rows[-1] = longer
        else:
            rows.append([button])
    return tuple(map(tuple, rows))


def _width(buttons: Sequence[Button]) -> int:
    """Return the length of the longest label; all buttons of a row are equally wide."""
    return max(graphemes(button.label) for button in buttons)
