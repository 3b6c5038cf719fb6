"""The running bot: Telegram, store, cleaning, live reload; start and stop order."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.adapters.keys import read_keys
from bot.adapters.store import Store
from bot.adapters.telegram.application import ALLOWED, TelegramApplication, build_application
from bot.adapters.telegram.handlers import Handlers
from bot.adapters.telegram.menus import set_menus
from bot.app import House, Today
from bot.live import Live
from bot.settings import Settings

_log = structlog.get_logger()
_DAY = 24 * 60 * 60


class Service:
    """The Telegram bot with its store; `house` may be swapped while it runs."""

    def __init__(self, settings: Settings, house: House, today: Today) -> None:
        self.house = house
        self._settings = settings
        self._today = today
        self._store = Store(settings.database_url, read_keys(settings.secret_key_file))
        self._worker = ThreadPoolExecutor(1, "matcher")
        self._tasks: list[asyncio.Task[None]] = []
        handlers = Handlers(lambda: self.house.dialog, self._store, today, self._worker)
        self.application = build_application(
            settings.bot_token.get_secret_value(),
            settings.api_url,
            handlers,
            on_start=self._start,
            on_stop=self._stop,
        )

    def run(self, *, webhook: bool) -> None:
        """Serve until a signal ends it; what was sent meanwhile is not lost."""
        if webhook:
            self.application.run_webhook(**self._webhook)
        else:
            self.application.run_polling(allowed_updates=ALLOWED, drop_pending_updates=False)

    @property
    def _webhook(self) -> dict[str, Any]:
        """Where to listen and what Telegram must send along."""
        host, _, port = self._settings.listen.rpartition(":")
        return {
            "listen": host,
            "port": int(port),
            "url_path": urlsplit(self._settings.webhook_url).path.lstrip("/"),
            "webhook_url": self._settings.webhook_url,
            "secret_token": self._settings.webhook_secret.get_secret_value(),
            "allowed_updates": ALLOWED,
            "drop_pending_updates": False,
        }

    @asynccontextmanager
    async def serving(self, *, webhook: bool = False) -> AsyncIterator[None]:
        """Serve inside a running loop, as long as the context is open."""
        application = self.application
        async with application:
            await self._start(application)
            assert application.updater
            await application.start()
            if webhook:
                await application.updater.start_webhook(**self._webhook)
            else:
                await application.updater.start_polling(allowed_updates=ALLOWED)
            try:
                yield
            finally:
                await application.updater.stop()
                await application.stop()
                await self._stop(application)

    async def _start(self, application: TelegramApplication) -> None:
        await self._store.open()
        live = Live(self._settings, self._today, self._swap, self._tell_staff)
        self._tasks = [
            asyncio.create_task(self._forget_silent_daily()),
            asyncio.create_task(live.watch()),
            asyncio.create_task(set_menus(application.bot, self.house.knowledge)),
        ]

    async def _stop(self, _: TelegramApplication) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._worker.shutdown()
        await self._store.close()

    def _swap(self, house: House) -> None:
        self.house = house

    async def _tell_staff(self, text: str) -> None:
        chat = self._settings.staff_chat
        if chat is None:
            return
        try:
            await self.application.bot.send_message(chat, text[:4000])
        except TelegramError as error:
            _log.warning("staff chat not reached", kind=type(error).__name__)

    async def _forget_silent_daily(self) -> None:
        while True:
            try:
                forgotten = await self._store.forget_silent(self._today())
                _log.info("forgot silent chats", number=forgotten)
            except SQLAlchemyError as error:  # tomorrow is another day
                _log.error("silent chats not forgotten", kind=type(error).__name__)
            await asyncio.sleep(_DAY)
