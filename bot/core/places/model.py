"""What the finder says: a place, or the question to ask back."""

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class PlaceKind(StrEnum):
    """Whether a place was found, must be asked for, or was not named at all."""

    FOUND = "found"
    ASK = "ask"
    NONE = "none"


class Ask(StrEnum):
    """Why the finder asks back."""

    SEVERAL = "several"  # a postcode with several Jobcenters
    NAMESAKES = "namesakes"  # several places of this name
    SPELLING = "spelling"  # a misspelled name: the nearest ones, often one, to confirm
    PLACES = "places"  # the person named several places
    BERLIN = "berlin"
    PO_BOX = "po_box"
    BORDER = "border"
    OUTSIDE = "outside"  # coordinates outside Germany


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the two offices that are responsible for it.

    `key` is short stable ASCII (at most 40 bytes) for saving; `Places.by_key` turns it back.
    `plz` is None where the place has several or none; `municipality` is empty for a Kreis.
    """

    key: str
    plz: str | None
    municipality: str
    kreis_ags: str
    jobcenter: str
    agency: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Option:
    """A place to choose, with a short label that no other option of the question has."""

    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a text or at a point.

    `place` is set if `kind` is found, `options` and `ask` if it is ask; `others` are the
    namesakes that a much larger city won against; `spans` are offsets of the place words.
    """

    kind: PlaceKind
    place: Place | None = None
    options: tuple[Option, ...] = ()
    ask: Ask | None = None
    others: tuple[Option, ...] = ()
    spans: tuple[Span, ...] = ()


NOTHING = Finding(PlaceKind.NONE)
