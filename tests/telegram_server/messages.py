"""What a test gets to see: messages, buttons, answers, calls."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message, or one in place of the keyboard."""

    label: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    asks_location: bool = False
    asks_contact: bool = False


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, as the bot sent it; title and address only in a venue."""

    latitude: float
    longitude: float
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message of the bot as it stood at one moment; an edit makes a new one."""

    message_id: int
    chat_id: int
    text: str
    html: str
    entities: tuple[dict[str, Any], ...] = ()
    buttons: Rows = ()
    reply_keyboard: Rows | None = None
    removes_keyboard: bool = False
    forces_reply: bool = False
    venue: Place | None = None
    location: Place | None = None
    has_photo: bool = False
    edited_times: int = 0
    reply_to: int | None = None
    parameters: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all buttons under the message, row after row."""
        return tuple(button.label for row in self.buttons for button in row)


@dataclass(frozen=True, slots=True)
class PersonMessage:
    """A message of a person, to be edited or replied to later."""

    message_id: int
    chat_id: int
    text: str


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot answered to a pressed button."""

    text: str
    show_alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One line that the bot offers in inline mode."""

    id: str
    type: str
    title: str
    description: str
    text: str
    html: str
    buttons: Rows


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot answered to an inline query."""

    results: tuple[InlineResult, ...]
    is_personal: bool
    cache_time: int
    next_offset: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot, as it came in; `time` is from a clock that never goes back."""

    method: str
    parameters: dict[str, Any]
    time: float


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """A call of the bot that was refused, whether by the rules or by an injected fault."""

    method: str
    code: int
    description: str
    injected: bool = False
