"""The composition root: knowledge, matcher, places and offices become one house."""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bot.adapters.encoder import load_encoder
from bot.adapters.house_cache import cached
from bot.adapters.model_file import load_model
from bot.adapters.places_csv import load_offices, load_places
from bot.adapters.yaml_knowledge import load
from bot.core.dialog import Dialog
from bot.core.knowledge import Knowledge
from bot.core.language import Languages
from bot.core.matching import Matcher
from bot.core.offices import Offices
from bot.core.places import Places
from bot.settings import Settings

_OFTEN = 3
Today = Callable[[], datetime.date]


@dataclass(frozen=True, repr=False)
class House:
    """Everything that answers questions, built from one knowledge folder."""

    knowledge: Knowledge
    matcher: Matcher
    places: Places
    dialog: Dialog


@dataclass(frozen=True, repr=False)
class _Parts:
    """What takes seconds to build and is the same until the knowledge changes."""

    knowledge: Knowledge
    places: Places
    offices: Offices
    matcher: Matcher
    languages: Languages


def build_house(settings: Settings, *, semantic: bool = True) -> House:
    """Return the house of the knowledge folder; KnowledgeError names what is broken.

    `semantic=False` leaves the sentence encoder out.
    """
    folder = settings.knowledge_dir
    parts = cached(settings.data_dir, folder, lambda: _build(settings))
    encoder = load_encoder() if semantic else None
    matcher = parts.matcher.with_encoder(encoder)
    dialog = Dialog(parts.knowledge, matcher, parts.places, parts.offices, parts.languages)
    return House(parts.knowledge, matcher, parts.places, dialog)


def _build(settings: Settings) -> _Parts:
    folder = settings.knowledge_dir
    knowledge = load(folder)
    places = load_places(folder, ordinary_words(knowledge))
    offices = load_offices(folder, knowledge, places)
    matcher = Matcher(knowledge, model=load_model(folder / "model"), mask=places.masked)
    return _Parts(knowledge, places, offices, matcher, Languages(knowledge.phrases))


def ordinary_words(knowledge: Knowledge) -> frozenset[str]:
    """Return the words of several phrases and of the glossary: no misspelled places.

    A word of one or two phrases may well be a place that somebody named there.
    """
    forms = [form for concept in knowledge.glossary.values() for form in concept.forms]
    seen = Counter(
        word for phrase in knowledge.phrases for word in set(phrase.text.casefold().split())
    )
    often = (word for word, times in seen.items() if times >= _OFTEN)
    return frozenset([*often, *(word for form in forms for word in form.casefold().split())])
