"""Delivery to a webhook: one update after the other, and again until it is taken."""

import asyncio
from typing import Any

import aiohttp

from .cloud import Cloud, Webhook, now

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_TRIES = 20
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
PATIENCE = aiohttp.ClientTimeout(total=60)


class Delivery:
    """Posts what waits for the bot for as long as it has a webhook."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._task: asyncio.Task[None] | None = None

    def follow(self) -> None:
        """Start or stop to deliver, according to whether there is a webhook now."""
        is_wanted = bool(self._cloud.webhook.url)
        if is_wanted and self._task is None:
            self._task = asyncio.create_task(self._deliver())
        elif not is_wanted and self._task is not None:
            self._task.cancel()
            self._task = None

    async def stop(self) -> None:
        """Stop for good."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    async def _deliver(self) -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while True:
                update = await self._cloud.updates.first()
                if not await self._is_taken(session, update):
                    self._cloud.complain(
                        f"update {update['update_id']} was not taken in {MAX_TRIES} tries: "
                        f"{self._cloud.webhook.last_error}"
                    )
                self._cloud.updates.drop_first(update)

    async def _is_taken(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        pause = FIRST_PAUSE
        for _ in range(MAX_TRIES):
            webhook = self._cloud.webhook
            error = await _post(session, webhook, update)
            if not error:
                return True
            webhook.last_error, webhook.last_error_time = error, now()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return False


async def _post(session: aiohttp.ClientSession, webhook: Webhook, update: dict[str, Any]) -> str:
    """Post one update and return what went wrong, "" if nothing did."""
    headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
    try:
        async with session.post(
            webhook.url, json=update, headers=headers, allow_redirects=False
        ) as response:
            await response.read()
            if response.status // 100 == 2:
                return ""
            return f"Wrong response from the webhook: {response.status} {response.reason}"
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return f"Connection failed: {error}"
