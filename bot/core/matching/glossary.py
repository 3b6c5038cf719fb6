"""Find the concepts of the glossary in a question, however they are spelled or inflected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.model import Concept, TopicId
from bot.core.text import normalise, sounds

_MOST_WORDS = 5  # in one form
_HEARD = 4  # sounds; shorter words sound alike by chance
_STEM = 6  # sounds; from here on up to three letters of an ending may differ
_ENDINGS = (1, 2, 3)
_FIRST = 3  # sounds by which a word is passed over that begins no form


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a question: its key, the topic it alone stands for (or "") and its words."""

    concept: str
    topic: TopicId
    words: str


class Glossary:
    """Knows all forms of all concepts, as written and as they sound."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._topics = {key: concept.topic for key, concept in concepts.items()}
        self._written: dict[str, str] = {}
        self._heard: dict[str, str] = {}
        self._firsts: set[str] = set()  # how first words sound, without their ending
        for key, concept in sorted(concepts.items()):
            for form in concept.forms:
                written = normalise(form)
                self._written.setdefault(written, key)
                heard = sounds(written)
                self._firsts.add(heard.split(" ")[0][:_FIRST])
                if len(heard) >= _HEARD:
                    self._heard.setdefault(heard, key)

    def find(self, written: str) -> tuple[Found, ...]:
        """Return the concepts in a normalised text, in order, the longest form at each place."""
        words = written.split()
        heard = [sounds(word) for word in words]
        first = [sound[:_FIRST] in self._firsts for sound in heard]
        found, at = [], 0
        while at < len(words):
            longest = min(_MOST_WORDS, len(words) - at) if first[at] else 0
            for length in range(longest, 0, -1):
                key = self._look_up(words[at : at + length], heard[at : at + length])
                if key:
                    there = " ".join(words[at : at + length])
                    found.append(Found(key, self._topics[key], there))
                    at += length
                    break
            else:
                at += 1
        return tuple(found)

    def _look_up(self, words: list[str], heard: list[str]) -> str:
        joined = " ".join(words)
        if key := self._written.get(joined):
            return key
        sound = " ".join(filter(None, heard))
        if key := self._heard.get(sound):
            return key
        if len(sound) > _STEM:
            for ending in _ENDINGS:
                stem = sound[:-ending]
                if len(stem) >= _STEM and (key := self._heard.get(stem)):
                    return key
        return ""


def topic_of(found: Sequence[Found], written: str) -> TopicId:
    """Return the topic of a text that consists of concepts which name it alone, or ""."""
    topics = {concept.topic for concept in found}
    covered = sum(len(concept.words.split()) for concept in found)
    return topics.pop() if len(topics) == 1 and covered == len(written.split()) else ""
