"""Find the place in a text of any script, or at a point, and who is responsible there."""

from bot.core.places.finder import Places
from bot.core.places.model import Ask, Finding, Option, Place, PlaceKind

__all__ = ["Ask", "Finding", "Option", "Place", "PlaceKind", "Places"]
