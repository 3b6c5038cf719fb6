"""A button's action in at most 64 bytes, and back."""

from bot.core.reply import Action, Verb

LIMIT = 64  # bytes, Telegram's own limit
_APART = "|"


def encoded(action: Action) -> str:
    """Return what travels with the button; ValueError if it would not fit."""
    data = _APART.join((action.verb.value, action.first, action.second)).rstrip(_APART)
    if len(data.encode()) > LIMIT:
        raise ValueError(f"a button's data has more than {LIMIT} bytes: {data}")
    return data


def decoded(data: str) -> Action | None:
    """Return the action, or None for a button that an older program made."""
    verb, _, ids = data.partition(_APART)
    first, _, second = ids.partition(_APART)
    try:
        return Action(Verb(verb), first, second)
    except ValueError:
        return None
