"""Train the matcher: linear weights, how evidence combines, when to answer; all cross-validated.

The only module that needs scikit-learn (extra `train`) and the encoder (extra `semantic`).
Held-out phrases are a few small parts of all phrases, each left out of everything once; what
they show about unseen questions sets the weights of the evidence and the cut-offs.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import bot
from bot.adapters.encoder import VectorFile, encoder_version
from bot.adapters.model_file import HEADER
from bot.core.knowledge import Knowledge
from bot.core.matching.classifier import HYBRID, LEXICAL, Combiner, Length, Linear, Trained, key_of
from bot.core.matching.evidence import Grouped
from bot.core.matching.glossary import Glossary
from bot.core.matching.lexical import BUCKETS, Floats, Forms, Index
from bot.core.matching.matcher import as_it_is, training_phrases
from bot.core.matching.reading import Reader
from bot.core.matching.semantic import Encoder
from bot.core.model import Phrase, TopicId

FORMAT = 1
_PARTS = 3  # held-out parts; each costs one training more
_HELD_OUT = 24  # one phrase in so many belongs to a part, so training keeps 96 % of the phrases
_RIDGE = 1.0  # cross-validated among 0.3, 1, 3
_SCALE = 20.0  # sentence vectors vary by 0.02 an axis; solvers want about one
_INVERSE_PENALTY = 0.25  # C of the logistic regression; cross-validated among 0.1, 0.25, 1
_ITERATIONS = 60
_CONSIDERED = 24  # likeliest topics of a question that the combiner is fitted on
_SPREAD = 1.0  # penalty on what a length's weights differ from those of all lengths
_RIGHT = 0.98  # of direct answers on held-out phrases; 95 % are promised, the rest is margin
_OUT_OF_SCOPE = "outofscope."
_STEP = 0.01

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
    parts: Ints  # number of the held-out part, -1 for none

    @property
    def lengths(self) -> Ints:
        """Return the length class of each phrase."""
        return np.array([Length.of(len(form.written.split())) for form in self.forms])


def train(
    knowledge: Knowledge,
    *,
    encoder: Encoder,
    vectors: VectorFile,
    mask: Callable[[str], str] = as_it_is,
    places: str = "",
    before: Trained | None = None,
    encoded: Callable[[int, int], None] = lambda done, of: None,
) -> Trained:
    """Return the model for this knowledge; `encoded` hears of each new sentence.

    `places` is a fingerprint of the place finder; while it stays, what the model `before` knows
    of places in phrases is taken over, which saves most of the time.

    TrainingError if there is nothing to train on. The same knowledge gives the same model.
    """
    if before and before.header.get("places") == places:
        mask = before.masker(mask)
    phrases = training_phrases(knowledge)
    masked = {phrase.text: mask(phrase.text) for phrase in phrases}
    material = _material(knowledge, encoder, vectors, masked, encoded)
    held = np.flatnonzero(material.parts >= 0)
    ridge, logistic = _Ridge(material), _Logistic(material)
    evidence = _held_out_evidence(material, held, ridge, logistic)
    lexical, lexical_figures = _combined(material, held, evidence[:, :-1])
    hybrid, hybrid_figures = _combined(material, held, evidence)
    header = {
        "made_by": "wegweiser train",
        "format": FORMAT,
        **fingerprints(knowledge, places),
        "phrases": len(material.phrases),
        "held_out": len(held),
        "features": {"lexical": list(LEXICAL), "hybrid": list(HYBRID)},
        "cross_validation": {"lexical": lexical_figures, "hybrid": hybrid_figures},
    }
    return Trained(
        topics=material.topics,
        ngrams=ridge.without(None),
        sentences=logistic.without(None),
        lexical=lexical,
        hybrid=hybrid,
        header=header,
        masked={text: said for text, said in masked.items() if text != said},
        seen=frozenset(key_of(text) for text in masked),
    )


def check_current(knowledge: Knowledge, folder: Path, places: str = "") -> str | None:
    """Return why the model in `folder` is stale and what to run, or None if it is current."""
    try:
        header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return f"{folder / HEADER}: there is no trained model; run: wegweiser train"
    for name, now in fingerprints(knowledge, places).items():
        if header.get(name) != now and not (name == "encoder" and not now):
            return f"{folder / HEADER}: {name} changed since training; run: wegweiser train"
    return None


def fingerprints(knowledge: Knowledge, places: str) -> dict[str, str]:
    """Return hashes of all that the model depends on: knowledge, code, encoder, places."""
    said = [[p.topic, p.language, p.text] for p in training_phrases(knowledge)]
    meant = {key: [c.topic, *c.forms] for key, c in sorted(knowledge.glossary.items())}
    return {
        "knowledge": _hash(json.dumps([said, meant], ensure_ascii=False).encode()),
        "code": _hash(b"".join(file.read_bytes() for file in _code())),
        "encoder": encoder_version(),
        "places": places,
    }


def _code() -> Iterator[Path]:
    root = Path(bot.__file__).parent
    yield root / "core" / "text.py"
    names = ("classifier", "evidence", "glossary", "grams", "lexical", "reading")
    yield from (root / "core" / "matching" / f"{name}.py" for name in names)
    yield root / "training.py"


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _material(
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
    return number % _HELD_OUT if number % _HELD_OUT < _PARTS else -1


def _balance(labels: Ints) -> Floats:
    """Return a weight a phrase, so that each topic counts the same."""
    counts = np.bincount(labels)
    weights = len(labels) / max(int((counts > 0).sum()), 1) / np.maximum(counts, 1)
    return np.asarray(weights[labels], dtype=np.float32)


class _Ridge:
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


class _Logistic:
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


def _held_out_evidence(
    material: Material, held: Ints, ridge: _Ridge, logistic: _Logistic
) -> Floats:
    """Return what the rest says about each held-out phrase, (held, features, topics)."""
    evidence = np.zeros((len(held), len(HYBRID), len(material.topics)), np.float32)
    for part in range(_PARTS):
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


def _combined(
    material: Material, held: Ints, evidence: Floats
) -> tuple[Combiner, dict[str, object]]:
    """Return the combiner of some evidence with its cut-offs, and what held-out phrases show."""
    labels, parts, lengths = material.labels[held], material.parts[held], material.lengths[held]
    centred = evidence - evidence.mean(axis=2, keepdims=True)
    scales = np.asarray(centred.std(axis=(0, 2)) + 1e-6, dtype=np.float32)
    inputs = centred / scales[None, :, None]
    crossed = np.zeros(evidence.shape[::2], np.float64)
    for part in range(_PARTS):
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
    return 0.99


def _percent(values: NDArray[np.bool_]) -> float:
    return round(100 * float(values.mean()), 1) if len(values) else 0.0


def _confused(topics: Sequence[TopicId], labels: Ints, best: Ints) -> list[str]:
    """Return the pairs of topics that held-out phrases confuse most, with their number."""
    pairs: dict[tuple[str, str], int] = {}
    for wanted, found in zip(labels, best, strict=True):
        if wanted != found:
            first, second = sorted((topics[wanted], topics[found]))
            pairs[first, second] = pairs.get((first, second), 0) + 1
    ranked = sorted(pairs.items(), key=lambda kv: (-kv[1], kv[0]))[:25]
    return [f"{first} / {second}: {count}" for (first, second), count in ranked]
