"""Bring words of any script into one shape, so that names can be compared."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import regex

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*|\p{N}+")
# Letters that Unicode does not take apart; the Arabic ones differ by keyboard, not by sound.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ё": "е", "ґ": "г", "ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i",
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "أ": "ا",
        "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و",
        "ـ": None, "\N{ZERO WIDTH NON-JOINER}": None, "’": "'", "ʼ": "'", "`": "'", "´": "'",
        "ъ": None,
    }
)  # fmt: skip
_GERMAN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "`": "'", "\u0307": None})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_KEPT_MARKS = "йї"


class _Bare(dict[int, str]):
    """Code point -> the letter without its marks, worked out when first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter not in _KEPT_MARKS:
            parts = unicodedata.normalize("NFKD", letter.translate(_LETTERS))
            letter = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = letter.translate(_LETTERS)
        return self[code]


_BARE = _Bare()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text: as written, folded, and where it stands."""

    raw: str
    text: str
    start: int
    end: int

    @property
    def spelled(self) -> str:
        """The folded word with ä, ö, ü as ae, oe, ue: "würzen" is not "Wurzen"."""
        return self.text if self.raw.isascii() else spelled_out(self.raw)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[0].isupper()

    @property
    def number(self) -> bool:
        """Whether it consists of digits; `text` then has them as 0-9."""
        return self.text[0].isdigit()


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of `text` in order."""
    found = []
    for hit in _WORD.finditer(text):
        raw = hit.group()
        folded = _digits(raw) if raw[0].isnumeric() else fold(raw)
        if folded:
            found.append(Token(raw, folded, hit.start(), hit.end()))
    return tuple(found)


def fold(text: str) -> str:
    """Return `text` in small letters without accents; ä, ö, ü lose their dots."""
    quick = text.lower().translate(_GERMAN)
    if quick.isascii():
        return quick
    return unicodedata.normalize("NFC", text.lower()).translate(_BARE)


def spelled_out(text: str) -> str:
    """Return `text` folded with ä, ö, ü as ae, oe, ue."""
    if text.isascii():
        return fold(text)
    composed = unicodedata.normalize("NFC", text).lower()
    return fold(composed.translate(_UMLAUTS))


def spelled_words(texts: Iterable[str]) -> frozenset[str]:
    """Return all words of `texts`, spelled out."""
    return frozenset(map(spelled_out, _WORD.findall(" ".join(texts))))


def _digits(raw: str) -> str:
    """Return digits of any script as 0-9; other numerals (½, Ⅳ) vanish."""
    return "".join(str(unicodedata.digit(digit, "")) for digit in raw)
