"""Looking at a chat: what the bot showed there since the last look."""

from .chats import Chat, NotSeenError
from .messages import SentMessage


class Watcher:
    """Looks at one chat and remembers how far it has looked."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self._looked_at = 0

    @property
    def unseen(self) -> list[SentMessage]:
        """What the bot has shown since the last look, without waiting or looking."""
        return self.chat.shown[self._looked_at :]

    @property
    def last(self) -> SentMessage:
        """The newest message of the bot that stands in the chat now."""
        messages = self.chat.bot_messages
        if not messages:
            raise NotSeenError(f"the bot has no message in chat {self.chat.id}")
        return messages[-1]

    async def sees(self, n: int = 1, timeout: float = 5.0) -> list[SentMessage]:  # noqa: ASYNC109
        """Wait for the next `n` messages or edits and return exactly these, in order."""
        end = self._looked_at + n
        await self.chat.wait_until(
            lambda: len(self.chat.shown) >= end, timeout, f"{n} after the first {self._looked_at}"
        )
        seen = self.chat.shown[self._looked_at : end]
        self._looked_at = end
        return seen

    async def sees_one(self, timeout: float = 5.0) -> SentMessage:  # noqa: ASYNC109
        """Wait for the next message or edit and return it."""
        return (await self.sees(1, timeout))[0]

    async def sees_nothing(self, within: float = 0.3) -> bool:
        """Return True if the bot shows nothing more in this time; fail otherwise."""
        try:
            seen = await self.sees_one(within)
        except NotSeenError:
            return True
        raise AssertionError(f"the bot wrote, and should not have: {seen.text!r}")

    def looks_away(self) -> None:
        """Let all that the bot has shown until now count as seen."""
        self._looked_at = len(self.chat.shown)
