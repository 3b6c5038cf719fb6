"""`wegweiser find`: from a text or a point to the responsible offices."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.adapters.places_csv import load_places
from bot.adapters.yaml_knowledge import read
from bot.app import ordinary_words
from bot.cli.batch import read_batch
from bot.cli.common import DATA_PROBLEM, USAGE_PROBLEM, err, out, settings
from bot.core.places import Finding, Option, PlaceKind, Places

_USAGE = 'give a place, a point or a file: find "50667 Köln", find --lat 50.9 --lon 7.0'


def find(
    text: Annotated[str, typer.Argument(help="Words with a place: a postcode, a town …")] = "",
    lat: Annotated[float | None, typer.Option("--lat", help="Latitude in degrees.")] = None,
    lon: Annotated[float | None, typer.Option("--lon", help="Longitude in degrees.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", help='Lines {"id","text"} or {"id","lat","lon"}.')
    ] = None,
) -> None:
    """Name the Jobcenter and the agency that are responsible for a place."""
    point = lat is not None and lon is not None
    if (lat is None) != (lon is None) or [bool(text), point, batch is not None].count(True) != 1:
        err.print(_USAGE)
        raise typer.Exit(USAGE_PROBLEM)
    places = _places()
    if batch:
        _find_all(places, batch)
        return
    line: dict[str, Any] = {"lat": lat, "lon": lon} if point else {"text": text}
    finding = _found(places, line)
    if as_json:
        print(json.dumps({"id": "", **_shown(finding)}, ensure_ascii=False, indent=1))
    else:
        _print(finding)


def finding_object(finding: Finding) -> dict[str, Any] | None:
    """Return what was found as it stands in `ask --batch`; None if we ask or found nothing."""
    return _shown(finding) if finding.kind is PlaceKind.FOUND else None


def _shown(finding: Finding) -> dict[str, Any]:
    """Return the object of the batch contract, without the id."""
    place = finding.place
    return {
        "kind": finding.kind.value,
        "place": {
            "plz": place.plz,
            "municipality": place.municipality,
            "kreis_ags": place.kreis_ags,
        }
        if place
        else None,
        "jobcenters": [place.jobcenter] if place else [],
        "agencies": [place.agency] if place else [],
        "options": [_option(option) for option in finding.options],
    }


def _option(option: Option) -> dict[str, Any]:
    return {"label": option.label, "jobcenters": [option.place.jobcenter]}


def _places() -> Places:
    """Return the finder with the words of the knowledge, as far as that can be read."""
    folder = settings().knowledge_dir
    return load_places(folder, ordinary_words(read(folder).knowledge))


def _find_all(places: Places, file: Path) -> None:
    problems = 0
    for line in read_batch(file, _problem):
        if isinstance(line, str):
            print(line, file=sys.stderr)
            problems += 1
            continue
        found = {"id": line.get("id"), **_shown(_found(places, line))}
        print(json.dumps(found, ensure_ascii=False), flush=True)
    if problems:
        raise typer.Exit(DATA_PROBLEM)


def _found(places: Places, line: dict[str, Any]) -> Finding:
    if "text" in line:
        return places.find(line["text"])
    return places.at(float(line["lat"]), float(line["lon"]))


def _problem(line: dict[str, Any]) -> str:
    """Return what is wrong with a line of a batch, or nothing."""
    if "text" in line:
        return "" if isinstance(line["text"], str) else '"text" is no text; put it in quotes'
    for key, most in (("lat", 90), ("lon", 180)):
        degrees = line.get(key)
        if isinstance(degrees, bool) or not isinstance(degrees, int | float):
            return f'"{key}" is no number; write {{"id": "1", "text": "…"}} or "lat" and "lon"'
        if not abs(degrees) <= most:
            return f'"{key}" is {degrees}; write degrees between -{most} and {most}'
    return ""


def _print(finding: Finding) -> None:
    if finding.place:
        place = finding.place
        out.print(f"{place.name} (Kreis {place.kreis_ags})", markup=False)
        out.print(f"Jobcenter {place.jobcenter}, Agentur für Arbeit {place.agency}", markup=False)
        if finding.others:
            others = "; ".join(option.label for option in finding.others)
            out.print(f"other places of that name: {others}", markup=False)
        return
    if finding.ask:
        out.print(f"to ask: {finding.ask.value}")
        for option in finding.options:
            out.print(f"  {option.label}: Jobcenter {option.place.jobcenter}", markup=False)
        return
    out.print("no place found")
