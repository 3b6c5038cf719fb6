"""What a person does, whatever the chat program."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.reply import Action


class Command(StrEnum):
    """The commands of the menu; each is also reachable by a button."""

    HELP = "help"
    LANGUAGE = "language"
    MENU = "menu"
    PLACE = "place"
    PRIVACY = "privacy"
    SETTINGS = "settings"
    MYDATA = "mydata"
    DELETE = "delete"


class Sent(StrEnum):
    """What people send besides text; nothing of it is downloaded."""

    VOICE = "voice"
    PHOTO = "photo"
    DOCUMENT = "document"
    STICKER = "sticker"
    CONTACT = "contact"
    POLL = "poll"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Started:
    """The person opened the bot, perhaps by a link with a payload such as `topic_job_search`."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The person typed words."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person pressed a button."""

    action: Action


@dataclass(frozen=True, slots=True)
class Commanded:
    """The person gave a command."""

    command: Command


@dataclass(frozen=True, slots=True)
class SharedLocation:
    """The person shared a location, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class SentThing:
    """The person sent something that is no text."""

    kind: Sent


@dataclass(frozen=True, slots=True)
class PressedOldButton:
    """The person pressed a button that this program does not know any more."""


Event = Started | Asked | Pressed | Commanded | SharedLocation | SentThing | PressedOldButton

_OTHER_NAMES = {"topics": Command.MENU, "office": Command.PLACE, "jobcenter": Command.PLACE}


def of_command(text: str) -> Started | Commanded | None:
    """Return the event of a line such as `/menu` or `/start topic_x`; None if we have no such."""
    first, _, rest = text.partition(" ")
    if not first.startswith("/"):
        return None
    name = first[1:].partition("@")[0].casefold()
    if name == "start":
        return Started(rest.strip())
    if name in _OTHER_NAMES:
        return Commanded(_OTHER_NAMES[name])
    return Commanded(Command(name)) if name in set(Command) else None
