"""Update -> event -> dialog -> replies. No wording, no decision of the domain."""

import asyncio
import datetime
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Protocol

import structlog
from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.ext import ContextTypes

from bot.adapters.telegram.events import addressed, of_button, of_message
from bot.adapters.telegram.inline import answer_inline
from bot.adapters.telegram.order import Flood, Seen
from bot.adapters.telegram.rendering import Rendering
from bot.adapters.telegram.sending import Sender
from bot.core.chat import Chat, Forgotten, Record, Turn
from bot.core.dialog import Dialog
from bot.core.events import Asked, Event, SharedLocation
from bot.core.reply import Reply

_log = structlog.get_logger()
_QUESTIONS = 10_000  # last unanswered questions, in memory only

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
        self._questions: OrderedDict[int, str] = OrderedDict()

    async def on_message(self, update: Update, context: Context) -> None:
        """Answer a message, new or edited, in private or where it is addressed to the bot."""
        message = update.effective_message
        if not message or not message.from_user or self._seen.again(update.update_id):
            return
        private = message.chat.type == "private"
        bot = context.bot
        if message.from_user.is_bot or not (private or addressed(message, bot.username, bot.id)):
            return
        event = of_message(message, bot.username)
        if event is None:
            return
        level = self._flood.level(message.chat_id)
        chat = await self._load(message, private)
        if level:
            await self._on_flood(message, chat, level, context)
            return
        turn = await self._handle(chat, event)
        if private:
            await self._keep(message.chat_id, turn)
        else:
            turn = replace(turn, replies=_without_location(turn))
        answers = None if private else message.message_id
        await self._sender(context).send(message.chat_id, turn.replies, answers=answers)

    async def on_button(self, update: Update, context: Context) -> None:
        """Answer a pressed button: first the button itself, then with a message."""
        query = update.callback_query
        assert query  # CallbackQueryHandler let it through
        if self._seen.again(update.update_id):
            return
        sender = self._sender(context)
        message = query.message if isinstance(query.message, Message) else None
        if message is None or message.chat.type != "private":
            await sender.acknowledge(query, "")
            return
        chat = await self._load_for(query, message.chat_id)
        turn = await self._handle(chat, of_button(query))
        await sender.acknowledge(query, turn.toast)
        await self._keep(message.chat_id, turn)
        await sender.send(message.chat_id, turn.replies, pressed=message)

    async def on_inline(self, update: Update, context: Context) -> None:
        """Offer topics while somebody types `@bot words` anywhere in Telegram."""
        query = update.inline_query
        assert query  # InlineQueryHandler let it through
        await answer_inline(query, self._dialog(), self._today(), self._rendering(context))

    async def on_left(self, update: Update, _: Context) -> None:
        """Forget a person who blocked the bot."""
        change = update.my_chat_member
        assert change  # ChatMemberHandler let it through
        gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        if gone and change.chat.type == "private":
            self._questions.pop(change.chat.id, None)
            await self._chats.save(change.chat.id, Chat(), (Forgotten(),), self._today())

    async def on_failure(self, update: object, context: Context) -> None:
        """Say one calm sentence; the log gets the kind of error, never its words."""
        _log.error("failure", kind=type(context.error).__name__, where=_where(context.error))
        if not isinstance(update, Update) or not update.effective_chat:
            return
        user = update.effective_user
        chat = Chat(interface=(user.language_code or "")[:2] if user else "")
        turn = self._dialog().failure(chat, self._today())
        if update.effective_chat.type == "private":
            await self._sender(context).send(update.effective_chat.id, turn.replies)

    async def _handle(self, chat: Chat, event: Event) -> Turn:
        """Ask the dialog; what needs the matcher goes to the worker, the rest is quick."""
        dialog = self._dialog()
        if isinstance(event, Asked | SharedLocation):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(
                self._worker, dialog.handle, chat, event, self._today()
            )
        return dialog.handle(chat, event, self._today())

    async def _load(self, message: Message, private: bool) -> Chat:
        code = message.from_user.language_code if message.from_user else None
        # In a group nothing is remembered: a place or a topic would be everybody's.
        chat = await self._chats.load(message.chat_id) if private else Chat()
        return replace(chat, interface=(code or "")[:2])

    async def _load_for(self, query: CallbackQuery, chat_id: int) -> Chat:
        chat = await self._chats.load(chat_id)
        code = query.from_user.language_code
        question = self._questions.get(chat_id, "")
        return replace(chat, interface=(code or "")[:2], question=question)

    async def _keep(self, chat_id: int, turn: Turn) -> None:
        self._questions.pop(chat_id, None)
        if turn.chat.question:
            self._questions[chat_id] = turn.chat.question
            while len(self._questions) > _QUESTIONS:
                self._questions.popitem(last=False)
        await self._chats.save(chat_id, turn.chat, turn.records, self._today())

    async def _on_flood(self, message: Message, chat: Chat, level: int, context: Context) -> None:
        if level == 1:
            reply = self._dialog().said("other.flood", chat, self._today())
            await self._sender(context).send(message.chat_id, (reply,))

    def _rendering(self, context: Context) -> Rendering:
        return Rendering(self._dialog().knowledge.languages, context.bot.username)

    def _sender(self, context: Context) -> Sender:
        return Sender(context.bot, self._rendering(context))


def _without_location(turn: Turn) -> tuple[Reply, ...]:
    """A group has no key to share a location; the question for the place stays."""
    return tuple(replace(reply, wants_location="", pin=None) for reply in turn.replies)


def _where(error: BaseException | None) -> str:
    """Return file and line of the innermost frame, which hold no words of people."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
