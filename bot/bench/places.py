"""The finder beside plain `rapidfuzz.process.extractOne` over all names: right, wrong, time."""

import importlib
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from bot.adapters.places_csv import load_places, read_tables
from bot.core.places import Places
from bot.core.places.records import Tables

_SEED = 20261122
_GENERATED = 400
# Below this score extractOne's best name is not taken; 90 gave it the most right lines.
_LEAST_SCORE = 90
_SENTENCES = ("Ich wohne in {}", "jobcenter {}", "{}", "Deutschkurs in {} gesucht")


@dataclass(frozen=True, slots=True)
class Line:
    """A text with what it must lead to: a Kreis (`found`), a question back, or nothing."""

    text: str
    expect: str
    kreis: str = ""
    jobcenter: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """How one method did on one set: shares of 1, milliseconds."""

    method: str
    lines: str
    number: int
    right: float
    wrong_office: float
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class PlacesReport:
    """All rows, with the seconds and megabytes that loading took."""

    rows: tuple[Row, ...]
    load_seconds: float
    load_megabytes: float


# kind, Kreis, Jobcenter (empty where the method knows none)
Answer = tuple[str, str, str]
Method = Callable[[str], Answer]


def bench_places(knowledge: Path, lines_file: Path, ordinary: Sequence[str] = ()) -> PlacesReport:
    """Measure all methods on the lines of a file and on generated look-ups, in one run."""
    process_ = importlib.import_module("psutil").Process()
    before, began = process_.memory_info().rss, time.perf_counter()
    places = load_places(knowledge, ordinary)
    seconds = time.perf_counter() - began
    megabytes = (process_.memory_info().rss - before) / 1e6
    tables = read_tables(knowledge)
    methods: dict[str, Method] = {
        "finder": lambda text: _ours(places, text),
        "extractOne WRatio": _extract_one(tables, fuzz.WRatio),
        "extractOne ratio": _extract_one(tables, fuzz.ratio),
    }
    sets = {lines_file.name: read_lines(lines_file), "generated": list(_generated(tables))}
    rows = [
        _measured(method, name, lines, find)
        for name, lines in sets.items()
        for method, find in methods.items()
    ]
    return PlacesReport(tuple(rows), seconds, megabytes)


def read_lines(file: Path) -> list[Line]:
    """Return the lines of a YAML list {text, expect: found|ask|none, kreis?, jobcenter?}."""
    listed = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [
        Line(line["text"], line["expect"], line.get("kreis", ""), line.get("jobcenter", ""))
        for line in listed
    ]


def judged(line: Line, answer: Answer) -> tuple[bool, bool]:
    """Return (right, wrong office); to ask where a place was meant is neither."""
    kind, kreis, jobcenter = answer
    if kind != "found":
        return kind == line.expect, False
    if line.expect != "found":
        return False, True
    right = jobcenter == line.jobcenter if line.jobcenter else kreis == line.kreis
    return right, not right


def _ours(places: Places, text: str) -> Answer:
    finding = places.find(text)
    place = finding.place
    return finding.kind.value, place.kreis_ags if place else "", place.jobcenter if place else ""


def _extract_one(tables: Tables, scorer: Callable[..., float]) -> Method:
    """Return the plain method: the nearest of all names, if it is near enough."""
    named = [(town.name, town.ags[:5]) for town in tables.municipalities]
    named += [(alias, town.ags[:5]) for town in tables.municipalities for alias in town.aliases]
    named += [(locality.name, locality.kreis) for locality in tables.localities]
    named += [(quarter.name, quarter.kreis) for quarter in tables.quarters]
    names = [name.casefold() for name, _ in named]
    offices = {kreis.ags: kreis.jobcenters for kreis in tables.kreise}

    def find(text: str) -> Answer:
        best = process.extractOne(text.casefold(), names, scorer=scorer, score_cutoff=_LEAST_SCORE)
        if best is None:
            return "none", "", ""
        kreis = named[best[2]][1]
        return "found", kreis, offices[kreis][0] if len(offices[kreis]) == 1 else ""

    return find


def _generated(tables: Tables) -> Iterator[Line]:
    """Yield names of towns in sentences, some with a wrong letter (fixed seed).

    Names that another Kreis also has are left out: there both asking and finding may be right.
    """
    chance = random.Random(_SEED)
    heads = [town.name.split(" ")[0].casefold() for town in tables.municipalities]
    single = [
        town
        for town in tables.municipalities
        if " " not in town.name
        and heads.count(town.name.casefold()) == 1
        and len(town.name) > 7
        and town.ags[:5] != "11000"
    ]
    for town in chance.sample(single, _GENERATED):
        yield Line(chance.choice(_SENTENCES).format(town.name), "found", town.ags[:5])
    known = [town for town in single if town.population]
    for town in chance.choices(known, k=_GENERATED):
        at = chance.randrange(1, len(town.name) - 1)
        wrong = town.name[:at] + town.name[at + 1 :]
        yield Line(chance.choice(_SENTENCES).format(wrong), "found", town.ags[:5])


def _measured(method: str, name: str, lines: Sequence[Line], find: Method) -> Row:
    took, right, wrong = [], 0, 0
    for line in lines:
        began = time.perf_counter()
        answer = find(line.text)
        took.append((time.perf_counter() - began) * 1000)
        is_right, is_wrong = judged(line, answer)
        right += is_right
        wrong += is_wrong
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    shares = right / len(lines), wrong / len(lines)
    return Row(method, name, len(lines), *shares, cuts[49], cuts[94], cuts[98])
