"""The rows of the place tables, as the adapter hands them over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kreis:
    """A Kreis or kreisfreie Stadt with its Jobcenters (Berlin has twelve)."""

    ags: str
    name: str
    is_city: bool
    land: str
    jobcenters: tuple[str, ...]
    population: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; `population` is 0 where it is not known."""

    ags: str
    name: str
    population: int
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Postcode:
    """A delivery postcode: municipalities in the listed order, parts that may lie elsewhere.

    `possible` holds (Kreis, place) where one source alone puts a part of it in that Kreis.
    """

    plz: str
    municipalities: tuple[str, ...]
    possible: tuple[tuple[str, str], ...]
    berlin_jobcenters: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Locality:
    """A part or former municipality that has a postcode of its own."""

    name: str
    plz: str
    kreis: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Quarter:
    """A populated place inside a municipality; `berlin_jobcenter` is set in Berlin only."""

    geoname: str
    name: str
    municipality: str
    kreis: str
    berlin_jobcenter: str
    population: int
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Border:
    """The outline of a Kreis or Berlin Bezirk.

    One tuple of rings a part: first its outline, then its holes; a ring is longitudes and
    latitudes in turn, in degrees, the first point again at the end.
    """

    kreis: str
    jobcenter: str
    parts: Sequence[Sequence[Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Bezirk:
    """A Berlin Bezirk with its Jobcenter."""

    jobcenter: str
    name: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All place tables, each in the order of its file."""

    kreise: Sequence[Kreis]
    municipalities: Sequence[Municipality]
    postcodes: Sequence[Postcode]
    po_boxes: Mapping[str, tuple[str, ...]]  # postcode -> the Kreise of its boxes
    localities: Sequence[Locality]
    quarters: Sequence[Quarter]
    bezirke: Sequence[Bezirk]
    borders: Sequence[Border]
    agencies: Mapping[str, str]
    words: Mapping[str, Collection[str]] = field(default_factory=dict)
    laender: Mapping[str, Sequence[str]] = field(default_factory=dict)
