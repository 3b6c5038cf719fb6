"""How a name sounds: one key for German spelling and for what Cyrillic or Arabic make of it.

The rules are those of German-Russian practical transcription run both ways and made coarse:
h, ch and g are one sound (Gamburg, Khamburg), s and z are one, long vowels are short.
"""

from collections.abc import Iterator
from functools import lru_cache

import regex

from bot.core.places.folding import fold

_GERMAN = (
    ("tsch", "C"), ("dsch", "C"), ("sch", "S"), ("chs", "ks"), ("ch", "g"), ("ck", "k"),
    ("qu", "kv"), ("ph", "f"), ("th", "t"), ("rh", "r"), ("dt", "t"), ("tz", "c"), ("x", "ks"),
    ("v", "f"), ("w", "v"), ("z", "c"), ("ß", "s"), ("äu", "oi"), ("eu", "oi"), ("ei", "ai"),
    ("ey", "ai"), ("ay", "ai"), ("ie", "i"), ("ä", "e"), ("ö", "e"), ("ü", "u"),
)  # fmt: skip
# What people type in Latin letters when they hear it in Russian, Ukrainian, English or Turkish.
_TYPED = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("kh", "g"), ("sh", "S"), ("zh", "S"),
    ("ch", "g"), ("ck", "k"), ("ts", "c"), ("tz", "c"), ("dt", "t"), ("yu", "u"), ("iu", "u"),
    ("yo", "e"), ("ya", "ia"), ("ey", "ai"), ("ei", "ai"), ("ay", "ai"), ("aj", "ai"),
    ("ej", "ai"), ("oy", "oi"), ("oj", "oi"), ("eu", "oi"), ("ie", "i"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_CYRILLIC = (
    ("дт", "t"), ("тц", "c"), ("тс", "c"), ("щ", "S"), ("ш", "S"), ("ж", "S"), ("ч", "C"),
    ("кс", "ks"), ("ьо", "e"), ("йо", "io"), ("ей", "ai"), ("эй", "ai"), ("єй", "ai"),
    ("ай", "ai"), ("аи", "ai"), ("ой", "oi"), ("ие", "i"), ("ья", "ia"), ("я", "ia"), ("ье", "e"),
    ("а", "a"), ("б", "b"), ("в", "v"), ("г", "g"), ("ґ", "g"), ("х", "g"), ("д", "d"), ("е", "e"),
    ("є", "e"), ("э", "e"), ("ё", "e"), ("з", "s"), ("и", "i"), ("і", "i"), ("ї", "i"), ("ы", "i"),
    ("й", "i"), ("ј", "i"), ("к", "k"), ("л", "l"), ("м", "m"), ("н", "n"), ("о", "o"), ("п", "p"),
    ("р", "r"), ("с", "s"), ("т", "t"), ("у", "u"), ("ў", "v"), ("ф", "f"), ("ц", "c"),
    ("ю", "u"), ("ь", ""), ("'", ""),
)  # fmt: skip
_ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "g", "چ": "C", "ح": "g", "ه": "g",
    "خ": "g", "د": "d", "ض": "d", "ذ": "d", "ڈ": "d", "ر": "r", "ز": "s", "س": "s", "ص": "s",
    "ظ": "s", "ژ": "S", "ش": "S", "غ": "g", "گ": "g", "ف": "f", "ڤ": "f", "ق": "k", "ک": "k",
    "ل": "l", "م": "m", "ن": "n", "ٹ": "t", "ا": "A", "و": "U", "ی": "I",
}  # fmt: skip
_SILENT_H = regex.compile(r"(?<=[aeiou])h(?![aeiou])")
_DOUBLE = regex.compile(r"(.)\1+")
_LONG = str.maketrans("aiou", "AIUU")


def _rewriter(rules: tuple[tuple[str, str], ...]) -> "regex.Pattern[str]":
    return regex.compile("|".join(regex.escape(old) for old, _ in rules))


_GERMAN_RULES, _GERMAN_PATTERN = dict(_GERMAN), _rewriter(_GERMAN)
_TYPED_RULES, _TYPED_PATTERN = dict(_TYPED), _rewriter(_TYPED)
_CYRILLIC_RULES, _CYRILLIC_PATTERN = dict(_CYRILLIC), _rewriter(_CYRILLIC)


def german(name: str) -> str:
    """Return the sound of a German name as written with its umlauts, without spaces."""
    lowered = name.casefold().replace("ss", "s")
    letters = "".join(letter for letter in lowered if letter.isalpha())
    return _even(_GERMAN_PATTERN.sub(lambda hit: _GERMAN_RULES[hit.group()], letters))


