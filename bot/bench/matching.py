"""The matcher beside what one would otherwise take: hits, time, memory, growth with phrases."""

import gc
import importlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bot.adapters.encoder import SentenceEncoder, VectorFile
from bot.core.knowledge import Knowledge
from bot.core.matching import Encoder, Matcher, Question, Trained
from bot.core.matching.matcher import training_phrases
from bot.core.matching.reading import Reader
from bot.core.matching.semantic import DIMENSIONS
from bot.core.model import Phrase, TopicId, TopicText
from bot.core.text import normalise

GROWTH = (1, 3, 10, 30)
_SEED = 20261122
_NEIGHBOURS = 60  # phrases looked at until three topics are found
_GROWN_QUESTIONS = 100
_MEGABYTE = 1e6
_ALPHABET = "abcdefghijklmnoprstuvwzабвгдежзиклмнопрстуфхшы"

Ranks = Callable[[str], Sequence[TopicId]]  # a text -> topics, best first


@dataclass(frozen=True, slots=True)
class Row:
    """How one method did: shares of 100, milliseconds a question, megabytes, seconds to build."""

    method: str
    hit1: float
    hit3: float
    p50: float
    p95: float
    p99: float
    megabytes: float
    load_seconds: float


@dataclass(frozen=True, slots=True)
class Growth:
    """What a question costs without the encoder when there are so many times the phrases."""

    times: int
    phrases: int
    p50: float
    p95: float
    load_seconds: float


@dataclass(frozen=True, slots=True)
class _Method:
    name: str
    build: Callable[[], Ranks]
    remembers: bool = False


