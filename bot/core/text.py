"""Bring what people type into one shape, so that it can be compared."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

PLACE = "⟨place⟩"  # stands where a place was cut out; survives `normalise` as one word

_KEPT = {"L", "M", "N"}  # letters, combining marks (Hindi vowels!), numbers
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z]\w*(?:@\w+)?(?!\S)")
_APOSTROPHES = "'`´ʹʻʼʽˈ‘’‛′＇"
_ARABIC = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیېۍ", "ي"),
    **dict.fromkeys("ئ", "ي"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ةۀەہۂ", "ه"),
    "ؤ": "و",
    "ء": "",
    "ـ": "",
}
# Strokes that Unicode does not take apart, and Cyrillic letters that people swap
_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "a", "œ": "o", "ё": "е", "ґ": "г"}
_LEVEL = re.compile(r"(?<!\w)([авсб])([12])(?!\w)")
_LEVEL_LETTERS = str.maketrans("авсб", "abcb")
_DIGIT_LETTER = re.compile(r"(?<=\d)(?=[^\W\d_])")
_UMLAUT = re.compile(r"ae|oe|(?<![aeq])ue")


def normalise(text: str) -> str:
    """Return `text` as words between single spaces, equal for all ways to type the same.

    Case, accents, umlauts (ü, ue), ё/е, apostrophes, Arabic and Persian letter variants, digits
    of other scripts, emoji, punctuation and Telegram commands make no difference afterwards.
    """
    text = unicodedata.normalize("NFKC", _COMMAND.sub(" ", text).replace(PLACE, "\0"))
    text = unicodedata.normalize("NFKC", text.casefold()).translate(_TABLE)
    text = _LEVEL.sub(lambda m: m[1].translate(_LEVEL_LETTERS) + m[2], text)
    text = _DIGIT_LETTER.sub(" ", _UMLAUT.sub(lambda m: m[0][0], text))
    return " ".join(text.replace("\0", f" {PLACE} ").split())


def words(text: str) -> list[str]:
    """Return the words of `text` after `normalise`."""
    return normalise(text).split()


class _Table(dict[int, str]):
    """What `str.translate` puts in place of each character, filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        self[code] = _simple(chr(code))
        return self[code]


def _simple(char: str) -> str:
    """Return what is left of one character: itself, a plainer one, a space or nothing."""
    if char in _APOSTROPHES or char == "\0":
        return char if char == "\0" else ""
    if char in _ARABIC or char in _LETTERS:
        return _ARABIC.get(char, _LETTERS.get(char, ""))
    kind = unicodedata.category(char)
    if kind == "Cf" or _is_decoration(char):
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(char))
    if kind[0] not in _KEPT:
        return " "
    base = unicodedata.normalize("NFD", char)[0]
    return _LETTERS.get(base, base) if base.isascii() and base.isalpha() else char


def _is_decoration(char: str) -> bool:
    """Tell marks that only decorate: stress, accents, harakat, keycaps, emoji variants."""
    code = ord(char)
    return (
        0x300 <= code <= 0x36F
        or 0x610 <= code <= 0x61A
        or 0x64B <= code <= 0x65F
        or code == 0x670
        or 0x6D6 <= code <= 0x6ED
        or 0x20D0 <= code <= 0x20FF
        or 0xFE00 <= code <= 0xFE0F
    )


_TABLE = _Table()

# One Latin letter or two for each letter of the other scripts, by sound as Germans hear it;
# ч, х and their like are the x of "ich", all the hissing ones (с, з, ц, ш, ж) are s
_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфхцчыэіў", "abvgdesiiklmnoprstuvxsxieiu", strict=True)),
    **{"ж": "s", "ш": "s", "щ": "s", "ъ": "", "ь": "", "ю": "u", "я": "a", "ї": "i", "є": "e"},
}
_ARABIC_SOUNDS = {
    **dict.fromkeys("ثزژسشصظ", "s"),
    **dict.fromkeys("چحخه", "x"),
    **dict.fromkeys("ضدذ", "d"),
    **dict.fromkeys("تط", "t"),
    **dict.fromkeys("غگ", "g"),
    **dict.fromkeys("قك", "k"),
    **dict.fromkeys("اع", "a"),
    **dict(zip("بپجرفلمنوي", "bpjrvlmnui", strict=True)),
}
_LATIN = str.maketrans({"x": "ks", **_CYRILLIC, **_ARABIC_SOUNDS})
_SOUNDS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"dsch|dzh|dj", "j"),
        (r"tsch|tch", "x"),
        (r"shch|sch|sh|zh|tz|ts", "s"),
        (r"ch|kh", "x"),
        (r"ph|[wf]", "v"),
        (r"th", "t"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"[cz]", "s"),
        (r"y(?=[aeiou])|(?<=[aeiou])j(?=e)|j(?=[au])", ""),  # ya, ja, я; aje, ає
        (r"(?<=[aeiouy])j|y", "i"),  # kakoj, kakoy
        (r"(?<=[aeiou])h(?![aeiou])", ""),  # the h of "Wohnung", which nobody hears
        (r"h", "x"),
        (r"eu", "oi"),
        (r"ei", "ai"),
        (r"ie", "i"),
        (r"ae|oe", lambda m: m[0][0]),  # as `normalise` does with Latin letters
        (r"(\D)\1+", r"\1"),
    )
)


def skeleton(text: str) -> str:
    """Return `text` as it sounds, in Latin letters: "аусбильдунг" and "Ausbildung" are equal.

    Generic on purpose: one table for Russian, Ukrainian, German, Turkish and Arabic script, so
    transliterations of all habits ("kak", "kakoj", "kakoy") come close without naming a language.
    """
    return sounds(normalise(text))


def sounds(written: str) -> str:
    """Return the skeleton of a text that is normalised already."""
    return " ".join(filter(None, map(_skeleton_of_word, written.split())))


@lru_cache(maxsize=65_536)
def _skeleton_of_word(word: str) -> str:
    if word == PLACE:
        return word
    sound = word.replace("дж", "j").translate(_LATIN)
    for pattern, heard in _SOUNDS:
        sound = pattern.sub(heard, sound)
    return sound
