"""Figures of an evaluation, by hand on few questions and on the real ones against the gate."""

import json
from pathlib import Path

import pytest

from bot.core.evaluation import evaluate, figures, precision_by_coverage, reliability_bins
from bot.core.model import Candidate, Match, Phrase, Zone

GATE = Path(__file__).parent.parent / "data" / "gate.json"


def found(zone: Zone, *topics: str, probability: float = 0.9) -> Match:
    return Match(zone, tuple(Candidate(topic, probability) for topic in topics))


def measured(*pairs: tuple[str, Match]):
    matches = {str(number): match for number, (_, match) in enumerate(pairs)}
    asked = [Phrase(str(number), "ru", wanted) for number, (wanted, _) in enumerate(pairs)]
    return evaluate(asked, matches.__getitem__)


def test_hits_count_the_rank_of_the_wanted_topic():
    report = measured(
        ("a", found(Zone.ANSWER, "a", "b")),
        ("a", found(Zone.CHOOSE, "b", "c", "a")),
        ("a", found(Zone.CHOOSE, "b", "c", "d", "e", "a")),
        ("a", found(Zone.REFER, "b")),
    )

    assert (report.all.hit1, report.all.hit3, report.all.hit5) == (25, 50, 75)


def test_only_direct_answers_are_right_or_wrong():
    report = measured(
        ("a", found(Zone.ANSWER, "a")),
        ("a", found(Zone.ANSWER, "b")),
        ("a", found(Zone.CHOOSE, "b")),
    )

    assert (report.all.answered, report.all.right) == (66.7, 50)


def test_a_direct_answer_out_of_scope_is_a_false_accept():
    report = measured(
        ("outofscope.misc", found(Zone.ANSWER, "a")),
        ("nothing", found(Zone.REFER, "a")),
        ("a", found(Zone.ANSWER, "a")),
    )

    assert report.all.false_accepts == 50


def test_a_question_for_nothing_is_no_miss():
    assert measured(("nothing", found(Zone.REFER, "a"))).all.hit1 is None


def test_confusions_are_counted_and_the_most_frequent_comes_first():
    report = measured(
        ("a", found(Zone.CHOOSE, "b")),
        ("a", found(Zone.CHOOSE, "b")),
        ("a", found(Zone.CHOOSE, "c")),
    )

    assert report.confusions == (("a", "b", 2), ("a", "c", 1))


def test_reliability_is_the_gap_between_said_and_right():
    report = measured(
        ("a", found(Zone.ANSWER, "a", probability=0.8)),
        ("a", found(Zone.ANSWER, "b", probability=0.8)),
    )

    assert report.all.reliability == 30
    assert reliability_bins(report.outcomes) == [(0.8, 0.5, 2)]


def test_precision_by_coverage_starts_with_the_surest():
    report = measured(
        ("a", found(Zone.CHOOSE, "b", probability=0.2)),
        ("a", found(Zone.ANSWER, "a", probability=0.9)),
    )

    assert precision_by_coverage(report.outcomes) == [(0.5, 1.0), (1.0, 0.5)]


def test_figures_of_no_questions_are_empty():
    assert figures([]).hit1 is None


@pytest.fixture(scope="module")
def real(house):
    return evaluate(
        house.knowledge.questions, lambda text: house.dialog.talk.understand(text).match
    )


@pytest.mark.parametrize("figure", ["hit1", "hit3", "right"])
def test_the_regression_set_is_not_found_worse_than_before(real, figure):
    gate = json.loads(GATE.read_text(encoding="utf-8"))

    assert getattr(real.all, figure) >= gate[figure] - gate["noise"][figure]


def test_out_of_scope_is_not_answered_more_often_than_before(real):
    gate = json.loads(GATE.read_text(encoding="utf-8"))

    assert real.all.false_accepts <= gate["false_accepts"] + gate["noise"]["false_accepts"]
