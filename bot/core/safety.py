"""Words of violence, exploitation, suicide or a night without shelter: found before all else."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.model import Hazard
from bot.core.text import normalise

_KEY = 2  # letters of a phrase's first word by which it is looked up; stems are not shorter


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[tuple[str, bool], ...]  # each with whether any ending fits
    whole: bool  # it must be the whole message
    card: str

    def stands_at(self, at: int, said: list[str]) -> bool:
        if self.whole and len(said) != len(self.words):
            return False
        if at + len(self.words) > len(said):
            return False
        return all(
            word.startswith(wanted) if stem else word == wanted
            for (wanted, stem), word in zip(self.words, said[at:], strict=False)
        )


class Watch:
    """Knows the words of danger of all languages.

    A word that ends in * matches any ending; a phrase that begins with = is the whole message.
    """

    def __init__(self, hazards: Mapping[str, Hazard]) -> None:
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase in _phrases(hazards):
            self._phrases[phrase.words[0][0][:_KEY]].append(phrase)

    def cards(self, text: str) -> tuple[str, ...]:
        """Return the keys of the cards that the text calls for, each once."""
        said = normalise(text).split()
        found = (
            phrase.card
            for at, word in enumerate(said)
            for phrase in self._phrases.get(word[:_KEY], ())
            if phrase.stands_at(at, said)
        )
        return tuple(dict.fromkeys(found))


def _phrases(hazards: Mapping[str, Hazard]) -> Iterator[_Phrase]:
    for hazard in hazards.values():
        for language in hazard.words.values():
            for written in language:
                words = tuple(
                    (part, word.endswith("*"))
                    for word in written.split()
                    for part in normalise(word).split()
                )
                if words:
                    yield _Phrase(words, written.startswith("="), hazard.card)
