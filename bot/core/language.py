"""Guess the language of a question, for the language of the reply only, never for matching."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.grams import grams
from bot.core.model import LanguageCode, Phrase
from bot.core.text import PLACE

_BUCKETS = 1 << 16
_WORDS = 3  # on one or two words the best detectors are right only 69-95 % of the time
_MARGIN = 0.15  # mean log-odds a feature; cross-validated on the phrases: 98 % of clear ones right
_SMOOTHING = 0.1
_MINOR = 0.2  # German words stand in Cyrillic questions, hardly ever the other way round


class Script(StrEnum):
    """The writing systems that we tell apart."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest language of a text, whether to rely on it, and the script of the text."""

    language: LanguageCode | None
    clear: bool
    script: Script | None


_WRITTEN_IN = {"ru": Script.CYRILLIC, "uk": Script.CYRILLIC, "ar": Script.ARABIC}
_WRITTEN_IN |= {"fa": Script.ARABIC}
# Letters that only one of the languages of a script has
_OWN_LETTERS = {
    Script.CYRILLIC: {"ru": set("ыэёъ"), "uk": set("іїєґ")},
    Script.ARABIC: {"fa": set("پچژگکی"), "ar": set("ةىأإؤذ")},
    Script.LATIN: {"tr": set("ışğ"), "de": set("äß")},
}
# Persians type on Arabic keyboards and Arabs on Persian ones: these letters tell nothing
_KEYBOARDS = str.maketrans("يك", "یک")
# How people without a Cyrillic keyboard type: the letters that differ between three habits
_COMMON = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True))
_COMMON |= {"ё": "e", "ъ": "", "ь": "", "э": "e", "ґ": "g", "'": "", "’": ""}
_OWN: dict[str, dict[str, str]] = {
    "ru": {},
    "uk": {"г": "h", "и": "y", "і": "i", "ї": "yi", "є": "ye"},
}
_HABITS = tuple(
    {
        code: str.maketrans(_COMMON | own | dict(zip("йжхцчшщыюя", habit, strict=True)))
        for code, own in _OWN.items()
    }
    for habit in (
        ("y", "zh", "kh", "ts", "ch", "sh", "sch", "y", "yu", "ya"),
        ("j", "zh", "h", "c", "ch", "sh", "sh", "i", "ju", "ja"),
        ("i", "j", "h", "ts", "4", "sh", "sh", "y", "u", "ia"),
    )
)


class Languages:
    """Knows how each language looks, from the phrases themselves; build once, ask often."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        seen: defaultdict[Script, list[tuple[str, LanguageCode]]] = defaultdict(list)
        for number, phrase in enumerate(phrases):
            for text, script in _ways(phrase, number):
                seen[script].append((text, phrase.language))
        seen.pop(Script.OTHER, None)  # a stray phrase in a script that no language here has
        self._models = {script: _Model(pairs) for script, pairs in seen.items()}

    def guess(self, text: str) -> Guess:
        """Return the language of `text`; clear only with three words and a safe margin."""
        text = text.replace(PLACE, " ")
        script = script_of(text)
        if script is None or script not in self._models:
            return Guess(None, False, script)
        language, margin = self._models[script].best(text)
        own = _only_one(text, script)
        if own:
            language, margin = own, max(margin, 2 * _MARGIN) if own == language else 0.0
        clear = len(_letters(text).split()) >= _WORDS and margin >= _MARGIN
        return Guess(language, clear, script)

    def by_letters(self, text: str) -> LanguageCode | None:
        """Return the language that alone has the special letters of `text`, or None."""
        script = script_of(text)
        return _only_one(text, script) if script else None


def script_of(text: str) -> Script | None:
    """Return the script that carries `text`: Cyrillic or Arabic from a fifth of the letters on."""
    found = [_script(char) for char in text if char.isalpha()]
    if not found:
        return None
    shares = {script: found.count(script) / len(found) for script in Script}
    for script in (Script.CYRILLIC, Script.ARABIC, Script.OTHER):
        if shares[script] >= _MINOR:
            return script
    return Script.LATIN


def romanised(text: str, language: LanguageCode, habit: int) -> str:
    """Return a Russian or Ukrainian text as one kind of people would type it in Latin letters."""
    return text.casefold().translate(_HABITS[habit % len(_HABITS)][language])


def _script(char: str) -> Script:
    code = ord(char)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return Script.LATIN
    if 0x400 <= code < 0x530:
        return Script.CYRILLIC
    arabic = 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFF00
    return Script.ARABIC if arabic else Script.OTHER


def _ways(phrase: Phrase, number: int) -> list[tuple[str, Script]]:
    """Return the phrase with its script; Cyrillic ones in Latin letters as well, in turn."""
    script = script_of(phrase.text) or Script.OTHER
    if _WRITTEN_IN.get(phrase.language) is Script.ARABIC and script is not Script.ARABIC:
        return []  # a German term alone
    ways = [(phrase.text, script)]
    if script is Script.CYRILLIC and phrase.language in ("ru", "uk"):
        ways.append((romanised(phrase.text, phrase.language, number), Script.LATIN))
    return ways


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold().translate(_KEYBOARDS)
    return " ".join("".join(char if char.isalpha() else " " for char in text).split())


def _only_one(text: str, script: Script) -> LanguageCode | None:
    """Return the language that alone has the special letters seen, or None."""
    chars = set(text.casefold())
    having = [code for code, own in _OWN_LETTERS.get(script, {}).items() if own & chars]
    return having[0] if len(having) == 1 else None


class _Model:
    """Naive Bayes over hashed n-grams for the languages of one script."""

    def __init__(self, pairs: Sequence[tuple[str, LanguageCode]]) -> None:
        self._languages = sorted({language for _, language in pairs})
        counts = np.full((len(self._languages), _BUCKETS), _SMOOTHING, dtype=np.float32)
        for at, language in enumerate(self._languages):
            texts = [_letters(text) for text, known in pairs if known == language]
            counts[at] += np.bincount(_buckets(texts), minlength=_BUCKETS)
        self._logs = np.log(counts / counts.sum(axis=1, keepdims=True))

    def best(self, text: str) -> tuple[LanguageCode | None, float]:
        """Return the likeliest language and its mean lead a feature over the second."""
        found = _buckets([_letters(text)])
        if len(found) == 0:
            return None, 0.0
        scores = self._logs[:, found].mean(axis=1)
        order = np.argsort(-scores, kind="stable")
        lead = float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else 1.0
        return self._languages[order[0]], lead


def _buckets(texts: Sequence[str]) -> NDArray[np.int64]:
    found = grams(texts, sizes=(3, 4, 5), words=1)
    return (found.hashes % np.uint64(_BUCKETS)).astype(np.int64)
