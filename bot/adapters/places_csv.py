"""Read `knowledge/places` and `knowledge/offices`: tables that converters write."""

import csv
import gc
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from bot.core.knowledge import Knowledge
from bot.core.offices import Agency, Form, Jobcenter, Offices, Service
from bot.core.places import Places
from bot.core.places.checks import table_problems
from bot.core.places.records import (
    Bezirk,
    Border,
    Kreis,
    Locality,
    Municipality,
    Postcode,
    Quarter,
    Tables,
)
from bot.core.problems import Problem

Row = dict[str, str]


def load_places(folder: Path, ordinary: Collection[str] = ()) -> Places:
    """Return the finder of a knowledge folder; `ordinary` are words never taken as misspelled.

    Raises OSError, KeyError or ValueError for tables that `place_problems` complains of.
    """
    # a hundred thousand small objects that all stay: collecting in between only costs time
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Places(read_tables(folder), ordinary)
    finally:
        if collecting:
            gc.enable()


def read_tables(folder: Path) -> Tables:
    """Return all place tables of a knowledge folder."""
    rows = partial(_rows, folder / "places")
    offices = list(_rows(folder / "offices", "jobcenters"))
    aliases = {row["ags"]: _split(row["aliases"]) for row in rows("aliases")}
    return Tables(
        kreise=[_kreis(row) for row in rows("kreise")],
        municipalities=[_municipality(row, aliases) for row in rows("municipalities")],
        postcodes=[_postcode(row) for row in rows("postcodes")],
        po_boxes={row["plz"]: tuple(row["kreise"].split()) for row in rows("po_boxes")},
        localities=[_locality(row) for row in rows("localities")],
        quarters=[_quarter(row) for row in rows("quarters")],
        bezirke=sorted(
            (Bezirk(row["id"], row["bezirk"]) for row in offices if row["bezirk"]),
            key=lambda bezirk: bezirk.name,
        ),
        borders=_borders(rows("borders")),
        agencies={row["id"]: row["agency"] for row in offices},
        words=_words(folder),
        laender={row["land"]: _split(row["also"]) for row in rows("laender")},
    )


def load_offices(folder: Path, knowledge: Knowledge, places: Places | None = None) -> Offices:
    """Return the offices of a knowledge folder with the organisations of `knowledge`.

    With `places` each organisation gets its point from its postcode or municipality.
    """
    rows = partial(_rows, folder / "offices")
    return Offices(
        jobcenters=[_jobcenter(row) for row in rows("jobcenters")],
        agencies=[_agency(row) for row in rows("agencies")],
        services=[_service(row) for row in rows("services")],
        organisations=knowledge.organisations,
        places=places,
    )


# table -> the columns that no two rows may share
_KEYS = {
    "places/aliases": ("ags",),
    "places/borders": ("kreis", "jobcenter", "part", "ring"),
    "places/kreise": ("kreis",),
    "places/laender": ("land",),
    "places/localities": ("name", "plz"),
    "places/municipalities": ("ags",),
    "places/ordinary": ("word",),
    "places/po_boxes": ("plz",),
    "places/postcodes": ("plz",),
    "places/quarters": ("geoname",),
    "places/sources": ("code",),
    "places/words": ("role", "word"),
    "offices/agencies": ("id",),
    "offices/jobcenters": ("id",),
    "offices/services": ("key",),
}
_REFRESH = "convert the tables again as places/README.md says"


def place_problems(folder: Path) -> Iterator[Problem]:
    """Yield what is wrong with the place and office tables of a knowledge folder."""
    missing = list(_missing(folder))
    yield from missing
    if missing:
        return
    for table, key in _KEYS.items():
        yield from _doubles(folder, table, key)
    try:
        tables = read_tables(folder)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Problem(f"{folder.name}/places", 1, f"a table cannot be read ({error})", _REFRESH)
        return
    yield from table_problems(tables, folder.name)


def _missing(folder: Path) -> Iterator[Problem]:
    for table in _KEYS:
        if not (folder / f"{table}.csv").is_file():
            yield Problem(f"{folder.name}/{table}.csv", 1, "the table is missing", _REFRESH)


