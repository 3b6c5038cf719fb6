"""Turn the collected place tables into `knowledge/places` and `knowledge/offices`.

    python tools/convert_places.py COLLECTED_FOLDER knowledge

Run it once after a refresh of the collected tables (see knowledge/places/README.md); the bot
never needs it. What it changes: one key a row, sorted, names and numbers that other tables
already carry left out, coordinates to four places (11 m), wrong aliases dropped.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean

Row = dict[str, str]

# Aliases that name another town; the README of the collected tables lists them.
WRONG_ALIASES = {("Kiel", "Kehl"), ("Freiburg", "Freiberg")}
COUNTRY_TAILS = ("، آلمان", "، نوردراین-وستفالن")


def main(collected: Path, knowledge: Path) -> None:
    """Read every table of `collected` and write ours below `knowledge`."""
    tables = {file.stem: _read(file) for file in sorted(collected.glob("*.csv"))}
    places, offices = knowledge / "places", knowledge / "offices"
    for folder in (places, offices):
        folder.mkdir(parents=True, exist_ok=True)
    _write(places / "kreise.csv", _kreise(tables["kreise"]))
    _write(places / "municipalities.csv", _municipalities(tables["plz"], tables["alias"]))
    _write(places / "postcodes.csv", _postcodes(tables["plz"], tables["berlin_plz"]))
    _write(places / "po_boxes.csv", _po_boxes(tables["plz_nondelivery"], tables["plz"]))
    _write(places / "localities.csv", _localities(tables["places"]))
    _write(places / "quarters.csv", _quarters(tables["districts"], tables["jobcenters"]))
    _write(places / "aliases.csv", _aliases(tables["alias"]))
    _write(places / "sources.csv", tables["sources"])
    _write(
        places / "borders.csv",
        _borders(collected / "kreise.geojson", tables["jobcenters"]),
    )
    _write(offices / "jobcenters.csv", _jobcenters(tables["jobcenters"], tables["contacts"]))
    _write(offices / "agencies.csv", _agencies(tables["agencies"]))
    _write(offices / "services.csv", tables["services"])


def _kreise(rows: Iterable[Row]) -> list[Row]:
    return [
        {
            "kreis": row["kreis_ags"],
            "name": row["name"],
            "type": row["type"],
            "land": row["land"],
            "jobcenters": row["jobcenter_ids"].replace(";", " "),
            "population": row["population_2022"],
            "latitude": row["lat"],
            "longitude": row["lon"],
        }
        for row in rows
    ]


def _municipalities(rows: Iterable[Row], aliases: Iterable[Row]) -> list[Row]:
    population = {row["ags"]: row["population_2022"] for row in aliases}
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["ags"]:
            grouped[row["ags"]].append(row)
    return [
        {
            "ags": ags,
            "name": found[0]["municipality"],
            "population": population.get(ags, ""),
            **_middle(found, "municipality"),
            "ags_status": "" if found[0]["ags_status"] == "ok" else found[0]["ags_status"],
            "source": found[0]["source"],
            "source_date": found[0]["source_date"],
        }
        for ags, found in grouped.items()
    ]


def _postcodes(rows: Iterable[Row], berlin: Iterable[Row]) -> list[Row]:
    """One row a postcode; `possible` = Kreis:place where only GeoNames puts a part of it."""
    bezirke: dict[str, list[str]] = defaultdict(list)
    for row in berlin:
        bezirke[row["plz"]].append(row["jc_id"])
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["plz"]].append(row)
    return [
        {
            "plz": plz,
            "municipalities": " ".join(row["ags"] for row in found if row["ags"]),
            "possible": "|".join(
                f"{row['kreis_ags']}:{row['place']}" for row in found if not row["ags"]
            ),
            "berlin_jobcenters": " ".join(bezirke.get(plz, ())),
            **_middle([row for row in found if row["ags"]], "plz_centroid"),
            "sources": " ".join(sorted({row["source"] for row in found})),
            "source_date": max(row["source_date"] for row in found),
        }
        for plz, found in grouped.items()
    ]


def _po_boxes(rows: Iterable[Row], delivery: Iterable[Row]) -> list[Row]:
    """A box without a Kreis gets those of the delivery postcodes with the same four digits."""
    near: dict[str, set[str]] = defaultdict(set)
    for row in delivery:
        near[row["plz"][:4]].add(row["kreis_ags"])
    return [
        {
            "plz": row["plz"],
            "kreise": row["kreis_ags"].replace(";", " ") or " ".join(sorted(near[row["plz"][:4]])),
        }
        for row in rows
    ]


def _localities(rows: Iterable[Row]) -> list[Row]:
    return [
        {
            "name": row["place"],
            "plz": row["plz"],
            "kreis": row["kreis_ags"],
            "latitude": _short(row["lat"]),
            "longitude": _short(row["lon"]),
        }
        for row in rows
    ]


def _quarters(rows: Iterable[Row], jobcenters: Iterable[Row]) -> list[Row]:
    bezirke = {row["bezirk"]: row["jc_id"] for row in jobcenters if row["bezirk"]}
    return [
        {
            "geoname": row["geonameid"],
            "name": row["district"],
            "municipality": row["municipality"],
            "kreis": row["kreis_ags"],
            "berlin_jobcenter": bezirke[row["bezirk"]] if row["bezirk"] else "",
            "population": row["population"],
            "latitude": _short(row["lat"]),
            "longitude": _short(row["lon"]),
            "aliases": "|".join(_mended(row["aliases"].split(";"))),
        }
        for row in rows
    ]


def _aliases(rows: Iterable[Row]) -> list[Row]:
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        if (row["alias"], row["city"]) not in WRONG_ALIASES:
            grouped[row["ags"], row["city"], row["geonameid"]].append(row["alias"])
    return [
        {"ags": ags, "city": city, "geoname": geoname, "aliases": "|".join(_mended(names))}
        for (ags, city, geoname), names in grouped.items()
    ]


def _jobcenters(rows: Iterable[Row], contacts: Iterable[Row]) -> list[Row]:
    known = {row["jc_id"]: row for row in contacts}
    return [_jobcenter(row, known.get(row["jc_id"])) for row in rows]


def _jobcenter(row: Row, contact: Row | None) -> Row:
    """`contact` wins field by field; years are those before which the page is not."""
    year = row["website_date"][:4]
    address_year = row["address_date"][:4]
    base = {
        "id": row["jc_id"],
        "label": row["label"],
        "form": row["form"],
        "kreise": row["kreis_ags"].replace(";", " "),
        "bezirk": row["bezirk"],
        "agency": row["agency_nr"],
        "website": row["website"],
        "website_year": year if year.isdigit() else "",
        "website_source": row["website_source"],
        "phone": row["phone"],
        "phone_year": address_year if row["phone"] else "",
        "phone_source": row["address_source"] if row["phone"] else "",
        "street": row["street"],
        "plz": row["plz"],
        "city": row["city"],
        "address_year": address_year if row["street"] else "",
        "address_source": row["address_source"] if row["street"] else "",
        "latitude": row["lat"],
        "longitude": row["lon"],
        "hours": "",
        "note": "",
        "list_date": row["source_date"],
    }
    if contact:
        base |= _contact(contact)
    return base


def _contact(contact: Row) -> Row:
    won: Row = {"hours": contact["hours"], "note": contact["note"]}
    if contact["website"]:
        won |= {
            "website": contact["website"],
            "website_year": contact["website_not_before"],
            "website_source": contact["website_source"],
        }
    if contact["phone"]:
        won |= {
            "phone": contact["phone"],
            "phone_year": contact["phone_not_before"],
            "phone_source": contact["phone_source"],
        }
    if contact["street"]:
        won |= {key: contact[key] for key in ("street", "plz", "city", "address_source")}
        # a street from another page than the point: the old point may be the old house
        won |= {"address_year": contact["address_not_before"], "latitude": "", "longitude": ""}
    return won


def _agencies(rows: Iterable[Row]) -> list[Row]:
    return [
        {
            "id": row["agency_nr"],
            "name": row["name"],
            "jobcenters": row["jobcenter_ids"].replace(";", " "),
            "website": row["website"],
            "website_year": row["website_date"][:4] if row["website_date"][:1] == "2" else "",
            "website_source": row["website_source"],
            "phone": row["phone"],
            "street": row["street"],
            "plz": row["plz"],
            "city": row["city"],
            "latitude": row["lat"],
            "longitude": row["lon"],
            "address_year": row["address_date"][:4] if row["address_date"][:1] == "2" else "",
            "address_source": row["address_source"],
            "territory_check": row["territory_check"],
            "name_quality": row["name_quality"],
            "list_date": row["source_date"],
        }
        for row in rows
    ]


def _borders(collected: Path, jobcenters: Iterable[Row]) -> list[Row]:
    """One row a ring; `part` counts polygons, `ring` 0 is the outline, others are holes."""
    bezirke = {row["bezirk"]: row["jc_id"] for row in jobcenters if row["bezirk"]}
    rows = []
    for feature in json.loads(collected.read_text(encoding="utf-8"))["features"]:
        own, geometry = feature["properties"], feature["geometry"]
        parts = geometry["coordinates"]
        for part, rings in enumerate([parts] if geometry["type"] == "Polygon" else parts):
            for ring, points in enumerate(rings):
                rows.append(
                    {
                        "kreis": own["k"],
                        "jobcenter": bezirke[own["b"]] if "b" in own else "",
                        "part": str(part),
                        "ring": str(ring),
                        "points": " ".join(f"{x:g} {y:g}" for x, y in points),
                    }
                )
    return rows


def _middle(rows: Sequence[Row], wanted: str) -> Row:
    """Return the point of the `wanted` kind, or the mean of all points."""
    best = [row for row in rows if row["coord_kind"] == wanted] or list(rows)
    latitude = fmean(float(row["lat"]) for row in best)
    longitude = fmean(float(row["lon"]) for row in best)
    return {"latitude": _short(latitude), "longitude": _short(longitude)}


def _short(degrees: str | float) -> str:
    return f"{float(degrees):.4f}"


def _mended(names: Iterable[str]) -> list[str]:
    """Drop country tails, invisible joiners and stress marks; each spelling once."""
    kept: dict[str, None] = {}
    for name in names:
        for tail in COUNTRY_TAILS:
            name = name.removesuffix(tail)
        name = name.replace("\N{ZERO WIDTH NON-JOINER}", " ")
        name = name.replace("\N{COMBINING ACUTE ACCENT}", "")
        if name.strip():
            kept[name.strip()] = None
    return sorted(kept)


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _write(file: Path, rows: Sequence[Row]) -> None:
    """Write `rows` sorted by their first column, then by the others."""
    ordered = sorted(rows, key=lambda row: list(row.values()))
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
