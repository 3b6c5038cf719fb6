"""The conversation as a pure function: an event and a chat in, replies and a new chat out."""

import datetime
from dataclasses import dataclass, replace
from hashlib import blake2s

from bot.core.chat import Chat, Counted, Forgotten, Now, Outcome, SentToEditors, Turn
from bot.core.events import (
    Asked,
    Command,
    Commanded,
    Event,
    Pressed,
    PressedOldButton,
    SentThing,
    SharedLocation,
    Started,
)
from bot.core.knowledge import Knowledge
from bot.core.language import Languages
from bot.core.model import Kind, LanguageCode, TopicId
from bot.core.offices import Offices
from bot.core.places import Places
from bot.core.questions import HELP_FOR, NO_TOPIC, AsksTopics, Talk
from bot.core.replies import Replies
from bot.core.replies.groups import for_group
from bot.core.replies.menus import REASONS
from bot.core.replies.places import NEEDS
from bot.core.reply import Action, Reply, Verb
from bot.core.scrubbing import scrubbed
from bot.core.spoken import Spoken

_HOTLINE = "hotline_ba_de"
_INLINE = 10  # topics that inline mode offers


@dataclass(frozen=True)
class Found:
    """A topic found inline, with what is put into the chat."""

    topic: TopicId
    reply: Reply


