"""A button's action in at most 64 bytes, and back."""

from bot.core.reply import Action, Verb

LIMIT = 64  # bytes, Telegram's own limit
_APART = "|"
_LIVING = "~"  # before the data of buttons whose message may be replaced


def encoded(action: Action, *, living: bool = False) -> str:
    """Return what travels with the button; ValueError if it would not fit."""
    data = _APART.join((action.verb.value, action.first, action.second)).rstrip(_APART)
    data = _LIVING + data if living else data
    if len(data.encode()) > LIMIT:
        raise ValueError(f"a button's data has more than {LIMIT} bytes: {data}")
    return data


def decoded(data: str) -> Action | None:
    """Return the action, or None for a button that an older program made."""
    verb, _, ids = data.removeprefix(_LIVING).partition(_APART)
    first, _, second = ids.partition(_APART)
    try:
        return Action(Verb(verb), first, second)
    except ValueError:
        return None


def is_living(data: str) -> bool:
    """Whether the button stands below a menu that may be replaced by the next screen."""
    return data.startswith(_LIVING)
