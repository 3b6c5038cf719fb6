"""The real knowledge once for all tests, and the bot in Telegram against the local server."""

import datetime
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

# python-telegram-bot otherwise warns at every flood that seconds will become a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from bot.app import House, build_house
from bot.service import Service
from bot.settings import Settings
from tests.telegram_server import BotApiServer

TODAY = datetime.date(2026, 11, 22)
TOKEN = "1:TEST"
Serve = Callable[..., AbstractAsyncContextManager[BotApiServer]]


@pytest.fixture(scope="session")
def house() -> House:
    """The house of the real knowledge."""
    return build_house(Settings(_env_file=None))


@pytest.fixture
def serve(house: House, tmp_path: Path) -> Serve:
    """Start the bot against a local Bot API server, by polling; gives the server."""

    @asynccontextmanager
    async def serving(
        *, today: datetime.date = TODAY, webhook: bool = False
    ) -> AsyncIterator[BotApiServer]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            listen = f"127.0.0.1:{free.getsockname()[1]}"
        async with BotApiServer(TOKEN) as server:
            settings = Settings(
                _env_file=None,
                bot_token=TOKEN,
                api_url=server.url,
                database_url=f"sqlite+aiosqlite:///{tmp_path}/wegweiser.db",
                secret_key_file=tmp_path / "key" / "wegweiser.key",
                webhook_url=f"http://{listen}/hook",
                webhook_secret="geheim_42",
                listen=listen,
            )
            service = Service(settings, house, lambda: today)
            async with service.serving(webhook=webhook):
                yield server

    return serving
