"""Send replies; what Telegram refuses for good reason is swallowed or sent anew."""

import structlog
from telegram import Bot, CallbackQuery, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden

from bot.adapters.telegram.rendering import Rendering
from bot.core.reply import Reply

_log = structlog.get_logger()
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_TOO_LATE = ("query is too old", "query id is invalid")


class Sender:
    """Says replies in a chat; keeps to one living message where a reply may replace it."""

    def __init__(self, bot: Bot, rendering: Rendering) -> None:
        self._bot = bot
        self._rendering = rendering

    async def send(
        self, chat_id: int, replies: tuple[Reply, ...], *, pressed: Message | None = None,
        living: bool = False, answers: int | None = None,
    ) -> None:  # fmt: skip
        """Send `replies` in order.

        A living one replaces the `pressed` message if that is living itself; an answer stays.
        """
        try:
            for reply in replies:
                if pressed and (reply.only_buttons or (reply.living and living)):
                    await self._edit(pressed, reply)
                else:
                    await self._new(chat_id, reply, answers)
                pressed = None  # a second reply never overwrites the first
        except Forbidden:
            _log.info("blocked")  # the person does not want us; nothing to repeat

    async def acknowledge(self, query: CallbackQuery, text: str) -> None:
        """Answer a pressed button, which ends its waiting mark."""
        try:
            await query.answer(text[:200] or None)
        except BadRequest as error:
            if not any(known in error.message.lower() for known in _TOO_LATE):
                raise

    async def _new(self, chat_id: int, reply: Reply, answers: int | None) -> None:
        await self._bot.send_message(
            chat_id,
            self._rendering.html(reply),
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=self._rendering.keyboard(reply),
            reply_to_message_id=answers,
            allow_sending_without_reply=True if answers else None,
        )
        if reply.pin:
            pin = reply.pin
            await self._bot.send_venue(chat_id, pin.latitude, pin.longitude, pin.title, pin.address)

    async def _edit(self, pressed: Message, reply: Reply) -> None:
        keyboard = self._rendering.keyboard(reply)
        try:
            if reply.only_buttons:
                await pressed.edit_reply_markup(keyboard)  # type: ignore[arg-type]
            else:
                await pressed.edit_text(
                    self._rendering.html(reply),
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard,  # type: ignore[arg-type]
                )
        except BadRequest as error:
            message = error.message.lower()
            if any(known in message for known in _GONE):
                await self._new(pressed.chat_id, reply, None)
            elif _UNCHANGED not in message:
                raise
