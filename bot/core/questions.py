"""What to do with typed words: safety first, then place and topic, and how sure we are."""

import datetime
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.chat import Chat, Counted, Now, Outcome, Turn
from bot.core.events import Asked
from bot.core.knowledge import Knowledge
from bot.core.language import Languages
from bot.core.matching import Question
from bot.core.model import Kind, LanguageCode, Match, Shows, TopicId, Zone
from bot.core.places import Finding, Place, PlaceKind, Places
from bot.core.replies import Answers, Menus, PlaceReplies, Wording
from bot.core.reply import Button, Part, PartKind, Reply, Verb
from bot.core.safety import Watch
from bot.core.spoken import Spoken
from bot.core.text import normalise

PLACE_TOKEN = "⟨place⟩"
NO_TOPIC = "-"  # a place is waited for, but for no topic
_LEAST_PROBABILITY = 0.02  # a candidate less likely than this is no help in a choice
_FEWEST, _MOST = 2, 5  # topics in a choice


class AsksTopics(Protocol):
    """What finds the topics of a question."""

    def match(self, question: Question) -> Match: ...


@dataclass(frozen=True)
class Understood:
    """What was made of a question before anything is said."""

    match: Match
    finding: Finding
    masked: str


class Talk:
    """Turns typed words into replies."""

    def __init__(
        self, knowledge: Knowledge, matcher: AsksTopics, places: Places, languages: Languages,
        wording: Wording, answers: Answers, place_replies: PlaceReplies, menus: Menus,
    ) -> None:  # fmt: skip
        self._knowledge = knowledge
        self._matcher = matcher
        self._places = places
        self._wording = wording
        self._answers = answers
        self._place_replies = place_replies
        self._menus = menus
        self._watch = Watch(knowledge.hazards)
        self._small_words = {
            normalise(word) for known in knowledge.languages.values() for word in known.small_words
        }
        self._spoken = Spoken(knowledge, languages)

    def understand(self, text: str, after: TopicId = "") -> Understood:
        """Return places and topics of `text`; `after` is the last topic of the chat."""
        finding = self._places.find(text)
        masked = self._places.masked(text)
        match = self._matcher.match(Question(masked, after or None))
        return Understood(match, finding, masked)

    def reply_language(self, chat: Chat, text: str) -> LanguageCode:
        """Return the language in which `text` would be replied to."""
        return self._spoken.reply_language(chat, text)[0]

    def offered(self, match: Match) -> tuple[TopicId, ...]:
        """Return the two to five topics that a choice offers; never one that is out of scope."""
        likely = [
            candidate
            for candidate in match.candidates
            if self._knowledge.topics[candidate.topic].kind is not Kind.REFERRAL
        ][:_MOST]
        return tuple(
            candidate.topic
            for rank, candidate in enumerate(likely)
            if rank < _FEWEST or candidate.probability >= _LEAST_PROBABILITY
        )

    def asked(self, chat: Chat, event: Asked, today: datetime.date) -> Turn:
        """Return the turn for typed words: the card first if there is danger, then the reply."""
        language, guessed = self._spoken.reply_language(chat, event.text)
        now = Now(language, today)
        chat = replace(chat, spoken=language if guessed else chat.spoken, question="")
        turn = self._reply(chat, event, now)
        if guessed and not event.short:
            turn = self._with_language_button(turn, now)
        return self._with_cards(turn, event.text, now)

    def topic(
        self, chat: Chat, topic: TopicId, now: Now, outcome: Outcome = Outcome.ANSWERED
    ) -> Turn:
        """Return the answer of a topic, with the office below where that belongs."""
        place = self._places.by_key(chat.place) if chat.place else None
        chat = replace(chat, topic=topic, waits_for_place="")
        records = (Counted(topic, now.language, outcome),)
        shows = self._knowledge.topics[topic].shows
        if place and shows is Shows.OFFICE:
            reply = self._place_replies.office(place, None, now)
            about = self._wording.button(now.language, "button.topic_about", Verb.ABOUT, topic)
            return Turn(chat, (reply.with_row(about),), records)
        if place and shows is Shows.ORGANISATIONS:
            return Turn(chat, (self._place_replies.who_helps(topic, place, now),), records)
        reply = self._answers.answer(topic, now)
        if self._knowledge.topics[topic].needs_place:
            if place is None:
                chat = replace(chat, waits_for_place=topic)
                return Turn(chat, (reply, self._place_replies.ask(now)), records)
            reply = reply.with_parts(self._place_replies.office_below(place, now))
        return Turn(chat, (reply,), records)

    def at_place(self, chat: Chat, place: Place, finding: Finding | None, now: Now) -> Turn:
        """Remember the place and go on with what waited for it, or show its office."""
        topic = chat.waits_for_place
        known = chat.place != ""
        chat = replace(chat, place=place.key, waits_for_place="")
        if topic in self._knowledge.topics:
            turn = self.topic(chat, topic, now, Outcome.PLACE)
        else:
            office = self._place_replies.office(place, finding, now)
            turn = Turn(chat, (office,), (Counted("", now.language, Outcome.PLACE),))
        if not known:
            saved = self._wording.note(now.language, "place.saved", place=place.name)
            turn = replace(turn, replies=(turn.replies[0].with_parts(saved), *turn.replies[1:]))
        return turn

    def with_finding(self, chat: Chat, finding: Finding, named: str, now: Now) -> Turn:
        """Return the turn for a place that was found, must be asked for, or is unknown."""
        if finding.place:
            return self.at_place(chat, finding.place, finding, now)
        if finding.kind is PlaceKind.ASK:
            chat = replace(chat, waits_for_place=chat.waits_for_place or NO_TOPIC)
            return Turn(chat, (self._place_replies.ask_back(finding, named, now),))
        return Turn(chat, (self._menus.said("place.unknown", now),))

    def _reply(self, chat: Chat, event: Asked, now: Now) -> Turn:
        text = event.text
        if not normalise(text):
            return Turn(chat, (self._menus.said("unclear.text", now),))
        understood = self.understand(text, chat.topic)
        finding, match = understood.finding, understood.match
        if self._places.is_only_place(text):
            return self.with_finding(chat, finding, _named(text, finding), now)
        if finding.kind is not PlaceKind.NONE:
            if self._follows_up(chat, understood):
                chat = replace(chat, waits_for_place=chat.topic)
                return self.with_finding(chat, finding, _named(text, finding), now)
            if finding.place:
                chat = replace(chat, place=finding.place.key)
            elif self._wants_place(match):
                chat = replace(chat, waits_for_place=match.candidates[0].topic)
                return self.with_finding(chat, finding, _named(text, finding), now)
        return self._by_zone(chat, event, understood, now)

    def _by_zone(self, chat: Chat, event: Asked, understood: Understood, now: Now) -> Turn:
        match = understood.match
        best = match.best
        if match.zone is Zone.ANSWER and best:
            if event.short:
                return self._short(chat, best.topic, now)
            turn = self.topic(chat, best.topic, now)
            return self._with_namesakes(turn, understood.finding, now)
        if match.zone is Zone.CHOOSE:
            topics = self.offered(match)
            records = tuple(Counted(topic, now.language, Outcome.CHOICE) for topic in topics[:1])
            chat = replace(chat, question=event.text)
            return Turn(chat, (self._answers.choice(topics, now),), records)
        if best and self._knowledge.topics[best.topic].kind is Kind.REFERRAL:
            referral = self._answers.answer(best.topic, now)
            return Turn(chat, (referral,), (Counted(best.topic, now.language, Outcome.REFERRED),))
        chat = replace(chat, question=event.text)
        unknown = self._answers.unknown(now, offer=not event.short)
        return Turn(chat, (unknown,), (Counted("", now.language, Outcome.UNKNOWN),))

    def _short(self, chat: Chat, topic: TopicId, now: Now) -> Turn:
        """Answer where others read along: the first screen and a way into the private chat."""
        more = Button(
            self._wording.say(now.language, "button.full_answer"),
            start="topic_" + topic.replace(".", "-"),
        )
        reply = self._answers.first_screen(topic, now).with_row(more)
        return Turn(chat, (reply,), (Counted(topic, now.language, Outcome.ANSWERED),))

    def _follows_up(self, chat: Chat, understood: Understood) -> bool:
        """Whether only the place of the last question changes: "und wo in Köln?"."""
        rest = normalise(understood.masked.replace(PLACE_TOKEN, " ")).split()
        return bool(chat.topic) and self._small_words.issuperset(rest)

    def _wants_place(self, match: Match) -> bool:
        best = match.best
        if best is None or match.zone is Zone.REFER:
            return False
        topic = self._knowledge.topics[best.topic]
        return topic.needs_place or topic.shows is not None

    def _with_namesakes(self, turn: Turn, finding: Finding, now: Now) -> Turn:
        """Say which of several places of one name was taken, and offer the others."""
        if not (finding.place and finding.others):
            return turn
        first = self._place_replies.with_namesakes(turn.replies[0], finding, now)
        return replace(turn, replies=(first, *turn.replies[1:]))

    def _with_language_button(self, turn: Turn, now: Now) -> Turn:
        """Offer another language after a reply in a guessed one."""
        button = self._wording.button(now.language, "button.other_language", Verb.LANGUAGES)
        first, *rest = turn.replies
        return replace(turn, replies=(first.with_row(button), *rest))

    def _with_cards(self, turn: Turn, text: str, now: Now) -> Turn:
        keys = self._watch.cards(text)
        cards = tuple(self._card(key, now) for key in keys)
        records = tuple(Counted(f"safety.{key}", now.language, Outcome.SAFETY) for key in keys)
        return replace(turn, replies=cards + turn.replies, records=records + turn.records)

    def _card(self, key: str, now: Now) -> Reply:
        card = self._knowledge.card(now.language, key)
        assert card, f"check lets no hazard without a card through: {key}"
        hazard = next(h for h in self._knowledge.hazards.values() if h.card == key)
        figures = self._wording.figures(now.language, now.today)
        as_of = self._wording.note(
            now.language, "answer.as_of", date=self._wording.date(now.language, hazard.as_of)
        )
        words = Part(PartKind.TEXT, figures.fill(card.text.strip()))
        return Reply((Part(PartKind.TITLE, card.title), words, as_of), now.language)


def _named(text: str, finding: Finding) -> str:
    """Return the words of `text` that name the place."""
    return " ".join(text[start:end] for start, end in finding.spans) or text
