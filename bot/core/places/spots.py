"""The places that names may mean, made from the rows of the tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from zlib import crc32

from bot.core.places import names, sound
from bot.core.places.model import Place
from bot.core.places.records import Kreis, Locality, Municipality, Quarter, Tables

BERLIN = "11000"
# What a namesake counts whose population no table gives: the smallest town with one has 36,000.
UNKNOWN_POPULATION = 36_000
# From here on a part of a town is known well enough to be meant by its bare name.
KNOWN_QUARTER = 10_000


class Level(IntEnum):
    """What kind of place a name means; of two in one Kreis the lower number is shown."""

    MUNICIPALITY = 0
    BEZIRK = 1
    KREIS = 2
    QUARTER = 3
    LOCALITY = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that a name may mean.

    `place.jobcenter` is empty for all of Berlin. `ags` is the municipality, empty for a Kreis;
    `population` 0 is unknown; `tail` are the sounds of words that tell it from its namesakes.
    """

    place: Place
    level: Level
    population: int
    ags: str
    land: str
    kreis_name: str
    tail: tuple[str, ...] = ()
    known: bool = False  # whether people far away know it


Spots = tuple[Spot, ...]


def unique(spots: Iterable[Spot]) -> Spots:
    """Return the spots without repetition, in order."""
    return tuple({spot.place.key: spot for spot in spots}.values())


