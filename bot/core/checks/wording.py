"""Letters of another script inside a word, and figures that belong into values.yaml."""

import re
import unicodedata
from collections.abc import Iterator

from bot.core.figures import PLACEHOLDER
from bot.core.knowledge import Knowledge, Loc, text_path
from bot.core.model import TopicText
from bot.core.problems import Problem

_WORD = re.compile(r"[^\W\d_]{2,}")
# Letters that look alike in Latin and Cyrillic; one of them inside a word of the other script
# is a slip of the keyboard and makes the word unfindable.
_ALIKE = set("aceopxyiABCEHIKMOPTXаеорсухіАВСЕНІКМОРТХ")
# Digits that may stand in a text: paragraphs, course levels, titles such as 24 or 18b,
# the emergency numbers, names with a digit inside. All others belong into values.yaml.
_ALLOWED = re.compile(
    r"§+\s*\d+[a-z]{0,2}(\s*(-|–|bis|und|oder|and|or|to|и|или|та|і|або|до|,|/)\s*\d+[a-z]{0,2})*"
    r"|\b(Abs\.|Absatz|Satz|Nr\.|абз\.|ч\.|п\.|Art\.|Artikel|ст\.)\s*\d+[a-z]?(\s?[-–]\s?\d+[a-z]?)?"
    r"|\b[ABCАВС][12]\b|\b\d{1,3}[a-z]\b|\b24\b|\b11[02]\b"
    r"|\b(SGB|ALG|Alg|Hartz|Job-BSK|BSK|MY)\s?\d\b|[^\W\d_]\d+[^\W\d_]"
)


def wording_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Yield look-alike letters and loose figures in all texts of topics."""
    for (language, topic), text in knowledge.texts.items():
        path = text_path(language, topic)
        for loc, words, base in _passages(text):
            yield from _mixed_words(knowledge, path, loc, words, base)
            if loc[0] != "questions":
                yield from _loose_figures(knowledge, path, loc, words, base)
    for name, concept in knowledge.glossary.items():
        for index, form in enumerate(concept.forms):
            loc = (name, "forms", index)
            yield from _mixed_words(knowledge, "glossary.yaml", loc, form, 0)


def _passages(text: TopicText) -> Iterator[tuple[Loc, str, int]]:
    """Yield where a passage stands, its words, and how far below its key they begin."""
    for name in ("title", "label", "counter"):
        yield (name,), getattr(text, name), 0
    for name in ("answer", "details"):
        yield (name,), getattr(text, name), 1
    for index, question in enumerate(text.questions):
        yield ("questions", index), question, 0


def _mixed_words(
    knowledge: Knowledge, path: str, loc: Loc, words: str, base: int
) -> Iterator[Problem]:
    for number, line in enumerate(words.splitlines()):
        for word in _WORD.findall(line):
            strange = _strange_letter(word)
            if strange:
                letter, script = strange
                what = f'"{word}" holds a {script} "{letter}" that only looks right'
                fix = "type the word again with one keyboard"
                yield knowledge.origins.problem(path, loc, what, fix, below=base + number)


def _strange_letter(word: str) -> tuple[str, str] | None:
    """Return the first look-alike letter of the rarer script in `word`, and that script."""
    scripts = {letter: unicodedata.name(letter).split(" ")[0] for letter in word}
    latin = [letter for letter in word if scripts[letter] == "LATIN"]
    cyrillic = [letter for letter in word if scripts[letter] == "CYRILLIC"]
    if not latin or not cyrillic:
        return None
    rarer = latin if len(latin) <= len(cyrillic) else cyrillic
    if all(letter in _ALIKE for letter in rarer):
        return rarer[0], scripts[rarer[0]].capitalize()
    return None


def _loose_figures(
    knowledge: Knowledge, path: str, loc: Loc, words: str, base: int
) -> Iterator[Problem]:
    for number, line in enumerate(words.splitlines()):
        rest = _ALLOWED.sub(" ", PLACEHOLDER.sub(" ", line))
        found = re.search(r"\S*\d\S*", rest)
        if found:
            what = f'the figure "{found[0]}" stands in the text'
            fix = "put it into values.yaml with its source and write {its_name} here"
            yield knowledge.origins.problem(path, loc, what, fix, below=base + number)
