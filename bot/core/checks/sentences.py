"""Fixed sentences: the same keys and {fields} in all languages, labels that fit."""

import re
from collections.abc import Iterator

from bot.core.events import Sent
from bot.core.knowledge import Knowledge
from bot.core.offices import Form
from bot.core.places import Ask
from bot.core.problems import Problem
from bot.core.replies.menus import REASONS
from bot.core.replies.places import NEEDS
from bot.core.reply import LABEL_LIMIT, graphemes

_LIMITS = {"telegram.name": 64, "telegram.short": 120, "telegram.description": 512}
_LABELS = ("button.", "menu.", "reason.", "area.")
_NO_LABELS = {"menu.title", "menu.text", "area.title", "area.text"}
_FIELD = re.compile(r"\{\w+\}")


def sentence_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Yield keys missing in a language, wrong fields, and labels that are cut."""
    keys = {key: language for language, said in knowledge.sentences.items() for key in said}
    for key in _needed(knowledge):
        keys.setdefault(key, "the program")
    for language in knowledge.languages:
        path = f"texts/{language}/_bot.yaml"
        said = knowledge.sentences.get(language, {})
        for key, other in keys.items():
            if key not in said:
                what = f'"{key}" is missing (it stands in {other})'
                yield knowledge.origins.problem(path, (), what, f'add a line "{key}: …"')
        for key, sentence in said.items():
            yield from _of_sentence(knowledge, path, key, sentence)


def _needed(knowledge: Knowledge) -> Iterator[str]:
    """Yield the keys that the program puts together itself."""
    yield from (f"area.{area}" for area in knowledge.areas)
    yield from (f"place.{ask.value}" for ask in Ask)
    yield from (f"other.{sent.value}" for sent in Sent)
    yield from (f"office.form_{form.value}" for form in Form)
    yield from (f"reason.{reason}" for reason in REASONS)
    yield from (f"need.{need}{end}" for need in NEEDS for end in ("", "_text"))
    warnings = {organisation.warning for organisation in knowledge.organisations.values()}
    yield from (f"help.{warning}" for warning in sorted(warnings - {""}))


def _of_sentence(knowledge: Knowledge, path: str, key: str, sentence: str) -> Iterator[Problem]:
    limit = _LIMITS.get(key, 256 if key.startswith("command.") else 0)
    if key.startswith(_LABELS) and key not in _NO_LABELS:
        limit = LABEL_LIMIT
    if limit and graphemes(sentence) > limit:
        what = f'"{key}" has {graphemes(sentence)} characters, {limit} fit'
        yield knowledge.origins.problem(path, (key,), what, "shorten it")
    german = knowledge.sentences.get("de", {}).get(key, sentence)
    if set(_FIELD.findall(sentence)) != set(_FIELD.findall(german)):
        fields = ", ".join(sorted(set(_FIELD.findall(german)))) or "none"
        what = f'"{key}" has other fields than the German sentence'
        yield knowledge.origins.problem(path, (key,), what, f"use exactly these: {fields}")
