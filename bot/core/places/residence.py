"""Of several places in a text, the one where the person lives: its offices are responsible."""

from collections.abc import Sequence

from bot.core.places.evidence import Text
from bot.core.places.mention import Likeness, Mention
from bot.core.places.words import Role

_JUST_BEFORE = 2  # "in der Nähe von Köln"
_HOME_BEFORE = 3  # "ich wohne seit 2020 in Köln"


def well_spelled(mentions: Sequence[Mention]) -> list[Mention]:
    """Drop misspelled names beside others that need no guess."""
    right = [mention for mention in mentions if mention.likeness is not Likeness.MISSPELLED]
    return right or list(mentions)


def at_home(text: Text, mentions: Sequence[Mention]) -> list[Mention]:
    """Keep where the person lives: not what that is near, not where they moved from."""
    places = [m for m in mentions if not _marked(text, m, Role.NEAR, _JUST_BEFORE)]
    places = places or list(mentions)
    if any(text.words.has(token.text, Role.MOVE) for token in text.tokens):
        left = [m for m in places if not _marked(text, m, Role.FROM, 1)]
        places = left or places
    homes = [m for m in places if _marked(text, m, Role.HOME, _HOME_BEFORE)]
    return homes or places


def _marked(text: Text, mention: Mention, role: Role, reach: int) -> bool:
    """Whether a word of the role stands shortly before, or right behind the mention."""
    before = text.tokens[max(0, mention.start - reach) : mention.start]
    if role is Role.HOME:
        before = (*before, *text.tokens[mention.end : mention.end + 1])
    return any(text.words.has(token.text, role) for token in before)
