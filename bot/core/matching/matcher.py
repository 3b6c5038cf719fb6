"""The matcher: a question in, its likely topics, the zone and the reasons out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bot.core.knowledge import Knowledge
from bot.core.matching.lexical import Forms, Index
from bot.core.matching.semantic import Encoder
from bot.core.model import Candidate, Match, Phrase, TopicId, Zone

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, places masked, and the topic the chat was at before."""

    text: str
    after: TopicId | None = None


def _as_it_is(text: str) -> str:
    return text


class Matcher:
    """Knows every phrase; build it once, ask it often."""

    def __init__(
        self,
        knowledge: Knowledge,
        *,
        encoder: Encoder | None = None,
        mask: Callable[[str], str] = _as_it_is,
    ) -> None:
        self._encoder = encoder
        self._phrases: tuple[Phrase, ...] = tuple(sorted(knowledge.phrases, key=_place))
        self._index = Index([Forms.of(mask(phrase.text)) for phrase in self._phrases])

    def match(self, question: Question) -> Match:
        """Return the topics near the question, best first, each once."""
        asked = Forms.of(question.text)
        scores = self._index.scores(asked)
        best: dict[TopicId, tuple[float, str]] = {}
        for at in np.argsort(-scores, kind="stable")[:200].tolist():
            phrase = self._phrases[at]
            best.setdefault(phrase.topic, (float(scores[at]), phrase.text))
        ranked = sorted(best.items(), key=lambda kv: (-kv[1][0], kv[0]))[:_SHOWN]
        total = sum(np.exp(12 * score) for _, (score, _) in ranked) + np.exp(12 * 0.25)
        candidates = tuple(
            Candidate(topic, round(float(np.exp(12 * score) / total), 4), phrase)
            for topic, (score, phrase) in ranked
            if score > 0
        )
        return Match(_zone(candidates, len(asked.written.split())), candidates, asked.written)


def _place(phrase: Phrase) -> tuple[str, str, str]:
    return phrase.topic, phrase.language, phrase.text


def _zone(candidates: tuple[Candidate, ...], words: int) -> Zone:
    best = candidates[0] if candidates else None
    if best is None or best.topic.startswith("outofscope.") or best.probability < 0.15:
        return Zone.REFER
    if best.topic.startswith(("smalltalk.", "bot.")) and best.probability > 0.6:
        return Zone.ANSWER
    return Zone.ANSWER if words > 2 and best.probability > 0.75 else Zone.CHOOSE
