"""From the places a name may mean to one place, or to the options to choose from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.places.gazetteer import Gazetteer
from bot.core.places.model import Ask, Option, Place
from bot.core.places.spots import BERLIN, UNKNOWN_POPULATION, Level, Spot, Spots, unique

# A city is meant before its namesakes if it has so many times their people.
TIMES_LARGER = 10
_SHORT_LAND = {
    "Baden-Württemberg": "BW",
    "Mecklenburg-Vorpommern": "MV",
    "Nordrhein-Westfalen": "NRW",
    "Rheinland-Pfalz": "RLP",
    "Schleswig-Holstein": "SH",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The place meant, or the options with the reason to ask; `others` were not taken."""

    place: Place | None = None
    options: tuple[Option, ...] = ()
    ask: Ask | None = None
    others: tuple[Option, ...] = ()


def choose(
    gazetteer: Gazetteer, spots: Iterable[Spot], reason: Ask, *, sure: bool = True
) -> Choice:
    """Return the one place among `spots`, the much larger one, or the options."""
    merged = one_a_jobcenter(spots)
    winner = merged[0] if len(merged) == 1 else much_larger(merged)
    if winner and winner.place.jobcenter and sure:
        losers = [spot for spot in merged if spot is not winner]
        return Choice(winner.place, others=labelled(gazetteer, losers))
    if winner and is_berlin(winner):
        losers = [spot for spot in merged if spot is not winner]
        return Choice(
            options=bezirk_options(gazetteer), ask=Ask.BERLIN, others=labelled(gazetteer, losers)
        )
    return Choice(options=labelled(gazetteer, merged), ask=reason)


def is_berlin(spot: Spot) -> bool:
    """Whether it is all of Berlin, which has twelve Jobcenters."""
    return spot.place.kreis_ags == BERLIN and not spot.place.jobcenter


def one_a_jobcenter(spots: Iterable[Spot]) -> list[Spot]:
    """Keep one spot a Jobcenter, the town before its parts; large towns first."""
    best: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda spot: (spot.level, *_rank(spot))):
        best.setdefault(spot.place.jobcenter, spot)
    return sorted(best.values(), key=_rank)


def _rank(spot: Spot) -> tuple[int, int, str]:
    return (-spot.population, spot.level, spot.place.key)


def much_larger(spots: Sequence[Spot]) -> Spot | None:
    """Return the town with ten times the people of every other, unknown ones as 36,000."""
    towns = [spot for spot in spots if spot.level is Level.MUNICIPALITY and spot.population]
    largest = max(towns, key=lambda spot: spot.population, default=None)
    if largest is None:
        return None
    rest = [spot.population or UNKNOWN_POPULATION for spot in spots if spot is not largest]
    return largest if largest.population >= TIMES_LARGER * max(rest, default=0) else None


def labelled(gazetteer: Gazetteer, spots: Sequence[Spot]) -> tuple[Option, ...]:
    """Return the spots as options with labels that differ, all of Berlin as its Bezirke."""
    flat: list[Spot] = []
    for spot in spots:
        flat += gazetteer.bezirke if is_berlin(spot) else [spot]
    flat = list(unique(flat))
    labels = [_label(spot) for spot in flat]
    often = Counter(labels)
    return tuple(
        Option(
            label if often[label] == 1 else f"{label} {spot.place.plz or spot.place.key}",
            spot.place,
        )
        for label, spot in zip(labels, flat, strict=True)
    )


def _label(spot: Spot) -> str:
    land = _SHORT_LAND.get(spot.land, spot.land)
    if spot.level is Level.BEZIRK:
        return spot.place.name
    name = spot.place.name.split(" - ")[0]
    if spot.level is Level.KREIS or spot.kreis_name.split(" - ")[0] == name:
        return f"{name}, {land}" if land != name else name
    kreis = spot.kreis_name.split(" - ")[0].removeprefix("Landkreis ").removeprefix("Kreis ")
    if kreis == land or kreis in name:
        return f"{name}, {land}"
    return f"{name}, {kreis}, {land}"


def bezirk_options(gazetteer: Gazetteer, jobcenters: Iterable[str] = ()) -> tuple[Option, ...]:
    """Return the Bezirke of Berlin, or those of `jobcenters` in that order, by name."""
    wanted = list(jobcenters) or [spot.place.jobcenter for spot in gazetteer.bezirke]
    return tuple(bezirk_option(gazetteer.bezirk(jobcenter)) for jobcenter in wanted)


def bezirk_option(spot: Spot) -> Option:
    """Return a Bezirk as an option, without "Berlin-" before its name."""
    return Option(spot.place.name.removeprefix("Berlin-"), spot.place)


def spots_in(spots: Iterable[Spot], kreise: Iterable[str]) -> Spots:
    """Return those spots that lie in one of the Kreise."""
    wanted = set(kreise)
    return tuple(spot for spot in spots if spot.place.kreis_ags in wanted)
