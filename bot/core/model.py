"""The vocabulary of the house: what editors write, as frozen models.

The pydantic models mirror the YAML files one to one; their field descriptions become the JSON
Schemas in `knowledge/schema/` that an editor's program shows. Ids come from the file paths.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

TopicId = str
LanguageCode = str


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Url = Annotated[str, Field(pattern=r"^https?://\S+$")]
Line = Annotated[str, Field(min_length=1, pattern=r"^[^\n]*$")]


class Source(_Model):
    """A public page or law that carries what a text says."""

    title: Line = Field(description="What the page or law is called, as people know it.")
    url: Url = Field(description="Its full public address, starting with https://")


class Kind(StrEnum):
    """What a topic is: an answer, a referral to others (out of scope), or the bot itself."""

    ANSWER = "answer"
    REFERRAL = "referral"
    BOT = "bot"


class Shows(StrEnum):
    """What stands in the place of the text as soon as the person's place is known."""

    OFFICE = "office"
    ORGANISATIONS = "organisations"


class Certainty(StrEnum):
    """Whether the sources settle the matter; `unconfirmed` answers say so."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class Topic(_Model):
    """One topic, in no language: on what it rests and how long it holds."""

    kind: Kind = Field(Kind.ANSWER, description="answer | referral | bot")
    facts: tuple[str, ...] = Field((), description="Ids of facts.yaml that carry the texts.")
    related: tuple[str, ...] = Field((), description="Two to four ids of neighbouring topics.")
    organisations: tuple[str, ...] = Field((), description="Who helps: ids of organisations/.")
    needs_place: bool = Field(False, description="true: the office of the place belongs below.")
    shows: Shows | None = Field(None, description="office | organisations, once a place is known.")
    as_of: datetime.date = Field(description="The sources support the texts up to this day.")
    changed: datetime.date = Field(description="Last change of meaning; older texts are outdated.")
    review_by: datetime.date = Field(description='First day of the notice "due for a check".')
    valid_until: datetime.date | None = Field(None, description="Last day the answer is shown.")
    certainty: Certainty = Field(Certainty.CONFIRMED, description="confirmed | unconfirmed")
    sources: tuple[Source, ...] = Field((), description="One to four public sources.")


class TopicText(_Model):
    """The words of one topic in one language."""

    title: Line = Field(max_length=60, description="What the answer is about, as a heading.")
    label: str = Field("", description="For buttons, at most 24 letters; if the title is longer.")
    questions: tuple[Line, ...] = Field(description="How people ask; all of them train the bot.")
    answer: str = Field("", description="First screen: 3-5 short sentences, up to 700 letters.")
    details: str = Field("", description="The rest; unfolds by a tap.")
    counter: str = Field("", max_length=256, description="German sentence for the counter.")
    checked: datetime.date = Field(description="Day this text was last checked.")


class Unit(StrEnum):
    """How a figure is written; money and time are formatted for the reader's language."""

    EUR = "EUR"
    EUR_PER_HOUR = "EUR/h"
    EUR_PER_MONTH = "EUR/month"
    PERCENT = "percent"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    DATE = "date"
    PHONE = "phone"
    NUMBER = "number"


class Step(_Model):
    """What a figure is from one day on."""

    from_: datetime.date = Field(alias="from", description="First day on which it holds.")
    value: Line = Field(description="The figure; decimal point, dates as 2027-01-01.")
    source: Line = Field(description="Public address, or the kind of source where there is none.")


class Value(_Model):
    """A dated figure: texts name it in braces and it changes by itself on its day."""

    unit: Unit
    fact: str = Field("", description="Id of the fact in facts.yaml on which it rests.")
    steps: tuple[Step, ...] = Field(min_length=1)

    def on(self, day: datetime.date) -> Step | None:
        """Return the step in force on `day`, or None before the first."""
        due = [step for step in self.steps if step.from_ <= day]
        return max(due, key=lambda step: step.from_) if due else None


