"""The responsible Jobcenter and agency of a place, and the organisations that help near by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

from bot.core.model import Contact, Organisation
from bot.core.places.model import Finding, Place

EARTH_KM = 6371.0
# Languages whose speakers the federation of Russian-speaking parents and its members advise.
_BVRE_LANGUAGES = frozenset({"ru", "uk"})
_BVRE = "bvre"
# Whoever offers only these advises no single person.
_FOR_OTHERS = frozenset({"umbrella_advocacy", "employer_support"})
# Farther away a local organisation is no help to somebody who must go there.
FAR_KM = 60.0


class Form(StrEnum):
    """Who runs a Jobcenter, and so where one applies online."""

    JOINT = "gE"  # Bundesagentur and municipality together: jobcenter.digital
    MUNICIPAL = "zkT"  # the municipality alone: its own portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobcenter:
    """A Jobcenter; contact fields are empty unless sourced, each with the year of its source.

    A year is that before which the page cannot have been written; nothing was called.
    `point` (degrees) belongs to the street. `listed` is the date of the official list.
    """

    id: str
    label: str
    form: Form
    agency: str
    website: str = ""
    website_year: str = ""
    phone: str = ""
    phone_year: str = ""
    street: str = ""
    plz: str = ""
    city: str = ""
    address_year: str = ""
    hours: str = ""
    point: tuple[float, float] | None = None
    listed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An Agentur für Arbeit; contact fields as in Jobcenter."""

    id: str
    label: str
    website: str = ""
    website_year: str = ""
    phone: str = ""
    street: str = ""
    plz: str = ""
    city: str = ""
    address_year: str = ""
    point: tuple[float, float] | None = None
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A nationwide hotline, portal or finder of the Bundesagentur."""

    key: str
    what: str
    value: str
    hours: str
    date: str


@dataclass(frozen=True, slots=True)
class Near:
    """An organisation with its distance; None where it has no place or we know none."""

    id: str
    organisation: Organisation
    km: float | None
    call_first: bool
    speaks: bool


class Locator(Protocol):
    """Turns a postcode or town into a place."""

    def find(self, text: str) -> Finding:
        """Return what the text names."""


class Offices:
    """All offices and organisations, indexed; built once, immutable."""

    def __init__(
        self,
        *,
        jobcenters: Iterable[Jobcenter],
        agencies: Iterable[Agency],
        services: Iterable[Service],
        organisations: Mapping[str, Organisation],
        places: Locator | None = None,
    ) -> None:
        self._jobcenters = {office.id: office for office in jobcenters}
        self._agencies = {office.id: office for office in agencies}
        self.services: Mapping[str, Service] = {service.key: service for service in services}
        self._organisations = organisations
        self._points = {
            key: _point(organisation, places) for key, organisation in organisations.items()
        }

    def jobcenter(self, number: str) -> Jobcenter:
        """Return the Jobcenter of a number; KeyError if there is none."""
        return self._jobcenters[number]

    def agency(self, number: str) -> Agency:
        """Return the agency of a number; KeyError if there is none."""
        return self._agencies[number]

    def finder_link(self, place: Place, *, agency: bool = False) -> str:
        """Return the official search for the office, with the postcode where we have one.

        Without a postcode it is the search page itself, to be filled in there.
        """
        link = self.services["office_finder_agency" if agency else "office_finder_jobcenter"].value
        if place.plz:
            return link.replace("{plz}", place.plz)
        return link.replace("&plz={plz}", "").replace("plz={plz}", "")

    def near(
        self,
        place: Place | None,
        *,
        language: str,
        services: Collection[str] = (),
        topic_organisations: Collection[str] = (),
        limit: int = 5,
    ) -> tuple[Near, ...]:
        """Return who helps, best first: near, in the language, with the services asked for.

        `services` is met by one of them; without a place only nationwide organisations and
        those of the topic remain. For ru and uk BVRE and its members stand first.
        """
        wanted = set(services)
        found = (
            self._near(key, organisation, place, language)
            for key, organisation in self._organisations.items()
            if key in topic_organisations or _serves(organisation, wanted)
        )
        reachable = [near for near in found if _reachable(near, language, topic_organisations)]
        reachable.sort(key=lambda near: _rank(near, language, topic_organisations))
        return tuple(reachable[:limit])

    def _near(
        self, key: str, organisation: Organisation, place: Place | None, language: str
    ) -> Near:
        point = self._points[key]
        here = (place.latitude, place.longitude) if place else None
        return Near(
            key,
            organisation,
            distance(here, point) if here and point else None,
            organisation.contact is Contact.VERIFY_FIRST,
            language in organisation.languages or language == "de",
        )


def _serves(organisation: Organisation, wanted: Collection[str]) -> bool:
    """Whether it advises people, and in what is wanted if that is named."""
    services = set(organisation.services)
    return bool(services & set(wanted)) if wanted else not services or bool(services - _FOR_OTHERS)


def _reachable(near: Near, language: str, topic_organisations: Collection[str]) -> bool:
    if near.organisation.nationwide or near.id in topic_organisations:
        return True
    if near.id == _BVRE and language in _BVRE_LANGUAGES:
        return True
    return near.km is not None and near.km <= FAR_KM


def _rank(
    near: Near, language: str, topic_organisations: Collection[str]
) -> tuple[bool, bool, bool, int, bool, float, str]:
    """Order: has a contact, BVRE for its languages, local, speaks, of the topic, km, id."""
    organisation = near.organisation
    ours = language in _BVRE_LANGUAGES and (organisation.member_of_bvre or near.id == _BVRE)
    return (
        organisation.contact is Contact.NONE,
        not ours,
        organisation.nationwide and near.id not in topic_organisations,
        0 if near.speaks else 1 + bool(organisation.languages),
        near.id not in topic_organisations,
        near.km if near.km is not None else float("inf"),
        near.id,
    )


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points (latitude, longitude in degrees), haversine."""
    latitude, longitude = radians(one[0]), radians(one[1])
    latitude2, longitude2 = radians(other[0]), radians(other[1])
    half = sin((latitude2 - latitude) / 2) ** 2
    half += cos(latitude) * cos(latitude2) * sin((longitude2 - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _point(organisation: Organisation, places: Locator | None) -> tuple[float, float] | None:
    """Return the middle of the organisation's postcode, or else of its municipality."""
    seat = organisation.place
    if places is None:
        return None
    for text in (seat.plz, seat.municipality):
        finding = places.find(text) if text else None
        if finding and finding.place:
            return finding.place.latitude, finding.place.longitude
        if finding and finding.options:
            inside = [option.place for option in finding.options]
            if len({place.municipality for place in inside}) == 1:
                return inside[0].latitude, inside[0].longitude
    return None
