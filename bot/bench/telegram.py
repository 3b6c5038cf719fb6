"""How fast answers come over the Bot API, beside a bare echo application, on the local server."""

import asyncio
import importlib
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.core.model import Phrase

TOKEN = "1:BENCH"
_CHECKOUT = Path(__file__).resolve().parent.parent.parent
_CHATS = 1_000
_RATE, _SECONDS = 20, 60  # new questions a second, for how long
_PATIENCE = 180.0
_CONNECTED = 60.0


@dataclass(frozen=True)
class Latency:
    """Seconds from an update to the first message of its answer."""

    name: str
    asked: int
    answered: int
    p50: float
    p95: float
    p99: float


def bench_telegram(
    phrases: tuple[Phrase, ...], report: Callable[[Latency], None], *, seconds: int = _SECONDS
) -> list[Latency]:
    """Measure echo and ours with 1,000 chats at once, then new questions at 20 a second.

    Needs the local Bot API server of `tests/`, so a checkout of the repository.
    """
    return asyncio.run(_all(phrases, report, seconds))


async def _all(
    phrases: tuple[Phrase, ...], report: Callable[[Latency], None], seconds: int
) -> list[Latency]:
    chosen = random.Random(7).sample([phrase.text for phrase in phrases], _CHATS)
    burst = [(number, text, 0.0) for number, text in enumerate(chosen, 1)]
    fresh = [
        (10_000 + number, _changed(text), number / _RATE)
        for number, text in enumerate((chosen * 2)[: _RATE * seconds])
    ]
    found = []
    async with _running("bot.bench.echo") as server:
        found.append(await _measured("echo, 1,000 at once", server, burst))
        report(found[-1])
    async with _running("bot", "run") as server:
        found.append(await _measured("ours, phrases, 1,000 at once", server, burst))
        report(found[-1])
        found.append(await _measured("ours, 1,000 buttons at once", server, burst, press=True))
        report(found[-1])
        found.append(await _measured(f"ours, new questions, {_RATE} a second", server, fresh))
        report(found[-1])
    return found


def _changed(text: str) -> str:
    """Return a question that stands nowhere: no exact phrase, so all of the matcher works."""
    return f"{text[::-1][:3]} {text} bitte".replace("/", " ").replace("<", " ")


@asynccontextmanager
async def _running(*module: str) -> AsyncIterator[Any]:
    """Start the server here and the application in a process of its own."""
    if str(_CHECKOUT) not in sys.path:
        sys.path.insert(0, str(_CHECKOUT))
    servers = importlib.import_module("tests.telegram_server")
    async with servers.BotApiServer(TOKEN) as server:
        with tempfile.TemporaryDirectory() as folder:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *module, env=_environment(server.url, Path(folder))
            )
            try:
                await server.wait_for_call("getUpdates", 1, timeout=_CONNECTED)
                yield server
            finally:
                process.terminate()
                await process.wait()


def _environment(url: str, folder: Path) -> dict[str, str]:
    return os.environ | {
        "WEGWEISER_BOT_TOKEN": TOKEN,
        "WEGWEISER_API_URL": url,
        "WEGWEISER_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/wegweiser.db",
        "WEGWEISER_SECRET_KEY_FILE": str(folder / "wegweiser.key"),
        "WEGWEISER_LOG_LEVEL": "ERROR",
    }


async def _measured(
    name: str, server: Any, asked: list[tuple[int, str, float]], *, press: bool = False
) -> Latency:
    """Let each chat ask at its second and return how long the first messages took."""
    began, first = time.perf_counter(), len(server.calls)
    sent: dict[int, float] = {}
    people = {number: server.person(number, f"P{number}", "de") for number, _, _ in asked}

    async def ask(number: int, text: str, after: float) -> None:
        await asyncio.sleep(max(0.0, began + after - time.perf_counter()))
        people[number].looks_away()
        sent[number] = time.monotonic()
        await (people[number].presses("m") if press else people[number].types(text))

    await asyncio.gather(*(ask(*one) for one in asked))
    took = await _answers(server, first, sent)
    values = np.array(sorted(took.values()) or [float("inf")])
    p50, p95, p99 = (float(np.percentile(values, q)) for q in (50, 95, 99))
    return Latency(name, len(asked), len(took), p50, p95, p99)


async def _answers(server: Any, first: int, sent: dict[int, float]) -> dict[int, float]:
    """Wait until every chat has an answer (or patience ends) and return the seconds of each."""
    took: dict[int, float] = {}
    until, at = time.monotonic() + _PATIENCE, first
    while len(took) < len(sent) and time.monotonic() < until:
        await asyncio.sleep(0.05)
        for call in _answering(server.calls[at:]):
            chat = int(call.parameters["chat_id"])
            if chat in sent:
                took.setdefault(chat, call.time - sent[chat])
        at = len(server.calls)
    return took


def _answering(calls: Iterable[Any]) -> Iterable[Any]:
    return (call for call in calls if call.method in ("sendMessage", "editMessageText"))
