"""The answer of a topic, a choice between topics, and the honest "I do not know"."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.chat import Now
from bot.core.knowledge import Knowledge, Shown
from bot.core.model import Certainty, Kind, Topic, TopicId
from bot.core.replies.wording import Wording
from bot.core.reply import Action, Button, Part, PartKind, Reply, Verb, graphemes, packed

_ROWS = 5  # of buttons below an answer
_RELATED, _SOURCES = 2, 4
_SHORT = 18  # letters of a source's title that fit beside another


@dataclass(frozen=True)
class Answers:
    """Builds replies about topics."""

    knowledge: Knowledge
    wording: Wording

    def answer(self, topic_id: TopicId, now: Now) -> Reply:
        """Return the answer with sources, date, notices and the ways on."""
        topic = self.knowledge.topics[topic_id]
        if topic.valid_until and now.today > topic.valid_until:
            return self._expired(topic_id, topic, now)
        shown = self.knowledge.shown(topic_id, now.language)
        if shown is None:
            return self._without_text(topic_id, topic, now)
        parts = (*self._words(shown, now), *self._notices(topic, shown, now))
        return Reply(parts, now.language, self._ways_on(topic_id, topic, shown, now))

    def first_screen(self, topic_id: TopicId, now: Now) -> Reply:
        """Return title, first screen and date alone, as fits a group or an inline result."""
        topic = self.knowledge.topics[topic_id]
        shown = self.knowledge.shown(topic_id, now.language)
        expired = topic.valid_until and now.today > topic.valid_until
        if shown is None or expired:
            return replace(self.answer(topic_id, now), buttons=())
        words = [part for part in self._words(shown, now) if part.kind is not PartKind.DETAILS]
        return Reply((*words, *self._notices(topic, shown, now)), now.language)

    def counter(self, topic_id: TopicId, now: Now) -> Reply:
        """Return the German sentence to show at the counter, with a button that copies it."""
        shown = self.knowledge.shown(topic_id, now.language)
        sentence = shown.text.counter if shown else ""
        if not sentence:
            return self.answer(topic_id, now)
        say = self.wording
        return Reply(
            (
                say.title(now.language, "counter.title"),
                Part(PartKind.QUOTE, sentence, "de"),
                say.note(now.language, "counter.text"),
            ),
            now.language,
            (
                (Button(say.say(now.language, "button.copy"), copy=sentence),),
                (
                    Button(
                        say.say(now.language, "button.topic_about"), Action(Verb.TOPIC, topic_id)
                    ),
                    say.button(now.language, "button.home", Verb.MENU),
                ),
            ),
        )

    def choice(self, topics: Sequence[TopicId], now: Now) -> Reply:
        """Return two to five topics to choose from, and a way out."""
        buttons = [self.wording.topic_button(now.language, topic) for topic in topics]
        none = self.wording.button(now.language, "choose.none", Verb.NONE_OF_THESE)
        return Reply(
            (self.wording.text(now.language, "choose.text"),),
            now.language,
            (*((button,) for button in buttons), *packed((none, self._home(now)))),
        )

    def into_private(self, topic_id: TopicId, now: Now) -> Button:
        """Return a button that opens the whole answer in the private chat."""
        label = self.wording.say(now.language, "button.full_answer")
        return Button(label, start="topic_" + topic_id.replace(".", "-"))

    def unknown(self, now: Now, *, offer: bool) -> Reply:
        """Say that we do not know, who can help, and offer to pass the question on."""
        say = self.wording
        rows: list[tuple[Button, ...]] = [
            (say.button(now.language, "button.who_helps", Verb.WHO_HELPS),)
        ]
        parts = [
            say.title(now.language, "unknown.title"),
            say.text(now.language, "unknown.text"),
        ]
        if offer:
            parts.append(say.note(now.language, "unknown.offer"))
            rows.append((say.button(now.language, "button.send_question", Verb.OFFER_QUESTION),))
        return Reply(tuple(parts), now.language, (*rows, (self._home(now),)))

    def _home(self, now: Now) -> Button:
        return self.wording.button(now.language, "button.home", Verb.MENU)

    def _words(self, shown: Shown, now: Now) -> Iterator[Part]:
        figures = self.wording.figures(shown.language, now.today)
        other = shown.language if shown.language != now.language else ""
        if other:
            name = self.knowledge.languages[other].name
            yield self.wording.note(now.language, "answer.fallback", language=name)
        yield Part(PartKind.TITLE, shown.text.title, other)
        yield Part(PartKind.TEXT, figures.fill(shown.text.answer.strip()), other)
        if shown.text.details:
            yield Part(PartKind.DETAILS, figures.fill(shown.text.details.strip()), other)

    def _notices(self, topic: Topic, shown: Shown, now: Now) -> Iterator[Part]:
        if topic.kind is Kind.BOT:
            return
        say = self.wording
        lines = []
        if topic.certainty is Certainty.UNCONFIRMED:
            lines.append(say.say(now.language, "answer.unconfirmed"))
        if now.today >= topic.review_by:
            lines.append(self._dated(now, "answer.due", topic.review_by))
        if shown.text.checked < topic.changed:
            lines.append(say.say(now.language, "answer.outdated"))
        if topic.kind is Kind.ANSWER:
            lines.append(self._dated(now, "answer.as_of", topic.as_of))
        if topic.sources:
            numbered = enumerate(topic.sources, 1)
            titles = "; ".join(f"{number}. {source.title}" for number, source in numbered)
            lines.append(say.say(now.language, "answer.sources", titles=titles))
        if lines:
            yield Part(PartKind.NOTE, "\n".join(lines))

    def _dated(self, now: Now, key: str, day: datetime.date) -> str:
        date = self.wording.date(now.language, day)
        return self.wording.say(now.language, key, date=date)

    def _ways_on(
        self, topic_id: TopicId, topic: Topic, shown: Shown, now: Now
    ) -> tuple[tuple[Button, ...], ...]:
        """Return at most five rows: help, sources, related topics, feedback and the menu."""
        say = self.wording
        first = []
        if topic.kind is not Kind.BOT:
            first.append(say.button(now.language, "button.who_helps", Verb.WHO_HELPS, topic_id))
        if shown.text.counter:
            first.append(say.button(now.language, "button.counter", Verb.COUNTER, topic_id))
        rows = (*packed(first), *self._sources(topic, now))
        related = [
            say.topic_button(now.language, other)
            for other in topic.related
            if other in self.knowledge.topics
        ]
        rows = (*rows, *packed(related[:_RELATED]))[: _ROWS - 1]
        last = [self._home(now)]
        if topic.kind is not Kind.BOT:
            last = [
                say.button(now.language, "button.good", Verb.GOOD, topic_id),
                say.button(now.language, "button.bad", Verb.BAD, topic_id),
                *last,
            ]
        return (*rows, tuple(last))

    def _sources(self, topic: Topic, now: Now) -> tuple[tuple[Button, ...], ...]:
        """Return a button for each source: its title if it is short, else its number."""
        buttons = []
        for number, source in enumerate(topic.sources[:_SOURCES], 1):
            plain = self.wording.say(now.language, "button.source", number=str(number))
            label = source.title if graphemes(source.title) <= _SHORT else plain
            buttons.append(Button(label, url=source.url))
        return packed(buttons)

    def _expired(self, topic_id: TopicId, topic: Topic, now: Now) -> Reply:
        """Refuse to show what was valid until a day that is over; say who to ask."""
        assert topic.valid_until
        text = self._dated(now, "answer.expired", topic.valid_until)
        return self._instead(topic_id, topic, Part(PartKind.TEXT, text), now)

    def _without_text(self, topic_id: TopicId, topic: Topic, now: Now) -> Reply:
        text = self.wording.text(now.language, "answer.no_facts")
        return self._instead(topic_id, topic, text, now)

    def _instead(self, topic_id: TopicId, topic: Topic, text: Part, now: Now) -> Reply:
        title = Part(PartKind.TITLE, self.knowledge.title(topic_id, now.language))
        who = self.wording.button(now.language, "button.who_helps", Verb.WHO_HELPS, topic_id)
        rows = ((who,), *self._sources(topic, now), (self._home(now),))
        return Reply((title, text), now.language, rows)
