"""Fixed sentences: the same keys and {fields} in all languages, labels that fit."""

import re
from collections.abc import Iterator

from bot.core.knowledge import Knowledge
from bot.core.problems import Problem
from bot.core.reply import LABEL_LIMIT, graphemes

_LIMITS = {"telegram.name": 64, "telegram.short": 120, "telegram.description": 512}
_LABELS = ("button.", "menu.", "reason.", "area.")
_NO_LABELS = {"menu.title", "menu.text", "area.title", "area.text"}
_FIELD = re.compile(r"\{\w+\}")


def sentence_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Yield keys missing in a language, wrong fields, and labels that are cut."""
    keys = {key: language for language, said in knowledge.sentences.items() for key in said}
    for area in knowledge.areas:
        keys.setdefault(f"area.{area}", "the areas of topics/")
    for language in knowledge.languages:
        path = f"texts/{language}/_bot.yaml"
        said = knowledge.sentences.get(language, {})
        for key, other in keys.items():
            if key not in said:
                what = f'"{key}" is missing (it stands in {other})'
                yield knowledge.origins.problem(path, (), what, f'add a line "{key}: …"')
        for key, sentence in said.items():
            yield from _of_sentence(knowledge, path, key, sentence)


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