def _doubles(folder: Path, table: str, key: tuple[str, ...]) -> Iterator[Problem]:
    seen: dict[tuple[str | None, ...], int] = {}
    for line, row in enumerate(_rows(folder, table), 2):
        found = tuple(row.get(column) for column in key)
        path = f"{folder.name}/{table}.csv"
        if None in found:
            yield Problem(path, line, f"a column of {', '.join(key)} is missing", _REFRESH)
        elif found in seen:
            written = ", ".join(str(part) for part in found)
            what = f'"{written}" stands already in line {seen[found]}'
            yield Problem(path, line, what, "keep one of the two")
        else:
            seen[found] = line


def _words(folder: Path) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for name in ("words", "ordinary"):
        for row in _rows(folder / "places", name):
            words.setdefault(row.get("role", "derived"), set()).add(row["word"])
    return words


def _rows(folder: Path, name: str) -> Iterator[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        read = csv.reader(lines)
        columns = next(read, [])
        for cells in read:  # three times as fast as DictReader
            yield dict(zip(columns, cells, strict=False))


def _split(listed: str) -> tuple[str, ...]:
    return tuple(listed.split("|")) if listed else ()


def _point(row: Row) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def _kreis(row: Row) -> Kreis:
    jobcenters = tuple(row["jobcenters"].split())
    population = int(row["population"])
    is_city = row["type"] == "Stadt"
    return Kreis(
        row["kreis"], row["name"], is_city, row["land"], jobcenters, population, *_point(row)
    )


def _municipality(row: Row, aliases: dict[str, tuple[str, ...]]) -> Municipality:
    ags, population = row["ags"], int(row["population"] or 0)
    return Municipality(ags, row["name"], population, *_point(row), aliases.get(ags, ()))


def _postcode(row: Row) -> Postcode:
    possible = (part.split(":", 1) for part in _split(row["possible"]))
    return Postcode(
        row["plz"],
        tuple(row["municipalities"].split()),
        tuple((kreis, place) for kreis, place in possible),
        tuple(row["berlin_jobcenters"].split()),
        *_point(row),
    )


def _locality(row: Row) -> Locality:
    return Locality(row["name"], row["plz"], row["kreis"], *_point(row))


def _quarter(row: Row) -> Quarter:
    return Quarter(
        row["geoname"],
        row["name"],
        row["municipality"],
        row["kreis"],
        row["berlin_jobcenter"],
        int(row["population"] or 0),
        *_point(row),
        _split(row["aliases"]),
    )


def _borders(rows: Iterator[Row]) -> list[Border]:
    parts: dict[tuple[str, str], dict[str, list[list[float]]]] = {}
    for row in rows:
        ring = list(map(float, row["points"].split()))
        kreis = parts.setdefault((row["kreis"], row["jobcenter"]), {})
        kreis.setdefault(row["part"], []).append(ring)
    return [Border(*key, tuple(rings.values())) for key, rings in parts.items()]


def _jobcenter(row: Row) -> Jobcenter:
    return Jobcenter(
        id=row["id"],
        label=row["label"],
        form=Form(row["form"]),
        agency=row["agency"],
        website=row["website"],
        website_year=row["website_year"],
        phone=row["phone"],
        phone_year=row["phone_year"],
        street=row["street"],
        plz=row["plz"],
        city=row["city"],
        address_year=row["address_year"],
        hours=row["hours"],
        point=_point(row) if row["latitude"] else None,
        listed=row["list_date"],
    )


def _agency(row: Row) -> Agency:
    return Agency(
        id=row["id"],
        label=row["name"],
        website=row["website"],
        website_year=row["website_year"],
        phone=row["phone"],
        street=row["street"],
        plz=row["plz"],
        city=row["city"],
        address_year=row["address_year"],
        point=_point(row) if row["latitude"] else None,
        listed=row["list_date"],
    )


def _service(row: Row) -> Service:
    return Service(row["key"], row["what"], row["value"], row["hours"], row["source_date"])
