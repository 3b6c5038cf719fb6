"""How a name sounds: one key for German spelling and for what Cyrillic or Arabic make of it.

The rules are those of German-Russian practical transcription run both ways and made coarse:
h, ch and g are one sound (Gamburg, Khamburg), s and z are one, long vowels are short.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.places.folding import fold

_GERMAN = (
    ("tsch", "C"), ("dsch", "C"), ("sch", "S"), ("chs", "ks"), ("ch", "g"), ("ck", "k"),
    ("v", "f"), ("w", "v"), ("qu", "kv"), ("ph", "f"), ("th", "t"), ("rh", "r"), ("dt", "t"),
    ("tz", "c"), ("z", "c"), ("x", "ks"), ("ie", "i"), ("äu", "oi"), ("eu", "oi"), ("ei", "ai"),
    ("ey", "ai"), ("ay", "ai"), ("ä", "e"), ("ö", "e"), ("ü", "u"),
)  # fmt: skip
# What people type in Latin letters when they hear it in Russian, Ukrainian, English or Turkish.
_TYPED = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("kh", "g"), ("sh", "S"), ("zh", "S"),
    ("ch", "g"), ("ck", "k"), ("ts", "c"), ("tz", "c"), ("dt", "t"), ("yu", "u"), ("iu", "u"),
    ("yo", "e"), ("ya", "ia"), ("ie", "i"), ("ey", "ai"), ("ei", "ai"), ("ay", "ai"), ("aj", "ai"),
    ("ej", "ai"), ("oy", "oi"), ("oj", "oi"), ("eu", "oi"), ("w", "v"), ("x", "ks"),
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
_LONG = str.maketrans("aiou", "AIUU")
_SILENT_H = re.compile(r"(?<=[aeiou])h(?![aeiou])")
_DOUBLES = tuple(letter * 2 for letter in "abcdefgiklmnoprstuvCSAIU")
_SAME = str.maketrans({"h": "g", "j": "i", "y": "i", "z": "s", "q": "k", "'": None})


def german(name: str) -> str:
    """Return the sound of a German name as written with its umlauts, without spaces."""
    lowered = name.casefold()
    letters = lowered if lowered.isalpha() else "".join(filter(str.isalpha, lowered))
    return _even(_rewritten(letters, _GERMAN))


@lru_cache(maxsize=4096)
def typed(word: str) -> str:
    """Return the sound of a folded Latin word typed by ear."""
    return _even(_rewritten("".join(filter(str.isalpha, word)), _TYPED))


@lru_cache(maxsize=4096)
def cyrillic(word: str) -> str:
    """Return the sound of a folded Cyrillic word."""
    letters = _rewritten(word, _CYRILLIC)
    return _even("".join(letter for letter in letters if letter.isascii() and letter.isalpha()))


def _rewritten(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    """Apply the rules one after the other; their order matters."""
    for old, new in rules:
        if old in word:
            word = word.replace(old, new)
    return word


def skeletons(name: str) -> Iterator[str]:
    """Yield how Arabic script would write a German name: three vowels, e left out or as i."""
    key = german(name.casefold().replace("ö", "o")).replace("p", "b").replace("v", "f")
    for short, affricate in (("", "ts"), ("", "s"), ("i", "ts"), ("i", "s")):
        plain = key.replace("c", affricate).replace("e", short)
        bones = _single(plain.translate(_LONG).removeprefix("A"))
        yield bones
        yield bones.removeprefix("I")


def arabic(word: str) -> str:
    """Return the sound of a folded Arabic-script word; a first و counts as f (German w)."""
    letters = "".join(_ARABIC[letter] for letter in word if letter in _ARABIC)
    if letters.startswith("U"):
        letters = "f" + letters[1:]
    letters = letters.replace("St", "st").replace("Sb", "sb")
    return _single(letters.removeprefix("A"))


def _single(key: str) -> str:
    """Return the key with every letter once where it stands doubled."""
    for pair in _DOUBLES:
        while pair in key:
            key = key.replace(pair, pair[0])
    return key


def _even(key: str) -> str:
    if "h" in key:
        key = _SILENT_H.sub("", key)
    key = key.translate(_SAME).replace("St", "st").replace("Sp", "sp").replace("dt", "t")
    return _single(key)


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
_ADJECTIVE = re.compile(r".{3,}(?:ск|ськ)(?:ий|ого|ому|ом|им|ая|ой|ую|ие|их|а|ій|у|і|е|ое)$")
_SOFTENED = {"зі": "г", "ці": "к", "сі": "х"}  # Ukrainian: у Гамбурзі, у Любеці
_TURKISH = re.compile(
    r"(?:[dt][ae]n?|[dt]eki|[dt]aki|[ny]?[iu]n?|[ny]?[ae]|l[iu]|[sl][iu]k?|c[ae])$"
)


def is_adjective(word: str) -> bool:
    """Whether a folded word is a Russian or Ukrainian adjective in -ский or -ський."""
    return _ADJECTIVE.fullmatch(word) is not None


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
