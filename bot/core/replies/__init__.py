"""What is said: replies built from the words of the knowledge, without wording of their own."""

from dataclasses import dataclass

from bot.core.knowledge import Knowledge
from bot.core.offices import Offices
from bot.core.replies.answers import Answers
from bot.core.replies.menus import Menus
from bot.core.replies.places import PlaceReplies
from bot.core.replies.wording import Wording

__all__ = ["Replies", "Wording"]


@dataclass(frozen=True)
class Replies:
    """All that can be said, by subject."""

    wording: Wording
    answers: Answers
    menus: Menus
    places: PlaceReplies

    @classmethod
    def of(cls, knowledge: Knowledge, offices: Offices) -> "Replies":
        """Return the replies of a knowledge."""
        wording = Wording(knowledge)
        answers, menus = Answers(knowledge, wording), Menus(knowledge, wording)
        return cls(wording, answers, menus, PlaceReplies(knowledge, wording, offices))
