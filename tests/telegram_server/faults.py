"""What goes wrong between a bot and Telegram, on request of a test."""

from collections import defaultdict, deque
from dataclasses import dataclass
from http import HTTPStatus

from .refusal import BLOCKED, Refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong in one call; made by the class methods below."""

    refusal: tuple[int, str, int | None] | None = None
    resets: bool = False
    is_carried_out: bool = False
    delay: float = 0.0

    @classmethod
    def flood(cls, retry_after: int = 1) -> "Fault":
        """Answer 429 and name the seconds to wait; nothing is carried out."""
        text = f"Too Many Requests: retry after {retry_after}"
        return cls(refusal=(HTTPStatus.TOO_MANY_REQUESTS, text, retry_after))

    @classmethod
    def forbidden(cls, description: str = BLOCKED) -> "Fault":
        """Answer 403; nothing is carried out."""
        return cls(refusal=(HTTPStatus.FORBIDDEN, description, None))

    @classmethod
    def broken(cls, code: int = HTTPStatus.INTERNAL_SERVER_ERROR) -> "Fault":
        """Answer 500, or another 5xx; nothing is carried out."""
        return cls(refusal=(code, HTTPStatus(code).phrase, None))

    @classmethod
    def reset(cls) -> "Fault":
        """Cut the connection before anything is carried out."""
        return cls(resets=True)

    @classmethod
    def lost_answer(cls) -> "Fault":
        """Carry the call out, then cut the connection: the bot cannot know."""
        return cls(resets=True, is_carried_out=True)

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """Carry the call out, then take so long to answer that the bot may give up."""
        return cls(is_carried_out=True, delay=seconds)

    def as_refusal(self) -> Refusal | None:
        """Return what Telegram would answer, if this fault is an answer."""
        if self.refusal is None:
            return None
        code, description, retry_after = self.refusal
        return Refusal(code, description, retry_after=retry_after)


class FaultQueue:
    """Hands each fault to one call, in the order of the injection."""

    def __init__(self) -> None:
        self._waiting: defaultdict[tuple[str, int | None], deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, *, chat_id: int | None = None) -> None:
        """Let the next call of the method (into the chat, if one is named) meet the fault."""
        self._waiting[method.lower(), chat_id].append(fault)

    def next(self, method: str, chat_id: object) -> Fault | None:
        """Take out the fault that this call meets."""
        if not self._waiting:
            return None
        for key in ((method.lower(), chat_id), (method.lower(), None)):
            faults = self._waiting.get(key)  # type: ignore[arg-type]  # any key may be asked for
            if faults:
                return faults.popleft()
        return None
