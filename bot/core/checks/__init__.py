"""What is wrong in the knowledge: one small generator a rule, all problems at once."""

import datetime
from collections.abc import Callable, Iterator

from bot.core.checks.figures import figure_problems
from bot.core.checks.ids import id_problems
from bot.core.checks.notices import notices
from bot.core.checks.sentences import sentence_problems
from bot.core.checks.texts import text_problems
from bot.core.checks.wording import wording_problems
from bot.core.knowledge import Knowledge
from bot.core.problems import Problem

_RULES: tuple[Callable[[Knowledge], Iterator[Problem]], ...] = (
    id_problems,
    text_problems,
    wording_problems,
    sentence_problems,
)

__all__ = ["all_problems", "notices"]


def all_problems(knowledge: Knowledge, today: datetime.date) -> list[Problem]:
    """Return every problem of the knowledge on the day `today`, in the order of the files."""
    problems = [problem for rule in _RULES for problem in rule(knowledge)]
    problems += figure_problems(knowledge, today)
    return sorted(set(problems))
