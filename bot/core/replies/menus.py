"""Greeting, menu, areas, language, settings, privacy and what else is not an answer."""

import datetime
from dataclasses import dataclass

from bot.core.chat import Chat, Now
from bot.core.knowledge import Knowledge
from bot.core.replies.wording import Wording
from bot.core.reply import Action, Button, Part, PartKind, Reply, Verb, packed

PAGE = 6  # topics a page, with the row of navigation seven rows at most
REASONS = ("wrong", "unclear", "other_question", "missing")


@dataclass(frozen=True)
class Menus:
    """Builds replies that lead the way."""

    knowledge: Knowledge
    wording: Wording

    def greeting(self, now: Now) -> Reply:
        """Say what this is and is not, with four buttons."""
        language = self._button(now, "button.language", Verb.LANGUAGES)
        return Reply(
            (
                self.wording.title(now.language, "greeting.title"),
                self.wording.text(now.language, "greeting.text"),
            ),
            now.language,
            (
                (self._areas_button(now), self._office_button(now)),
                (self._button(now, "menu.help", Verb.WHO_HELPS), language),
            ),
        )

    def menu(self, now: Now) -> Reply:
        """Return the main menu."""
        return self._living(
            now,
            "menu.title",
            self.wording.text(now.language, "menu.text"),
            (self._areas_button(now), self._office_button(now)),
            (
                self._button(now, "menu.help", Verb.WHO_HELPS),
                self._button(now, "menu.settings", Verb.SETTINGS),
            ),
            (
                self._button(now, "button.language", Verb.LANGUAGES),
                self._button(now, "button.help", Verb.HELP),
            ),
        )

    def areas(self, now: Now) -> Reply:
        """Return the areas of the knowledge to choose from."""
        buttons = [
            self._button(now, f"area.{area}", Verb.AREA, area) for area in self.knowledge.areas
        ]
        return self._living(
            now,
            "area.title",
            self.wording.text(now.language, "area.text"),
            *packed(buttons),
            (self._home(now),),
        )

    def area(self, area: str, page: int, now: Now) -> Reply:
        """Return a page of the topics of one area."""
        topics = self.knowledge.areas.get(area, ())
        page = max(0, min(page, (len(topics) - 1) // PAGE))
        rows = [
            (self.wording.topic_button(now.language, topic),)
            for topic in topics[page * PAGE : (page + 1) * PAGE]
        ]
        turn = []
        if page > 0:
            turn.append(self._button(now, "button.previous", Verb.AREA, area, str(page - 1)))
        if (page + 1) * PAGE < len(topics):
            turn.append(self._button(now, "button.next", Verb.AREA, area, str(page + 1)))
        back = (self._button(now, "button.back", Verb.AREA), self._home(now))
        text = self.wording.text(now.language, "area.text")
        return self._living(now, f"area.{area}", text, *rows, tuple(turn), back)

    def languages(self, now: Now) -> Reply:
        """Return every language in its own script."""
        buttons = [
            Button(language.name, Action(Verb.LANGUAGE, code))
            for code, language in self.knowledge.languages.items()
        ]
        rows = (*packed(buttons), (self._home(now),))
        title = self.wording.title(now.language, "language.title")
        return Reply((title,), now.language, rows, living=True)

    def settings(self, chat: Chat, place: str, now: Now) -> Reply:
        """Return what is set for the chat, with the ways to change it."""
        text = self.wording.text(
            now.language,
            "settings.text",
            language=self._language_name(now),
            place=place or self.wording.say(now.language, "place.none"),
        )
        place_row = [self._button(now, "button.change_place", Verb.ASK_PLACE)]
        if chat.place:
            place_row.append(self._button(now, "button.forget_place", Verb.FORGET_PLACE))
        return self._living(
            now,
            "settings.title",
            text,
            (
                self._button(now, "button.language", Verb.LANGUAGES),
                self._button(now, "button.privacy", Verb.PRIVACY),
            ),
            tuple(place_row),
            (
                self._button(now, "button.mydata", Verb.MYDATA),
                self._button(now, "button.delete", Verb.DELETE),
            ),
            (self._home(now),),
        )

    def privacy(self, now: Now) -> Reply:
        """Say what is kept, for how long, and how to get rid of it."""
        details = self.wording.part(PartKind.DETAILS, now.language, "privacy.details")
        reply = self._living(
            now,
            "privacy.title",
            self.wording.text(now.language, "privacy.text"),
            (
                self._button(now, "button.mydata", Verb.MYDATA),
                self._button(now, "button.delete", Verb.DELETE),
            ),
            (self._home(now),),
        )
        return reply.with_parts(details)

    def mydata(self, chat: Chat, place: str, now: Now) -> Reply:
        """Return everything held about the chat, readable."""
        none = "–"
        text = self.wording.text(
            now.language,
            "mydata.text",
            language=self._language_name(now) if chat.language or chat.spoken else none,
            place=place or none,
            topic=self.knowledge.title(chat.topic, now.language) if chat.topic else none,
            day=self._day(chat, now) or none,
        )
        if not (chat.language or chat.spoken or chat.place or chat.topic):
            text = self.wording.text(now.language, "mydata.nothing")
        delete = self._button(now, "button.delete", Verb.DELETE)
        return self._living(now, "mydata.title", text, (delete,), (self._home(now),))

    def delete(self, now: Now) -> Reply:
        """Ask once more before everything is deleted."""
        yes = self._button(now, "button.delete_yes", Verb.DELETE_NOW)
        no = self._button(now, "button.cancel", Verb.SETTINGS)
        text = self.wording.text(now.language, "delete.text")
        return self._living(now, "delete.title", text, (yes,), (no,))

    def how(self, now: Now) -> Reply:
        """Say how the bot works and which commands there are."""
        return self._living(
            now,
            "help.how_title",
            self.wording.text(now.language, "help.how"),
            (self._areas_button(now), self._office_button(now)),
            (
                self._button(now, "menu.settings", Verb.SETTINGS),
                self._button(now, "button.privacy", Verb.PRIVACY),
            ),
            (self._home(now),),
        )

    def said(self, key: str, now: Now, **fields: str) -> Reply:
        """Return one fixed sentence with a way on."""
        text = self.wording.text(now.language, key, **fields)
        return Reply((text,), now.language, ((self._areas_button(now), self._home(now)),))

    def reasons(self, topic: str, now: Now) -> Reply:
        """Return the buttons that ask what was wrong; they replace those of the answer."""
        buttons = [
            self._button(now, f"reason.{reason}", Verb.REASON, topic, reason) for reason in REASONS
        ]
        text = self.wording.text(now.language, "feedback.why")
        rows = (*packed(buttons), (self._home(now),))
        return Reply((text,), now.language, rows, only_buttons=True)

    def thanks(self, now: Now) -> Reply:
        """Return the keyboard that says thank you and leads on."""
        thanks = self._button(now, "feedback.thanks", Verb.MENU)
        text = self.wording.text(now.language, "feedback.thanks_text")
        return Reply((text,), now.language, ((thanks,),), only_buttons=True)

    def preview(self, scrubbed: str, digest: str, now: Now) -> Reply:
        """Show the scrubbed question and ask whether the editors may have this very text."""
        return Reply(
            (
                self.wording.title(now.language, "send.title"),
                Part(PartKind.QUOTE, scrubbed),
                self.wording.note(now.language, "send.text"),
            ),
            now.language,
            (
                (self._button(now, "button.send_yes", Verb.SEND_QUESTION, digest),),
                (self._button(now, "button.send_no", Verb.DROP_QUESTION),),
                (self._home(now),),
            ),
        )

    def _living(self, now: Now, title: str, text: Part, *rows: tuple[Button, ...]) -> Reply:
        parts = (self.wording.title(now.language, title), text)
        return Reply(parts, now.language, tuple(row for row in rows if row), living=True)

    def _day(self, chat: Chat, now: Now) -> str:
        if not chat.last_contact:
            return ""
        return self.wording.date(now.language, datetime.date.fromisoformat(chat.last_contact))

    def _language_name(self, now: Now) -> str:
        return self.knowledge.languages[now.language].name

    def _button(self, now: Now, key: str, verb: Verb, first: str = "", second: str = "") -> Button:
        return self.wording.button(now.language, key, verb, first, second)

    def _home(self, now: Now) -> Button:
        return self._button(now, "button.home", Verb.MENU)

    def _areas_button(self, now: Now) -> Button:
        return self._button(now, "menu.topics", Verb.AREA)

    def _office_button(self, now: Now) -> Button:
        return self._button(now, "menu.office", Verb.OFFICE)
