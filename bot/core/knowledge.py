"""Everything that is known, indexed by id and immutable; a reload swaps it whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.model import (
    Card,
    Concept,
    Fact,
    Hazard,
    Language,
    LanguageCode,
    Organisation,
    Phrase,
    Topic,
    TopicId,
    TopicText,
    Value,
)
from bot.core.problems import Problem

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Origins:
    """On which line of which file each thing was written."""

    lines: Mapping[str, Mapping[Loc, int]] = field(default_factory=dict)
    root: str = "knowledge"

    def line(self, path: str, *loc: str | int) -> int:
        """Return the line of `loc` in `path`, or of its nearest parent, or 1."""
        known = self.lines.get(path, {})
        while loc:
            if loc in known:
                return known[loc]
            loc = loc[:-1]
        return 1

    def problem(self, path: str, loc: Loc, what: str, fix: str, *, below: int = 0) -> Problem:
        """Return a problem at `loc` of the file `path`, `below` lines under its start."""
        return Problem(f"{self.root}/{path}", self.line(path, *loc) + below, what, fix)


@dataclass(frozen=True)
class Shown:
    """A topic's text as found for a reader: the text and the language it is in."""

    text: TopicText
    language: LanguageCode


@dataclass(frozen=True)
class Knowledge:
    """Topics, texts, figures, organisations and fixed sentences of one knowledge folder."""

    languages: Mapping[LanguageCode, Language] = field(default_factory=dict)
    topics: Mapping[TopicId, Topic] = field(default_factory=dict)
    texts: Mapping[tuple[LanguageCode, TopicId], TopicText] = field(default_factory=dict)
    sentences: Mapping[LanguageCode, Mapping[str, str]] = field(default_factory=dict)
    cards: Mapping[LanguageCode, Mapping[str, Card]] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    glossary: Mapping[str, Concept] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    hazards: Mapping[str, Hazard] = field(default_factory=dict)
    questions: tuple[Phrase, ...] = ()
    unreadable: frozenset[str] = frozenset()  # ids whose own file is broken; told once, there
    origins: Origins = field(default_factory=Origins)

    def order(self, language: LanguageCode) -> tuple[LanguageCode, ...]:
        """Return `language` and then those to fall back to, German and the rest last."""
        known = self.languages.get(language)
        wanted = (language, *(known.fallback if known else ()), "de", *self.languages)
        return tuple(dict.fromkeys(code for code in wanted if code in self.languages))

    def shown(self, topic: TopicId, language: LanguageCode) -> Shown | None:
        """Return the first text with an answer in the fallback order of `language`."""
        for code in self.order(language):
            text = self.texts.get((code, topic))
            if text and text.answer:
                return Shown(text, code)
        return None

    def title(self, topic: TopicId, language: LanguageCode) -> str:
        """Return the topic's title in `language` or the next language that has one."""
        for code in self.order(language):
            text = self.texts.get((code, topic))
            if text:
                return text.title
        return topic

    def sentence(self, language: LanguageCode, key: str) -> str:
        """Return the fixed sentence `key`; KeyError if no language has it."""
        for code in self.order(language):
            found = self.sentences.get(code, {}).get(key)
            if found:
                return found
        raise KeyError(key)

    def card(self, language: LanguageCode, key: str) -> Card | None:
        """Return the safety card `key` in the first language that has it."""
        for code in self.order(language):
            if found := self.cards.get(code, {}).get(key):
                return found
        return None

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """All ways to ask, in the order of topic and language; they train the matcher."""
        return tuple(self._phrases())

    def _phrases(self) -> Iterator[Phrase]:
        for (language, topic), text in sorted(self.texts.items(), key=lambda kv: kv[0][::-1]):
            path = text_path(language, topic)
            for index, question in enumerate(text.questions):
                line = self.origins.line(path, "questions", index)
                yield Phrase(question, language, topic, path, line)

    @cached_property
    def areas(self) -> Mapping[str, tuple[TopicId, ...]]:
        """Area name -> its topics that may be shown as buttons, in the order of the files."""
        areas: dict[str, list[TopicId]] = {}
        for topic_id, topic in self.topics.items():
            if topic.kind == "answer":
                areas.setdefault(topic_id.split(".")[0], []).append(topic_id)
        return {area: tuple(topics) for area, topics in areas.items()}


def topic_path(topic: TopicId) -> str:
    """Return the path of a topic's file inside the knowledge folder."""
    return f"topics/{topic.replace('.', '/', 1)}.yaml"


def text_path(language: LanguageCode, topic: TopicId) -> str:
    """Return the path of a topic's text in one language inside the knowledge folder."""
    return f"texts/{language}/{topic.replace('.', '/', 1)}.yaml"
