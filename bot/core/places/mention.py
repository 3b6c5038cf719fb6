"""A name of a place in a text, with what it may mean and what speaks for it."""

from dataclasses import dataclass
from enum import IntEnum

from bot.core.places.evidence import Evidence
from bot.core.places.spots import Spots


class Likeness(IntEnum):
    """How a word of the text became a name we know."""

    SAME = 0
    INFLECTED = 1
    HEARD = 2
    MISSPELLED = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at the tokens `start` to `end` and the places it may mean.

    `accepted` is whether enough speaks for it by itself; without, only another place beside
    it (its town, its postcode) makes it count. `sure` is False where we must confirm it.
    """

    start: int
    end: int
    spots: Spots
    likeness: Likeness
    evidence: Evidence
    accepted: bool
    sure: bool = True
    form: str = ""  # the name that was looked up, if it is not the word itself

    @property
    def known(self) -> bool:
        """Whether people far away know one of its places."""
        return any(spot.known for spot in self.spots)
