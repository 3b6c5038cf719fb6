"""What must hold in the place tables: every postcode leads to offices, every option to one."""

from collections.abc import Iterator, Mapping

from bot.core.places.records import Kreis, Postcode, Tables
from bot.core.places.spots import BERLIN
from bot.core.problems import Problem

_LATITUDES, _LONGITUDES = (47.2, 55.1), (5.8, 15.1)  # degrees between which Germany lies
_MEND = "correct the row or convert the tables again as places/README.md says"


def table_problems(tables: Tables, folder: str) -> Iterator[Problem]:
    """Yield every broken rule; lines are counted in the order of the tables."""
    yield from _kreise(tables, f"{folder}/places/kreise.csv")
    yield from _municipalities(tables, f"{folder}/places/municipalities.csv")
    yield from _postcodes(tables, f"{folder}/places/postcodes.csv")
    yield from _parts(tables, f"{folder}/places")
    yield from _points(tables, f"{folder}/places")


def _kreise(tables: Tables, path: str) -> Iterator[Problem]:
    drawn = {border.kreis for border in tables.borders}
    for line, kreis in enumerate(tables.kreise, 2):
        if not kreis.jobcenters:
            yield Problem(path, line, f"Kreis {kreis.ags} has no Jobcenter", _MEND)
        for jobcenter in kreis.jobcenters:
            if jobcenter not in tables.agencies:
                what = f"Jobcenter {jobcenter} is not in offices/jobcenters.csv"
                yield Problem(path, line, what, _MEND)
        if kreis.ags not in drawn:
            yield Problem(path, line, f"Kreis {kreis.ags} has no outline", _MEND)


def _municipalities(tables: Tables, path: str) -> Iterator[Problem]:
    kreise = {kreis.ags for kreis in tables.kreise}
    for line, town in enumerate(tables.municipalities, 2):
        if town.ags[:5] not in kreise:
            yield Problem(path, line, f"{town.name} lies in no known Kreis", _MEND)


def _postcodes(tables: Tables, path: str) -> Iterator[Problem]:
    towns = {town.ags for town in tables.municipalities}
    kreise = {kreis.ags: kreis for kreis in tables.kreise}
    for line, postcode in enumerate(tables.postcodes, 2):
        unknown = [ags for ags in postcode.municipalities if ags not in towns]
        unknown += [kreis for kreis, _ in postcode.possible if kreis not in kreise]
        unknown += [jc for jc in postcode.berlin_jobcenters if jc not in tables.agencies]
        for code in unknown:
            what = f"{postcode.plz} names {code}, which no table has"
            yield Problem(path, line, what, _MEND)
        if not unknown and not any(_offices(postcode, kreise)):
            yield Problem(path, line, f"{postcode.plz} leads to no Jobcenter", _MEND)
        if postcode.plz in tables.po_boxes:
            what = f"{postcode.plz} is also listed as a post-office box"
            yield Problem(path, line, what, "delete it in po_boxes.csv")


def _offices(postcode: Postcode, kreise: Mapping[str, Kreis]) -> Iterator[str]:
    yield from postcode.berlin_jobcenters
    for ags in (*postcode.municipalities, *(kreis for kreis, _ in postcode.possible)):
        if ags[:5] != BERLIN and ags[:5] in kreise:
            yield from kreise[ags[:5]].jobcenters


def _parts(tables: Tables, folder: str) -> Iterator[Problem]:
    kreise = {kreis.ags for kreis in tables.kreise}
    codes = {postcode.plz for postcode in tables.postcodes}
    for line, (plz, boxes) in enumerate(tables.po_boxes.items(), 2):
        if not boxes or not kreise.issuperset(boxes):
            what = f"{plz} names no Kreis, or one that is not in kreise.csv"
            yield Problem(f"{folder}/po_boxes.csv", line, what, _MEND)
    for line, part in enumerate(tables.localities, 2):
        if part.kreis not in kreise or part.plz not in codes:
            what = f"{part.name} has an unknown Kreis or postcode"
            yield Problem(f"{folder}/localities.csv", line, what, _MEND)
    for line, quarter in enumerate(tables.quarters, 2):
        if quarter.kreis not in kreise:
            what = f"{quarter.name} lies in no known Kreis"
            yield Problem(f"{folder}/quarters.csv", line, what, _MEND)
        elif quarter.kreis == BERLIN and quarter.berlin_jobcenter not in tables.agencies:
            what = f"{quarter.name} has no Jobcenter"
            yield Problem(f"{folder}/quarters.csv", line, what, _MEND)


def _points(tables: Tables, folder: str) -> Iterator[Problem]:
    for name in ("kreise", "municipalities", "postcodes", "localities", "quarters"):
        for line, place in enumerate(getattr(tables, name), 2):
            if not _in_germany(place.latitude, place.longitude):
                what = f"{place.latitude}, {place.longitude} is not in Germany"
                yield Problem(f"{folder}/{name}.csv", line, what, _MEND)


def _in_germany(latitude: float, longitude: float) -> bool:
    return (
        _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    )
