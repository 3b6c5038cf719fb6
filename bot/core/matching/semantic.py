"""What the matcher needs of a sentence encoder; the adapter that fits stands elsewhere."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384


class Encoder(Protocol):
    """Turns sentences of any language into vectors whose dot product is their likeness."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, (texts, 384)."""
        ...
