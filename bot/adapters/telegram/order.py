"""Updates of one chat in order, chats side by side; floods are told once and then ignored."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_AT_ONCE = 4_096  # updates in work; far above any chat's share, so a slow chat holds nobody
_REMEMBERED = 4_096


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of a chat one after another, in the order in which they came."""

    def __init__(self) -> None:
        super().__init__(_AT_ONCE)
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's earlier updates, then handle this one."""
        key = _chat(update)
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, waiting + 1)
        try:
            async with lock:
                await coroutine
        finally:
            lock, waiting = self._locks[key]
            if waiting == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, waiting - 1)


def _chat(update: object) -> int:
    if isinstance(update, Update):
        if update.effective_chat:
            return update.effective_chat.id
        if update.effective_user:
            return update.effective_user.id
    return 0


class Seen:
    """Remembers the last few thousand updates, so that a repeated one is handled once."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int | str, None] = OrderedDict()

    def again(self, key: int | str) -> bool:
        """Whether this update or album was seen before; it is remembered from now on."""
        if key in self._ids:
            return True
        self._ids[key] = None
        while len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
        return False


class Flood:
    """Counts messages of each chat; more than 20 in half a minute are a flood, told once."""

    MESSAGES, SECONDS = 20, 30.0

    def __init__(self) -> None:
        self._times: OrderedDict[int, deque[float]] = OrderedDict()
        self._told: set[int] = set()

    def level(self, chat_id: int) -> int:
        """Return 0 for a usual message, 1 for the first of a flood, 2 for the rest."""
        now = time.monotonic()
        times = self._times.setdefault(chat_id, deque())
        self._times.move_to_end(chat_id)
        while len(self._times) > _REMEMBERED:
            self._told.discard(self._times.popitem(last=False)[0])
        while times and now - times[0] > self.SECONDS:
            times.popleft()
        if not times:
            self._told.discard(chat_id)
        times.append(now)
        if len(times) <= self.MESSAGES:
            return 0
        if chat_id in self._told:
            return 2
        self._told.add(chat_id)
        return 1
