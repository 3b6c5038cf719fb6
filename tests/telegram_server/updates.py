"""The updates that wait for the bot, whether it asks for them or has them delivered."""

import asyncio
from collections import deque
from typing import Any

from .refusal import OTHER_POLL, POLL_ENDED_BY_WEBHOOK, WEBHOOK_IS_SET, conflict

MAX_LIMIT = 100
MAX_TIMEOUT = 50
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Keeps each update until the bot confirmed it by asking for a later one."""

    def __init__(self) -> None:
        self._waiting: deque[dict[str, Any]] = deque()
        self._next_id = 100_000
        self._allowed: frozenset[str] = frozenset()
        self._changed = asyncio.Condition()
        self._poll = 0
        self._ended_by = OTHER_POLL
        self._webhook_is_set = False
        self._is_closed = False

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._waiting)

    def allow(self, kinds: Any) -> None:
        """Remember which kinds of update the bot wants; an empty list means the usual ones."""
        if isinstance(kinds, list):
            self._allowed = frozenset(str(kind) for kind in kinds)

    async def put(self, kind: str, content: dict[str, Any]) -> None:
        """Add an update, unless the bot said that it does not want this kind."""
        wanted = kind in self._allowed if self._allowed else kind not in _ONLY_ON_REQUEST
        if not wanted:
            return
        async with self._changed:
            self._waiting.append({"update_id": self._next_id, kind: content})
            self._next_id += 1
            self._changed.notify_all()

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Return the next updates, in time; a newer poll ends this one."""
        if self._webhook_is_set:
            raise conflict(WEBHOOK_IS_SET)
        async with self._changed:
            mine = self._end_poll(OTHER_POLL)
            self._confirm(offset)
            if not self._waiting and seconds > 0:
                await self._wait(mine, min(seconds, MAX_TIMEOUT))
            if mine != self._poll and not self._is_closed:
                raise conflict(self._ended_by)
            return [self._waiting[i] for i in range(min(limit, len(self._waiting)))]

    async def first(self) -> dict[str, Any]:
        """Wait for an update and return the oldest one, which stays until `drop_first`."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._waiting)
            return self._waiting[0]

    def drop_first(self, update: dict[str, Any]) -> None:
        """Forget an update that was delivered."""
        if self._waiting and self._waiting[0] is update:
            self._waiting.popleft()

    def drop_all(self) -> None:
        """Forget every update that waits."""
        self._waiting.clear()

    async def use_webhook(self, is_set: bool) -> None:
        """Turn polling off or on again; a poll that is under way is refused."""
        async with self._changed:
            self._webhook_is_set = is_set
            if is_set:
                self._end_poll(POLL_ENDED_BY_WEBHOOK)

    async def close(self) -> None:
        """Let go of a poll that is under way, because the server stops."""
        async with self._changed:
            self._is_closed = True
            self._end_poll(OTHER_POLL)

    def _end_poll(self, reason: str) -> int:
        self._poll += 1
        self._ended_by = reason
        self._changed.notify_all()
        return self._poll

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()

    async def _wait(self, mine: int, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait_for(lambda: self._waiting or mine != self._poll)
        except TimeoutError:
            return
