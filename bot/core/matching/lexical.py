"""Nearest phrases by what is written: one TF-IDF index of n-grams over all languages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.glossary import Found, Glossary
from bot.core.matching.grams import Grams, grams, salted
from bot.core.text import normalise, sounds

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BUCKETS = 4096  # of trained n-gram weights; 8192 gain two points, training then takes six times
# Cross-validated: n-grams of 3 and 4 letters of the sound alone beat 2 to 5 of spelling and sound
# (hit@1 of the linear weights 63.8 against 60.6) with a quarter of the features
_SIZES = (3, 4)
_BUDGET = 60_000  # postings read a question, rare features first: so 30x phrases stay quick
_SEEN_OFTEN = 3  # phrases that must share a feature before anything is learnt of it


@dataclass(frozen=True, slots=True)
class Forms:
    """A text in the forms that are compared: normalised, as it sounds, its concepts."""

    written: str
    heard: str
    found: tuple[Found, ...]

    @classmethod
    def of(cls, text: str, glossary: Glossary) -> "Forms":
        """Return the forms of `text` as it was typed."""
        written = normalise(text)
        return cls(written, sounds(written), glossary.find(written))

    @property
    def concepts(self) -> str:
        """Return the keys of the concepts as words."""
        return " ".join(found.concept for found in self.found)


@dataclass(frozen=True)
class Asked:
    """A question as the index sees it: known features, their weights, the share that is known."""

    terms: Ints
    weights: Floats
    known: float


class Index:
    """The phrases as an inverted index; scores are cosines between 0 and 1."""

    def __init__(self, forms: Sequence[Forms]) -> None:
        self.size = len(forms)
        found = _features(forms)
        counts = _damped(found)
        self._known, terms, spread = np.unique(
            counts.hashes, return_inverse=True, return_counts=True
        )
        self._idf = (np.log((1 + self.size) / (1 + spread)) + 1).astype(np.float32)
        self._rarest = np.float32(np.log(1.0 + self.size) + 1)
        weights = counts.values * self._idf[terms]
        norms = np.sqrt(np.bincount(counts.rows, weights**2, minlength=max(self.size, 1)))
        order = np.argsort(terms, kind="stable")
        self._rows = counts.rows[order].astype(np.int32)
        self._weights = (weights / np.maximum(norms[counts.rows], 1e-9))[order].astype(np.float32)
        self._starts = np.concatenate(([0], np.cumsum(spread)))
        self._buckets = (self._known % np.uint64(BUCKETS)).astype(np.int64)
        signs = np.where((self._known >> np.uint64(40)) & np.uint64(1), 1, -1)
        self._signs = np.where(spread >= _SEEN_OFTEN, signs, 0).astype(np.float32)

    def ask(self, asked: Forms) -> Asked:
        """Return `asked` in the terms of the index, of unit length with what is unknown."""
        found = _damped(_features([asked]))
        if not len(self._known) or not len(found.hashes):
            return Asked(np.zeros(0, np.int64), np.zeros(0, np.float32), 0.0)
        at = np.minimum(np.searchsorted(self._known, found.hashes), len(self._known) - 1)
        hit = self._known[at] == found.hashes
        weights = found.values * np.where(hit, self._idf[at], self._rarest)
        weights /= np.sqrt((weights**2).sum())
        return Asked(at[hit], weights[hit], float((weights[hit] ** 2).sum()))

    def scores(self, asked: Asked) -> Floats:
        """Return the similarity of a question to every phrase, (phrases,)."""
        lengths = self._starts[asked.terms + 1] - self._starts[asked.terms]
        order = np.argsort(lengths, kind="stable")
        order = order[np.cumsum(lengths[order]) <= _BUDGET]
        terms, lengths = asked.terms[order], lengths[order]
        first = np.repeat(self._starts[terms] - np.cumsum(lengths) + lengths, lengths)
        where = first + np.arange(len(first))
        parts = self._weights[where] * np.repeat(asked.weights[order], lengths)
        return np.bincount(self._rows[where], parts, minlength=self.size).astype(np.float32)

    def folded(self, asked: Asked) -> Floats:
        """Return a question as a unit vector of signed hashed features, (BUCKETS,)."""
        values = asked.weights * self._signs[asked.terms]
        vector = np.bincount(self._buckets[asked.terms], values, minlength=BUCKETS)
        return (vector / (np.sqrt((vector**2).sum()) or 1.0)).astype(np.float32)

    def all_folded(self) -> Floats:
        """Return every phrase as `folded` sees it, (phrases, BUCKETS)."""
        terms = np.repeat(np.arange(len(self._known)), np.diff(self._starts))
        cells = self._rows.astype(np.int64) * BUCKETS + self._buckets[terms]
        values = self._weights * self._signs[terms]
        table = np.bincount(cells, values, minlength=self.size * BUCKETS).astype(np.float32)
        table = table.reshape(self.size, BUCKETS)
        norms = np.sqrt((table**2).sum(axis=1, keepdims=True))
        return np.asarray(table / np.maximum(norms, np.float32(1e-9)), dtype=np.float32)


@dataclass(frozen=True)
class _Counted:
    rows: Ints
    hashes: NDArray[np.uint64]
    values: Floats


def _features(forms: Sequence[Forms]) -> Grams:
    """Return the features of all texts: of their sound and of their concepts, with repeats."""
    heard = grams([form.heard for form in forms], sizes=_SIZES, words=1)
    if not any(form.found for form in forms):
        return heard
    concepts = grams([form.concepts for form in forms], words=2)
    return Grams(
        np.concatenate([heard.rows, concepts.rows]),
        np.concatenate([heard.hashes, salted(concepts.hashes, 1)]),
    )


def _damped(found: Grams) -> _Counted:
    """Return each feature of each text once, with its dampened count."""
    order = np.lexsort((found.hashes, found.rows))
    rows, hashes = found.rows[order], found.hashes[order]
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (rows[1:] != rows[:-1]) | (hashes[1:] != hashes[:-1])
    first = np.flatnonzero(new)
    counts = np.diff(np.append(first, len(rows)))
    return _Counted(rows[first], hashes[first], (1 + np.log(counts)).astype(np.float32))
