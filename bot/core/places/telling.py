"""What follows a name and tells which of its namesakes is meant: Frankfurt (Oder), Halle/S."""

from bot.core.places import names, sound
from bot.core.places.evidence import Text
from bot.core.places.folding import Token
from bot.core.places.gazetteer import Gazetteer
from bot.core.places.spots import Spot, Spots, unique

_REACH = 4  # words: "Neustadt an der Aisch"
_SHORTEST = 3


def told_apart(gazetteer: Gazetteer, text: Text, end: int, spots: Spots) -> tuple[Spots, int]:
    """Return the namesakes whose telling word follows, and the token behind that word.

    Without such a word it is `spots` and `end`.
    """
    joined = False
    for index in range(end, min(end + _REACH, len(text.tokens))):
        gap = text.gap(index - 1, index)
        if any(sign in gap for sign in ",;:!?\n"):
            break
        joined = joined or any(sign in gap for sign in "/(.")
        if _connects(text, index):
            joined = True
            continue
        namesakes = unique((*spots, *gazetteer.namesakes(spots)))
        kept = _telling(text.tokens[index], namesakes, joined)
        return (kept, index + 1) if kept else (spots, end)
    return spots, end


def _connects(text: Text, index: int) -> bool:
    """Whether the word only joins a name with what tells it: "am", "a.d."."""
    if text.tokens[index].text not in names.CONNECTORS or index + 1 >= len(text.tokens):
        return False
    return not text.gap(index, index + 1).strip(" .-")


def _telling(token: Token, spots: Spots, joined: bool) -> Spots:
    if token.number or (len(token.text) < _SHORTEST and not joined):
        return ()
    return tuple(spot for spot in spots if _has_tail(spot, token))


def _has_tail(spot: Spot, token: Token) -> bool:
    writing = sound.script(token.text)
    for word in spot.tail:
        if writing == "arabic":
            if len(word) > 2 and sound.arabic(token.text) in sound.skeletons(word):
                return True
        elif _begins(word, token, writing):
            return True
    return False


def _begins(word: str, token: Token, writing: str) -> bool:
    """Whether the token abbreviates or inflects the telling word (a sound key)."""
    if writing == "latin":
        heard = sound.german(token.raw)
        return word.startswith(heard) or (len(word) > 3 and heard.startswith(word[:-1]))
    stems = (token.text, *sound.cyrillic_stems(token.text))
    return any(_alike(sound.cyrillic(stem), word) for stem in stems)


def _alike(heard: str, word: str) -> bool:
    return len(heard) >= _SHORTEST and (heard == word or heard == word[:-1])
