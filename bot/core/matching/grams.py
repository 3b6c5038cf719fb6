"""Cut texts into character n-grams, words and word pairs, as hashes, many texts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

_WORDS = 8  # kinds of features from here on are runs of words
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
_INVERSE = pow(_BASE, -1, 2**64)
_SPACE, _END = ord(" "), ord("\n")


@dataclass(frozen=True)
class Grams:
    """Features of a list of texts: feature `hashes[i]` occurs in text number `rows[i]`."""

    rows: Ints
    hashes: Hashes


def grams(texts: Sequence[str], *, sizes: Sequence[int] = (), words: int = 0) -> Grams:
    """Return features of `texts` (words between single spaces), repeats included.

    These are the character n-grams of `sizes` that lie inside words, their bounding spaces
    included, and runs of one to `words` words.
    """
    line = _Line("".join(f" {text} \n" for text in texts))
    parts = [(size, line.windows(size)) for size in sizes]
    parts += [(_WORDS + count, line.words(count)) for count in range(1, words + 1)]
    hashes = [_mixed(part.hashes, kind) for kind, part in parts]
    return Grams(np.concatenate([part.rows for _, part in parts]), np.concatenate(hashes))


class _Line:
    """Texts one behind the other, each as ` words \\n`, with prefix hashes for any window."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
        self._end = codes == _END
        self._apart = self._end | (codes == _SPACE)
        self._rows = np.cumsum(self._end) - self._end
        # hash of a window: sum of code * base^position, times base^-start; both without a loop
        self._undone = _powers(_INVERSE, len(codes))
        weighted = (codes.astype(np.uint64) + np.uint64(1)) * _powers(_BASE, len(codes))
        self._prefix = np.concatenate(([np.uint64(0)], np.cumsum(weighted, dtype=np.uint64)))

    def windows(self, size: int) -> Grams:
        """Return the n-grams of `size` (3 or more) that lie inside one word and its spaces."""
        count = max(len(self._apart) - size + 1, 0)
        inside = ~(self._end[:count] | self._end[size - 1 : size - 1 + count])
        for offset in range(1, size - 1):
            inside &= ~self._apart[offset : offset + count]
        starts = np.flatnonzero(inside)
        return self._cut(starts, starts + size)

    def words(self, count: int) -> Grams:
        """Return runs of `count` neighbouring words."""
        starts = np.flatnonzero(self._apart[:-1] & ~self._apart[1:]) + 1
        ends = np.flatnonzero(~self._apart[:-1] & self._apart[1:]) + 1
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