class SpotMaker:
    """Makes spots of rows; knows which Kreis, agency and postcodes belong to them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._kreise = {kreis.ags: kreis for kreis in tables.kreise}
        self.postcodes = {postcode.plz: postcode for postcode in tables.postcodes}
        self.municipalities = {town.ags: town for town in tables.municipalities}
        self._ags = {(town.name, town.ags[:5]): town.ags for town in tables.municipalities}

    def kreis(self, ags: str) -> Kreis:
        """Return the Kreis; KeyError if there is none."""
        return self._kreise[ags]

    def agency(self, jobcenter: str) -> str:
        """Return the agency of a Jobcenter, empty for none."""
        return self._tables.agencies.get(jobcenter, "")

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        """Municipality -> its postcodes."""
        found: dict[str, list[str]] = defaultdict(list)
        for postcode in self._tables.postcodes:
            for ags in postcode.municipalities:
                found[ags].append(postcode.plz)
        return found

    def _place(
        self, key: str, name: str, kreis: str, point: tuple[float, float], **more: str | None
    ) -> Place:
        jobcenter = more.get("jobcenter")
        if jobcenter is None:
            offices = self.kreis(kreis).jobcenters
            jobcenter = offices[0] if len(offices) == 1 else ""
        return Place(
            key,
            more.get("plz"),
            more.get("municipality") or "",
            kreis,
            jobcenter,
            self.agency(jobcenter),
            name,
            *point,
        )

    def town(self, town: Municipality) -> Spot:
        """Return the spot of a municipality."""
        kreis = self.kreis(town.ags[:5])
        codes = self._codes.get(town.ags, [])
        place = self._place(
            f"m:{town.ags}",
            town.name,
            kreis.ags,
            (town.latitude, town.longitude),
            plz=codes[0] if len(codes) == 1 else None,
            municipality=town.name,
        )
        tail = tuple(sound.german(word) for word in names.tail(town.name))
        known = town.population >= UNKNOWN_POPULATION
        level, people = Level.MUNICIPALITY, town.population
        return Spot(place, level, people, town.ags, kreis.land, kreis.name, tail, known)

    @cached_property
    def bezirke(self) -> Spots:
        """The twelve Bezirke of Berlin by name."""
        return tuple(self._bezirk(bezirk.jobcenter, bezirk.name) for bezirk in self._tables.bezirke)

    def _bezirk(self, jobcenter: str, name: str) -> Spot:
        quarters = [q for q in self._tables.quarters if q.berlin_jobcenter == jobcenter]
        berlin = self.kreis(BERLIN)
        middle = (
            sum(q.latitude for q in quarters) / len(quarters) if quarters else berlin.latitude,
            sum(q.longitude for q in quarters) / len(quarters) if quarters else berlin.longitude,
        )
        place = self._place(
            f"b:{jobcenter}",
            f"Berlin-{name}",
            BERLIN,
            middle,
            jobcenter=jobcenter,
            municipality="Berlin",
        )
        return Spot(place, Level.BEZIRK, 0, f"{BERLIN}000", "Berlin", "Berlin", known=True)

    def bezirk(self, jobcenter: str) -> Spot:
        """Return the Bezirk of a Berlin Jobcenter."""
        return next(spot for spot in self.bezirke if spot.place.jobcenter == jobcenter)

    def quarter(self, quarter: Quarter) -> Spot:
        """Return the spot of a populated place inside a municipality."""
        kreis = self.kreis(quarter.kreis)
        berlin = quarter.kreis == BERLIN
        shown = quarter.name.removeprefix("Berlin ")
        place = self._place(
            f"q:{quarter.geoname}",
            f"Berlin-{shown}" if berlin else f"{shown} ({quarter.municipality})",
            kreis.ags,
            (quarter.latitude, quarter.longitude),
            jobcenter=quarter.berlin_jobcenter or None,
            municipality=quarter.municipality,
        )
        ags = self._ags.get((quarter.municipality, quarter.kreis), "")
        population = quarter.population
        known = population >= KNOWN_QUARTER
        return Spot(place, Level.QUARTER, population, ags, kreis.land, kreis.name, known=known)

    def localities(self) -> Iterator[tuple[str, Spot]]:
        """Yield name and spot of each part with postcodes of its own, once for all its rows."""
        merged: dict[tuple[str, str, str], list[Locality]] = defaultdict(list)
        for locality in self._tables.localities:
            ags, name = self._part_of(locality)
            if name:
                merged[name, ags, locality.kreis].append(locality)
        for (name, ags, kreis), parts in merged.items():
            spot = self._locality(name, ags, kreis, parts)
            if spot:
                yield name, spot

    def _part_of(self, locality: Locality) -> tuple[str, str]:
        """Return (ags, name) of "Dresden Gompitz, Roitzsch": Dresden's, and "Roitzsch"."""
        postcode = self.postcodes[locality.plz]
        inside = [ags for ags in postcode.municipalities if ags[:5] == locality.kreis]
        for ags in inside:
            town = self.municipalities[ags].name
            for start in (town, names.head(town)):
                if locality.name == start:
                    return ags, ""
                if locality.name.startswith(start + " "):
                    rest = locality.name[len(start) + 1 :].split(", ")[-1]
                    if rest == start or names.connects(rest):
                        return ags, ""
                    return ags, rest
        return inside[0] if inside else "", locality.name.split(", ")[0]

    def _locality(
        self, name: str, ags: str, kreis_ags: str, parts: Sequence[Locality]
    ) -> Spot | None:
        """Return the spot; None in Berlin where the postcode has several Jobcenters."""
        kreis = self.kreis(kreis_ags)
        postcode = self.postcodes[parts[0].plz]
        jobcenter = None
        if kreis_ags == BERLIN:
            if len(postcode.berlin_jobcenters) != 1:
                return None
            jobcenter = postcode.berlin_jobcenters[0]
        town = self.municipalities[ags].name if ags else ""
        place = self._place(
            f"l:{parts[0].plz}:{crc32(name.encode()):08x}",
            f"{name} ({town})" if town else name,
            kreis_ags,
            (parts[0].latitude, parts[0].longitude),
            plz=parts[0].plz if len(parts) == 1 else None,
            municipality=town,
            jobcenter=jobcenter,
        )
        tail = tuple(sound.german(word) for word in names.tail(name))
        return Spot(place, Level.LOCALITY, 0, ags, kreis.land, kreis.name, tail)

    def whole_kreis(self, kreis: Kreis) -> Spot:
        """Return the spot of a Kreis."""
        point = (kreis.latitude, kreis.longitude)
        place = self._place(f"k:{kreis.ags}", kreis.name, kreis.ags, point)
        return Spot(place, Level.KREIS, 0, "", kreis.land, kreis.name)
