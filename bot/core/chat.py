"""What is remembered of a chat, and what one turn of it gives back."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from bot.core.model import LanguageCode, TopicId
from bot.core.reply import Reply


@dataclass(frozen=True, slots=True)
class Chat:
    """The state of one conversation; only language, spoken, place and topic are ever saved."""

    language: LanguageCode = ""  # chosen by the person
    spoken: LanguageCode = ""  # guessed from the last clear question
    interface: LanguageCode = ""  # of the person's Telegram, told with every message, not saved
    place: str = ""  # key of the remembered place
    topic: TopicId = ""  # last topic answered
    waits_for_place: TopicId = ""  # what to go on with as soon as a place is named
    question: str = ""  # last question that was not answered, offered to the editors
    group: bool = False  # others read along, so nothing is remembered
    last_contact: str = ""  # day of the message before this one, as 2026-11-22


class Outcome(StrEnum):
    """What came of a question; counted by day, topic and language."""

    ANSWERED = "answered"
    CHOICE = "choice"
    CHOSEN = "chosen"
    REFERRED = "referred"
    UNKNOWN = "unknown"
    PLACE = "place"
    SAFETY = "safety"
    GOOD = "good"
    BAD = "bad"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Counted:
    """One more of an outcome; says nothing about who."""

    topic: str
    language: LanguageCode
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SentToEditors:
    """A scrubbed question that its writer asked to pass on."""

    text: str
    language: LanguageCode


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The person asked that everything about the chat be deleted."""


Record = Counted | SentToEditors | Forgotten


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of an event: the new state, what to say, what to count."""

    chat: Chat
    replies: tuple[Reply, ...]
    records: tuple[Record, ...] = ()
    toast: str = ""  # a word shown at once when a button was pressed


@dataclass(frozen=True, slots=True)
class Now:
    """The day and the language in which a reply is made."""

    language: LanguageCode
    today: datetime.date
