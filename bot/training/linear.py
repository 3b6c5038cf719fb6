"""Linear weights over n-grams: least squares, one matrix for all topics, no iterations."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.classifier import Linear
from bot.core.matching.lexical import BUCKETS, Floats
from bot.training.material import Ints, Material

_RIDGE = 1.0  # cross-validated among 0.3, 1, 3


class Ridge:
    """Sums over all phrases; what some phrases add to them can be taken out exactly."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._square, self._right = self._sums(np.ones(len(material.labels), dtype=bool))

    def fitted(self) -> Linear:
        """Return the weights that all phrases give."""
        return self._solved(self._square.copy(order="F"), self._right)

    def without(self, out: NDArray[np.bool_]) -> Linear:
        """Return the weights that all phrases but those give."""
        square, right = self._sums(out)
        return self._solved(np.asfortranarray(self._square - square), self._right - right)

    def _sums(self, used: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        from scipy.linalg.blas import ssyrk  # type: ignore[import-untyped]

        weight = np.sqrt(balance(self._material.labels)[used])[:, None]
        inputs = self._material.folded[used] * weight
        targets = np.eye(len(self._material.topics), dtype=np.float32)
        upper = ssyrk(1.0, inputs.T)
        return upper, inputs.T @ (targets[self._material.labels[used]] * weight)

    def _solved(self, square: NDArray[Any], right: NDArray[Any]) -> Linear:
        from scipy.linalg import cho_factor, cho_solve  # type: ignore[import-untyped]

        square[np.diag_indices(BUCKETS)] += np.float32(_RIDGE)
        factor = cho_factor(square, overwrite_a=True, check_finite=False)  # reads the upper half
        weights = np.asarray(cho_solve(factor, right, check_finite=False), dtype=np.float32)
        bias = np.zeros(len(self._material.topics), np.float32)
        return Linear(weights, bias, np.zeros(BUCKETS, np.float32))


def balance(labels: Ints) -> Floats:
    """Return a weight a phrase, so that each topic counts the same."""
    counts = np.bincount(labels)
    weights = len(labels) / max(int((counts > 0).sum()), 1) / np.maximum(counts, 1)
    return np.asarray(weights[labels], dtype=np.float32)
