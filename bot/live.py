"""Live reload: saved knowledge is checked, trained and swapped whole; broken knowledge is not."""

import asyncio
import datetime
import importlib.util
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from bot.adapters.yaml_knowledge import read
from bot.app import House, build_house
from bot.core.checks import all_problems
from bot.core.problems import KnowledgeError, Problem
from bot.settings import Settings

_log = structlog.get_logger()
_MADE = ("model", "schema")  # folders that the program writes itself
_TOLD = 10  # problems in one message to the staff
_TRAINING_SECONDS = 300

Tell = Callable[[str], Awaitable[None]]


class Live:
    """Watches the knowledge folder for as long as the bot runs."""

    def __init__(
        self,
        settings: Settings,
        today: Callable[[], datetime.date],
        swap: Callable[[House], None],
        tell: Tell,
    ) -> None:
        self._settings = settings
        self._today = today
        self._swap = swap
        self._tell = tell

    async def watch(self) -> None:
        """Reload after each change, until cancelled."""
        async for _ in self._changes():
            try:
                await self.reload()
            except Exception as error:  # whatever it is, the bot goes on with the old knowledge
                _log.error("reload failed, keeping the old", kind=type(error).__name__)
                await self._tell(f"Kept the old knowledge ({type(error).__name__}).")

    async def reload(self) -> bool:
        """Bring the folder as it is now into the running bot; False if it keeps the old one."""
        problems = await asyncio.to_thread(self._problems)
        if problems:
            _log.warning("knowledge is broken, keeping the old", problems=len(problems))
            lines = [str(problem) for problem in problems[:_TOLD]]
            more = len(problems) - len(lines)
            await self._tell("\n".join([*lines, f"… and {more} more"] if more else lines))
            return False
        if not await self._rebuild("knowledge is live, new words count by their letters"):
            return False
        if importlib.util.find_spec("sklearn") is None:
            await self._tell("Live. Not trained: install the extra `train` on this machine.")
        elif await self._train():
            return await self._rebuild("knowledge is live and trained")
        return True

    async def _rebuild(self, event: str) -> bool:
        try:
            house = await asyncio.to_thread(build_house, self._settings)
        except (KnowledgeError, OSError, ValueError, KeyError) as error:
            _log.error("knowledge cannot be built, keeping the old", kind=type(error).__name__)
            await self._tell(
                f"Kept the old knowledge: {type(error).__name__}. Run: wegweiser check"
            )
            return False
        self._swap(house)
        _log.info(event, topics=len(house.knowledge.topics))
        return True

    async def _train(self) -> bool:
        """Train in a process of its own: the bot itself never loads scikit-learn."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "train",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            code = await asyncio.wait_for(process.wait(), _TRAINING_SECONDS)
        except TimeoutError:
            code = 1
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if code:
            _log.error("training failed", code=code)
            await self._tell("Live, but training failed. Run: wegweiser train")
        return code == 0

    def _problems(self) -> list[Problem]:
        loaded = read(self._settings.knowledge_dir)
        return [*loaded.problems, *all_problems(loaded.knowledge, self._today())]

    async def _changes(self) -> AsyncIterator[None]:
        folder = self._settings.knowledge_dir.resolve()
        async for _ in awatch(folder, watch_filter=self._matters, step=200):
            yield None

    def _matters(self, _: Change, path: str) -> bool:
        inside = Path(path).relative_to(self._settings.knowledge_dir.resolve())
        return inside.suffix in (".yaml", ".csv") and inside.parts[0] not in _MADE