class Direction(StrEnum):
    """Which way a language is written."""

    LTR = "ltr"
    RTL = "rtl"


class State(StrEnum):
    """Full languages have every text; growing ones fall back for what is missing."""

    FULL = "full"
    GROWING = "growing"


class Language(_Model):
    """A language the bot speaks."""

    name: Line = Field(description="Its own name, in its own script.")
    direction: Direction = Direction.LTR
    state: State = State.FULL
    locale: str = Field("", description="Locale of dates and amounts, if not the code itself.")
    asked_as: tuple[Line, ...] = Field((), description="How people name it, in all languages.")
    small_words: tuple[Line, ...] = Field(
        (), description='Words that ask nothing by themselves, as in "und wo in Köln?".'
    )
    fallback: tuple[str, ...] = Field((), description="Languages to show instead, best first.")


class Concept(_Model):
    """One concept of the field with all the ways people write it."""

    topic: str = Field("", description="Only if the bare word means this one topic.")
    forms: tuple[Line, ...] = Field(min_length=1)


class Contact(StrEnum):
    """How far the contact of an organisation may be trusted."""

    SOURCED_CURRENT = "sourced_current"
    VERIFY_FIRST = "verify_first"
    WEBSITE_ONLY = "website_only"
    NONE = "none"


class Seat(_Model):
    """Where an organisation is."""

    municipality: str = ""
    plz: str = Field("", pattern=r"^(\d{5})?$")
    street: str = ""
    land: str = ""


class Organisation(_Model):
    """An organisation that helps, its contact only as good as its source."""

    name: Line
    short: str = Field("", description="Short name for a button.")
    website: str = Field("", pattern=r"^(https?://\S+)?$")
    phone: str = ""
    email: str = ""
    place: Seat = Seat()
    nationwide: bool = False
    languages: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    for_whom: tuple[str, ...] = ()
    member_of_bvre: bool = False
    contact: Contact = Contact.NONE
    warning: str = Field("", description="Key of the warning to show before the contact.")
    as_of: datetime.date | None = Field(None, description="Date of the source of the contact.")
    sources: tuple[Source, ...] = ()


class Fact(_Model):
    """A sourced fact line on which texts rest."""

    text: str
    source: str
    date: str
    status: str


class Card(_Model):
    """A safety card in one language, shown before anything else."""

    title: Line
    text: str = Field(min_length=1, description="Who to call now, in short lines.")


class Hazard(_Model):
    """Words that lead to a safety card before anything else, per language."""

    card: str = Field(description="Key of the card in texts/<lang>/_safety.yaml")
    facts: tuple[str, ...] = Field((), description="Ids of the facts that carry the numbers.")
    as_of: datetime.date = Field(description="The sources support the card up to this day.")
    words: dict[str, tuple[Line, ...]] = Field(description="language -> words and phrases")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to ask for a topic, with the file line on which an editor finds it."""

    text: str
    language: LanguageCode
    topic: TopicId
    path: str = ""
    line: int = 0


class Zone(StrEnum):
    """What the bot does with a question: answer it, offer a choice, or refer to people."""

    ANSWER = "answer"
    CHOOSE = "choose"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that a question may mean, with its calibrated probability (0 to 1)."""

    topic: TopicId
    probability: float
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What the matcher makes of a question: candidates best first, the zone and why."""

    zone: Zone
    candidates: tuple[Candidate, ...] = ()
    normalised: str = ""
    reasons: tuple[str, ...] = field(default=())

    @property
    def best(self) -> Candidate | None:
        """The likeliest topic, or None if nothing was found."""
        return self.candidates[0] if self.candidates else None


def decimal(value: str) -> Decimal:
    """Return the figure of a step as a number; ValueError names what was written."""
    try:
        return Decimal(value)
    except ArithmeticError:
        raise ValueError(f'"{value}" is not a number') from None
