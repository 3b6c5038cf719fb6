"""The people whom a test plays: what they do becomes updates for the bot."""

from typing import Any

from .chats import Chat, NotSeenError, matching_button
from .cloud import Cloud, now
from .contents import (
    CONTACT,
    DOCUMENT,
    POLL,
    STICKER,
    VIDEO_NOTE,
    VOICE,
    forward_content,
    location_content,
    member_content,
    photo_content,
    text_content,
)
from .messages import (
    Button,
    CallbackAnswer,
    InlineAnswer,
    PersonMessage,
    SentMessage,
)
from .queries import Query
from .watching import Watcher

MAX_INLINE_QUERY = 256


class Group(Watcher):
    """A group that the bot is in; people write there with `types_in_group`."""


class Person(Watcher):
    """Somebody with Telegram, and the private chat with the bot."""

    def __init__(self, cloud: Cloud, user: dict[str, Any], chat: Chat) -> None:
        super().__init__(chat)
        self.id: int = user["id"]
        self._cloud = cloud
        self._user = user

    def has_written_before(self) -> "Person":
        """Open the chat without an update, so that the bot may write first."""
        self.chat.is_known = True
        return self

    async def starts(self, payload: str = "") -> PersonMessage:
        """Press Start, perhaps behind a deep link; this also ends a block."""
        if self.chat.is_blocked:
            self.chat.is_blocked = False
            await self._changes_membership(self.chat, "kicked", "member")
        return await self.types(f"/start {payload}".rstrip())

    async def types(
        self, text: str, *, reply_to: SentMessage | PersonMessage | None = None
    ) -> PersonMessage:
        """Write a text into the private chat."""
        return await self._writes(self.chat, text_content(text), reply_to=reply_to)

    async def types_in_group(
        self,
        group: Group,
        text: str,
        *,
        mention: bool = False,
        reply_to: SentMessage | PersonMessage | None = None,
    ) -> PersonMessage:
        """Write a text into a group, perhaps with the bot's name in front."""
        text = f"@{self._cloud.username} {text}" if mention else text
        return await self._writes(group.chat, text_content(text), reply_to=reply_to)

    async def presses(
        self, wanted: str, *, under: SentMessage | None = None, group: Group | None = None
    ) -> Query[CallbackAnswer]:
        """Press the newest button with this label or start of callback data.

        `under` names the message as the person saw it, so that an outdated button of a
        message that has changed since can be pressed, too.
        """
        chat = group.chat if group else self.chat
        message_id, button = _button(chat, wanted, under)
        if button.data is None:
            raise NotSeenError(f"button {button.label!r} sends the bot nothing: {button}")
        query: Query[CallbackAnswer] = Query(self._cloud.next_query_id())
        self._cloud.callback_queries.add(query)
        content = {
            "id": query.id,
            "from": self._user,
            "message": chat.callback_message(message_id),
            "chat_instance": str(chat.id),
            "data": button.data,
        }
        await self._cloud.updates.put("callback_query", content)
        return query

    async def edits(self, message: PersonMessage, text: str) -> None:
        """Change a text that this person wrote."""
        chat = self._cloud.chats[message.chat_id]
        before = chat.messages[message.message_id].json
        kept = {name: value for name, value in before.items() if name != "entities"}
        json = {**kept, **text_content(text), "edit_date": now()}
        chat.keep(json)
        await self._cloud.updates.put("edited_message", json)

    async def forwards(self, text: str, *, author: str = "Somebody") -> PersonMessage:
        """Send on what somebody else wrote."""
        return await self._writes(self.chat, forward_content(text, author, now()))

    async def shares_location(self, latitude: float, longitude: float) -> PersonMessage:
        """Send a point on the map."""
        return await self._writes(self.chat, location_content(latitude, longitude))

    async def sends_voice(self) -> PersonMessage:
        """Send a voice message."""
        return await self._writes(self.chat, VOICE)

    async def sends_photo(self, caption: str = "") -> PersonMessage:
        """Send a photo."""
        return await self._writes(self.chat, photo_content(caption))

    async def sends_document(self) -> PersonMessage:
        """Send a file."""
        return await self._writes(self.chat, DOCUMENT)

    async def sends_sticker(self) -> PersonMessage:
        """Send a sticker."""
        return await self._writes(self.chat, STICKER)

    async def sends_contact(self) -> PersonMessage:
        """Send an entry of the address book."""
        return await self._writes(self.chat, CONTACT)

    async def sends_poll(self) -> PersonMessage:
        """Send a poll."""
        return await self._writes(self.chat, POLL)

    async def sends_video_note(self) -> PersonMessage:
        """Send a round video."""
        return await self._writes(self.chat, VIDEO_NOTE)

    async def inline(self, text: str, *, offset: str = "") -> Query[InlineAnswer]:
        """Type behind the name of the bot in some other chat."""
        query: Query[InlineAnswer] = Query(self._cloud.next_query_id())
        self._cloud.inline_queries.add(query)
        content = {
            "id": query.id,
            "from": self._user,
            "query": text[:MAX_INLINE_QUERY],
            "offset": offset,
            "chat_type": "private",
        }
        await self._cloud.updates.put("inline_query", content)
        return query

    async def blocks_the_bot(self) -> None:
        """Block the bot; from now on it gets 403."""
        self.chat.is_blocked = True
        await self._changes_membership(self.chat, "member", "kicked")

    async def adds_the_bot(self, group: Group) -> None:
        """Bring the bot into a group (back, if it had left)."""
        group.chat.is_left = False
        await self._changes_membership(group.chat, "left", "member")

    async def removes_the_bot(self, group: Group) -> None:
        """Take the bot out of a group; from now on it gets 403."""
        group.chat.is_left = True
        await self._changes_membership(group.chat, "member", "kicked")

    async def _writes(
        self,
        chat: Chat,
        content: dict[str, Any],
        *,
        reply_to: SentMessage | PersonMessage | None = None,
    ) -> PersonMessage:
        if chat.is_blocked:
            raise AssertionError("who blocked the bot cannot write to it; use starts()")
        chat.is_known = True
        json = {
            "message_id": self._cloud.next_message_id(),
            "from": self._user,
            "chat": chat.description,
            "date": now(),
            **content,
        }
        if reply_to is not None:
            json["reply_to_message"] = chat.quoted(reply_to.message_id)
        chat.keep(json)
        if self._cloud.hears(chat, json):
            await self._cloud.updates.put("message", json)
        return PersonMessage(json["message_id"], chat.id, content.get("text", ""))

    async def _changes_membership(self, chat: Chat, before: str, after: str) -> None:
        content = {
            "chat": chat.description,
            "from": self._user,
            "date": now(),
            "old_chat_member": member_content(self._cloud.bot, before),
            "new_chat_member": member_content(self._cloud.bot, after),
        }
        await self._cloud.updates.put("my_chat_member", content)


def _button(chat: Chat, wanted: str, under: SentMessage | None) -> tuple[int, Button]:
    if under is None:
        return chat.find_button(wanted)
    button = matching_button(under, wanted)
    if button is None:
        raise NotSeenError(f"no button {wanted!r} under {under.text!r}: {under.labels}")
    return under.message_id, button
