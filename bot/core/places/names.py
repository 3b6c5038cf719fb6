"""Take names of places apart: "Neuburg a.d.Donau" is Neuburg, and the Donau tells which."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex

from bot.core.places.folding import fold, spelled_out, tokens

CONNECTORS = frozenset(
    {
        "a", "am", "an", "auf", "b", "bei", "beim", "d", "dem", "den", "der", "die", "i",
        "im", "in", "o", "ob", "u", "und", "unter", "v", "vor", "vorm", "zu", "zum", "zur",
        "на", "ан", "дер", "ам", "им", "об", "бай", "под", "при", "у", "в", "над", "ان", "ام",
        "در", "دیر", "علی",
    }
)  # fmt: skip
_ABBREVIATED = (
    (regex.compile(r"\ba\.\s*d\.\s*"), "an der "),
    (regex.compile(r"\bi\.\s*d\.\s*"), "in der "),
    (regex.compile(r"\bv\.\s*d\.\s*"), "vor der "),
    (regex.compile(r"\bo\.\s*d\.\s*"), "ob der "),
    (regex.compile(r"\ba\.\s*"), "am "),
    (regex.compile(r"\bi\.\s*"), "im "),
    (regex.compile(r"\bb\.\s*"), "bei "),
)
_TAIL = regex.compile(
    r"\s*[/(,]|\s+(?:a|am|an|auf|b|bei|beim|i|im|in|ob|unter|v|vor|vorm|zu|zur)\b\.?"
)
_SPLIT = regex.compile(r"[^\p{L}\p{M}\p{N}'’]+")
_TITLE = regex.compile(r"^(?:Lutherstadt|Hansestadt|Universitätsstadt|Klosterstadt)\s+")
_KREIS = regex.compile(
    r"^(?:Landkreis|Kreis|Region|Städteregion|Regionalverband)\s+", regex.IGNORECASE
)


def spellings(name: str) -> Iterator[str]:
    """Yield the other names inside a name: both halves of "Bautzen - Budyšin", no titles."""
    if " " not in name and "." not in name:
        yield name
        return
    for half in name.split(" - "):
        full = half.strip()
        for pattern, words in _ABBREVIATED:
            full = pattern.sub(words, full)
        yield full
        untitled = _TITLE.sub("", full)
        if untitled != full:
            yield untitled


@lru_cache(maxsize=20_000)
def head(name: str) -> str:
    """Return the name without what tells it from its namesakes."""
    if name.isalpha():
        return name
    return _TAIL.split(name, maxsplit=1)[0].strip() or name.strip("()")


def tail(name: str) -> tuple[str, ...]:
    """Return the words that tell the name from its namesakes, as written."""
    if name.isalpha():
        return ()
    found = tokens(name[len(head(name)) :])
    return tuple(token.raw for token in found if token.text not in CONNECTORS)


def connects(name: str) -> bool:
    """Whether a name goes on an earlier one: "in Bayern", "(Elbe)"."""
    return not name[0].isalpha() or tokens(name)[0].text in CONNECTORS


def core(kreis: str) -> str:
    """Return a Kreis name without "Landkreis" and the like."""
    return _KREIS.sub("", kreis)


def keys(name: str) -> Iterator[str]:
    """Yield the keys under which a name is looked up, with ä as a and as ae."""
    if name.isalpha():
        folded = fold(name)
        yield folded
        if folded != (spelled := spelled_out(name)):
            yield spelled
        return
    words = _SPLIT.split(name)
    yield key(fold(word) for word in words)
    if not name.isascii():
        yield key(spelled_out(word) for word in words)


def key(words: Iterable[str]) -> str:
    """Return folded words as one key: no spaces, "Sankt" short."""
    joined = "".join(["st" if word == "sankt" else word for word in words])
    return joined.replace("'", "") if "'" in joined else joined


def word_count(name: str) -> int:
    """Return how many words a name has."""
    return 1 if name.isalpha() else sum(map(bool, _SPLIT.split(name)))
