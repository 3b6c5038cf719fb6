"""The matcher: a question in, its likely topics, the zone and the reasons out."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from bot.core.knowledge import Knowledge
from bot.core.matching import evidence as found_in
from bot.core.matching.classifier import Combiner, Length, Trained, untrained
from bot.core.matching.evidence import Grouped, Lexical
from bot.core.matching.glossary import Found, Glossary, topic_of
from bot.core.matching.lexical import BUCKETS, Floats, Forms, Index
from bot.core.matching.needs import sentences, weighted
from bot.core.matching.reading import Reader
from bot.core.matching.semantic import Encoder
from bot.core.matching.zones import verdict
from bot.core.model import Candidate, Match, Phrase, TopicId, Zone

_SHOWN = 5
_SURE = 0.97  # probability of a topic that the very words name
_FIRST = 0.6  # at least that for a short phrase that is an exact one
_FOLLOW_UP_WORDS = 6  # longer questions say themselves what they are about
_SAME, _RELATED, _AREA = 1.5, 2.5, 1.6  # how much likelier topics are near the chat's last one
_SMALL_TALK = "smalltalk."


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, places masked, and the topic the chat was at before."""

    text: str
    after: TopicId | None = None


@dataclass(frozen=True)
class _Seen:
    """A text with its evidence and the probability of each topic."""

    forms: Forms
    length: Length
    lexical: Lexical
    by_letters: Floats
    probabilities: Floats


def as_it_is(text: str) -> str:
    """Mask nothing."""
    return text


def training_phrases(knowledge: Knowledge) -> tuple[Phrase, ...]:
    """Return the phrases and titles of all topics, in an order that files cannot change."""
    titles = [
        Phrase(text.title, language, topic) for (language, topic), text in knowledge.texts.items()
    ]
    ordered = sorted([*knowledge.phrases, *titles], key=lambda p: (p.topic, p.language, p.text))
    return tuple({(p.topic, p.text): p for p in reversed(ordered)}.values())[::-1]


