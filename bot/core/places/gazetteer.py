"""Every name of a place that we know, and what may be meant by it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from bot.core.places import names, sound
from bot.core.places.folding import tokens
from bot.core.places.records import Kreis, Municipality, Quarter, Tables
from bot.core.places.spots import Level, Spot, SpotMaker, Spots, unique


class Gazetteer:
    """The indexes of names; built once, then only read."""

    def __init__(self, tables: Tables) -> None:
        self.maker = SpotMaker(tables)
        self.by_key: dict[str, Spot] = {}
        self.names: dict[str, list[Spot]] = defaultdict(list)
        self.joined: set[str] = set()  # keys of names of several words
        self.aliases: dict[str, list[Spot]] = defaultdict(list)
        # alias -> the heads of the names that it transcribes
        self.heads: dict[str, list[str]] = defaultdict(list)
        self.sounds: dict[str, list[Spot]] = defaultdict(list)
        self.skeletons: dict[str, list[Spot]] = defaultdict(list)
        self.kreis_names: dict[str, list[Spot]] = defaultdict(list)
        self._add_all(tables)

    @cached_property
    def bezirke(self) -> Spots:
        """The twelve Bezirke of Berlin by name."""
        return self.maker.bezirke

    def bezirk(self, jobcenter: str) -> Spot:
        """Return the Bezirk of a Berlin Jobcenter."""
        return next(spot for spot in self.bezirke if spot.place.jobcenter == jobcenter)

    def exact(self, key: str) -> Spots:
        """Return what bears the name; a real place's own name wins over another's alias."""
        heads = self.heads.get(key, ())
        own = self.names.get(key) or [spot for head in heads for spot in self.names.get(head, ())]
        return unique(own or self.aliases.get(key, ()))

    def namesakes(self, spots: Iterable[Spot]) -> Spots:
        """Return all places whose name begins like that of one of `spots`."""
        heads = {key for spot in spots for key in names.keys(names.head(spot.place.name))}
        return unique(spot for head in sorted(heads) for spot in self.names.get(head, ()))

    def _add_all(self, tables: Tables) -> None:
        towns = [(self.maker.town(town), town) for town in tables.municipalities]
        for spot, town in towns:
            self._add_town(spot, town)
        for bezirk in self.bezirke:
            self._add(bezirk, bezirk.place.name.removeprefix("Berlin-"))
        for quarter in tables.quarters:
            self._add_quarter(quarter)
        for name, spot in self.maker.localities():
            self._add(spot, name)
        for kreis in tables.kreise:
            self._add_kreis(kreis)
        self._add_halves(spot for spot, _ in towns)

    def _add_town(self, spot: Spot, town: Municipality) -> None:
        self._add(spot, town.name)
        heads = [names.head(name) for name in names.spellings(town.name)]
        for alias in town.aliases:
            self._add_alias(spot, alias, heads)

    def _add_quarter(self, quarter: Quarter) -> None:
        spot = self.maker.quarter(quarter)
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
        spot = self.maker.whole_kreis(kreis)
        self.by_key[spot.place.key] = spot
        if kreis.is_city:
            return
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

    def _add_halves(self, towns: Iterable[Spot]) -> None:
        """Let "Schwenningen" and "Kreuznach" mean the double or Bad name nobody else bears."""
        halves: dict[str, list[Spot]] = defaultdict(list)
        for spot in towns:
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
        for form in _forms(spot, name):
            several = names.word_count(form) > 1
            for key in names.keys(form):
                self._index(self.names, key, spot)
                if several:
                    self.joined.add(key)
            if spot.level is not Level.LOCALITY:  # too small to be spelled by ear
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
        if not known or known[-1] is not spot:
            known.append(spot)


def _forms(spot: Spot, name: str) -> Iterable[str]:
    """Return the full names and heads under which a place is known."""
    if name.isalpha():
        return (name,)
    town = spot.level is Level.MUNICIPALITY
    full = list(names.spellings(name)) if town else [name]
    return dict.fromkeys(form for each in full for form in (each, names.head(each)))


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
