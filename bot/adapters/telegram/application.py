"""The python-telegram-bot application: handlers, order, limits, connections."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.adapters.telegram.handlers import Handlers
from bot.adapters.telegram.order import ChatOrder
from bot.adapters.telegram.patience import Patience

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]
ALLOWED = [
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]  # fmt: skip
_CONNECTIONS = 16


def build_application(
    token: str,
    api_url: str,
    handlers: Handlers,
    *,
    on_start: Callable[[TelegramApplication], Coroutine[Any, Any, None]],
    on_stop: Callable[[TelegramApplication], Coroutine[Any, Any, None]],
) -> TelegramApplication:
    """Return the application, not started; `on_start` and `on_stop` frame its run."""
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .base_file_url(f"{api_url.rstrip('/')}/file/bot")
        .rate_limiter(Patience())
        .concurrent_updates(ChatOrder())
        .connection_pool_size(_CONNECTIONS)
        .pool_timeout(60)
        .post_init(on_start)
        .post_shutdown(on_stop)
        .build()
    )
    application.add_handler(MessageHandler(filters.ALL, handlers.on_message))
    application.add_handler(CallbackQueryHandler(handlers.on_button))
    application.add_handler(InlineQueryHandler(handlers.on_inline))
    application.add_handler(ChatMemberHandler(handlers.on_left))
    application.add_error_handler(handlers.on_failure)
    return application
