"""Whether enough speaks for a word being a place: ordinary words and villages need more."""

from bot.core.places import sound
from bot.core.places.evidence import Text, caseless
from bot.core.places.mention import Likeness, Mention
from bot.core.places.spots import Level

BIG_TOWN = 100_000
# So many people make a town meant in small letters though its name is a word ("in essen"):
_SPOKEN_TOWN = 200_000  # after a preposition
_TOWN_ALONE = 500_000  # as the whole message
LONG_WORD = 7
_SHORT_NAME = 5
SHORTEST = 3
_HEARD_VILLAGE = 6


def speaks_for(text: Text, mention: Mention, *, asked: bool) -> bool:
    """Whether enough speaks for a name; `asked`: people ask other things with its words.

    Ordinary words and unknown villages need more than a known town.
    """
    tokens = text.tokens[mention.start : mention.end]
    ordinary = all(text.words.ordinary(token.spelled) for token in tokens)
    shown = mention.evidence
    visible = shown.capital or caseless(text, tokens[0])
    if ordinary and mention.likeness is not Likeness.SAME:
        return False
    if len(tokens) > 1 and mention.known:
        return visible or shown.strong
    if ordinary and _numbered(text, mention):
        return False
    if ordinary or (mention.form and text.words.ordinary(mention.form)):
        arabic = sound.script(tokens[0].text) == "arabic"
        return _ordinary_speaks(mention, visible, arabic=arabic)
    if mention.likeness >= Likeness.HEARD:
        return not asked and _heard_speaks(text, mention, visible)
    if len(tokens) > 1:
        return visible or shown.strong
    biggest = max(spot.population for spot in mention.spots)
    if biggest >= BIG_TOWN and len(tokens[0].text) >= 4:
        return True
    if biggest >= _TOWN_ALONE and text.brief:
        return True
    if mention.known:
        return shown.strong or shown.capital or (visible and _asking(text, mention))
    if mention.likeness is Likeness.INFLECTED and asked:
        return False
    return (shown.strong or not asked) and _village_speaks(text, mention, visible)


def _ordinary_speaks(mention: Mention, visible: bool, *, arabic: bool) -> bool:
    shown = mention.evidence
    if mention.known and not shown.capital:
        return visible and _small_letters_speak(mention, arabic=arabic)
    if mention.known:
        return (shown.strong and not shown.weak) or (shown.weak and shown.lives)
    return shown.capital and shown.strong and (shown.lives or shown.town)


def _small_letters_speak(mention: Mention, *, arabic: bool) -> bool:
    """Whether a word in small letters is rather the known town ("in essen")."""
    shown = mention.evidence
    largest = max(spot.population for spot in mention.spots)
    if shown.alone and not shown.located:
        return largest >= (_SPOKEN_TOWN if arabic else _TOWN_ALONE)
    if shown.located:
        return shown.lives or largest >= _SPOKEN_TOWN
    return shown.office or (arabic and shown.town)


def _heard_speaks(text: Text, mention: Mention, visible: bool) -> bool:
    shown = mention.evidence
    if mention.known:
        token = text.tokens[mention.start]
        named = sound.script(token.text) == "cyrillic" and shown.capital and mention.start > 0
        long = len(token.text) >= LONG_WORD
        return visible and (shown.strong or shown.weak or named or long)
    if mention.spots[0].level is Level.LOCALITY:
        return False
    heard = max(len(token.text) for token in text.tokens[mention.start : mention.end])
    if heard < _HEARD_VILLAGE or not visible:
        return False
    return shown.strong and (shown.capital or shown.lives or shown.town or text.about_office)


def _numbered(text: Text, mention: Mention) -> bool:
    """Whether it is "Halle 3" or "Hof B": one of several, no town."""
    after = text.tokens[mention.end : mention.end + 1]
    return any(len(token.text) == 1 or (token.number and len(token.text) < 4) for token in after)


def _asking(text: Text, mention: Mention) -> bool:
    """Whether the rest of a text without capitals makes a place likely."""
    last = mention.end == len(text.tokens)
    long = len(text.tokens[mention.start].text) > _SHORT_NAME
    return long or mention.evidence.weak or text.short or text.about_office or last


def _village_speaks(text: Text, mention: Mention, visible: bool) -> bool:
    shown = mention.evidence
    length = len(text.tokens[mention.start].text)
    if shown.strong:
        return visible and length >= SHORTEST
    if shown.weak:
        return shown.capital and length >= 4
    edge = text.short or mention.start == 0 or mention.end == len(text.tokens)
    return length >= 5 and edge and (shown.capital or (text.caseless and text.short))
