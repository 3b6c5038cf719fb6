"""From a question to topics: lexical, semantic and trained evidence, one probability."""

from bot.core.matching.classifier import Trained
from bot.core.matching.matcher import Matcher, Question
from bot.core.matching.semantic import Encoder

__all__ = ["Encoder", "Matcher", "Question", "Trained"]
