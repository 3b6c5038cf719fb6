"""Update -> event -> dialog -> replies. No wording, no decision of the domain."""

import asyncio
import datetime
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, TypeVar

import structlog
from telegram import ChatMember, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.adapters.telegram.callback_data import is_living
from bot.adapters.telegram.events import addressed, of_button, of_message
from bot.adapters.telegram.inline import answer_inline, find_inline
from bot.adapters.telegram.order import Flood, Seen
from bot.adapters.telegram.rendering import Rendering
from bot.adapters.telegram.sending import Sender
from bot.core.chat import Chat, Forgotten, Record, Turn
from bot.core.dialog import Dialog
from bot.core.events import Asked, Event, Pressed, SharedLocation, Started

_log = structlog.get_logger()
_PENDING = 10_000  # chats with a question or a place under way, in memory only

T = TypeVar("T")
Context = ContextTypes.DEFAULT_TYPE


class Chats(Protocol):
    """Where chats are remembered."""

    async def load(self, chat_id: int) -> Chat: ...

    async def save(
        self, chat_id: int, chat: Chat, records: Sequence[Record], today: datetime.date
    ) -> None: ...


class Handlers:
    """Handles every kind of update; `dialog` is asked anew each time, so it can be swapped."""

    def __init__(
        self,
        dialog: Callable[[], Dialog],
        chats: Chats,
        today: Callable[[], datetime.date],
        worker: Executor,
    ) -> None:
        self._dialog = dialog
        self._chats = chats
        self._today = today
        self._worker = worker  # one thread: the encoder works on one question at a time
        self._seen = Seen()
        self._flood = Flood()
        self._pending: OrderedDict[int, tuple[str, str]] = OrderedDict()

    async def on_message(self, update: Update, context: Context) -> None:
        """Answer a message, new or edited, in private or where it is addressed to the bot."""
        message = update.effective_message
        bot = context.bot
        if not message or not self._is_ours(update, message, bot.username, bot.id):
            return
        event = of_message(message, bot.username)
        level = self._flood.level(message.chat_id)
        if event is None or level > 1:
            return
        private = message.chat.type == "private"
        code = message.from_user.language_code if message.from_user else None
        chat = await self._load(message.chat_id, code, private=private)
        sender = self._sender(context)
        if level:
            flood = self._dialog().said("other.flood", chat, self._today())
            await sender.send(message.chat_id, (flood,))
            return
        turn = await self._handle(chat, event)
        if private:
            await self._keep(message.chat_id, chat, turn)
        answers = None if private else message.message_id
        await sender.send(message.chat_id, turn.replies, answers=answers)

    async def on_button(self, update: Update, context: Context) -> None:
        """Answer a pressed button: first the button itself, then with a message."""
        query = update.callback_query
        assert query  # CallbackQueryHandler let it through
        if self._seen.again(update.update_id):
            return
        sender = self._sender(context)
        message = query.message
        if message is None or message.chat.type != "private":
            await sender.acknowledge(query, "")
            return
        chat_id = message.chat.id
        chat = await self._load(chat_id, query.from_user.language_code, private=True)
        turn = await self._handle(chat, of_button(query))
        await sender.acknowledge(query, turn.toast)
        await self._keep(chat_id, chat, turn)
        pressed = message if isinstance(message, Message) else None
        living = is_living(query.data or "")
        await sender.send(chat_id, turn.replies, pressed=pressed, living=living)

    async def on_inline(self, update: Update, context: Context) -> None:
        """Offer topics while somebody types `@bot words` anywhere in Telegram."""
        query = update.inline_query
        assert query  # InlineQueryHandler let it through
        found = await self._at_work(find_inline, query, self._dialog(), self._today())
        await answer_inline(query, found, self._rendering(context))

    async def on_left(self, update: Update, _: Context) -> None:
        """Forget a person who blocked the bot."""
        change = update.my_chat_member
        assert change  # ChatMemberHandler let it through
        gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        if gone and change.chat.type == "private":
            self._pending.pop(change.chat.id, None)
            await self._chats.save(change.chat.id, Chat(), (Forgotten(),), self._today())

    async def on_failure(self, update: object, context: Context) -> None:
        """Say one calm sentence; the log gets the kind of error, never its words."""
        _log.error("failure", kind=type(context.error).__name__, where=_where(context.error))
        if not isinstance(update, Update) or not update.effective_chat:
            return
        if update.effective_chat.type != "private":
            return
        code = update.effective_user.language_code if update.effective_user else None
        try:
            chat = await self._load(update.effective_chat.id, code, private=True)
        except Exception:  # the store itself may be what failed
            chat = Chat(interface=(code or "")[:2])
        sorry = self._dialog().failure(chat, self._today())
        with suppress(TelegramError):
            await self._sender(context).send(update.effective_chat.id, (sorry,))

    def _is_ours(self, update: Update, message: Message, bot_name: str, bot_id: int) -> bool:
        """Whether to answer: a person's new words, addressed to us, not seen before."""
        if not message.from_user or message.from_user.is_bot:
            return False
        if message.chat.type != "private" and not addressed(message, bot_name, bot_id):
            return False
        if update.edited_message and message.location:
            return False  # a shared live location moves on by edits
        album = message.media_group_id
        return not self._seen.again(update.update_id) and not (album and self._seen.again(album))

    async def _handle(self, chat: Chat, event: Event) -> Turn:
        """Ask the dialog; what needs matcher or finder goes to the worker, the rest is quick."""
        dialog = self._dialog()
        heavy = isinstance(event, Asked | SharedLocation | Started)
        if heavy or (chat.question and isinstance(event, Pressed)):
            return await self._at_work(dialog.handle, chat, event, self._today())
        return dialog.handle(chat, event, self._today())

    async def _at_work(self, ask: Callable[..., T], *arguments: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, ask, *arguments)

    async def _load(self, chat_id: int, language_code: str | None, *, private: bool) -> Chat:
        """Return the chat with what is only in memory; of a group nothing is remembered."""
        interface = (language_code or "")[:2]
        if not private:
            return Chat(interface=interface, group=True)
        question, waits = self._pending.get(chat_id, ("", ""))
        chat = await self._chats.load(chat_id)
        return replace(chat, interface=interface, question=question, waits_for_place=waits)

    async def _keep(self, chat_id: int, before: Chat, turn: Turn) -> None:
        """Remember what changed; a screen that only leads on costs no writing."""
        self._pending.pop(chat_id, None)
        if turn.chat.question or turn.chat.waits_for_place:
            self._pending[chat_id] = (turn.chat.question, turn.chat.waits_for_place)
            while len(self._pending) > _PENDING:
                self._pending.popitem(last=False)
        today = self._today()
        lasting = replace(turn.chat, question=before.question, waits_for_place="")
        same = lasting == replace(before, waits_for_place="")
        if turn.records or not same or before.last_contact not in ("", today.isoformat()):
            await self._chats.save(chat_id, turn.chat, turn.records, today)

    def _rendering(self, context: Context) -> Rendering:
        return Rendering(self._dialog().knowledge.languages, context.bot.username)

    def _sender(self, context: Context) -> Sender:
        return Sender(context.bot, self._rendering(context))


def _where(error: BaseException | None) -> str:
    """Return file and line of the innermost frame, which hold no words of people."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
