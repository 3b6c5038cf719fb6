"""How the kinds of evidence combine to one probability, and from which one on to answer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.classifier import Combiner, Length
from bot.core.matching.lexical import Floats
from bot.core.model import TopicId
from bot.training.material import PARTS, Ints, Material

_CONSIDERED = 24  # likeliest topics of a question that the combiner is fitted on
_SPREAD = 1.0  # penalty on what a length's weights differ from those of all lengths
_RIGHT = 0.98  # of direct answers on held-out phrases; 95 % are promised, the rest is margin
_OUT_OF_SCOPE = "outofscope."
_STEP = 0.01
_NEVER = 0.99  # cut-off where no other is right often enough
_CONFUSED = 25


def combined(
    material: Material, held: Ints, evidence: Floats
) -> tuple[Combiner, dict[str, object]]:
    """Return the combiner of some evidence with its cut-offs, and what held-out phrases show."""
    labels, parts, lengths = material.labels[held], material.parts[held], material.lengths[held]
    centred = evidence - evidence.mean(axis=2, keepdims=True)
    scales = np.asarray(centred.std(axis=(0, 2)) + 1e-6, dtype=np.float32)
    inputs = centred / scales[None, :, None]
    crossed = np.zeros(evidence.shape[::2], np.float64)
    for part in range(PARTS):
        seen, out = parts != part, parts == part
        weights = _logit(inputs[seen], labels[seen], lengths[seen])
        crossed[out] = _probabilities(inputs[out], weights[lengths[out]])
    cutoffs, figures = _cutoffs(material, labels, lengths, crossed)
    weights = _logit(inputs, labels, lengths)
    return Combiner(scales, weights.astype(np.float32), cutoffs), figures


def _probabilities(inputs: Floats, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (questions, topics) from (questions, features, topics), (questions, features)."""
    logits = np.einsum("qft,qf->qt", inputs, weights)
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def _logit(inputs: Floats, labels: Ints, lengths: Ints) -> NDArray[np.float64]:
    """Return the weights (lengths, features) that make the right topics likeliest."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    inputs, labels = _likeliest(inputs, labels)
    features = inputs.shape[1]
    rows = np.arange(len(labels))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = flat.reshape(len(Length) + 1, features)
        odds = _probabilities(inputs, table[0] + table[1 + lengths])
        value = -np.log(odds[rows, labels] + 1e-12).sum()
        odds[rows, labels] -= 1
        each = np.einsum("qft,qt->qf", inputs, odds)
        slope = np.stack([each.sum(0)] + [each[lengths == length].sum(0) for length in Length])
        slope[1:] += 2 * _SPREAD * table[1:]
        return float(value + _SPREAD * (table[1:] ** 2).sum()), slope.ravel()

    start = np.zeros((len(Length) + 1, features))
    start[0] = 1.0
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B")
    table = found.x.reshape(start.shape)
    return np.asarray(table[0] + table[1:], dtype=np.float64)


def _likeliest(inputs: Floats, labels: Ints) -> tuple[Floats, Ints]:
    """Return the evidence for the likeliest topics of each question, the right one first."""
    likely = inputs.sum(axis=1)
    likely[np.arange(len(labels)), labels] = np.inf
    kept = np.argsort(-likely, axis=1, kind="stable")[:, :_CONSIDERED]
    return np.take_along_axis(inputs, kept[:, None, :], axis=2), np.zeros_like(labels)


def _cutoffs(
    material: Material, labels: Ints, lengths: Ints, crossed: NDArray[np.float64]
) -> tuple[tuple[float, float, float], dict[str, object]]:
    """Return per length the lowest probability from which on answers are right often enough."""
    best = crossed.argmax(axis=1)
    surest, right = crossed.max(axis=1), best == labels
    answerable = np.array([not material.topics[at].startswith(_OUT_OF_SCOPE) for at in best])
    cutoffs = [
        _lowest(surest[chosen], right[chosen])
        for chosen in ((lengths == length) & answerable for length in Length)
    ]
    direct = answerable & (surest >= np.array(cutoffs)[lengths])
    order = np.argsort(-crossed, axis=1, kind="stable")
    figures: dict[str, object] = {
        f"hit@{k}": _percent((order[:, :k] == labels[:, None]).any(axis=1)) for k in (1, 3, 5)
    }
    figures["answered"] = _percent(direct)
    figures["answers_right"] = _percent(right[direct])
    figures["confused"] = _confused(material.topics, labels, best)
    short, middle, long = cutoffs
    return (short, middle, long), figures


def _lowest(surest: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    for cutoff in np.arange(0.3, 1.0, _STEP):
        chosen = surest >= cutoff
        if chosen.any() and right[chosen].mean() >= _RIGHT:
            return round(float(cutoff), 2)
    return _NEVER


def _percent(values: NDArray[np.bool_]) -> float:
    return round(100 * float(values.mean()), 1) if len(values) else 0.0


def _confused(topics: Sequence[TopicId], labels: Ints, best: Ints) -> list[str]:
    """Return the pairs of topics that held-out phrases confuse most, with their number."""
    pairs: dict[tuple[str, str], int] = {}
    for wanted, found in zip(labels, best, strict=True):
        if wanted != found:
            first, second = sorted((topics[wanted], topics[found]))
            pairs[first, second] = pairs.get((first, second), 0) + 1
    ranked = sorted(pairs.items(), key=lambda kv: (-kv[1], kv[0]))[:_CONFUSED]
    return [f"{first} / {second}: {count}" for (first, second), count in ranked]
