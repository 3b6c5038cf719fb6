"""Rewrite a question so that the sentence encoder can read it.

The encoder knows Russian in Cyrillic and German in Latin letters, and little of "kak priznat
diplom" or of "бешайд". The phrases know the words of both kinds, so each word is looked up there
by its sound. No language is guessed: only words that the phrases do not know as they stand change.
Measured by cross-validation over the phrases: docs/decisions/0010-matcher.md.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from bot.core.model import Phrase
from bot.core.text import PLACE, normalise, skeleton

_STANDS_FOR_A_PLACE = "köln"  # any town: the encoder knows that it is one
_LATIN_LANGUAGES = ("de", "en", "tr")
_LONG = 5  # sounds; shorter Cyrillic words sound like a German word by chance
_ENDINGS = (0, 1, 2, 3)  # "бешайдом": letters that Russian and Ukrainian add to a German word
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[a-z]")
_BACK = (
    *(("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ch", "ч"), ("sh", "ш")),
    *(("ts", "ц"), ("ya", "я"), ("ja", "я"), ("yu", "ю"), ("ju", "ю"), ("yo", "е")),
    *(("ye", "е"), ("je", "е")),
)
_BACK_LETTERS = str.maketrans("abvgdezijklmnoprstufhcywx", "абвгдезийклмнопрстуфхцывх")


class Reader:
    """Knows which words people write in which letters; build it once from the phrases."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        counted: defaultdict[bool, Counter[str]] = defaultdict(Counter)
        latin: set[str] = set()
        for phrase in phrases:
            words = _plain(phrase.text).split()
            counted[phrase.language == "de"].update(words)
            if phrase.language in _LATIN_LANGUAGES:
                latin.update(words)
        every = counted[True] + counted[False]
        self._latin = frozenset(normalise(word) for word in latin)
        self._cyrillic = _by_sound({w: n for w, n in every.items() if _CYRILLIC.search(w)})
        german = {w: n for w, n in counted[True].items() if not _CYRILLIC.search(w)}
        self._german = {k: w for k, w in _by_sound(german).items() if len(k) >= _LONG}

    def read(self, text: str) -> str:
        """Return `text` in lower case without punctuation, each word in its own letters."""
        plain = _plain(text)
        words = plain.replace(PLACE, _STANDS_FOR_A_PLACE).split()
        if _CYRILLIC.search(plain):
            words = [self._germanised(word) for word in words]
        elif _LATIN.search(plain) and not _ARABIC.search(plain):
            words = self._cyrillised(words)
        return " ".join(words)

    def _germanised(self, word: str) -> str:
        """Return the German word that a Cyrillic one sounds like, or the word itself."""
        sound = skeleton(word) if _CYRILLIC.search(word) else ""
        for ending in _ENDINGS:
            stem = sound[: len(sound) - ending]
            if len(stem) >= _LONG and stem in self._german:
                return self._german[stem]
        return word

    def _cyrillised(self, words: list[str]) -> list[str]:
        """Return Russian or Ukrainian in Latin letters in Cyrillic; anything else as it is."""
        known = [normalise(word) in self._latin for word in words]
        sounds = [skeleton(word) for word in words]
        strange = known.count(False)
        telling = sum(
            not seen and len(sound) > 1 and sound in self._cyrillic
            for seen, sound in zip(known, sounds, strict=True)
        )
        if not telling or telling * 2 < strange or telling * 3 < len(words):
            return words
        return [
            self._letters(word, sound, seen)
            for word, sound, seen in zip(words, sounds, known, strict=True)
        ]

    def _letters(self, word: str, sound: str, known: bool) -> str:
        if sound in self._cyrillic and not (known and len(sound) > 3):
            return self._cyrillic[sound]
        if known or not (word.isascii() and word.isalpha()):
            return word
        for latin, cyrillic in _BACK:
            word = word.replace(latin, cyrillic)
        return re.sub(r"(?<=[aeiouаеиоуыэюя])y", "й", word).translate(_BACK_LETTERS)


def _by_sound(counted: Mapping[str, int]) -> dict[str, str]:
    """Return for each sound its commonest spelling, the first in the alphabet among equals."""
    found: dict[str, str] = {}
    for word, _ in sorted(counted.items(), key=lambda kv: (-kv[1], kv[0])):
        found.setdefault(skeleton(word), word)
    return found


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace(PLACE, "\0")).lower()
    text = re.sub(r"[^\w\s§\0]", " ", text)
    return " ".join(text.replace("\0", f" {PLACE} ").split())
