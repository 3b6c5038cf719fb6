"""What is said: replies built from the words of the knowledge, without wording of their own."""

from bot.core.replies.answers import Answers
from bot.core.replies.menus import Menus
from bot.core.replies.places import PlaceReplies
from bot.core.replies.wording import Wording

__all__ = ["Answers", "Menus", "PlaceReplies", "Wording"]