class Matcher:
    """Knows every phrase; build it once, ask it often."""

    def __init__(
        self,
        knowledge: Knowledge,
        *,
        model: Trained | None = None,
        encoder: Encoder | None = None,
        mask: Callable[[str], str] = as_it_is,
    ) -> None:
        self._phrases = training_phrases(knowledge)
        self._trained = model is not None
        self._encoder = encoder if model else None  # its words mean nothing without training
        self._grouped = Grouped([phrase.topic for phrase in self._phrases])
        self._topics = self._grouped.topics
        self._reader = Reader(self._phrases)
        self._glossary = Glossary(knowledge.glossary)
        model = model or untrained(self._topics, BUCKETS)
        mask = model.masker(mask)
        forms = [Forms.of(mask(phrase.text), self._glossary) for phrase in self._phrases]
        self._index = Index(forms)
        self._exact = _exact(forms, self._phrases)
        self._model = model
        self._ngrams = model.ngrams.aligned(model.topics, self._topics)
        self._sentences = model.sentences.aligned(model.topics, self._topics)
        self._related = {topic: known.related for topic, known in knowledge.topics.items()}

    def with_encoder(self, encoder: Encoder | None) -> "Matcher":
        """Return the same matcher asking `encoder`, or without one."""
        other = copy(self)
        other._encoder = encoder if self._trained else None
        return other

    def match(self, question: Question) -> Match:
        """Return the topics near the question, best first, each once."""
        forms = Forms.of(question.text, self._glossary)
        if not forms.written or not self._topics:
            return Match(Zone.REFER, (), forms.written, ("no words to compare: refer",))
        parts = sentences(question.text)
        if self._encoder and not parts and len(self._exact.get(forms.written, ())) == 1:
            return self.with_encoder(None).match(question)  # the very words; nothing to read
        whole, *rest = self._look(forms, [question.text, *parts])
        rest = [part for part in rest if not self._best(part).startswith(_SMALL_TALK)]
        probabilities = weighted(whole.probabilities, [part.probabilities for part in rest])
        probabilities = probabilities * self._nearness(question.after, forms.written)
        certain, probabilities = self._named(forms, probabilities / probabilities.sum())
        candidates = self._candidates(probabilities, whole.lexical)
        decided = verdict(
            candidates,
            length=whole.length,
            cutoff=self._combiner.cutoffs[whole.length],
            certain=certain,
            known=whole.lexical.known,
            needs=self._clear_needs(rest),
        )
        reasons = (*self._reasons(whole, candidates, forms), decided.reason)
        return Match(decided.zone, candidates, forms.written, reasons)

    @property
    def _combiner(self) -> Combiner:
        return self._model.hybrid if self._encoder else self._model.lexical

    def _look(self, whole: Forms, texts: Sequence[str]) -> list[_Seen]:
        """Return the evidence for the message and its sentences; the encoder sees all at once."""
        heard = None
        if self._encoder:
            read = self._reader.read
            heard = found_in.sentence_evidence(self._encoder, read, self._sentences, texts)
        forms = [whole, *(Forms.of(text, self._glossary) for text in texts[1:])]
        return [
            self._weigh(form, None if heard is None else heard[at]) for at, form in enumerate(forms)
        ]

    def _weigh(self, forms: Forms, heard: Floats | None) -> _Seen:
        length = Length.of(len(forms.written.split()))
        asked = self._index.ask(forms)
        lexical = found_in.lexical_evidence(self._index, self._grouped, self._ngrams, asked)
        by_letters = self._model.lexical.probabilities(lexical.rows, length)
        both = by_letters
        if heard is not None:
            rows = np.vstack([lexical.rows, heard])
            both = self._model.hybrid.probabilities(rows, length)
        return _Seen(forms, length, lexical, by_letters, both)

    def _nearness(self, after: TopicId | None, written: str) -> Floats:
        """Return how much likelier each topic is because of the chat's last one, (topics,)."""
        factors = np.ones(len(self._topics), np.float32)
        if after is None or len(written.split()) > _FOLLOW_UP_WORDS:
            return factors
        related = self._related.get(after, ())
        area = after.split(".")[0] + "."
        for at, topic in enumerate(self._topics):
            if topic == after:
                factors[at] = _SAME
            elif topic in related:
                factors[at] = _RELATED
            elif topic.startswith(area):
                factors[at] = _AREA
        return factors

    def _named(self, forms: Forms, probabilities: Floats) -> tuple[TopicId, Floats]:
        """Put first the topic that the very words name; return it if that may be answered."""
        certain = topic_of(forms.found, forms.written)
        exact = self._exact.get(forms.written, ())
        short = len(forms.written.split()) <= 2
        if not certain and len(exact) == 1 and not short:
            certain = exact[0]
        if certain in self._topics:
            return certain, _raised(probabilities, [self._topics.index(certain)], _SURE)
        if exact:
            places = [self._topics.index(topic) for topic in exact]
            return "", _raised(probabilities, places, _FIRST)
        return "", probabilities

    def _candidates(self, probabilities: Floats, lexical: Lexical) -> tuple[Candidate, ...]:
        rounded = np.floor(probabilities.astype(np.float64) * 10_000 + 1e-6) / 10_000
        order = np.argsort(-rounded, kind="stable")[:_SHOWN].tolist()  # topics are in order
        chosen = []
        for at in order:
            near = self._phrases[self._grouped.nearest(lexical.similarities, at)]
            chosen.append(Candidate(self._topics[at], float(rounded[at]), near.text))
        return tuple(chosen)

    def _best(self, seen: _Seen) -> TopicId:
        return self._topics[int(np.argmax(seen.probabilities))]

    def _clear_needs(self, parts: Sequence[_Seen]) -> int:
        """Return how many different topics single sentences would be answered with."""
        cutoffs = self._combiner.cutoffs
        clear = [p for p in parts if p.probabilities.max() >= cutoffs[p.length]]
        return len({self._best(part) for part in clear}) or 1

    def _reasons(
        self, whole: _Seen, candidates: Sequence[Candidate], forms: Forms
    ) -> tuple[str, ...]:
        reasons = [
            f'nearest phrase of {c.topic}: "{c.phrase}", {self._likeness(whole, c.topic):.2f} alike'
            for c in candidates[:3]
        ]
        reasons += [_in_words(found) for found in forms.found]
        if self._encoder:
            at = int(np.argmax(whole.by_letters))
            reasons.append(
                f"by letters alone {self._topics[at]} {whole.by_letters[at]:.2f}; "
                f"with the sentence encoder {self._best(whole)} {whole.probabilities.max():.2f}"
            )
        return tuple(reasons)

    def _likeness(self, seen: _Seen, topic: TopicId) -> float:
        near = self._grouped.nearest(seen.lexical.similarities, self._topics.index(topic))
        return float(seen.lexical.similarities[near])


def _exact(forms: Sequence[Forms], phrases: Sequence[Phrase]) -> Mapping[str, tuple[TopicId, ...]]:
    found: defaultdict[str, set[TopicId]] = defaultdict(set)
    for form, phrase in zip(forms, phrases, strict=True):
        found[form.written].add(phrase.topic)
    return {written: tuple(sorted(topics)) for written, topics in found.items()}


def _raised(probabilities: Floats, places: list[int], least: float) -> Floats:
    """Return the probabilities with those at `places` together at least `least`, and first."""
    raised = probabilities.copy()
    share = raised[places].sum()
    if share < least:
        raised *= (1 - least) / max(1 - share, 1e-9)
        raised[places] = probabilities[places] * least / max(share, 1e-9)
    others = np.delete(raised, places).max(initial=0.0)
    raised[places] = np.maximum(raised[places], others + 1e-4)
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _in_words(found: Found) -> str:
    alone = f", alone it means {found.topic}" if found.topic else ""
    return f'"{found.words}" is the concept {found.concept} of the glossary{alone}'
