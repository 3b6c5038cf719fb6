"""What to do with typed words: safety first, then place and topic, and how sure we are."""

import datetime
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.chat import Chat, Counted, Now, Outcome, Turn
from bot.core.knowledge import Knowledge
from bot.core.matching import Question
from bot.core.model import Kind, LanguageCode, Match, Shows, TopicId, Zone
from bot.core.places import Finding, Place, PlaceKind, Places
from bot.core.replies import Replies
from bot.core.reply import Action, Button, Part, PartKind, Reply, Verb
from bot.core.safety import Watch
from bot.core.spoken import Spoken
from bot.core.text import normalise

PLACE_TOKEN = "⟨place⟩"
NO_TOPIC = "-"  # a place is waited for, but for no topic
HELP_FOR = "help:"  # before the topic for which help near a place is wanted
_LEAST_PROBABILITY = 0.02  # a candidate less likely than this is no help in a choice
_REFERS = 0.4  # from this probability on we say who else does what we do not do
_FEWEST, _MOST = 2, 5  # topics in a choice
_LETTER = 1_500  # letters from which on a message is a pasted letter


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
        self,
        knowledge: Knowledge,
        matcher: AsksTopics,
        places: Places,
        spoken: Spoken,
        replies: Replies,
    ) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._places = places
        self._spoken = spoken
        self._replies = replies
        self._wording = replies.wording
        self._watch = Watch(knowledge.hazards)
        languages = knowledge.languages.items()
        self._small_words = {
            normalise(word) for _, known in languages for word in known.small_words
        }
        self._asked_as = {
            f" {normalise(form)} ": code for code, known in languages for form in known.asked_as
        }

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
            candidate for candidate in match.candidates if not self._is_referral(candidate.topic)
        ][:_MOST]
        return tuple(
            candidate.topic
            for rank, candidate in enumerate(likely)
            if rank < _FEWEST or candidate.probability >= _LEAST_PROBABILITY
        )

    def asked(self, chat: Chat, text: str, today: datetime.date) -> Turn:
        """Return the turn for typed words: the card first if there is danger, then the reply."""
        language, guessed = self._spoken.reply_language(chat, text)
        now = Now(language, today)
        usual = self._spoken.of_interface(chat)
        chat = replace(chat, spoken=language if guessed else chat.spoken, question="")
        turn = self._reply(chat, text, now)
        if guessed and not chat.group:
            turn = self._with_language_button(turn, usual, now)
        return self._with_cards(turn, text, now)

    def topic(
        self,
        chat: Chat,
        topic: TopicId,
        now: Now,
        outcome: Outcome = Outcome.ANSWERED,
        *,
        place: Place | None = None,
        spoken: LanguageCode = "",
    ) -> Turn:
        """Return the answer of a topic, with what belongs to `place` or the chat's own place."""
        place = place or (self._places.by_key(chat.place) if chat.place else None)
        chat = replace(chat, topic=topic, waits_for_place="")
        records = (Counted(topic, now.language, outcome),)
        known = self._knowledge.topics[topic]
        if place and known.shows is Shows.OFFICE:
            reply = self._replies.places.office(place, None, now)
            about = self._wording.button(now.language, "button.topic_about", Verb.ABOUT, topic)
            return Turn(chat, (reply.with_row(about),), records)
        if place and known.shows is Shows.ORGANISATIONS:
            helpers = self._replies.places.who_helps(topic, place, now, spoken=spoken)
            return Turn(chat, (helpers,), records)
        reply = self._replies.answers.answer(topic, now)
        if chat.group or not (known.needs_place or known.shows):
            return Turn(chat, (reply,), records)
        if place:
            below = self._replies.places.office_below(place, now)
            return Turn(chat, (reply.with_parts(below),), records)
        waiting = replace(chat, waits_for_place=topic)
        return Turn(waiting, (reply, self._replies.places.ask(now)), records)

    def at_place(self, chat: Chat, place: Place, finding: Finding | None, now: Now) -> Turn:
        """Remember the place and go on with what waited for it, or show its office."""
        waited, known = chat.waits_for_place, chat.place
        chat = replace(chat, place=place.key, waits_for_place="")
        if waited.startswith(HELP_FOR):
            helpers = self._replies.places.who_helps(waited.removeprefix(HELP_FOR), place, now)
            turn = Turn(chat, (helpers,), (Counted("", now.language, Outcome.PLACE),))
        elif waited in self._knowledge.topics:
            turn = self.topic(chat, waited, now, Outcome.PLACE)
        else:
            office = self._replies.places.office(place, None, now)
            turn = Turn(chat, (office,), (Counted("", now.language, Outcome.PLACE),))
        turn = self._with_namesakes(turn, finding, now)
        return turn if known or chat.group else self._with_saved(turn, place, now)

    def with_finding(self, chat: Chat, finding: Finding, named: str, now: Now) -> Turn:
        """Return the turn for a place that was found, must be asked for, or is unknown."""
        if finding.place:
            return self.at_place(chat, finding.place, finding, now)
        if finding.kind is PlaceKind.ASK:
            chat = replace(chat, waits_for_place=chat.waits_for_place or NO_TOPIC)
            return Turn(chat, (self._replies.places.ask_back(finding, named, now),))
        return Turn(chat, (self._replies.menus.said("place.unknown", now),))

    def _reply(self, chat: Chat, text: str, now: Now) -> Turn:
        if not normalise(text):
            return Turn(chat, (self._replies.menus.said("unclear.text", now),))
        if chat.waits_for_place and (turn := self._waited_for(chat, text, now)):
            return turn
        understood = self.understand(text, chat.topic)
        finding = understood.finding
        named = _named(text, finding)
        if finding.kind is not PlaceKind.NONE and self._follows_up(chat, understood):
            chat = replace(chat, waits_for_place=chat.topic)
            return self.with_finding(chat, finding, named, now)
        if self._places.is_only_place(text):
            return self.with_finding(chat, finding, named, now)
        if finding.kind is PlaceKind.ASK and self._wants_place(understood.match):
            chat = replace(chat, waits_for_place=understood.match.candidates[0].topic)
            return self.with_finding(chat, finding, named, now)
        turn = self._by_zone(chat, text, understood, now)
        if len(text) > _LETTER:
            note = self._wording.note(now.language, "toolong.text")
            turn = replace(turn, replies=(turn.replies[0].with_parts(note), *turn.replies[1:]))
        return turn

    def _waited_for(self, chat: Chat, text: str, now: Now) -> Turn | None:
        """Return the turn for a place that was asked for, even one that is an ordinary word."""
        for words in (text, text.title()):
            if self._places.is_only_place(words):
                finding = self._places.find(words)
                return self.with_finding(chat, finding, _named(words, finding), now)
        if any(letter.isalpha() for letter in text):
            return None  # something else is asked meanwhile
        return Turn(chat, (self._replies.menus.said("place.unknown", now),))

    def _by_zone(self, chat: Chat, text: str, understood: Understood, now: Now) -> Turn:
        match, best = understood.match, understood.match.best
        if best and (match.zone is Zone.ANSWER or self._place_says_it(understood)):
            return self._direct(chat, text, understood, best.topic, now)
        if match.zone is Zone.CHOOSE:
            topics = self.offered(match)
            records = tuple(Counted(topic, now.language, Outcome.CHOICE) for topic in topics[:1])
            choice = self._replies.answers.choice(topics, now)
            return Turn(replace(chat, question=text), (choice,), records)
        if best and best.probability >= _REFERS and self._is_referral(best.topic):
            referral = self._replies.answers.answer(best.topic, now)
            return Turn(chat, (referral,), (Counted(best.topic, now.language, Outcome.REFERRED),))
        unknown = self._replies.answers.unknown(now, offer=not chat.group)
        counted = Counted("", now.language, Outcome.UNKNOWN)
        return Turn(replace(chat, question=text), (unknown,), (counted,))

    def _place_says_it(self, understood: Understood) -> bool:
        """Whether two words such as "Jobcenter 44787" are clear because a place is named."""
        best = understood.match.best
        if best is None or understood.match.zone is not Zone.CHOOSE:
            return False
        shows = self._knowledge.topics[best.topic].shows
        return shows is not None and understood.finding.place is not None

    def _direct(
        self, chat: Chat, text: str, understood: Understood, topic: TopicId, now: Now
    ) -> Turn:
        """Answer for the place that was named, which becomes the chat's own if it has none."""
        if chat.group:
            return self._short(chat, topic, now)
        place = understood.finding.place
        new = place is not None and not chat.place
        if place and new:
            chat = replace(chat, place=place.key)
        spoken = self._language_wanted(text)
        turn = self.topic(chat, topic, now, place=place, spoken=spoken)
        turn = self._with_namesakes(turn, understood.finding, now)
        return self._with_saved(turn, place, now) if place and new else turn

    def _short(self, chat: Chat, topic: TopicId, now: Now) -> Turn:
        """Answer where others read along: the first screen and a way into the private chat."""
        more = self._replies.answers.into_private(topic, now)
        reply = self._replies.answers.first_screen(topic, now).with_row(more)
        return Turn(chat, (reply,), (Counted(topic, now.language, Outcome.ANSWERED),))

    def _follows_up(self, chat: Chat, understood: Understood) -> bool:
        """Whether only the place of the last question changes: "und wo in Köln?"."""
        rest = normalise(understood.masked.replace(PLACE_TOKEN, " ")).split()
        known = self._knowledge.topics.get(chat.topic)
        local = known is not None and (known.needs_place or known.shows is not None)
        return local and bool(rest) and self._small_words.issuperset(rest)

    def _is_referral(self, topic: TopicId) -> bool:
        return self._knowledge.topics[topic].kind is Kind.REFERRAL

    def _wants_place(self, match: Match) -> bool:
        best = match.best
        if best is None or match.zone is Zone.REFER:
            return False
        topic = self._knowledge.topics[best.topic]
        return topic.needs_place or topic.shows is not None

    def _language_wanted(self, text: str) -> LanguageCode:
        """Return the language in which help is wanted, if the text names one."""
        words = f" {normalise(text)} "
        return next((code for form, code in self._asked_as.items() if form in words), "")

    def _with_namesakes(self, turn: Turn, finding: Finding | None, now: Now) -> Turn:
        """Say which of several places of one name was taken, and offer the others."""
        if not (finding and finding.place and finding.others):
            return turn
        first = self._replies.places.with_namesakes(turn.replies[0], finding, now)
        return replace(turn, replies=(first, *turn.replies[1:]))

    def _with_saved(self, turn: Turn, place: Place, now: Now) -> Turn:
        saved = self._wording.note(now.language, "place.saved", place=place.name)
        return replace(turn, replies=(turn.replies[0].with_parts(saved), *turn.replies[1:]))

    def _with_language_button(self, turn: Turn, usual: LanguageCode, now: Now) -> Turn:
        """Offer the language of the person's Telegram after a reply in a guessed one."""
        if usual and usual != now.language:
            name = self._knowledge.languages[usual].name
            button = Button(name, Action(Verb.LANGUAGE, usual))
        else:
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
        date = self._wording.date(now.language, hazard.as_of)
        as_of = self._wording.note(now.language, "answer.as_of", date=date)
        words = Part(PartKind.TEXT, figures.fill(card.text.strip()))
        home = self._wording.button(now.language, "button.home", Verb.MENU)
        return Reply((Part(PartKind.TITLE, card.title), words, as_of), now.language, ((home,),))


def _named(text: str, finding: Finding) -> str:
    """Return the words of `text` that name the place."""
    return " ".join(text[start:end] for start, end in finding.spans) or text
