"""Inline mode: topics to share in any chat."""

import datetime

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.adapters.telegram.rendering import Rendering
from bot.core.chat import Chat
from bot.core.dialog import Dialog, Found
from bot.core.reply import PartKind

_CACHED = 300  # seconds for which Telegram may show one person the same results


def find_inline(query: InlineQuery, dialog: Dialog, today: datetime.date) -> tuple[Found, ...]:
    """Return up to ten topics with title and first screen, in the person's language."""
    language = dialog.language(Chat(interface=(query.from_user.language_code or "")[:2]))
    return dialog.found(query.query, language, today)


async def answer_inline(query: InlineQuery, found: tuple[Found, ...], rendering: Rendering) -> None:
    """Show the topics while the person types; a query that is too old is let go."""
    try:
        await query.answer(
            [_article(topic, rendering) for topic in found],
            cache_time=_CACHED,
            is_personal=True,
        )
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


def _article(found: Found, rendering: Rendering) -> InlineQueryResultArticle:
    words = {part.kind: part.text for part in reversed(found.reply.parts)}
    return InlineQueryResultArticle(
        found.topic,
        words.get(PartKind.TITLE, found.topic),
        InputTextMessageContent(
            rendering.html(found.reply),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        description=words.get(PartKind.TEXT, "")[:120],
        reply_markup=rendering.keyboard(found.reply),  # type: ignore[arg-type]
    )
