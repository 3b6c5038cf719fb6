"""What speaks for each topic: trained n-grams, the nearest phrases, the sentence vector."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.classifier import Linear, Network
from bot.core.matching.lexical import Asked, Floats, Index
from bot.core.matching.semantic import Encoder
from bot.core.model import TopicId

_POWER = 4  # the near phrases of a topic count by this power of their likeness


@dataclass(frozen=True)
class Lexical:
    """Evidence from letters: `rows` (3, topics), and the phrases that carry it."""

    rows: Floats
    similarities: Floats  # (phrases,)
    known: float  # share of the question's features that some phrase has


class Grouped:
    """Phrases in the order of their topics, so that a topic's are one slice."""

    def __init__(self, topics: Sequence[TopicId]) -> None:
        names, first = np.unique(np.asarray(topics, dtype=object).astype(str), return_index=True)
        self.topics: tuple[TopicId, ...] = tuple(str(name) for name in names)
        self.starts = first
        self.sizes = np.diff(np.append(first, len(topics)))

    def evidence(self, similarities: Floats) -> tuple[Floats, Floats]:
        """Return for each topic its nearest phrase's likeness and a mean that favours near ones."""
        nearest = np.maximum.reduceat(similarities, self.starts)
        squared = similarities * similarities
        powers = np.add.reduceat(squared * squared, self.starts) / self.sizes
        return nearest, np.power(powers, 1 / _POWER).astype(np.float32)

    def nearest(self, similarities: Floats, topic: int) -> int:
        """Return the number of the phrase of a topic that is nearest, the first of equals."""
        start = int(self.starts[topic])
        return start + int(np.argmax(similarities[start : start + int(self.sizes[topic])]))


def lexical_evidence(index: Index, grouped: Grouped, ngrams: Linear, asked: Asked) -> Lexical:
    """Return what the letters of a question say about each topic."""
    similarities = index.scores(asked)
    nearest, near = grouped.evidence(similarities)
    rows = np.stack([ngrams.scores(index.folded(asked)), nearest, near])
    return Lexical(rows, similarities, asked.known)


def sentence_evidence(
    encoder: Encoder, read: Callable[[str], str], sentences: Network, texts: Sequence[str]
) -> NDArray[np.float32]:
    """Return what the encoder says about each topic, (texts, topics)."""
    return sentences.scores(encoder.encode([read(text) for text in texts]))
