"""What the matcher is trained on: phrases with their topics, in both views, and held-out parts."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.adapters.encoder import VectorFile
from bot.core.knowledge import Knowledge
from bot.core.matching.classifier import Length
from bot.core.matching.evidence import Grouped
from bot.core.matching.glossary import Glossary
from bot.core.matching.lexical import Floats, Forms, Index
from bot.core.matching.matcher import training_phrases
from bot.core.matching.reading import Reader
from bot.core.matching.semantic import Encoder
from bot.core.model import Phrase, TopicId

PARTS = 4  # of the held-out phrases: the combiner is fitted on three, judged on the fourth
_HELD_OUT = 40  # one phrase in so many belongs to a part; together every tenth is held out

Ints = NDArray[np.int64]


class TrainingError(Exception):
    """Training cannot start; the message says what is missing."""


@dataclass(frozen=True)
class Material:
    """What is trained on: phrases with their topics, both views of them, the held-out parts."""

    topics: tuple[TopicId, ...]
    phrases: tuple[Phrase, ...]
    labels: Ints
    index: Index
    forms: tuple[Forms, ...]
    grouped: Grouped
    folded: Floats  # (phrases, BUCKETS)
    vectors: Floats  # (phrases, 384)
    parts: Ints  # number of the part of a held-out phrase, -1 for all others

    @property
    def lengths(self) -> Ints:
        """Return the length class of each phrase."""
        return np.array([Length.of(len(form.written.split())) for form in self.forms])


def gather(
    knowledge: Knowledge,
    encoder: Encoder,
    vectors: VectorFile,
    masked: Mapping[str, str],
    encoded: Callable[[int, int], None],
) -> Material:
    phrases = training_phrases(knowledge)
    if len({phrase.topic for phrase in phrases}) < 2:
        raise TrainingError("training needs phrases of two topics; add texts with questions")
    reader = Reader(phrases)
    texts = [reader.read(masked[phrase.text]) for phrase in phrases]
    new, done = len(vectors.missing(texts)), iter(range(1, len(texts) + 1))
    vectors.fill(texts, encoder.encode, lambda _: encoded(next(done), new))
    glossary = Glossary(knowledge.glossary)
    forms = tuple(Forms.of(masked[phrase.text], glossary) for phrase in phrases)
    index, grouped = Index(forms), Grouped([phrase.topic for phrase in phrases])
    return Material(
        topics=grouped.topics,
        phrases=phrases,
        labels=np.array([grouped.topics.index(phrase.topic) for phrase in phrases]),
        index=index,
        forms=forms,
        grouped=grouped,
        folded=index.all_folded(),
        vectors=vectors.get(texts),
        parts=np.array([_part(form) for form in forms]),
    )


def _part(form: Forms) -> int:
    """Return the held-out part of a phrase by its sound, so that equal phrases stay together."""
    number = int.from_bytes(hashlib.blake2b(form.heard.encode(), digest_size=4).digest())
    return number % _HELD_OUT if number % _HELD_OUT < PARTS else -1