def typed(word: str) -> str:
    """Return the sound of a folded Latin word typed by ear."""
    letters = "".join(letter for letter in word if letter.isalpha())
    return _even(_TYPED_PATTERN.sub(lambda hit: _TYPED_RULES[hit.group()], letters))


@lru_cache(maxsize=4096)
def cyrillic(word: str) -> str:
    """Return the sound of a folded Cyrillic word."""
    letters = _CYRILLIC_PATTERN.sub(lambda hit: _CYRILLIC_RULES[hit.group()], word)
    return _even("".join(letter for letter in letters if letter.isascii() and letter.isalpha()))


def skeletons(name: str) -> Iterator[str]:
    """Yield how Arabic script would write a German name: three vowels, e left out or as i."""
    key = german(name.casefold().replace("ö", "o")).replace("p", "b").replace("v", "f")
    for short, affricate in (("", "ts"), ("", "s"), ("i", "ts"), ("i", "s")):
        plain = key.replace("c", affricate).replace("e", short)
        bones = _DOUBLE.sub(r"\1", plain.translate(_LONG).removeprefix("A"))
        yield bones
        yield bones.removeprefix("I")


def arabic(word: str) -> str:
    """Return the sound of a folded Arabic-script word; a first و counts as f (German w)."""
    letters = "".join(_ARABIC[letter] for letter in word if letter in _ARABIC)
    if letters.startswith("U"):
        letters = "f" + letters[1:]
    letters = letters.replace("St", "st").replace("Sb", "sb")
    return _DOUBLE.sub(r"\1", letters.removeprefix("A"))


def _even(key: str) -> str:
    key = _SILENT_H.sub("", key).replace("h", "g").replace("j", "i").replace("y", "i")
    key = key.replace("St", "st").replace("Sp", "sp").replace("dt", "t").replace("z", "s")
    key = key.replace("'", "")
    for old, new in (("ä", "e"), ("ö", "e"), ("ü", "u")):
        key = key.replace(old, new)
    key = key.replace("c", "c").replace("q", "k")
    return _DOUBLE.sub(r"\1", key)


_CASES = tuple(
    sorted(
        (
            "а", "я", "у", "ю", "е", "і", "и", "ы", "о", "ом", "ем", "єм", "ою", "ой", "ей", "ів",
            "ове", "ові", "еві", "ам", "ах", "ами", "ский", "ского", "скому", "ском", "ская",
            "ской", "скую", "ские", "ских", "ським", "ський", "ського", "ському", "ська", "ській",
            "ську", "ські", "ських",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_SOFTENED = {"зі": "г", "ці": "к", "сі": "х"}  # Ukrainian: у Гамбурзі, у Любеці
_TURKISH = regex.compile(
    r"(?:[dt][ae]n?|[dt]eki|[dt]aki|[ny]?[iu]n?|[ny]?[ae]|l[iu]|[sl][iu]k?|c[ae])$"
)


def cyrillic_stems(word: str) -> Iterator[str]:
    """Yield `word` without the case endings and adjective endings it may carry."""
    if word[-2:] in _SOFTENED and len(word) >= 6:
        yield word[:-2] + _SOFTENED[word[-2:]]
    if word[-1] in "еиіыу" and len(word) >= 4:
        yield word[:-1] + "а"
    for ending in _CASES:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)]


def turkish_stems(word: str) -> Iterator[str]:
    """Yield a folded Latin word without Turkish case endings ("kolnde", "berlin'deki")."""
    if "'" in word:
        yield word.split("'")[0]
        return
    for length in (1, 2, 3, 4):
        if len(word) - length >= 4 and _TURKISH.fullmatch(word[-length:]):
            yield word[:-length]


def german_stems(word: str) -> Iterator[str]:
    """Yield what "Kölner", "Bremer", "Münchner", "Kölns" are made of (folded)."""
    if word.endswith("er") and len(word) >= 6:
        yield word[:-2]
        yield word[:-1]
        yield word[:-2] + "en"
        if word.endswith("ner"):
            yield word[:-3] + "en"
    elif word.endswith("s") and len(word) >= 5:
        yield word[:-1]


_ARABIC_PREFIXES = ("وب", "ول", "وال", "بال", "ب", "ل", "و", "ال")


def arabic_stems(word: str) -> Iterator[str]:
    """Yield a folded Arabic word without the prepositions written on to it."""
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            yield word[len(prefix) :]


def script(word: str) -> str:
    """Return "cyrillic", "arabic" or "latin" for a folded word."""
    letter = word[0]
    if "Ѐ" <= letter <= "ӿ":
        return "cyrillic"
    return "arabic" if "\u0600" <= letter <= "ۿ" else "latin"


def sound(word: str) -> str:
    """Return the sound of a folded word of Latin or Cyrillic script."""
    return cyrillic(word) if script(word) == "cyrillic" else typed(fold(word))
