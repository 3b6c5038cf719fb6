"""Wait when Telegram asks one chat to slow down, without holding up the others."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

_TRIES = 4
_LONGEST = 60.0  # seconds; who must wait longer has left


class Patience(BaseRateLimiter[None]):
    """Repeats a call that was answered 429 after the seconds that Telegram named.

    The rate limiter of the library pauses every chat when one is told to wait; here only the
    call itself waits. Nothing else is repeated: what timed out may have been delivered.
    """

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Return what the call returns; RetryAfter after the fourth refusal."""
        for _ in range(_TRIES - 1):
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = error.retry_after
                wait = seconds if isinstance(seconds, int) else seconds.total_seconds()
                if wait > _LONGEST:
                    raise
                await asyncio.sleep(wait + 0.1)
        return await callback(*args, **kwargs)
