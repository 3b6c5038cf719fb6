"""The finder on all postcodes, on real lines, and on points all over Germany."""

import csv
import math
import os
import random
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from bot.adapters.places_csv import load_places
from bot.adapters.yaml_knowledge import read
from bot.app import ordinary_words
from bot.bench.places import judged, read_lines
from bot.core.places import Ask, Finding, Place, PlaceKind, Places

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
LINES = ROOT / "tests" / "data" / "places_in_text.yaml"
REGRESSION = yaml.load(
    (ROOT / "tests" / "data" / "places_regression.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)
Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]
Outline = tuple[tuple[str, str], list[Ring], Box]
FOUND_LINES = [(town, line) for town, lines in REGRESSION["found"].items() for line in lines]


@pytest.fixture(scope="module")
def places() -> Places:
    """The finder as the bot builds it."""
    return load_places(KNOWLEDGE, ordinary_words(read(KNOWLEDGE).knowledge))


def table(name: str) -> list[dict[str, str]]:
    with (KNOWLEDGE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def offices_by_postcode() -> dict[str, set[str]]:
    """Read the tables the simple way: postcode -> Jobcenters."""
    kreise = {row["kreis"]: row["jobcenters"].split() for row in table("places/kreise")}
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("places/postcodes"):
        found[row["plz"]].update(row["berlin_jobcenters"].split())
        in_kreise = [ags[:5] for ags in row["municipalities"].split()]
        in_kreise += [part.split(":")[0] for part in row["possible"].split("|") if part]
        for kreis in in_kreise:
            if kreis != "11000":
                found[row["plz"]].update(kreise[kreis])
    return found


def test_every_postcode_gives_exactly_what_the_tables_say(places: Places) -> None:
    expected = offices_by_postcode()

    wrong = [plz for plz, offices in expected.items() if _offices(places.find(plz)) != offices]

    assert len(expected) == 8172
    assert wrong == []


def test_a_postcode_with_several_jobcenters_asks_and_one_with_one_is_found(places: Places) -> None:
    expected = offices_by_postcode()
    several = {plz for plz, offices in expected.items() if len(offices) > 1}

    asked = {plz for plz in expected if places.find(plz).ask is Ask.SEVERAL}
    found = {plz for plz in expected if places.find(plz).kind is PlaceKind.FOUND}

    assert len(several) == 256
    assert asked == several
    assert found == set(expected) - several


def test_the_place_of_a_postcode_is_a_municipality_that_has_it(places: Places) -> None:
    names = {row["ags"]: row["name"] for row in table("places/municipalities")}
    wrong = []
    for row in table("places/postcodes"):
        place = places.find(row["plz"]).place
        allowed = {names[ags] for ags in row["municipalities"].split()}
        if place and (place.plz != row["plz"] or place.municipality not in allowed):
            wrong.append(row["plz"])

    assert wrong == []


def test_every_post_office_box_asks_for_the_postcode_of_the_home(places: Places) -> None:
    boxes = [row["plz"] for row in table("places/po_boxes")]

    wrong = [
        plz
        for plz in boxes
        if places.find(plz).ask is not Ask.PO_BOX or not places.find(plz).options
    ]

    assert wrong == []


def test_the_lines_written_before_the_code_are_right_and_name_no_wrong_office(
    places: Places,
) -> None:
    lines = read_lines(LINES)
    results = [judged(line, _answer(places.find(line.text))) for line in lines]

    assert sum(right for right, _ in results) >= 0.98 * len(lines)
    assert sum(wrong for _, wrong in results) == 0


@pytest.mark.parametrize(("town", "line"), FOUND_LINES)
def test_a_place_in_a_sentence_is_found(places: Places, town: str, line: str) -> None:
    place = places.find(line).place

    assert place is not None
    if town.startswith("Berlin, "):
        bezirke = {row["id"]: row["bezirk"] for row in table("offices/jobcenters")}
        assert bezirke[place.jobcenter] == town.removeprefix("Berlin, ")
    else:
        assert place.municipality == town


@pytest.mark.parametrize("line", REGRESSION["ask"])
def test_a_name_of_several_places_asks(places: Places, line: str) -> None:
    finding = places.find(line)

    assert finding.kind is PlaceKind.ASK
    offered = {o.place.municipality or o.place.name for o in finding.options}
    assert offered >= set(REGRESSION["ask"][line])


@pytest.mark.parametrize("line", REGRESSION["none"])
def test_a_word_that_is_no_place_is_no_place(places: Places, line: str) -> None:
    assert places.find(line).kind is PlaceKind.NONE


def test_a_much_larger_city_wins_and_the_others_are_offered(places: Places) -> None:
    finding = places.find("frankfurt")

    assert finding.place is not None
    assert finding.place.name == "Frankfurt am Main"
    assert [option.place.name for option in finding.others] == ["Frankfurt (Oder)"]


@pytest.mark.parametrize("text", ["Neustadt", "Neuenkirchen", "Halle", "Berlin", "10119", "06333"])
def test_options_have_labels_that_differ_and_one_jobcenter_each(places: Places, text: str) -> None:
    options = places.find(text).options

    assert len(options) > 1
    assert len({option.label for option in options}) == len(options)
    assert all(option.place.jobcenter and option.place.agency for option in options)


def test_every_place_comes_back_by_its_key(places: Places) -> None:
    texts = [row["plz"] for row in table("places/postcodes")]
    texts += [row["name"] for row in table("places/municipalities")]
    texts += [f"{row['name']} {row['municipality']}" for row in table("places/quarters")]
    found = [place for text in texts for place in _places_of(places.find(text))]

    lost = [place for place in found if places.by_key(place.key) != place]
    long = [place for place in found if not place.key.isascii() or len(place.key) > 40]

    assert len(found) > 18_000
    assert lost == []
    assert long == []


def test_unknown_keys_are_no_places(places: Places) -> None:
    keys = ("", "x", "p:", "p:00000", "p:50667:99999", "m:00000000", "k:11000", "p:1:2:3:4")

    assert [places.by_key(key) for key in keys] == [None] * len(keys)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("джобцентр 44787", "джобцентр ⟨place⟩"),
        ("живу в Кёльне, что делать?", "живу в ⟨place⟩, что делать?"),
        ("Was kostet das?", "Was kostet das?"),
    ],
)
def test_place_words_are_masked(places: Places, text: str, masked: str) -> None:
    assert places.masked(text) == masked