class _Remembering:
    """An encoder that has read all questions before, so that the rest alone is timed."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Any] = {}

    def encode(self, texts: Sequence[str]) -> Any:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode([text])[0]
        return np.stack([self._known[text] for text in texts])


def bench_match(
    knowledge: Knowledge,
    model: Trained | None,
    questions: Sequence[Phrase],
    mask: Callable[[str], str],
    encoder: SentenceEncoder | None,
    vectors: VectorFile,
) -> Iterator[Row]:
    """Measure each method on the same questions and phrases; a row as soon as it is known.

    Questions come masked alike to all; the time to find places belongs to `bench places`.
    """
    asked = [replace(question, text=mask(question.text)) for question in questions]
    for method in _methods(knowledge, model, mask, encoder, vectors):
        yield _measured(method, asked)


def method_count(*, semantic: bool) -> int:
    """Return how many rows `bench_match` gives."""
    return 9 if semantic else 6


def bench_growth(
    knowledge: Knowledge, model: Trained | None, questions: Sequence[Phrase]
) -> Iterator[Growth]:
    """Measure the matcher without the encoder on ever more phrases: copies with typing errors."""
    chosen = random.Random(_SEED).sample(list(questions), min(_GROWN_QUESTIONS, len(questions)))
    for times in GROWTH:
        grown = _grown(knowledge, times)
        began = time.perf_counter()
        matcher = Matcher(grown, model=model)
        loaded = time.perf_counter() - began
        spent = _milliseconds(lambda text: matcher.match(Question(text)), chosen)  # noqa: B023
        p50, p95 = np.percentile(spent, [50, 95])
        count = len(training_phrases(grown))
        yield Growth(times, count, round(p50, 2), round(p95, 2), round(loaded, 2))


def _methods(
    knowledge: Knowledge,
    model: Trained | None,
    mask: Callable[[str], str],
    encoder: SentenceEncoder | None,
    vectors: VectorFile,
) -> Iterator[_Method]:
    phrases = list(training_phrases(knowledge))
    mask = model.masker(mask) if model else mask
    yield _Method("ours, letters alone", lambda: _ours(Matcher(knowledge, model=model, mask=mask)))
    if encoder:
        reader = _Remembering(encoder)
        yield _Method(
            "ours, with the encoder",
            lambda: _ours(Matcher(knowledge, model=model, encoder=encoder, mask=mask)),
        )
        yield _Method(
            "ours, beside the encoder's time",
            lambda: _ours(Matcher(knowledge, model=model, encoder=reader, mask=mask)),
            remembers=True,
        )
    for scorer in ("WRatio", "token_set_ratio", "token_sort_ratio"):
        yield _Method(f"rapidfuzz {scorer}", lambda s=scorer: _rapidfuzz(phrases, s))  # type: ignore[misc]
    yield _Method("BM25 (bm25s)", lambda: _bm25(phrases))
    yield _Method("character TF-IDF (scikit-learn)", lambda: _tfidf(phrases))
    if encoder:
        yield _Method("encoder, nearest phrase", lambda: _nearest(phrases, mask, encoder, vectors))


def _measured(method: _Method, asked: Sequence[Phrase]) -> Row:
    gc.collect()
    process = importlib.import_module("psutil").Process()  # dev extra
    before, began = process.memory_info().rss, time.perf_counter()
    ranks = method.build()
    loaded = time.perf_counter() - began
    for question in asked if method.remembers else asked[:1]:
        ranks(question.text)  # unmeasured: what loads with the first question, or is remembered
    grown = process.memory_info().rss - before
    found: list[Sequence[TopicId]] = []
    spent = _milliseconds(lambda text: found.append(ranks(text)), asked)
    right = [(topics, q.topic) for topics, q in zip(found, asked, strict=True)]
    hits = [np.mean([wanted in topics[:k] for topics, wanted in right]) * 100 for k in (1, 3)]
    p50, p95, p99 = (round(float(at), 2) for at in np.percentile(spent, [50, 95, 99]))
    return Row(
        method.name,
        round(float(hits[0]), 1),
        round(float(hits[1]), 1),
        p50,
        p95,
        p99,
        round(grown / _MEGABYTE, 1),
        round(loaded, 2),
    )


def _milliseconds(ask: Callable[[str], object], asked: Sequence[Phrase]) -> list[float]:
    spent = []
    for question in asked:
        began = time.perf_counter()
        ask(question.text)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _ours(matcher: Matcher) -> Ranks:
    return lambda text: [c.topic for c in matcher.match(Question(text)).candidates]


def _rapidfuzz(phrases: Sequence[Phrase], scorer: str) -> Ranks:
    from rapidfuzz import fuzz, process

    texts = [normalise(phrase.text) for phrase in phrases]
    score = getattr(fuzz, scorer)

    def ranks(text: str) -> list[TopicId]:
        near = process.extract(normalise(text), texts, scorer=score, limit=_NEIGHBOURS)
        return _topics(phrases, [at for _, _, at in near])

    return ranks


def _bm25(phrases: Sequence[Phrase]) -> Ranks:
    import bm25s

    model = bm25s.BM25()
    model.index([normalise(phrase.text).split() for phrase in phrases], show_progress=False)

    def ranks(text: str) -> list[TopicId]:
        words = [word for word in normalise(text).split() if word in model.vocab_dict]
        if not words:
            return []
        scores = model.get_scores(words)
        return _topics(phrases, np.argsort(-scores, kind="stable")[:_NEIGHBOURS].tolist())

    return ranks


def _tfidf(phrases: Sequence[Phrase]) -> Ranks:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    table = vectorizer.fit_transform([normalise(phrase.text) for phrase in phrases])

    def ranks(text: str) -> list[TopicId]:
        scores = (table @ vectorizer.transform([normalise(text)]).T).toarray().ravel()
        return _topics(phrases, np.argsort(-scores, kind="stable")[:_NEIGHBOURS].tolist())

    return ranks


def _nearest(
    phrases: Sequence[Phrase],
    mask: Callable[[str], str],
    encoder: SentenceEncoder,
    vectors: VectorFile,
) -> Ranks:
    """Rank by the vectors of training, of the texts as `Reader` writes them."""
    reader = Reader(phrases)
    texts = [reader.read(mask(phrase.text)) for phrase in phrases]
    vectors.fill(texts, encoder.encode)
    table = vectors.get(texts).reshape(-1, DIMENSIONS)

    def ranks(text: str) -> list[TopicId]:
        scores = table @ encoder.encode([reader.read(text)])[0]
        return _topics(phrases, np.argsort(-scores, kind="stable")[:_NEIGHBOURS].tolist())

    return ranks


def _topics(phrases: Sequence[Phrase], near: Sequence[int]) -> list[TopicId]:
    return list(dict.fromkeys(phrases[at].topic for at in near))


def _grown(knowledge: Knowledge, times: int) -> Knowledge:
    """Return the knowledge with `times` the phrases: copies with one to three typing errors."""
    chance = random.Random(_SEED)
    texts: dict[tuple[str, str], TopicText] = {}
    for key, text in knowledge.texts.items():
        copies = [
            _mistyped(question, chance) for question in text.questions for _ in range(times - 1)
        ]
        texts[key] = text.model_copy(update={"questions": (*text.questions, *copies)})
    return replace(knowledge, texts=texts)


def _mistyped(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice(("", letters[at] * 2, chance.choice(_ALPHABET)))
    return "".join(letters)
