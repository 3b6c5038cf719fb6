"""Read `knowledge/places` and `knowledge/offices`: tables that converters write."""

import csv
import json
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from bot.core.knowledge import Knowledge
from bot.core.offices import Agency, Form, Jobcenter, Offices, Service
from bot.core.places import Places
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

Row = dict[str, str]


def load_places(folder: Path, ordinary: Collection[str] = ()) -> Places:
    """Return the finder of a knowledge folder; `ordinary` are words never taken as misspelled.

    Raises OSError, KeyError or ValueError for tables that `place_problems` complains of.
    """
    return Places(read_tables(folder), ordinary)


def read_tables(folder: Path) -> Tables:
    """Return all place tables of a knowledge folder."""
    rows = partial(_rows, folder / "places")
    offices = list(_rows(folder / "offices", "jobcenters"))
    aliases = {row["ags"]: _split(row["aliases"]) for row in rows("aliases")}
    return Tables(
        kreise=[_kreis(row) for row in rows("kreise")],
        municipalities=[_municipality(row, aliases) for row in rows("municipalities")],
        postcodes=[_postcode(row) for row in rows("postcodes")],
        po_boxes={row["plz"]: row["kreis"] for row in rows("po_boxes")},
        localities=[_locality(row) for row in rows("localities")],
        quarters=[_quarter(row) for row in rows("quarters")],
        bezirke=sorted(
            (Bezirk(row["id"], row["bezirk"]) for row in offices if row["bezirk"]),
            key=lambda bezirk: bezirk.name,
        ),
        borders=list(_borders(folder / "places" / "borders.geojson")),
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


def _words(folder: Path) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for name in ("words", "ordinary"):
        for row in _rows(folder / "places", name):
            words.setdefault(row.get("role", "derived"), set()).add(row["word"])
    return words


def _rows(folder: Path, name: str) -> Iterator[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


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


def _borders(file: Path) -> Iterator[Border]:
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        own = feature["properties"]
        yield Border(own["kreis"], own.get("jobcenter", ""), feature["geometry"])


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
