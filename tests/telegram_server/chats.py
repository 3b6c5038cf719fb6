"""A chat: what was written in it, and waiting for what the bot writes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .messages import Button, SentMessage


class NotSeenError(AssertionError):
    """The bot did not write in time what a test waited for."""


@dataclass(slots=True)
class Stored:
    """A message in a chat: as bots get it, and (for the bot's own) as people see it."""

    json: dict[str, Any]
    sent: SentMessage | None = None


class Chat:
    """One chat as Telegram keeps it, with a log of all that the bot showed in it."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.description = description
        self.id: int = description["id"]
        self.is_private = description["type"] == "private"
        self.is_known = not self.is_private
        self.is_blocked = False
        self.is_left = False
        self.messages: dict[int, Stored] = {}
        self.shown: list[SentMessage] = []
        self.actions: list[str] = []
        self._changed = asyncio.Condition()

    @property
    def bot_messages(self) -> list[SentMessage]:
        """The messages of the bot that stand in the chat now, oldest first."""
        return [stored.sent for stored in self.messages.values() if stored.sent]

    def keep(self, json: dict[str, Any]) -> None:
        """Keep a message of a person."""
        self.messages[json["message_id"]] = Stored(json)

    def callback_message(self, message_id: int) -> dict[str, Any]:
        """Return the message of a pressed button; date 0 if it is gone, as Telegram does."""
        stored = self.messages.get(message_id)
        if stored is not None:
            return stored.json
        return {"chat": self.description, "message_id": message_id, "date": 0}

    def quoted(self, message_id: int) -> dict[str, Any]:
        """Return a message as it stands in a reply to it: without what it replied to itself."""
        json = self.messages[message_id].json
        return {name: value for name, value in json.items() if name != "reply_to_message"}

    async def show(self, json: dict[str, Any], sent: SentMessage) -> None:
        """Keep a new or edited message of the bot and wake who waits for it."""
        async with self._changed:
            self.messages[sent.message_id] = Stored(json, sent)
            self.shown.append(sent)
            self._changed.notify_all()

    async def wait_for(self, count: int, timeout: float = 5.0) -> list[SentMessage]:  # noqa: ASYNC109
        """Return all that the bot showed, once that is `count` messages and edits or more."""
        await self.wait_until(lambda: len(self.shown) >= count, timeout, f"{count} in all")
        return list(self.shown)

    async def wait_until(self, seen: Callable[[], bool], seconds: float, wanted: str) -> None:
        """Wait until something is true of the chat, or fail with what is in it instead."""
        async with self._changed:
            try:
                async with asyncio.timeout(seconds):
                    await self._changed.wait_for(seen)
            except TimeoutError:
                raise NotSeenError(self._unseen(wanted, seconds)) from None

    def find_button(self, wanted: str) -> tuple[int, Button]:
        """Return the newest button with this label or callback data, and its message."""
        for message_id in reversed(self.messages):
            sent = self.messages[message_id].sent
            button = matching_button(sent, wanted) if sent else None
            if button:
                return message_id, button
        labels = [label for sent in self.bot_messages for label in sent.labels]
        raise NotSeenError(f"no button {wanted!r} in chat {self.id}; there are {labels}")

    def _unseen(self, wanted: str, seconds: float) -> str:
        texts = [message.text for message in self.shown[-5:]]
        return (
            f"waited {seconds:g} s for messages in chat {self.id}: {wanted}; "
            f"the bot showed {len(self.shown)}, the last were {texts}"
        )


def matching_button(message: SentMessage, wanted: str) -> Button | None:
    """Return the button with this label, else the one whose callback data starts with it."""
    buttons = [button for row in message.buttons for button in row]
    for button in buttons:
        if button.label == wanted:
            return button
    for button in buttons:
        if button.data is not None and button.data.startswith(wanted):
            return button
    return None
