"""Bring words of any script into one shape, so that names can be compared."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*|\p{N}+")
# Letters that Unicode does not take apart; the Arabic ones differ by keyboard, not by sound.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ё": "е", "ґ": "г", "ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i",
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و",
        "ـ": None, "\N{ZERO WIDTH NON-JOINER}": None, "’": "'", "ʼ": "'", "`": "'", "´": "'",
        "ъ": None,
    }
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_KEPT_MARKS = {"й", "ї"}


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


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return `text` in small letters without accents; ä, ö, ü lose their dots."""
    lowered = text.translate(_LETTERS).casefold().replace("i̇", "i").translate(_LETTERS)
    plain = "".join(
        letter if letter in _KEPT_MARKS else _bare(letter)
        for letter in unicodedata.normalize("NFC", lowered)
    )
    return plain.translate(_LETTERS)


@lru_cache(maxsize=4096)
def spelled_out(text: str) -> str:
    """Return `text` folded with ä, ö, ü as ae, oe, ue."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return fold(composed.translate(_UMLAUTS))


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _digits(raw: str) -> str:
    """Return digits of any script as 0-9; other numerals (½, Ⅳ) vanish."""
    return "".join(str(unicodedata.digit(digit, "")) for digit in raw)
