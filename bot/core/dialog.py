"""The conversation as a pure function: an event and a chat in, replies and a new chat out."""

import datetime
from dataclasses import dataclass, replace

from bot.core.chat import (
    Chat,
    Counted,
    Forgotten,
    Now,
    Outcome,
    SentToEditors,
    Turn,
)
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
from bot.core.model import LanguageCode, TopicId
from bot.core.offices import Offices
from bot.core.places import Places
from bot.core.questions import NO_TOPIC, AsksTopics, Talk
from bot.core.replies import Answers, Menus, PlaceReplies, Wording
from bot.core.replies.places import NEEDS
from bot.core.reply import Action, Reply, Verb
from bot.core.scrubbing import scrubbed
from bot.core.spoken import Spoken

_HOTLINE = "hotline_ba_de"


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
        wording = Wording(knowledge)
        self._places = places
        self._spoken = Spoken(knowledge, languages)
        self._wording = wording
        self._menus = Menus(knowledge, wording)
        self._answers = Answers(knowledge, wording)
        self._place_replies = PlaceReplies(knowledge, wording, offices)
        self.talk = Talk(
            knowledge,
            matcher,
            places,
            languages,
            wording,
            self._answers,
            self._place_replies,
            self._menus,
        )

    def handle(self, chat: Chat, event: Event, today: datetime.date) -> Turn:
        """Return what to say to `event`, what to remember and what to count."""
        match event:
            case Asked():
                return self.talk.asked(chat, event, today)
            case SharedLocation():
                now = Now(self.language(chat), today)
                finding = self._places.at(event.latitude, event.longitude)
                return self.talk.with_finding(chat, finding, "", now)
        now = Now(self.language(chat), today)
        match event:
            case Started():
                return self._started(chat, event.payload, now)
            case Commanded():
                return self._pressed(chat, Pressed(_COMMANDS[event.command]), now)
            case Pressed():
                return self._pressed(chat, event, now)
            case SentThing():
                return Turn(chat, (self._menus.said(f"other.{event.kind.value}", now),))
            case PressedOldButton():
                toast = self._wording.say(now.language, "other.old_button")
                return Turn(chat, (self._menus.menu(now),), toast=toast)

    def failure(self, chat: Chat, today: datetime.date) -> Turn:
        """Return the calm sentence for when something broke, with a human contact."""
        now = Now(self.language(chat), today)
        phone = self._wording.phone(_HOTLINE, today)
        return Turn(chat, (self._menus.said("other.failure", now, phone=phone),))

    def said(self, key: str, chat: Chat, today: datetime.date) -> Reply:
        """Return a fixed sentence in the language of the chat."""
        return self._menus.said(key, Now(self.language(chat), today))

    def found(self, text: str, language: LanguageCode, today: datetime.date) -> tuple[Found, ...]:
        """Return up to ten topics for words typed inline, best first, with their first screen."""
        now = Now(language, today)
        match = self.talk.understand(text).match
        return tuple(
            Found(topic, self._answers.first_screen(topic, now))
            for topic in self.talk.offered(match)
        )

    def language(self, chat: Chat) -> LanguageCode:
        """Return the language in which the chat is spoken to."""
        return self._spoken.of_chat(chat)

    def _started(self, chat: Chat, payload: str, now: Now) -> Turn:
        kind, _, name = payload.partition("_")
        wanted = _plain(name)
        if kind == "topic":
            for topic in self.knowledge.topics:
                if _plain(topic) == wanted and not topic.startswith("outofscope."):
                    return self.talk.topic(chat, topic, now)
        if kind == "org":
            for organisation in self.knowledge.organisations:
                if _plain(organisation) == wanted:
                    return Turn(chat, (self._place_replies.organisation(organisation, now),))
        if kind == "place":
            return self.talk.with_finding(chat, self._places.find(name), name, now)
        return Turn(chat, (self._menus.greeting(now),))

    def _pressed(self, chat: Chat, event: Pressed, now: Now) -> Turn:
        action = event.action
        match action.verb:
            case Verb.TOPIC | Verb.ABOUT | Verb.COUNTER | Verb.GOOD | Verb.BAD | Verb.REASON:
                return self._about_topic(chat, action, now)
            case (
                Verb.ASK_PLACE | Verb.PLACE | Verb.FORGET_PLACE | Verb.OFFICE | Verb.OFFICE_NEED
                | Verb.WHO_HELPS | Verb.ORGANISATION
            ):  # fmt: skip
                return self._about_place(chat, action, now)
            case Verb.OFFER_QUESTION | Verb.SEND_QUESTION | Verb.DROP_QUESTION:
                return self._about_question(chat, event, now)
            case Verb.LANGUAGE:
                return self._choose_language(chat, action.first, now)
            case Verb.DELETE_NOW:
                fresh = Chat(interface=chat.interface)
                new = Now(self.language(fresh), now.today)
                return Turn(fresh, (self._menus.said("delete.done", new),), (Forgotten(),))
        return Turn(chat, (self._screen(chat, action, now),))

    def _screen(self, chat: Chat, action: Action, now: Now) -> Reply:
        match action.verb:
            case Verb.AREA if action.first in self.knowledge.areas:
                page = int(action.second) if action.second.isdecimal() else 0
                return self._menus.area(action.first, page, now)
            case Verb.AREA:
                return self._menus.areas(now)
            case Verb.LANGUAGES:
                return self._menus.languages(now)
            case Verb.SETTINGS:
                return self._menus.settings(chat, self._place_name(chat), now)
            case Verb.MYDATA:
                return self._menus.mydata(chat, self._place_name(chat), now)
            case Verb.PRIVACY:
                return self._menus.privacy(now)
            case Verb.DELETE:
                return self._menus.delete(now)
            case Verb.HELP:
                return self._menus.how(now)
        return self._menus.menu(now)

    def _choose_language(self, chat: Chat, language: LanguageCode, now: Now) -> Turn:
        if language not in self.knowledge.languages:
            return Turn(chat, (self._menus.languages(now),))
        chosen = Now(language, now.today)
        chat = replace(chat, language=language, spoken="")
        replies = [self._menus.greeting(chosen)]
        if chat.topic:  # what was read last is wanted in the new language
            replies = [self._answers.answer(chat.topic, chosen)]
        toast = self._wording.say(language, "language.set")
        return Turn(chat, tuple(replies), toast=toast)

    def _about_topic(self, chat: Chat, action: Action, now: Now) -> Turn:
        topic = action.first
        if topic not in self.knowledge.topics or topic.startswith("outofscope."):
            return self.handle(chat, PressedOldButton(), now.today)
        match action.verb:
            case Verb.TOPIC:
                return self.talk.topic(chat, topic, now, Outcome.CHOSEN)
            case Verb.ABOUT:
                return Turn(chat, (self._answers.answer(topic, now),))
            case Verb.COUNTER:
                return Turn(chat, (self._answers.counter(topic, now),))
            case Verb.BAD:
                counted = Counted(topic, now.language, Outcome.BAD)
                return Turn(chat, (self._menus.reasons(topic, now),), (counted,))
        outcome = Outcome.GOOD if action.verb is Verb.GOOD else Outcome.BAD
        counted = Counted(topic, now.language, outcome, action.second)
        toast = self._wording.say(now.language, "feedback.thanks_text")
        return Turn(chat, (self._menus.thanks(now),), (counted,), toast)

    def _about_place(self, chat: Chat, action: Action, now: Now) -> Turn:
        place = self._places.by_key(chat.place) if chat.place else None
        match action.verb:
            case Verb.PLACE:
                chosen = self._places.by_key(action.first)
                if chosen is None:
                    return self.handle(chat, PressedOldButton(), now.today)
                return self.talk.at_place(chat, chosen, None, now)
            case Verb.FORGET_PLACE:
                text = self._menus.said("place.forgotten", now)
                return Turn(replace(chat, place="", waits_for_place=""), (text,))
            case Verb.WHO_HELPS:
                topic = action.first if action.first in self.knowledge.topics else ""
                return Turn(chat, (self._place_replies.who_helps(topic, place, now),))
            case Verb.ORGANISATION if action.first in self.knowledge.organisations:
                return Turn(chat, (self._place_replies.organisation(action.first, now),))
            case Verb.OFFICE if place:
                return Turn(chat, (self._place_replies.office(place, None, now),))
            case Verb.OFFICE_NEED if place and action.first in NEEDS:
                return Turn(chat, (self._place_replies.need(action.first, place, now),))
            case Verb.OFFICE_NEED if place:
                return Turn(chat, (self._place_replies.needs(now),))
        chat = replace(chat, waits_for_place=action.first or NO_TOPIC)
        return Turn(chat, (self._place_replies.ask(now),))

    def _about_question(self, chat: Chat, event: Pressed, now: Now) -> Turn:
        forgotten = replace(chat, question="")
        match event.action.verb:
            case Verb.DROP_QUESTION:
                return Turn(forgotten, (self._menus.said("send.dropped", now),))
            case Verb.OFFER_QUESTION if chat.question:
                return Turn(chat, (self._menus.preview(scrubbed(chat.question), now),))
            case Verb.SEND_QUESTION if chat.question:
                sent = SentToEditors(scrubbed(chat.question), now.language)
                return Turn(forgotten, (self._menus.said("send.done", now),), (sent,))
        return Turn(chat, (self._menus.said("send.gone", now),))

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


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name)
