"""How well questions find their topics: hits, direct answers, false accepts, reliability."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.matching.classifier import Length
from bot.core.model import LanguageCode, Match, Phrase, TopicId, Zone
from bot.core.text import words

NOTHING = "nothing"  # expected where no topic fits: referring is right
_OUT_OF_SCOPE = "outofscope."
_BINS = 10
LENGTHS = {Length.SHORT: "1-2 words", Length.MIDDLE: "3-6 words", Length.LONG: "7+ words"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with the topic it should find and what it found."""

    wanted: TopicId
    language: LanguageCode
    length: Length
    zone: Zone
    found: tuple[TopicId, ...]
    probability: float

    @property
    def rank(self) -> int:
        """Where the wanted topic stands, from 1; 0 if it was not found."""
        return self.found.index(self.wanted) + 1 if self.wanted in self.found else 0

    @property
    def out_of_scope(self) -> bool:
        """Whether this question must not be answered directly."""
        return self.wanted == NOTHING or self.wanted.startswith(_OUT_OF_SCOPE)

    @property
    def answered(self) -> bool:
        """Whether it was answered directly."""
        return self.zone is Zone.ANSWER


@dataclass(frozen=True, slots=True)
class Figures:
    """What a group of questions shows, shares in percent; None where no question counts.

    `hit1` to `hit5` count questions that have a topic; `right` counts direct answers;
    `false_accepts` counts out-of-scope questions; `reliability` is the expected calibration
    error of the best candidate's probability (Guo et al. 2017, ten bins).
    """

    questions: int
    hit1: float | None
    hit3: float | None
    hit5: float | None
    answered: float | None
    right: float | None
    false_accepts: float | None
    reliability: float | None


@dataclass(frozen=True)
class Report:
    """The figures of all questions and of each language, length and topic; the confusions."""

    all: Figures
    by_language: Mapping[str, Figures]
    by_length: Mapping[str, Figures]
    by_topic: Mapping[str, Figures]
    confusions: tuple[tuple[TopicId, TopicId, int], ...]
    outcomes: tuple[Outcome, ...]


def evaluate(questions: Iterable[Phrase], ask: Callable[[str], Match]) -> Report:
    """Ask every question and return what came out; the words themselves are not kept."""
    return report(tuple(_outcome(question, ask(question.text)) for question in questions))


def report(outcomes: Sequence[Outcome]) -> Report:
    """Return the figures of outcomes, for all and for each group."""
    return Report(
        all=figures(outcomes),
        by_language=_grouped(outcomes, lambda outcome: outcome.language),
        by_length=_grouped(outcomes, lambda outcome: LENGTHS[outcome.length]),
        by_topic=_grouped(outcomes, lambda outcome: outcome.wanted),
        confusions=_confusions(outcomes),
        outcomes=tuple(outcomes),
    )


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of some outcomes."""
    asked = [outcome for outcome in outcomes if outcome.wanted != NOTHING]
    direct = [outcome for outcome in outcomes if outcome.answered]
    outside = [outcome for outcome in outcomes if outcome.out_of_scope]
    return Figures(
        questions=len(outcomes),
        hit1=_percent(outcome.rank == 1 for outcome in asked),
        hit3=_percent(0 < outcome.rank <= 3 for outcome in asked),
        hit5=_percent(0 < outcome.rank <= 5 for outcome in asked),
        answered=_percent(outcome.answered for outcome in outcomes),
        right=_percent(outcome.rank == 1 for outcome in direct),
        false_accepts=_percent(outcome.answered for outcome in outside),
        reliability=_calibration_error(asked),
    )


def reliability_bins(outcomes: Iterable[Outcome]) -> list[tuple[float, float, int]]:
    """Return (mean probability, share right, questions) of each tenth that has questions."""
    bins: defaultdict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        bins[min(int(outcome.probability * _BINS), _BINS - 1)].append(outcome)
    return [
        (
            sum(outcome.probability for outcome in inside) / len(inside),
            sum(outcome.rank == 1 for outcome in inside) / len(inside),
            len(inside),
        )
        for _, inside in sorted(bins.items())
    ]


def precision_by_coverage(outcomes: Iterable[Outcome]) -> list[tuple[float, float]]:
    """Return (share of questions, share right among them), the surest questions first."""
    ranked = sorted(outcomes, key=lambda outcome: -outcome.probability)
    right, points = 0, []
    for number, outcome in enumerate(ranked, start=1):
        right += outcome.rank == 1
        points.append((number / len(ranked), right / number))
    return points


def _outcome(question: Phrase, match: Match) -> Outcome:
    return Outcome(
        wanted=question.topic,
        language=question.language,
        length=Length.of(len(words(question.text))),
        zone=match.zone,
        found=tuple(candidate.topic for candidate in match.candidates),
        probability=match.best.probability if match.best else 0.0,
    )


def _grouped(outcomes: Sequence[Outcome], group: Callable[[Outcome], str]) -> dict[str, Figures]:
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[group(outcome)].append(outcome)
    return {name: figures(inside) for name, inside in sorted(groups.items())}


def _confusions(outcomes: Iterable[Outcome]) -> tuple[tuple[TopicId, TopicId, int], ...]:
    """Return (wanted, found first, number), the most frequent first."""
    wrong = Counter(
        (outcome.wanted, outcome.found[0])
        for outcome in outcomes
        if outcome.rank != 1 and outcome.found and outcome.wanted != NOTHING
    )
    ranked = sorted(wrong.items(), key=lambda kv: (-kv[1], kv[0]))
    return tuple((wanted, found, number) for (wanted, found), number in ranked)


def _percent(values: Iterable[bool]) -> float | None:
    counted = list(values)
    return round(100 * sum(counted) / len(counted), 1) if counted else None


def _calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    if not outcomes:
        return None
    bins = reliability_bins(outcomes)
    gap = sum(abs(said - right) * number for said, right, number in bins)
    return round(100 * gap / len(outcomes), 1)
