"""Fixed sentences and figures of the knowledge, for one reader on one day."""

import datetime

from bot.core.figures import Figures
from bot.core.knowledge import Knowledge
from bot.core.model import LanguageCode, Unit
from bot.core.reply import Action, Button, Part, PartKind, Verb, shortened


class Wording:
    """Says the fixed sentences of the knowledge; KeyError for a key that no language has."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def say(self, language: LanguageCode, key: str, /, **fields: str) -> str:
        """Return the sentence `key` in `language` or its fallback, its fields filled in."""
        sentence = self._knowledge.sentence(language, key).rstrip("\n")
        for name, value in fields.items():
            sentence = sentence.replace("{" + name + "}", value)
            if value.endswith("."):  # a date may end in a point: "2026 г."
                sentence = sentence.replace(value + ".", value)
        return sentence

    def figures(self, language: LanguageCode, today: datetime.date) -> Figures:
        """Return the figures of the day as readers of `language` write them."""
        known = self._knowledge.languages.get(language)
        per = {
            Unit.EUR_PER_HOUR: self.say(language, "unit.eur_per_hour"),
            Unit.EUR_PER_MONTH: self.say(language, "unit.eur_per_month"),
        }
        locale = (known.locale if known else "") or language
        return Figures(self._knowledge.values, locale, today, per)

    def date(self, language: LanguageCode, day: datetime.date) -> str:
        """Return a day as it is written in a sentence of `language`."""
        return self.figures(language, day).date(day)

    def phone(self, name: str, today: datetime.date) -> str:
        """Return the telephone number kept as the figure `name`, or nothing."""
        value = self._knowledge.values.get(name)
        step = value.on(today) if value else None
        return step.value if step else ""

    def part(self, kind: PartKind, language: LanguageCode, key: str, /, **fields: str) -> Part:
        """Return the sentence `key` as a part of a message."""
        return Part(kind, self.say(language, key, **fields))

    def title(self, language: LanguageCode, key: str) -> Part:
        """Return the sentence `key` as the title of a message."""
        return self.part(PartKind.TITLE, language, key)

    def text(self, language: LanguageCode, key: str, /, **fields: str) -> Part:
        """Return the sentence `key` as plain text of a message."""
        return self.part(PartKind.TEXT, language, key, **fields)

    def note(self, language: LanguageCode, key: str, /, **fields: str) -> Part:
        """Return the sentence `key` as a small note of a message."""
        return self.part(PartKind.NOTE, language, key, **fields)

    def button(
        self, language: LanguageCode, key: str, verb: Verb, first: str = "", second: str = ""
    ) -> Button:
        """Return a button labelled by the sentence `key`."""
        return Button(self.say(language, key), Action(verb, first, second))

    def topic_label(self, language: LanguageCode, topic: str) -> str:
        """Return the topic's name as short as a button needs it."""
        for code in self._knowledge.order(language):
            text = self._knowledge.texts.get((code, topic))
            if text:
                return shortened(text.label or text.title)
        return shortened(topic)

    def topic_button(self, language: LanguageCode, topic: str) -> Button:
        """Return a button that shows the topic."""
        return Button(self.topic_label(language, topic), Action(Verb.TOPIC, topic))
