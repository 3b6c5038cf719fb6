"""What Telegram itself knows: the bot, the chats, the open queries, the updates."""

import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from .chats import Chat
from .messages import CallbackAnswer, InlineAnswer
from .parameters import Parameters
from .queries import OpenQueries
from .refusal import BLOCKED, NOT_A_MEMBER, bad_request, forbidden
from .updates import UpdateQueue


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered to, and how that went last."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_time: int = 0


@dataclass(slots=True)
class Profile:
    """What the bot says about itself, per language; commands also per scope."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)


class Cloud:
    """The state that calls read and change."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue()
        self.webhook = Webhook()
        self.profile = Profile(names={"": bot["first_name"]})
        self.callback_queries: OpenQueries[CallbackAnswer] = OpenQueries()
        self.inline_queries: OpenQueries[InlineAnswer] = OpenQueries()
        self.complaints: list[str] = []
        self._ids = itertools.count(1)
        self._query_ids = itertools.count(5_000_000_001)

    @property
    def username(self) -> str:
        """The name by which people mention the bot."""
        return str(self.bot["username"])

    def next_message_id(self) -> int:
        """Return an id that no message has yet."""
        return next(self._ids)

    def next_query_id(self) -> str:
        """Return an id that no callback or inline query has yet."""
        return str(next(self._query_ids))

    def complain(self, complaint: str) -> None:
        """Note what Telegram lets pass but a good bot does not do."""
        self.complaints.append(complaint)

    def hears(self, chat: Chat, message: dict[str, Any]) -> bool:
        """Whether a message of a person reaches the bot; in privacy mode not all do."""
        if chat.is_private or self.bot["can_read_all_group_messages"]:
            return not chat.is_left
        text = message.get("text", "")
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        is_meant = replied == self.bot["id"] or f"@{self.username}" in text or text[:1] == "/"
        return is_meant and not chat.is_left

    def find_chat(self, parameters: Parameters) -> Chat:
        """Return the chat that a call names, or refuse as Telegram does."""
        if not parameters.has("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(parameters.number("chat_id"))
        if chat is None or not chat.is_known:
            raise bad_request("chat not found")
        return chat

    def find_open_chat(self, parameters: Parameters) -> Chat:
        """Return the chat that a call names if the bot may write there."""
        chat = self.find_chat(parameters)
        if chat.is_blocked:
            raise forbidden(BLOCKED)
        if chat.is_left:
            raise forbidden(NOT_A_MEMBER)
        return chat


def now() -> int:
    """Return the time as Telegram writes it."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API: its name, what it takes, what it does."""

    name: str
    takes: frozenset[str]
    answer: Callable[[Cloud, Parameters], Awaitable[Any]]


def method(name: str, takes: str, answer: Callable[[Cloud, Parameters], Awaitable[Any]]) -> Method:
    """Return a method whose parameters are named in one string."""
    return Method(name, frozenset(takes.split()), answer)
