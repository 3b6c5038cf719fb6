"""The place tables: whole as they are, and every broken rule named with file and line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.places_csv import place_problems

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tables that a test may break."""
    copied = tmp_path / "knowledge"
    for name in ("places", "offices"):
        shutil.copytree(KNOWLEDGE / name, copied / name)
    return copied


def test_the_real_tables_are_whole() -> None:
    assert list(place_problems(KNOWLEDGE)) == []


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        file = folder / f"{name}.csv"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return changed


BROKEN = {
    "a postcode of an unknown municipality": (
        change("places/postcodes", "01067,14612000,", "01067,99999999,"),
        "knowledge/places/postcodes.csv:",
        "01067 names 99999999",
    ),
    "a postcode without any office": (
        change("places/postcodes", "01067,14612000,", "01067,,"),
        "knowledge/places/postcodes.csv:",
        "01067 leads to no Jobcenter",
    ),
    "a Kreis without a Jobcenter": (
        change("places/kreise", "Schleswig-Holstein,11902,", "Schleswig-Holstein,,"),
        "knowledge/places/kreise.csv:2",
        "Kreis 01001 has no Jobcenter",
    ),
    "a point in France": (
        change("places/municipalities", "54.7833,9.4333", "48.8566,2.3522"),
        "knowledge/places/municipalities.csv:2",
        "48.8566, 2.3522 is not in Germany",
    ),
    "a postcode twice": (
        change("places/postcodes", "01069,14612000,", "01067,14612000,"),
        "knowledge/places/postcodes.csv:3",
        '"01067" stands already in line 2',
    ),
    "a box that is also delivered to": (
        change("places/po_boxes", "01053,", "01067,"),
        "knowledge/places/postcodes.csv:2",
        "01067 is also listed as a post-office box",
    ),
    "a quarter of Berlin without an office": (
        change("places/quarters", ",Wedding,Berlin,11000,96204,", ",Wedding,Berlin,11000,,"),
        "knowledge/places/quarters.csv:",
        "Wedding has no Jobcenter",
    ),
    "a number that is none": (
        change("places/kreise", "54.7885", "north"),
        "knowledge/places",
        "a table cannot be read",
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_table_is_named(folder: Path, rule: str) -> None:
    broken, where, what = BROKEN[rule]
    broken(folder)

    problems = [str(problem) for problem in place_problems(folder)]

    assert any(line.startswith(where) and what in line for line in problems), problems


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "places" / "words.csv").unlink()

    problems = [str(problem) for problem in place_problems(folder)]

    assert len(problems) == 1
    assert problems[0].startswith("knowledge/places/words.csv:1: the table is missing")
