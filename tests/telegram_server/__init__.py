"""A strict local Telegram Bot API server: what Telegram refuses, it refuses."""

from .chats import Chat, NotSeenError
from .faults import Fault
from .messages import (
    Button,
    Call,
    CallbackAnswer,
    InlineAnswer,
    InlineResult,
    PersonMessage,
    Place,
    RefusedCall,
    SentMessage,
)
from .people import Group, Person
from .queries import Query
from .server import BotApiServer

__all__ = [
    "BotApiServer",
    "Button",
    "Call",
    "CallbackAnswer",
    "Chat",
    "Fault",
    "Group",
    "InlineAnswer",
    "InlineResult",
    "NotSeenError",
    "Person",
    "PersonMessage",
    "Place",
    "Query",
    "RefusedCall",
    "SentMessage",
]
