"""Cut texts into character n-grams, words and word pairs, as hashes, many texts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

SIZES = (2, 3, 4, 5)  # measured: characters inside words beat words and whole-line n-grams
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
_INVERSE = pow(_BASE, -1, 2**64)
_SPACE, _END = ord(" "), ord("\n")


@dataclass(frozen=True)
class Grams:
    """Features of a list of texts: feature `hashes[i]` occurs in text number `rows[i]`."""

    rows: Ints
    hashes: Hashes


def grams(texts: Sequence[str]) -> Grams:
    """Return all features of `texts` (normalised: words between single spaces), repeats included."""
    line = _Line("".join(f" {text} \n" for text in texts))
    return _joined([line.windows(size) for size in SIZES] + [line.words(1), line.words(2)])


def word_grams(texts: Sequence[str]) -> Grams:
    """Return words and pairs of neighbouring words of `texts` alone."""
    line = _Line("".join(f" {text} \n" for text in texts))
    return _joined([line.words(1), line.words(2)])


def _joined(parts: Sequence[Grams]) -> Grams:
    hashes = [_mixed(part.hashes, kind) for kind, part in enumerate(parts)]
    return Grams(np.concatenate([part.rows for part in parts]), np.concatenate(hashes))


class _Line:
    """Texts one behind the other, each as ` words \\n`, with prefix hashes for any window."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
        self._codes = codes
        self._rows = np.cumsum(codes == _END) - (codes == _END)
        # hash of a window: sum of code * base^position, times base^-start; both without a loop
        self._undone = _powers(_INVERSE, len(codes))
        weighted = (codes.astype(np.uint64) + np.uint64(1)) * _powers(_BASE, len(codes))
        self._prefix = np.concatenate(([np.uint64(0)], np.cumsum(weighted, dtype=np.uint64)))

    def windows(self, size: int) -> Grams:
        """Return the n-grams of `size` that lie inside one word, its bounding spaces included."""
        codes = self._codes
        starts = np.arange(max(len(codes) - size + 1, 0))
        inside = np.ones(len(starts), dtype=bool)
        for offset in range(size):
            char = codes[offset : offset + len(starts)]
            inner = 0 < offset < size - 1
            inside &= (char != _END) & ((char != _SPACE) if inner else True)
        if size == 2:  # two spaces, or one space of an empty text
            inside &= (codes[: len(starts)] != _SPACE) | (codes[1 : len(starts) + 1] != _SPACE)
        starts = starts[inside]
        return self._cut(starts, starts + size)

    def words(self, count: int) -> Grams:
        """Return runs of `count` neighbouring words."""
        apart = (self._codes == _SPACE) | (self._codes == _END)
        starts = np.flatnonzero(apart[:-1] & ~apart[1:]) + 1
        ends = np.flatnonzero(~apart[:-1] & apart[1:]) + 1
        starts, ends = starts[: len(starts) - count + 1], ends[count - 1 :]
        same = self._rows[starts] == self._rows[ends - 1]
        return self._cut(starts[same], ends[same])

    def _cut(self, starts: Ints, ends: Ints) -> Grams:
        sums = self._prefix[ends] - self._prefix[starts]
        return Grams(self._rows[starts], sums * self._undone[starts])


def _powers(base: int, count: int) -> Hashes:
    """Return base^0, base^1 … modulo 2^64."""
    factors = np.full(count, base, dtype=np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)


def salted(hashes: Hashes, salt: int) -> Hashes:
    """Return the hashes of another form of the same texts, apart from those of the first."""
    return _mixed(hashes, 16 * salt)


def _mixed(hashes: Hashes, salt: int) -> Hashes:
    """Spread the bits (the finalizer of SplitMix64), so that any of them may be cut off."""
    mixed = hashes + np.uint64(salt * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
