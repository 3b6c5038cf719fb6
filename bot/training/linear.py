"""Linear weights over n-grams and over sentence vectors, with and without held-out parts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.classifier import HYBRID, Linear
from bot.core.matching.lexical import BUCKETS, Floats
from bot.training.material import PARTS, Ints, Material

_RIDGE = 1.0  # cross-validated among 0.3, 1, 3
_SCALE = 20.0  # sentence vectors vary by 0.02 an axis; solvers want about one
_INVERSE_PENALTY = 0.25  # C of the logistic regression; cross-validated among 0.1, 0.25, 1
_ITERATIONS = 60


class Ridge:
    """Least squares over the n-grams: one matrix for all topics, parts taken out of it exactly."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._square, self._right = self._sums(np.ones(len(material.labels), dtype=bool))

    def without(self, part: int | None) -> Linear:
        """Return the weights that all phrases but those of `part` give."""
        square, right = self._square.copy(order="F"), self._right
        if part is not None:
            out_square, out_right = self._sums(self._material.parts == part)
            square, right = square - out_square, right - out_right
        square[np.diag_indices(BUCKETS)] += np.float32(_RIDGE)
        topics = len(self._material.topics)
        nothing = np.zeros(BUCKETS, np.float32)
        return Linear(_solved(square, right), np.zeros(topics, np.float32), nothing)

    def _sums(self, used: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        from scipy.linalg.blas import ssyrk  # type: ignore[import-untyped]

        weight = np.sqrt(_balance(self._material.labels)[used])[:, None]
        inputs = self._material.folded[used] * weight
        targets = np.eye(len(self._material.topics), dtype=np.float32)
        upper = ssyrk(1.0, inputs.T)
        return upper, inputs.T @ (targets[self._material.labels[used]] * weight)


def _solved(square: NDArray[Any], right: NDArray[Any]) -> Floats:
    from scipy.linalg import cho_factor, cho_solve  # type: ignore[import-untyped]

    factor = cho_factor(square, overwrite_a=True, check_finite=False)  # reads the upper half
    return np.asarray(cho_solve(factor, right, check_finite=False), dtype=np.float32)


class Logistic:
    """Multinomial logistic regression over the sentence vectors.

    Fitted first on what belongs to no part; from there each further fit is a few steps.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._centre = np.asarray(material.vectors.mean(axis=0), dtype=np.float32)
        self._inputs = (material.vectors - self._centre) * np.float32(_SCALE)
        self._start = self._fitted(material.parts < 0, None)

    def without(self, part: int | None) -> Linear:
        """Return the weights that all phrases but those of `part` give."""
        used = self._material.parts != (-2 if part is None else part)
        model = self._fitted(used, self._start)
        weights = np.ascontiguousarray(model.coef_.T * _SCALE, dtype=np.float32)
        return Linear(weights, np.asarray(model.intercept_, dtype=np.float32), self._centre)

    def _fitted(self, used: NDArray[np.bool_], start: Any) -> Any:
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(
            C=_INVERSE_PENALTY, class_weight="balanced", max_iter=_ITERATIONS, warm_start=True
        )
        if start is not None:
            model.coef_, model.intercept_ = start.coef_.copy(), start.intercept_.copy()
        return model.fit(self._inputs[used], self._material.labels[used])


def held_out_evidence(material: Material, held: Ints, ridge: Ridge, logistic: Logistic) -> Floats:
    """Return what the rest says about each held-out phrase, (held, features, topics)."""
    evidence = np.zeros((len(held), len(HYBRID), len(material.topics)), np.float32)
    for part in range(PARTS):
        out = material.parts == part
        ngrams, sentences = ridge.without(part), logistic.without(part)
        for row in np.flatnonzero(material.parts[held] == part):
            at = held[row]
            similarities = material.index.scores(material.index.ask(material.forms[at]))
            similarities[out] = 0.0
            nearest, near = material.grouped.evidence(similarities)
            spoken = sentences.scores(material.vectors[at])
            evidence[row] = ngrams.scores(material.folded[at]), nearest, near, spoken
    return evidence


def _balance(labels: Ints) -> Floats:
    """Return a weight a phrase, so that each topic counts the same."""
    counts = np.bincount(labels)
    weights = len(labels) / max(int((counts > 0).sum()), 1) / np.maximum(counts, 1)
    return np.asarray(weights[labels], dtype=np.float32)
