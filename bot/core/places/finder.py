"""A text or a point -> the place and its offices, or the question to ask back."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from bot.core.places.borders import Area, Borders
from bot.core.places.choices import Choice, bezirk_option
from bot.core.places.codes import Codes
from bot.core.places.context import Context
from bot.core.places.evidence import Text
from bot.core.places.folding import tokens
from bot.core.places.gazetteer import Gazetteer
from bot.core.places.mentions import Reader
from bot.core.places.model import NOTHING, Ask, Finding, Option, Place, PlaceKind, Span
from bot.core.places.postcodes import postcodes
from bot.core.places.records import Tables
from bot.core.places.words import Words

TOKEN = "\N{MATHEMATICAL LEFT ANGLE BRACKET}place\N{MATHEMATICAL RIGHT ANGLE BRACKET}"
_LONGEST = 1_000  # characters; a place comes early, and a long text must not hold up others


class Places:
    """All of Germany's places; build it once, ask it often."""

    def __init__(self, tables: Tables, ordinary: Collection[str] = ()) -> None:
        self._gazetteer = Gazetteer(tables)
        self._reader = Reader(self._gazetteer)
        self._words = Words(tables.words, ordinary)
        self._codes = Codes(self._gazetteer, tables.po_boxes)
        self._context = Context(self._gazetteer, self._codes, tables.laender)
        self._borders = Borders(tables.borders)
        self._recent = lru_cache(maxsize=256)(self._find)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the memory of recent texts out of a copy on disk: they are people's words."""
        return {name: part for name, part in self.__dict__.items() if name != "_recent"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._recent = lru_cache(maxsize=256)(self._find)

    def find(self, text: str) -> Finding:
        """Return the place that `text` names, what to ask if that is not clear, or nothing."""
        return self._recent(text)

    def _find(self, text: str) -> Finding:
        read = Text(text[:_LONGEST], tokens(text[:_LONGEST]), self._words)
        numbered = [
            number
            for number in postcodes(read.raw, self._words, read.tokens)
            if self._codes.known(number.plz)
        ]
        mentions = list(self._reader.mentions(read))
        choice, spans = self._context.choice(read, numbered, mentions)
        return _finding(choice, spans)

    def at(self, latitude: float, longitude: float) -> Finding:
        """Return the place of a point in degrees; near a border ask, abroad say so."""
        areas = self._borders.areas(latitude, longitude)
        if not areas:
            return Finding(PlaceKind.ASK, ask=Ask.OUTSIDE)
        options: dict[str, Option] = {}
        for area in areas:
            option = self._option(area)
            options.setdefault(option.place.jobcenter, option)
        if len(options) == 1:
            return Finding(PlaceKind.FOUND, next(iter(options.values())).place)
        return Finding(PlaceKind.ASK, options=tuple(options.values()), ask=Ask.BORDER)

    def _option(self, area: Area) -> Option:
        if area.jobcenter:
            return bezirk_option(self._gazetteer.bezirk(area.jobcenter))
        spot = self._gazetteer.by_key[f"k:{area.kreis}"]
        return Option(spot.place.name, spot.place)

    def by_key(self, key: str) -> Place | None:
        """Return the place of a saved key, None if it is no longer known."""
        if key.startswith("p:"):
            return self._codes.by_key(key)
        spot = self._gazetteer.by_key.get(key)
        return spot.place if spot and spot.place.jobcenter else None

    def masked(self, text: str) -> str:
        """Return `text` with the words of places replaced by ⟨place⟩."""
        pieces, last = [], 0
        for start, end in self.find(text).spans:
            pieces += [text[last:start], TOKEN]
            last = end
        return "".join([*pieces, text[last:]])

    def is_only_place(self, text: str) -> bool:
        """Whether the message names a place and asks nothing else ("в Кёльне", "50667 Köln")."""
        spans = self.find(text).spans
        if not spans or len(text) > _LONGEST:
            return False
        read = Text(text, tokens(text), self._words)
        outside = (
            token
            for token in read.tokens
            if not any(start <= token.start < end for start, end in spans)
        )
        return all(read.filler(token) for token in outside)


def _finding(choice: Choice | None, spans: Sequence[Span]) -> Finding:
    if choice is None:
        return NOTHING
    shown = _merged(spans)
    if choice.place:
        return Finding(PlaceKind.FOUND, choice.place, others=choice.others, spans=shown)
    return Finding(
        PlaceKind.ASK, options=choice.options, ask=choice.ask, others=choice.others, spans=shown
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
