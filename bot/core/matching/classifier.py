"""The trained part: linear weights over n-grams and sentence vectors, and how they combine."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bot.core.model import TopicId

Floats = NDArray[np.float32]


class Length(IntEnum):
    """How long a question is: one or two words, three to six, seven and more."""

    SHORT = 0
    MIDDLE = 1
    LONG = 2

    @classmethod
    def of(cls, words: int) -> "Length":
        """Return the class of a question with so many words."""
        return cls.SHORT if words <= 2 else cls.MIDDLE if words <= 6 else cls.LONG


LEXICAL = ("ngrams", "nearest", "near")  # evidence without the encoder, in the order of weights
HYBRID = (*LEXICAL, "sentence")


@dataclass(frozen=True)
class Combiner:
    """Turns the evidence for each topic into calibrated probabilities.

    A conditional logit: `scales` (features,) bring each evidence to one spread, `weights`
    (lengths, features) say how much it counts for short, middle and long questions.
    """

    scales: Floats
    weights: Floats
    cutoffs: tuple[float, float, float]  # probability from which on a question is answered

    def probabilities(self, evidence: Floats, length: Length) -> Floats:
        """Return the probability of each topic, (topics,), from (features, topics)."""
        centred = evidence.astype(np.float64) - evidence.mean(axis=1, keepdims=True)
        logits = (self.weights[length] / self.scales) @ centred
        odds = np.exp(logits - logits.max())
        return np.asarray(odds / odds.sum(), dtype=np.float32)


@dataclass(frozen=True)
class Linear:
    """A linear classifier: `weights` (inputs, topics), `bias` (topics,), `centre` (inputs,)."""

    weights: Floats
    bias: Floats
    centre: Floats

    def scores(self, vector: Floats) -> Floats:
        """Return a score a topic, (topics,); zero inputs cost nothing."""
        moved = vector - self.centre if self.centre.any() else vector
        used = np.flatnonzero(moved)
        return np.asarray(moved[used] @ self.weights[used] + self.bias, dtype=np.float32)

    def aligned(self, known: Sequence[TopicId], wanted: Sequence[TopicId]) -> "Linear":
        """Return the classifier for other topics; new ones get the mean of the old ones."""
        column = {topic: at for at, topic in enumerate(known)}
        weights = [_column(self.weights, column.get(topic)) for topic in wanted]
        bias = [_column(self.bias[None, :], column.get(topic))[0] for topic in wanted]
        stacked = np.stack(weights, axis=1) if weights else np.zeros((len(self.centre), 0))
        return Linear(stacked.astype(np.float32), np.array(bias, dtype=np.float32), self.centre)


@dataclass(frozen=True)
class Network:
    """A small network over sentence vectors: `centre` (inputs,), one hidden layer, topics.

    `hidden` (inputs, units) and `out` (units, topics) with their biases; rectified in between.
    """

    centre: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Return the log-odds of each topic, (…, topics), from vectors (…, inputs)."""
        units = np.maximum((vectors - self.centre) @ self.hidden + self.hidden_bias, 0)
        return np.asarray(units @ self.out + self.out_bias, dtype=np.float32)

    def aligned(self, known: Sequence[TopicId], wanted: Sequence[TopicId]) -> "Network":
        """Return the network for other topics; new ones get the mean of the old ones."""
        last = Linear(self.out, self.out_bias, self.hidden_bias).aligned(known, wanted)
        return replace(self, out=last.weights, out_bias=last.bias)


@dataclass(frozen=True)
class Trained:
    """The artefact of `wegweiser train`; `header` tells where it comes from."""

    topics: tuple[TopicId, ...]
    ngrams: Linear
    sentences: Network
    lexical: Combiner
    hybrid: Combiner
    header: Mapping[str, object]
    masked: Mapping[str, str] = field(default_factory=dict)  # phrases with a place, places cut out
    seen: frozenset[int] = frozenset()  # phrases trained on, by `key_of`

    def masker(self, mask: Callable[[str], str]) -> Callable[[str], str]:
        """Return `mask`, spared for phrases trained on: to look for places takes its time."""
        return lambda text: self.masked.get(text, text) if key_of(text) in self.seen else mask(text)


def key_of(text: str) -> int:
    """Return a short hash of a phrase, the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest())


def untrained(topics: Sequence[TopicId], buckets: int) -> Trained:
    """Return what the matcher works with before anything is trained: nearest phrases alone."""
    nothing = Linear(
        np.zeros((buckets, len(topics)), np.float32),
        np.zeros(len(topics), np.float32),
        np.zeros(buckets, np.float32),
    )
    weights = np.array([[0.0, 1.0, 0.3]] * len(Length), np.float32)
    # about the spread and the weights that training finds; never more than a choice is offered
    plain = Combiner(np.array([1.0, 0.1, 0.1], np.float32), weights, (2.0, 2.0, 2.0))
    one = np.zeros(1, np.float32)
    deaf = Network(one, one[:, None], one, nothing.weights[:1], nothing.bias)
    return Trained(tuple(topics), nothing, deaf, plain, plain, {})


def _column(table: Floats, at: int | None) -> Floats:
    return np.asarray(table.mean(axis=1) if at is None else table[:, at], dtype=np.float32)
