"""Every name of a place that we know, and what may be meant by it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from zlib import crc32

from bot.core.places import names, sound
from bot.core.places.folding import tokens
from bot.core.places.model import Place
from bot.core.places.records import (
    Kreis,
    Locality,
    Municipality,
    Quarter,
    Tables,
)

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

    @property
    def known(self) -> bool:
        """Whether people far away know this place."""
        if self.level is Level.BEZIRK:
            return True
        least = KNOWN_QUARTER if self.level is Level.QUARTER else UNKNOWN_POPULATION
        return self.population >= least


Spots = tuple[Spot, ...]


class Gazetteer:
    """The indexes of names; built once, then only read."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._kreise = {kreis.ags: kreis for kreis in tables.kreise}
        self.postcodes = {postcode.plz: postcode for postcode in tables.postcodes}
        self.municipalities = {town.ags: town for town in tables.municipalities}
        self.by_key: dict[str, Spot] = {}
        self.longest = 4  # words of a name looked up at once
        self.names: dict[str, list[Spot]] = defaultdict(list)
        self.joined: set[str] = set()
        self.aliases: dict[str, list[Spot]] = defaultdict(list)
        self.sounds: dict[str, list[Spot]] = defaultdict(list)
        self.skeletons: dict[str, list[Spot]] = defaultdict(list)
        # alias -> the heads of the names that it transcribes
        self.heads: dict[str, list[str]] = defaultdict(list)
        self.kreis_names: dict[str, list[Spot]] = defaultdict(list)
        self._codes = self._postcodes_of()
        self._add_all()

    def kreis(self, ags: str) -> Kreis:
        """Return the Kreis; KeyError if there is none."""
        return self._kreise[ags]

    def agency(self, jobcenter: str) -> str:
        """Return the agency of a Jobcenter, empty for none."""
        return self._tables.agencies.get(jobcenter, "")

    def exact(self, key: str) -> Spots:
        """Return what bears the name; a real place's own name wins over another's alias."""
        heads = self.heads.get(key, ())
        own = self.names.get(key) or [spot for head in heads for spot in self.names.get(head, ())]
        return unique(own or self.aliases.get(key, ()))

    def namesakes(self, spots: Iterable[Spot]) -> Spots:
        """Return all places whose name begins like that of one of `spots`."""
        heads = {key for spot in spots for key in names.keys(names.head(spot.place.name))}
        return unique(spot for head in sorted(heads) for spot in self.names.get(head, ()))

    def _postcodes_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for postcode in self._tables.postcodes:
            for ags in postcode.municipalities:
                found[ags].append(postcode.plz)
        return found

    def _add_all(self) -> None:
        towns = {town.ags: self._town(town) for town in self._tables.municipalities}
        for town in self._tables.municipalities:
            self._add_town(towns[town.ags], town)
        for bezirk in self.bezirke:
            self._add(bezirk, bezirk.place.name.removeprefix("Berlin-"))
        for quarter in self._tables.quarters:
            self._add_quarter(quarter)
        for name, parts in self._merged_localities().items():
            self._add_locality(name, parts)
        for kreis in self._tables.kreise:
            self._add_kreis(kreis)
        self._add_halves(towns)

    # --- spots

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

    def _town(self, town: Municipality) -> Spot:
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
        return Spot(
            place, Level.MUNICIPALITY, town.population, town.ags, kreis.land, kreis.name, tail
        )

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
        return Spot(place, Level.BEZIRK, 0, f"{BERLIN}000", "Berlin", "Berlin")

    def bezirk(self, jobcenter: str) -> Spot:
        """Return the Bezirk of a Berlin Jobcenter."""
        return next(spot for spot in self.bezirke if spot.place.jobcenter == jobcenter)

    def _quarter(self, quarter: Quarter) -> Spot:
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
        ags = self._ags(quarter.municipality, quarter.kreis)
        population = quarter.population
        return Spot(place, Level.QUARTER, population, ags, kreis.land, kreis.name)

    def _ags(self, municipality: str, kreis: str) -> str:
        return self._towns_by_name.get((municipality, kreis), "")

    @cached_property
    def _towns_by_name(self) -> dict[tuple[str, str], str]:
        return {(town.name, town.ags[:5]): town.ags for town in self._tables.municipalities}

    def _merged_localities(self) -> dict[tuple[str, str, str], list[Locality]]:
        """(name, municipality's ags, kreis) -> its rows, one a postcode."""
        merged: dict[tuple[str, str, str], list[Locality]] = defaultdict(list)
        for locality in self._tables.localities:
            ags, name = self._part_of(locality)
            if name:
                merged[name, ags, locality.kreis].append(locality)
        return merged

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

    def _add_locality(self, which: tuple[str, str, str], parts: Sequence[Locality]) -> None:
        name, ags, kreis_ags = which
        kreis = self.kreis(kreis_ags)
        postcode = self.postcodes[parts[0].plz]
        jobcenter = None
        if kreis_ags == BERLIN:
            if len(postcode.berlin_jobcenters) != 1:
                return
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
        spot = Spot(place, Level.LOCALITY, 0, ags, kreis.land, kreis.name, tail)
        self._add(spot, name)

    def _kreis_spot(self, kreis: Kreis) -> Spot:
        point = (kreis.latitude, kreis.longitude)
        place = self._place(f"k:{kreis.ags}", kreis.name, kreis.ags, point)
        return Spot(place, Level.KREIS, 0, "", kreis.land, kreis.name)

    # --- names

    def _add_town(self, spot: Spot, town: Municipality) -> None:
        self._add(spot, town.name)
        heads = [names.head(name) for name in names.spellings(town.name)]
        for alias in town.aliases:
            self._add_alias(spot, alias, heads)

    def _add_quarter(self, quarter: Quarter) -> None:
        spot = self._quarter(quarter)
        name = quarter.name.removeprefix("Berlin ")
        self._add(spot, name)
        if "-" in name:
            first, last = name.split("-")[0], name.split("-")[-1]
            half = last if first in ("Alt", "Neu") else first
            if len(half) >= 6:
                self._index(self.names, names.key(t.text for t in tokens(half)), spot)
                self._hear(spot, half)
        for alias in quarter.aliases:
            if not alias.startswith(("Berlin-", quarter.municipality + "-")):
                self._add_alias(spot, alias, [names.head(name)])

    def _add_kreis(self, kreis: Kreis) -> None:
        if kreis.is_city:
            self.by_key[f"k:{kreis.ags}"] = self._kreis_spot(kreis)
            return
        spot = self._kreis_spot(kreis)
        self.by_key[spot.place.key] = spot
        core = names.core(kreis.name)
        for key in names.keys(core):
            self._index(self.kreis_names, key, spot)
            if key not in self.names:
                self._index(self.names, key, spot)
                if names.word_count(core) > 1:
                    self.joined.add(key)
        heard = sound.german(core)
        self._index(self.kreis_names, heard, spot)
        if heard not in self.sounds:
            self._index(self.sounds, heard, spot)

    def _add_halves(self, towns: dict[str, Spot]) -> None:
        """Let "Schwenningen" and "Kreuznach" mean the double or Bad name nobody else bears."""
        halves: dict[str, list[Spot]] = defaultdict(list)
        for spot in towns.values():
            head = names.head(spot.place.name.split(" - ")[0])
            parts = head.split("-") if "-" in head else []
            if head.startswith("Bad "):
                parts = [head.removeprefix("Bad ")]
            for part in parts:
                key = names.key(token.text for token in tokens(part))
                if len(part) >= 6 and key not in self.names and key not in self.aliases:
                    halves[key].append(spot)
        for key, spots in halves.items():
            self.aliases[key] = spots

    def _add(self, spot: Spot, name: str) -> None:
        """Index a name under its spellings and its head."""
        self.by_key[spot.place.key] = spot
        town = spot.level is Level.MUNICIPALITY
        for full in names.spellings(name) if town else (name,):
            for form in dict.fromkeys((full, names.head(full))):
                for key in names.keys(form):
                    self._index(self.names, key, spot)
                    if names.word_count(form) > 1:
                        self.joined.add(key)
                self._hear(spot, form)

    def _hear(self, spot: Spot, name: str) -> None:
        heard = sound.german(name)
        for key in _without_last_vowel(heard):
            self._index(self.sounds, key, spot)
        if spot.known:
            for bones in sound.skeletons(name):
                self._index(self.skeletons, bones, spot)

    def _add_alias(self, spot: Spot, alias: str, heads: Sequence[str]) -> None:
        words = tokens(alias)
        if not words:
            return
        key = names.key(word.text for word in words)
        self._index(self.aliases, key, spot)
        for head in heads:
            if _transcribes(key, head):
                self.heads[key].append(next(names.keys(head)))
        if len(words) > 1:
            self.joined.add(key)
        if sound.script(key) == "cyrillic":
            for form in _without_last_vowel(sound.cyrillic(key)):
                self._index(self.sounds, form, spot)

    def _index(self, index: dict[str, list[Spot]], key: str, spot: Spot) -> None:
        known = index[key]
        if not any(old is spot for old in known):
            known.append(spot)


def _without_last_vowel(key: str) -> Iterator[str]:
    yield key
    if len(key) > 4 and key[-1] in "aeiou":
        yield key[:-1]


def _transcribes(key: str, head: str) -> bool:
    """Whether an alias is the head of a name in another script, so that namesakes share it."""
    writing = sound.script(key)
    if writing == "cyrillic":
        return sound.cyrillic(key) == sound.german(head)
    if writing == "arabic":
        return sound.arabic(key) in sound.skeletons(head)
    return key in names.keys(head)


def unique(spots: Iterable[Spot]) -> Spots:
    """Return the spots without repetition, in order."""
    return tuple(dict.fromkeys(spots))
