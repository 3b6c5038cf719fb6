"""Which topic is in which state in each language."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.core.knowledge import Knowledge
from bot.core.model import Kind, LanguageCode, State, TopicId


class TextState(StrEnum):
    """How far the words of a topic are in one language."""

    COMPLETE = "complete"
    FOUND = "found"  # growing language: title and questions, the answer falls back
    MISSING = "missing"
    OUTDATED = "outdated"
    DUE = "due"
    EXPIRED = "expired"
    NO_FACTS = "no facts"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The states of one topic, in the order of the languages."""

    topic: TopicId
    states: tuple[tuple[LanguageCode, TextState], ...]


def coverage_of(knowledge: Knowledge, today: datetime.date) -> Iterator[Coverage]:
    """Yield the states of every topic on the day `today`."""
    for topic in knowledge.topics:
        states = ((code, _state(knowledge, topic, code, today)) for code in knowledge.languages)
        yield Coverage(topic, tuple(states))


def _state(
    knowledge: Knowledge, topic_id: TopicId, language: LanguageCode, today: datetime.date
) -> TextState:
    topic, text = knowledge.topics[topic_id], knowledge.texts.get((language, topic_id))
    if text is None:
        return TextState.MISSING
    if not text.answer:
        growing = knowledge.languages[language].state is State.GROWING
        return TextState.FOUND if growing else TextState.MISSING
    if topic.kind is Kind.ANSWER and not topic.facts:
        return TextState.NO_FACTS
    if topic.valid_until and today > topic.valid_until:
        return TextState.EXPIRED
    if text.checked < topic.changed:
        return TextState.OUTDATED
    return TextState.DUE if today >= topic.review_by else TextState.COMPLETE
