"""Questions that the bot must answer once: pressed buttons and inline queries."""

import asyncio
from typing import Generic, TypeVar

from .chats import NotSeenError
from .messages import CallbackAnswer, InlineAnswer
from .refusal import QUERY_TOO_OLD, bad_request

Answer = TypeVar("Answer", CallbackAnswer, InlineAnswer)


class Query(Generic[Answer]):
    """One question to the bot, and its answer when there is one."""

    def __init__(self, query_id: str) -> None:
        self.id = query_id
        self._answer: Answer | None = None
        self._answered = asyncio.Condition()

    @property
    def is_answered(self) -> bool:
        """Whether the bot answered already."""
        return self._answer is not None

    async def answered(self, timeout: float = 5.0) -> Answer:  # noqa: ASYNC109
        """Wait for the answer of the bot and return it."""
        async with self._answered:
            try:
                async with asyncio.timeout(timeout):
                    await self._answered.wait_for(lambda: self._answer is not None)
            except TimeoutError:
                pass
        if self._answer is None:
            raise NotSeenError(f"the bot did not answer query {self.id} in {timeout:g} s")
        return self._answer

    async def answer(self, answer: Answer) -> None:
        """Keep the answer and wake who waits for it."""
        async with self._answered:
            self._answer = answer
            self._answered.notify_all()


class OpenQueries(Generic[Answer]):
    """The queries that the bot may still answer."""

    def __init__(self) -> None:
        self._open: dict[str, Query[Answer]] = {}

    def add(self, query: Query[Answer]) -> None:
        """Let the bot answer this query once."""
        self._open[query.id] = query

    def find(self, query_id: str) -> Query[Answer]:
        """Return a query that still waits, or refuse as Telegram does."""
        query = self._open.get(query_id)
        if query is None:
            raise bad_request(QUERY_TOO_OLD)
        return query

    def close(self, query: Query[Answer]) -> None:
        """Let nobody answer this query (again): answered, or too old."""
        self._open.pop(query.id, None)
