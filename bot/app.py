"""The composition root: knowledge, matcher, places and store become one program."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from bot.adapters.encoder import load_encoder
from bot.adapters.model_file import load_model
from bot.adapters.places_csv import load_offices, load_places
from bot.adapters.yaml_knowledge import load
from bot.core.dialog import Dialog
from bot.core.knowledge import Knowledge
from bot.core.language import Languages
from bot.core.matching import Matcher
from bot.core.places import Places
from bot.settings import Settings

Today = Callable[[], datetime.date]


@dataclass(frozen=True, repr=False)
class House:
    """Everything that answers questions, built from one knowledge folder."""

    knowledge: Knowledge
    matcher: Matcher
    places: Places
    dialog: Dialog


def build_house(settings: Settings, *, semantic: bool = True) -> House:
    """Return the house of the knowledge folder; KnowledgeError names what is broken.

    `semantic=False` leaves the sentence encoder out.
    """
    knowledge = load(settings.knowledge_dir)
    places = load_places(settings.knowledge_dir, ordinary_words(knowledge))
    offices = load_offices(settings.knowledge_dir, knowledge, places)
    matcher = Matcher(
        knowledge,
        model=load_model(settings.knowledge_dir / "model"),
        encoder=load_encoder(settings.data_dir) if semantic else None,
        mask=places.masked,
    )
    dialog = Dialog(knowledge, matcher, places, offices, Languages(knowledge.phrases))
    return House(knowledge, matcher, places, dialog)


def ordinary_words(knowledge: Knowledge) -> frozenset[str]:
    """Return the words of all phrases and the glossary: no misspelled places."""
    forms = [form for concept in knowledge.glossary.values() for form in concept.forms]
    texts = [*(phrase.text for phrase in knowledge.phrases), *forms]
    return frozenset(word for text in texts for word in text.casefold().split())
