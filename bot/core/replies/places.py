"""Offices and organisations: who is responsible for a place, who helps near it."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.chat import Now
from bot.core.knowledge import Knowledge
from bot.core.model import Contact, LanguageCode, Organisation, TopicId
from bot.core.offices import Jobcenter, Near, Offices
from bot.core.places import Finding, Option, Place
from bot.core.replies.wording import Wording
from bot.core.reply import (
    Action,
    Button,
    Part,
    PartKind,
    Pin,
    Reply,
    Verb,
    packed,
    shortened,
)

SHOWN = 4  # organisations in one message
_LOOKED_AT = 12  # of those that come into question
_LABEL = 34  # letters of a place that a button of its own row shows
NEEDS = ("basic", "insured", "looking", "asylum")
HOTLINE = "hotline_ba_de"  # the figure with the hotline's number
_OPTIONS = 12  # Berlin's Bezirke; more would not fit a screen


@dataclass(frozen=True)
class PlaceReplies:
    """Builds replies about places, offices and organisations."""

    knowledge: Knowledge
    wording: Wording
    offices: Offices

    def ask(self, now: Now) -> Reply:
        """Ask for the place, offering to share a location."""
        return Reply(
            (self.wording.text(now.language, "place.ask"),),
            now.language,
            wants_location=self.wording.say(now.language, "button.share_location"),
        )

    def ask_back(self, finding: Finding, named: str, now: Now) -> Reply:
        """Ask which of several places is meant, each a button; `named` is what was typed."""
        key = f"place.{finding.ask.value if finding.ask else 'namesakes'}"
        text = self.wording.text(now.language, key, plz=named, name=named)
        home = self.wording.button(now.language, "button.home", Verb.MENU)
        options = finding.options[:_OPTIONS]
        labels = _different([option.label for option in options])
        buttons = [
            Button(label, Action(Verb.PLACE, option.place.key))
            for label, option in zip(labels, options, strict=True)
        ]
        return Reply((text,), now.language, (*packed(buttons), (home,)))

    def office(self, place: Place, finding: Finding | None, now: Now) -> Reply:
        """Return Jobcenter and agency of the place, how to reach them, how fresh that is."""
        jobcenter = self.offices.jobcenter(place.jobcenter)
        parts = [
            self.wording.title(now.language, "office.title"),
            Part(PartKind.TEXT, "\n".join(self._office_lines(place, jobcenter, now))),
            Part(PartKind.NOTE, "\n".join(self._office_notes(jobcenter, now))),
        ]
        rows = [*self._office_buttons(place, jobcenter, now)]
        reply = Reply(tuple(parts), now.language, tuple(rows), pin=_pin(jobcenter))
        return self.with_namesakes(reply, finding, now) if finding else reply

    def with_namesakes(self, reply: Reply, finding: Finding, now: Now) -> Reply:
        """Say below a reply which place was taken, and offer others of the same name."""
        if not (finding.place and finding.others):
            return reply
        took = self.wording.note(now.language, "place.took", place=finding.place.name)
        others = tuple(_place_button(option) for option in finding.others[:2])
        return replace(reply, parts=(*reply.parts, took), buttons=(others, *reply.buttons))

    def office_below(self, place: Place, now: Now) -> Part:
        """Return the office of the place as a part that stands below an answer."""
        jobcenter = self.offices.jobcenter(place.jobcenter)
        return Part(PartKind.TEXT, "\n".join(self._office_lines(place, jobcenter, now)))

    def needs(self, now: Now) -> Reply:
        """Ask in one tap which of the offices is responsible for the person."""
        rows = packed(
            [
                self.wording.button(now.language, f"need.{need}", Verb.OFFICE_NEED, need)
                for need in NEEDS
            ]
        )
        home = (self.wording.button(now.language, "button.home", Verb.MENU),)
        return Reply(
            (
                self.wording.title(now.language, "need.title"),
                self.wording.text(now.language, "need.text"),
            ),
            now.language,
            (*rows, home),
            living=True,
        )

    def need(self, need: str, place: Place, now: Now) -> Reply:
        """Say which office is responsible in one situation at the place."""
        text = self.wording.text(
            now.language,
            f"need.{need}_text",
            jobcenter=self.offices.jobcenter(place.jobcenter).label,
            agency=self.offices.agency(place.agency).label,
        )
        rows = (
            (
                self.wording.button(now.language, "menu.office", Verb.OFFICE),
                self.wording.button(now.language, "button.home", Verb.MENU),
            ),
        )
        return Reply((text,), now.language, rows)

    def who_helps(
        self, topic: TopicId, place: Place | None, now: Now, *, spoken: LanguageCode = ""
    ) -> Reply:
        """Return organisations that help, nearest first; `spoken` is the language wanted."""
        wanted = self.knowledge.topics[topic].organisations if topic else ()
        found = self.offices.near(
            place, language=spoken or now.language, topic_organisations=wanted, limit=_LOOKED_AT
        )
        near = _local_first(found)
        title = self.wording.title(now.language, "help.title")
        body = tuple(self._organisation_parts(near, now))
        if not body:
            body = (self.wording.text(now.language, "help.none"),)
        if place:
            head = self.wording.text(now.language, "help.near", place=place.name)
        else:
            head = self.wording.text(now.language, "help.no_place")
        rows = (
            *packed(
                [
                    _website_button(found.organisation)
                    for found in near
                    if found.organisation.website
                ]
            ),
            (
                self.wording.button(now.language, "button.ask_place", Verb.ASK_PLACE)
                if place is None
                else self.wording.button(now.language, "button.change_place", Verb.ASK_PLACE),
                self.wording.button(now.language, "button.home", Verb.MENU),
            ),
        )
        return Reply((title, head, *body), now.language, rows)

    def organisation(self, organisation_id: str, now: Now) -> Reply:
        """Return one organisation with its contact and how good that is."""
        organisation = self.knowledge.organisations[organisation_id]
        first = organisation.contact is Contact.VERIFY_FIRST
        near = Near(organisation_id, organisation, None, first, speaks=False)
        home = (self.wording.button(now.language, "button.home", Verb.MENU),)
        website = _website_button(near.organisation)
        rows = ((website,), home) if near.organisation.website else (home,)
        return Reply(tuple(self._organisation_parts((near,), now)), now.language, rows)

    def _office_lines(self, place: Place, jobcenter: Jobcenter, now: Now) -> Iterator[str]:
        say = self.wording.say
        yield say(now.language, "office.responsible", place=place.name)
        yield say(now.language, "office.jobcenter", name=jobcenter.label)
        if address := _address(jobcenter):
            yield say(now.language, "office.address", address=address, year=jobcenter.address_year)
        if jobcenter.phone:
            yield say(
                now.language, "office.phone", phone=jobcenter.phone, year=jobcenter.phone_year
            )
        yield say(now.language, "office.agency", name=self.offices.agency(place.agency).label)
        hotline = self.wording.phone(HOTLINE, now.today)
        if hotline:
            yield say(now.language, "office.hotline", phone=hotline)

    def _office_notes(self, jobcenter: Jobcenter, now: Now) -> Iterator[str]:
        say = self.wording.say
        yield say(now.language, f"office.form_{jobcenter.form}")
        if not jobcenter.street:
            yield say(now.language, "office.no_contact")
        yield say(now.language, "office.note_home")
        listed = datetime.date.fromisoformat(jobcenter.listed)
        yield say(now.language, "office.fresh", date=self.wording.date(now.language, listed))

    def _office_buttons(
        self, place: Place, jobcenter: Jobcenter, now: Now
    ) -> Iterator[tuple[Button, ...]]:
        links = []
        if jobcenter.website:
            label = self.wording.say(now.language, "button.website")
            links.append(Button(label, url=jobcenter.website))
        label = self.wording.say(now.language, "button.official_finder")
        links.append(Button(label, url=self.offices.finder_link(place)))
        yield tuple(links)
        yield (
            self.wording.button(now.language, "button.office_who", Verb.OFFICE_NEED),
            self.wording.button(now.language, "menu.help", Verb.WHO_HELPS),
        )
        yield (
            self.wording.button(now.language, "button.change_place", Verb.ASK_PLACE),
            self.wording.button(now.language, "button.home", Verb.MENU),
        )

    def _organisation_parts(self, near: tuple[Near, ...], now: Now) -> Iterator[Part]:
        warnings = {found.organisation.warning for found in near} - {""}
        for warning in sorted(warnings):
            yield self.wording.note(now.language, f"help.{warning}")
        for found in near:
            yield Part(PartKind.TEXT, "\n".join(self._organisation_lines(found, now)))

    def _organisation_lines(self, found: Near, now: Now) -> Iterator[str]:
        say, organisation = self.wording.say, found.organisation
        yield organisation.name
        if found.km is not None:
            yield say(now.language, "help.distance", km=str(round(found.km)))
        languages = [
            self.knowledge.languages[code].name
            for code in organisation.languages
            if code in self.knowledge.languages
        ]
        if organisation.member_of_bvre:
            yield say(now.language, "help.member_of_bvre")
        if languages:
            yield say(now.language, "help.languages", languages=", ".join(languages))
        yield from (line for line in _contact_lines(organisation) if line)
        yield self._contact_note(organisation, now)

    def _contact_note(self, organisation: Organisation, now: Now) -> str:
        key = {
            Contact.SOURCED_CURRENT: "help.contact_as_of",
            Contact.VERIFY_FIRST: "help.call_first",
            Contact.WEBSITE_ONLY: "help.website_only",
            Contact.NONE: "help.no_contact",
        }[organisation.contact]
        day = organisation.as_of
        date = self.wording.date(now.language, day) if day else "?"
        return self.wording.say(now.language, key, date=date)


def _local_first(found: Sequence[Near]) -> tuple[Near, ...]:
    """Return those near by, then nationwide ones; half the places are for those near by."""
    local = [near for near in found if near.km is not None and not near.organisation.nationwide]
    others = [near for near in found if near not in local]
    kept = local[: SHOWN - min(len(others), SHOWN // 2)]
    return (*kept, *others[: SHOWN - len(kept)])


def _contact_lines(organisation: Organisation) -> tuple[str, ...]:
    if organisation.contact not in (Contact.SOURCED_CURRENT, Contact.VERIFY_FIRST):
        return ()
    seat = organisation.place
    town = " ".join(word for word in (seat.plz, seat.municipality) if word)
    address = ", ".join(word for word in (seat.street, town) if word)
    return (address if seat.street else "", organisation.phone, organisation.email)


def _different(labels: list[str]) -> list[str]:
    """Shorten labels that are too long even for a row of their own; keep what tells them apart."""
    return [
        label if len(label) <= _LABEL else f"{label[:10]}…{label[11 - _LABEL :]}"
        for label in labels
    ]


def _place_button(option: Option) -> Button:
    (label,) = _different([option.label])
    return Button(label, Action(Verb.PLACE, option.place.key))


def _website_button(organisation: Organisation) -> Button:
    return Button(shortened(organisation.short or organisation.name), url=organisation.website)


def _address(jobcenter: Jobcenter) -> str:
    town = f"{jobcenter.plz} {jobcenter.city}".strip()
    return f"{jobcenter.street}, {town}" if jobcenter.street else ""


def _pin(jobcenter: Jobcenter) -> Pin | None:
    address = _address(jobcenter)
    if jobcenter.point is None or not address:
        return None
    latitude, longitude = jobcenter.point
    return Pin(latitude, longitude, jobcenter.label, address)