@pytest.mark.parametrize("text", ["Köln", "50667 Köln", "в Кёльне", "Berlin-Wedding", "Köln?"])
def test_a_message_that_is_only_a_place_is_recognised(places: Places, text: str) -> None:
    assert places.is_only_place(text)


@pytest.mark.parametrize("text", ["Wohngeld", "Jobcenter Köln", "Deutschkurs in Köln", ""])
def test_a_message_that_asks_more_is_not_only_a_place(places: Places, text: str) -> None:
    assert not places.is_only_place(text)


def test_random_points_lie_where_an_even_odd_test_puts_them(places: Places) -> None:
    outlines = _outlines()
    chance = random.Random(20261122)
    checked, wrong = 0, []
    while checked < 10_000:
        point = chance.uniform(47.2, 55.1), chance.uniform(5.8, 15.1)
        inside = [area for area, rings, box in outlines if _within(*point, rings, box)]
        if not inside:
            continue
        checked += 1
        finding = places.at(*point)
        if finding.kind is PlaceKind.FOUND:
            assert finding.place is not None
            got = (finding.place.kreis_ags, finding.place.jobcenter)
            right = got[0] == inside[0][0] and inside[0][1] in ("", got[1])
        else:
            right = finding.ask is Ask.BORDER and _border_km(*point, outlines) <= 0.5
        if not right:
            wrong.append(point)

    assert wrong == []


@pytest.mark.parametrize("point", [(48.8566, 2.3522), (0.0, 0.0), (50.4501, 30.5234)])
def test_a_point_abroad_says_so(places: Places, point: tuple[float, float]) -> None:
    finding = places.at(*point)

    assert (finding.kind, finding.ask) == (PlaceKind.ASK, Ask.OUTSIDE)


def test_what_is_found_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from pathlib import Path\n"
        "from bot.adapters.places_csv import load_places\n"
        "from bot.bench.places import read_lines\n"
        f"places = load_places(Path({str(KNOWLEDGE)!r}))\n"
        f"for line in read_lines(Path({str(LINES)!r})):\n"
        "    print(places.find(line.text))\n"
    )

    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }

    assert len(outputs) == 1


def _offices(finding: Finding) -> set[str]:
    return {place.jobcenter for place in _places_of(finding)}


def _places_of(finding: Finding) -> list[Place]:
    return [finding.place] if finding.place else [option.place for option in finding.options]


def _answer(finding: Finding) -> tuple[str, str, str]:
    place = finding.place
    return finding.kind.value, place.kreis_ags if place else "", place.jobcenter if place else ""


def _outlines() -> list[Outline]:
    """(Kreis, Jobcenter in Berlin) with all rings and their box, read the simple way."""
    areas = defaultdict(list)
    for row in table("places/borders"):
        degrees = [float(number) for number in row["points"].split()]
        points = list(zip(degrees[::2], degrees[1::2], strict=True))
        areas[row["kreis"], row["jobcenter"]].append(points)
    return [
        (
            area,
            rings,
            (
                min(x for ring in rings for x, _ in ring),
                min(y for ring in rings for _, y in ring),
                max(x for ring in rings for x, _ in ring),
                max(y for ring in rings for _, y in ring),
            ),
        )
        for area, rings in areas.items()
    ]


def _within(latitude: float, longitude: float, rings: list[Ring], box: Box) -> bool:
    """Even-odd rule over all rings."""
    if not (box[0] <= longitude <= box[2] and box[1] <= latitude <= box[3]):
        return False
    odd = False
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise(ring):
            if (y1 > latitude) != (y0 > latitude):
                odd ^= longitude < (x0 - x1) * (latitude - y1) / (y0 - y1) + x1
    return odd


def _border_km(latitude: float, longitude: float, outlines: list[Outline]) -> float:
    """Return the kilometres to the nearest outline."""
    nearest, stretch = math.inf, math.cos(math.radians(latitude))
    for _, rings, box in outlines:
        if not (box[0] - 0.02 <= longitude <= box[2] + 0.02):
            continue
        if not (box[1] - 0.02 <= latitude <= box[3] + 0.02):
            continue
        for ring in rings:
            for (x0, y0), (x1, y1) in pairwise(ring):
                dx, dy = (x1 - x0) * stretch, y1 - y0
                px, py = (longitude - x0) * stretch, latitude - y0
                length = dx * dx + dy * dy
                at = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
                nearest = min(nearest, math.hypot(px - at * dx, py - at * dy))
    return nearest * 111.2
