"""Words of violence, exploitation, suicide or a night without shelter: found before all else."""

from collections.abc import Mapping

from bot.core.model import Hazard
from bot.core.text import normalise


class Watch:
    """Knows the words of danger of all languages.

    A word that ends in * matches any ending; a phrase that begins with = is the whole message.
    """

    def __init__(self, hazards: Mapping[str, Hazard]) -> None:
        self._phrases = [
            (_pattern(words), words.startswith("="), hazard.card)
            for hazard in hazards.values()
            for language in hazard.words.values()
            for words in language
            if normalise(words)
        ]

    def cards(self, text: str) -> tuple[str, ...]:
        """Return the keys of the cards that the text calls for, each once."""
        words = normalise(text).split()
        found = (
            card
            for phrase, whole, card in self._phrases
            if (not whole or len(phrase) == len(words)) and _stands_in(phrase, words)
        )
        return tuple(dict.fromkeys(found))


def _pattern(phrase: str) -> tuple[tuple[str, bool], ...]:
    """Return (word, whether any ending fits) for each word of a phrase."""
    return tuple(
        (part, word.endswith("*")) for word in phrase.split() for part in normalise(word).split()
    )


def _stands_in(phrase: tuple[tuple[str, bool], ...], words: list[str]) -> bool:
    return any(
        all(
            word.startswith(wanted) if stem else word == wanted
            for (wanted, stem), word in zip(phrase, words[at:], strict=False)
        )
        for at in range(len(words) - len(phrase) + 1)
    )
