"""Figures that are unknown, unreadable, without a step for the day, or too long once filled."""

import datetime
import re
from collections.abc import Iterator

from bot.core.figures import PLACEHOLDER, MissingFigureError, named
from bot.core.knowledge import Knowledge, text_path
from bot.core.model import Unit, Value, decimal
from bot.core.problems import Problem
from bot.core.replies.wording import Wording

FIRST_SCREEN = 700  # characters of an answer with its figures filled in
MESSAGE = 3_600  # answer and details; title, notices and sources need the rest of the 4,096


def figure_problems(knowledge: Knowledge, today: datetime.date) -> Iterator[Problem]:
    """Yield problems of values.yaml and of the texts that use it."""
    for name, value in knowledge.values.items():
        yield from _value_problems(knowledge, name, value, today)
    for (language, topic), text in knowledge.texts.items():
        path = text_path(language, topic)
        for field in ("answer", "details"):
            yield from _braces(knowledge, path, field, getattr(text, field))
        yield from _lengths(knowledge, language, topic, today)
    for language, cards in knowledge.cards.items():
        for key, card in cards.items():
            yield from _braces(knowledge, f"texts/{language}/_safety.yaml", key, card.text)


def _value_problems(
    knowledge: Knowledge, name: str, value: Value, today: datetime.date
) -> Iterator[Problem]:
    problem = knowledge.origins.problem
    if value.on(today) is None:
        what = f'"{name}" has no step for {today}'
        yield problem("values.yaml", (name, "steps"), what, "add a step that has begun")
    days = [step.from_ for step in value.steps]
    if len(set(days)) < len(days):
        what = f'"{name}" has two steps from the same day'
        yield problem("values.yaml", (name, "steps"), what, "keep one")
    for index, step in enumerate(value.steps):
        if not _readable(value.unit, step.value):
            what = f'"{step.value}" is no {value.unit.value}'
            fix = "write a number with a point, or a day as 2027-01-01"
            yield problem("values.yaml", (name, "steps", index), what, fix)


def _readable(unit: Unit, value: str) -> bool:
    try:
        if unit is Unit.DATE:
            datetime.date.fromisoformat(value)
        elif unit is not Unit.PHONE:
            decimal(value)
    except ValueError:
        return False
    return unit is not Unit.PHONE or bool(re.fullmatch(r"\+?[\d /-]+", value))


def _braces(knowledge: Knowledge, path: str, field: str, text: str) -> Iterator[Problem]:
    for name in named(text):
        if name not in knowledge.values:
            what = f'"{{{name}}}" is not in values.yaml'
            fix = "add it there, or take the name of one that is"
            yield knowledge.origins.problem(path, (field,), what, fix)
    if "{" in (rest := PLACEHOLDER.sub("", text)) or "}" in rest:
        what, fix = "a brace that names no figure", "write {name_of_the_figure}"
        yield knowledge.origins.problem(path, (field,), what, fix)


def _lengths(
    knowledge: Knowledge, language: str, topic: str, today: datetime.date
) -> Iterator[Problem]:
    text = knowledge.texts[language, topic]
    figures = Wording(knowledge).figures(language, today)
    try:
        answer, details = figures.fill(text.answer), figures.fill(text.details)
    except (MissingFigureError, ValueError):
        return  # told above, where the figure is
    path = text_path(language, topic)
    if len(answer.strip()) > FIRST_SCREEN:
        what = f"the answer has {len(answer.strip())} characters, {FIRST_SCREEN} fit a screen"
        fix = 'move some of it to "details"'
        yield knowledge.origins.problem(path, ("answer",), what, fix)
    if len(answer) + len(details) > MESSAGE:
        what = f"answer and details have more than {MESSAGE} characters together"
        yield knowledge.origins.problem(path, ("details",), what, "shorten the details")
