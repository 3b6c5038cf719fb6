"""Cut texts into character n-grams, words and word pairs, as hashes, many texts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

SIZES = (2, 3, 4, 5)
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


def salted(hashes: Hashes, salt: int) -> Hashes:
    """Return the hashes of another form of the same texts, apart from those of the first."""
    return _mixed(hashes, 16 * salt)


def _mixed(hashes: Hashes, salt: int) -> Hashes:
    """Spread the bits (the finalizer of SplitMix64), so that any of them may be cut off."""
    mixed = hashes + np.uint64(salt * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