class Dialog:
    """Knows what to say; build it once for a knowledge, ask it for every event."""

    def __init__(
        self,
        knowledge: Knowledge,
        matcher: AsksTopics,
        places: Places,
        offices: Offices,
        languages: Languages,
    ) -> None:
        self.knowledge = knowledge
        self._places = places
        self._spoken = Spoken(knowledge, languages)
        self._replies = Replies.of(knowledge, offices)
        self._wording = self._replies.wording
        self.talk = Talk(knowledge, matcher, places, self._spoken, self._replies)

    def handle(self, chat: Chat, event: Event, today: datetime.date) -> Turn:
        """Return what to say to `event`, what to remember and what to count."""
        turn = self._handled(chat, event, Now(self.language(chat), today))
        if chat.group:
            fitted = tuple(for_group(reply, self._wording) for reply in turn.replies)
            return replace(turn, replies=fitted)
        return turn

    def said(self, key: str, chat: Chat, today: datetime.date, **fields: str) -> Reply:
        """Return a fixed sentence in the language of the chat, with a way on."""
        return self._replies.menus.said(key, Now(self.language(chat), today), **fields)

    def failure(self, chat: Chat, today: datetime.date) -> Reply:
        """Return the calm sentence for when something broke, with a human contact."""
        return self.said("other.failure", chat, today, phone=self._wording.phone(_HOTLINE, today))

    def found(self, text: str, language: LanguageCode, today: datetime.date) -> tuple[Found, ...]:
        """Return up to ten topics for words typed inline, best first, with their first screen."""
        now = Now(language, today)
        offered = self.talk.offered(self.talk.understand(text).match)
        related = [near for topic in offered for near in self.knowledge.topics[topic].related]
        topics = dict.fromkeys([*offered, *related]) if offered else {}
        return tuple(
            Found(topic, self._replies.answers.first_screen(topic, now)
                  .with_row(self._replies.answers.into_private(topic, now)))
            for topic in list(topics)[:_INLINE]
            if topic in self.knowledge.topics
        )  # fmt: skip

    def language(self, chat: Chat) -> LanguageCode:
        """Return the language in which the chat is spoken to."""
        return self._spoken.of_chat(chat)

    def _handled(self, chat: Chat, event: Event, now: Now) -> Turn:
        match event:
            case Asked():
                return self.talk.asked(chat, event.text, now.today)
            case SharedLocation():
                finding = self._places.at(event.latitude, event.longitude)
                return self.talk.with_finding(chat, finding, "", now)
            case Started():
                return self._started(chat, event.payload, now)
            case Commanded():
                return self._pressed(chat, _COMMANDS[event.command], now)
            case Pressed():
                return self._pressed(chat, event.action, now)
            case SentThing():
                sent = self._replies.menus.said(f"other.{event.kind.value}", now)
                return Turn(chat, (sent,))
            case PressedOldButton():
                return self._old_button(chat, now)

    def _old_button(self, chat: Chat, now: Now) -> Turn:
        toast = self._wording.say(now.language, "other.old_button")
        return Turn(chat, (self._replies.menus.menu(now),), toast=toast)

    def _started(self, chat: Chat, payload: str, now: Now) -> Turn:
        kind, _, name = payload.partition("_")
        if kind == "topic":
            for topic, known in self.knowledge.topics.items():
                if _plain(topic) == _plain(name) and known.kind is not Kind.REFERRAL:
                    return self.talk.topic(chat, topic, now)
        if kind == "org":
            for organisation in self.knowledge.organisations:
                if _plain(organisation) == _plain(name):
                    return Turn(chat, (self._replies.places.organisation(organisation, now),))
        if kind == "place":
            return self.talk.with_finding(chat, self._places.find(name), name, now)
        return Turn(chat, (self._replies.menus.greeting(now),))

    def _pressed(self, chat: Chat, action: Action, now: Now) -> Turn:
        match action.verb:
            case (
                Verb.TOPIC | Verb.ABOUT | Verb.COUNTER | Verb.GOOD | Verb.BAD | Verb.REASON
            ):  # fmt: skip
                return self._about_topic(chat, action, now)
            case (
                Verb.ASK_PLACE | Verb.PLACE | Verb.FORGET_PLACE | Verb.OFFICE | Verb.OFFICE_NEED
                | Verb.WHO_HELPS
            ):  # fmt: skip
                return self._about_place(chat, action, now)
            case (
                Verb.NONE_OF_THESE | Verb.OFFER_QUESTION | Verb.SEND_QUESTION | Verb.DROP_QUESTION
            ):  # fmt: skip
                return self._about_question(chat, action, now)
            case Verb.LANGUAGE:
                return self._choose_language(chat, action.first, now)
            case Verb.DELETE_NOW:
                fresh = Chat(interface=chat.interface)
                new = Now(self.language(fresh), now.today)
                done = self._replies.menus.said("delete.done", new)
                return Turn(fresh, (done,), (Forgotten(),))
        return Turn(chat, (self._screen(chat, action, now),))

    def _screen(self, chat: Chat, action: Action, now: Now) -> Reply:
        menus = self._replies.menus
        match action.verb:
            case Verb.AREA if action.first in self.knowledge.areas:
                page = int(action.second) if action.second.isdecimal() else 0
                return menus.area(action.first, page, now)
            case Verb.AREA:
                return menus.areas(now)
            case Verb.LANGUAGES:
                return menus.languages(now)
            case Verb.SETTINGS:
                return menus.settings(chat, self._place_name(chat), now)
            case Verb.MYDATA:
                return menus.mydata(chat, self._place_name(chat), now)
            case Verb.PRIVACY:
                return menus.privacy(now)
            case Verb.DELETE:
                return menus.delete(now)
            case Verb.HELP:
                return menus.how(now)
        return menus.menu(now)

    def _choose_language(self, chat: Chat, language: LanguageCode, now: Now) -> Turn:
        """Change the language and say the last thing again in it."""
        if language not in self.knowledge.languages:
            return Turn(chat, (self._replies.menus.languages(now),))
        chosen = Now(language, now.today)
        chat = replace(chat, language=language, spoken="")
        toast = self._wording.say(language, "language.set")
        if chat.question:
            return replace(self.talk.asked(chat, chat.question, now.today), toast=toast)
        if chat.topic in self.knowledge.topics:
            again = self._replies.answers.answer(chat.topic, chosen)
            return Turn(chat, (again,), toast=toast)
        return Turn(chat, (self._replies.menus.greeting(chosen),), toast=toast)

    def _about_topic(self, chat: Chat, action: Action, now: Now) -> Turn:
        topic, known = action.first, self.knowledge.topics.get(action.first)
        shown = action.verb in (Verb.TOPIC, Verb.ABOUT)
        if known is None or (shown and known.kind is Kind.REFERRAL):
            return self._old_button(chat, now)
        match action.verb:
            case Verb.TOPIC:
                return self.talk.topic(chat, topic, now, Outcome.CHOSEN)
            case Verb.ABOUT:
                return Turn(chat, (self._replies.answers.answer(topic, now),))
            case Verb.COUNTER:
                return Turn(chat, (self._replies.answers.counter(topic, now),))
            case Verb.BAD:
                counted = Counted(topic, now.language, Outcome.BAD)
                return Turn(chat, (self._replies.menus.reasons(topic, now),), (counted,))
        good = action.verb is Verb.GOOD
        reason = action.second if action.second in REASONS else ""
        counted = Counted(topic, now.language, Outcome.GOOD if good else Outcome.REASON, reason)
        toast = self._wording.say(now.language, "feedback.thanks_text")
        return Turn(chat, (self._replies.menus.thanks(now),), (counted,), toast)

    def _about_place(self, chat: Chat, action: Action, now: Now) -> Turn:
        place = self._places.by_key(chat.place) if chat.place else None
        replies = self._replies.places
        match action.verb:
            case Verb.PLACE:
                chosen = self._places.by_key(action.first)
                if chosen is None:
                    return self._old_button(chat, now)
                return self.talk.at_place(chat, chosen, None, now)
            case Verb.FORGET_PLACE:
                text = self._replies.menus.said("place.forgotten", now)
                return Turn(replace(chat, place="", waits_for_place=""), (text,))
            case Verb.WHO_HELPS:
                topic = action.first if action.first in self.knowledge.topics else ""
                waits = chat.waits_for_place if place else HELP_FOR + topic
                chat = replace(chat, waits_for_place=waits)
                return Turn(chat, (replies.who_helps(topic, place, now),))
            case Verb.OFFICE if place:
                return Turn(chat, (replies.office(place, None, now),))
            case Verb.OFFICE_NEED if place and action.first in NEEDS:
                return Turn(chat, (replies.need(action.first, place, now),))
            case Verb.OFFICE_NEED if place:
                return Turn(chat, (replies.needs(now),))
        waits = chat.waits_for_place if chat.waits_for_place.startswith(HELP_FOR) else NO_TOPIC
        return Turn(replace(chat, waits_for_place=waits), (replies.ask(now),))

    def _about_question(self, chat: Chat, action: Action, now: Now) -> Turn:
        """Show the scrubbed question, and pass on exactly what was shown."""
        forgotten, question = replace(chat, question=""), scrubbed(chat.question)
        match action.verb:
            case Verb.NONE_OF_THESE:
                unknown = self._replies.answers.unknown(now, offer=bool(chat.question))
                return Turn(chat, (unknown,), (Counted("", now.language, Outcome.UNKNOWN),))
            case Verb.DROP_QUESTION:
                return Turn(forgotten, (self._replies.menus.said("send.dropped", now),))
            case Verb.SEND_QUESTION if question and action.first == _digest(question):
                done = self._replies.menus.said("send.done", now)
                return Turn(forgotten, (done,), (SentToEditors(question, now.language),))
            case _ if question:
                preview = self._replies.menus.preview(question, _digest(question), now)
                return Turn(chat, (preview,))
        return Turn(chat, (self._replies.menus.said("send.gone", now),))

    def _place_name(self, chat: Chat) -> str:
        place = self._places.by_key(chat.place) if chat.place else None
        return place.name if place else ""


_COMMANDS = {
    Command.HELP: Action(Verb.HELP),
    Command.LANGUAGE: Action(Verb.LANGUAGES),
    Command.MENU: Action(Verb.MENU),
    Command.PLACE: Action(Verb.OFFICE),
    Command.PRIVACY: Action(Verb.PRIVACY),
    Command.SETTINGS: Action(Verb.SETTINGS),
    Command.MYDATA: Action(Verb.MYDATA),
    Command.DELETE: Action(Verb.DELETE),
}


def _digest(question: str) -> str:
    """Return what ties a button to the very text that was shown above it."""
    return blake2s(question.encode(), digest_size=8).hexdigest()


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name)
