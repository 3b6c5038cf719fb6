"""Texts that are missing, too long, too few in questions, or ask the same as another topic."""

from collections import defaultdict
from collections.abc import Iterator

from bot.core.knowledge import Knowledge, text_path, topic_path
from bot.core.model import Phrase, State, TopicText
from bot.core.problems import Problem
from bot.core.reply import LABEL_LIMIT, graphemes
from bot.core.text import normalise

# Questions that a topic needs at least; they are what makes it found.
QUESTIONS = {"ru": 12, "uk": 12, "de": 10, "en": 8}
_FEWEST = 3


def text_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Yield what is missing or wrong in the texts of topics."""
    for topic in knowledge.topics:
        for language, known in knowledge.languages.items():
            text = knowledge.texts.get((language, topic))
            path = text_path(language, topic)
            if text is None:
                what = f"no text in {known.name} ({language})"
                yield knowledge.origins.problem(topic_path(topic), (), what, f"write {path}")
            else:
                yield from _of_text(knowledge, language, topic, text)
    yield from _asked_twice(knowledge)


def _of_text(knowledge: Knowledge, language: str, topic: str, text: TopicText) -> Iterator[Problem]:
    path, origins = text_path(language, topic), knowledge.origins
    full = knowledge.languages[language].state is State.FULL
    if full and not text.answer:
        yield origins.problem(path, (), '"answer" is missing', 'add a line "answer: |"')
    if graphemes(text.title) > LABEL_LIMIT and not text.label:
        what = f"the title has more than {LABEL_LIMIT} characters"
        yield origins.problem(path, ("title",), what, 'add a short "label:" for buttons')
    if graphemes(text.label) > LABEL_LIMIT:
        what = f"the label has more than {LABEL_LIMIT} characters"
        yield origins.problem(path, ("label",), what, "shorten it")
    wanted = QUESTIONS.get(language, _FEWEST)
    if len(text.questions) < wanted:
        what = f"{len(text.questions)} questions are too few to be found by"
        yield origins.problem(path, ("questions",), what, f"write at least {wanted}")
    for index, question in enumerate(text.questions):
        if not normalise(question):
            fix = "write words or take it out"
            yield origins.problem(path, ("questions", index), "a question without words", fix)


def _asked_twice(knowledge: Knowledge) -> Iterator[Problem]:
    """Yield questions that stand in two topics, or twice in one text."""
    seen: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in knowledge.phrases:
        seen[normalise(phrase.text)].append(phrase)
    for phrases in seen.values():
        first = phrases[0]
        for phrase in phrases[1:]:
            root = knowledge.origins.root
            where = f"{root}/{phrase.path}"
            if phrase.topic != first.topic:
                what = (
                    f'"{phrase.text}" also leads to {first.topic}'
                    f" ({root}/{first.path}:{first.line})"
                )
                yield Problem(where, phrase.line, what, "keep it in one topic")
            elif phrase.path == first.path:
                what = f'"{phrase.text}" stands twice, first in line {first.line}'
                yield Problem(where, phrase.line, what, "keep one")
