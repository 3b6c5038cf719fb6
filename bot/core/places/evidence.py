"""What speaks for a word of a text being a place: the words beside it and how it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.places.folding import Token
from bot.core.places.sound import script
from bot.core.places.words import Role, Words

_SHORT_MESSAGE = 3
_BRIEF_MESSAGE = 6


@dataclass(frozen=True)
class Text:
    """A text in tokens with what holds for all of it."""

    raw: str
    tokens: Sequence[Token]
    words: Words

    @cached_property
    def caseless(self) -> bool:
        """Whether capitals tell nothing: none beyond the first word, or only capitals."""
        written = [token for token in self.tokens if not token.number]
        later = [token for token in written[1:] if len(token.raw) > 1]
        return not any(token.capital for token in later) or all(t.raw.isupper() for t in written)

    @cached_property
    def lives(self) -> bool:
        """Whether the person says where they live."""
        return any(self.words.has(token.text, Role.LIVE) for token in self.tokens)

    @cached_property
    def about_office(self) -> bool:
        """Whether the text names an office, so that a place is likely."""
        return any(self.words.has(token.text, Role.OFFICE) for token in self.tokens)

    @property
    def short(self) -> bool:
        """Whether it is a few words, as people type into a search box."""
        return len(self.tokens) <= _SHORT_MESSAGE

    @property
    def brief(self) -> bool:
        """Whether it is one short sentence at most."""
        return len(self.tokens) <= _BRIEF_MESSAGE

    def filler(self, token: Token) -> bool:
        """Whether a word adds nothing to the place it stands with."""
        kinds = (Role.IN, Role.WEAK, Role.KIND, Role.FOLLOW, Role.POSTCODE, Role.KREIS)
        return any(self.words.has(token.text, role) for role in kinds)

    def gap(self, left: int, right: int) -> str:
        """Return what is written between two neighbouring tokens."""
        return self.raw[self.tokens[left].end : self.tokens[right].start]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the tokens of one name being meant as a place."""

    capital: bool
    strong: bool  # a preposition of place, a word for town, an office beside, or all there is
    located: bool  # a preposition of place directly before it
    weak: bool  # a preposition that may also be one of place
    town: bool  # a word for town directly before it
    office: bool  # an office directly before or behind it
    alone: bool  # the message is nothing else
    lives: bool


def evidence(text: Text, start: int, end: int) -> Evidence:
    """Weigh what stands around the tokens `start` to `end` (exclusive)."""
    words, tokens = text.words, text.tokens
    before = tokens[start - 1].text if start else ""
    close = start > 0 and not _sentence_end(text.gap(start - 1, start))
    before = before if close else ""
    after = tokens[end].text if end < len(tokens) else ""
    rest = [*tokens[:start], *tokens[end:]]
    alone = all(text.filler(token) or token.number for token in rest)
    town = words.has(before, Role.KIND)
    office = words.has(before, Role.OFFICE) or (close and _office(text, start - 2))
    office = office or words.has(after, Role.OFFICE) or _office(text, end)
    beside = words.has(after, Role.KIND)
    return Evidence(
        capital=tokens[start].capital and not (text.caseless and start == 0 and not alone),
        strong=words.has(before, Role.IN) or town or office or beside or alone,
        located=words.has(before, Role.IN),
        weak=words.has(before, Role.WEAK),
        town=town,
        office=office,
        alone=alone,
        lives=text.lives,
    )


def _office(text: Text, index: int) -> bool:
    """Whether two words from `index` on are an office written apart ("job center")."""
    pair = text.tokens[index : index + 2] if index >= 0 else ()
    return text.words.has("".join(token.text for token in pair), Role.OFFICE)


def _sentence_end(gap: str) -> bool:
    return any(sign in gap for sign in ".!?;:\n") and gap.strip() not in ("", ":")


def caseless(text: Text, token: Token) -> bool:
    """Whether the token could not have shown that it is a name."""
    return text.caseless or script(token.text) == "arabic"
