"""Offices of a place, and organisations near it in the order that helps most."""

from pathlib import Path
from typing import Any

import pytest

from bot.adapters.places_csv import load_offices, load_places
from bot.core.knowledge import Knowledge
from bot.core.model import Contact, Organisation, Seat
from bot.core.offices import Form, Offices, distance
from bot.core.places import Place, Places

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
ORGANISATIONS = {
    "bvre": Organisation(
        name="BVRE",
        website="https://www.bvre.de",
        place=Seat(municipality="Köln"),
        languages=("de", "ru"),
        services=("recognition_counselling",),
        contact=Contact.WEBSITE_ONLY,
        member_of_bvre=True,
    ),
    "cologne-member": Organisation(
        name="Member in Köln",
        place=Seat(municipality="Köln", plz="50825"),
        languages=("de", "ru"),
        services=("job_counselling",),
        contact=Contact.VERIFY_FIRST,
        member_of_bvre=True,
    ),
    "bonn": Organisation(
        name="Advice in Bonn",
        place=Seat(municipality="Bonn"),
        languages=("de", "ar"),
        services=("job_counselling",),
        contact=Contact.SOURCED_CURRENT,
    ),
    "cologne-silent": Organisation(
        name="No contact known",
        place=Seat(municipality="Köln"),
        languages=("de", "ar"),
        services=("job_counselling",),
        contact=Contact.NONE,
    ),
    "dresden": Organisation(
        name="Advice in Dresden",
        place=Seat(municipality="Dresden", plz="01239"),
        services=("job_counselling",),
        contact=Contact.SOURCED_CURRENT,
    ),
    "hotline": Organisation(
        name="Hotline",
        nationwide=True,
        languages=("de", "ar", "ru"),
        services=("job_counselling",),
        contact=Contact.SOURCED_CURRENT,
    ),
    "umbrella": Organisation(
        name="Umbrella",
        nationwide=True,
        services=("umbrella_advocacy",),
        contact=Contact.SOURCED_CURRENT,
    ),
}


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(KNOWLEDGE)


@pytest.fixture(scope="module")
def offices(places: Places) -> Offices:
    return load_offices(KNOWLEDGE, Knowledge(organisations=ORGANISATIONS), places)


def place_of(places: Places, text: str) -> Place:
    place = places.find(text).place
    assert place is not None
    return place


def ids(offices: Offices, place: Place | None, language: str, **wishes: Any) -> list[str]:
    return [near.id for near in offices.near(place, language=language, **wishes)]


def test_a_postcode_leads_to_its_jobcenter_and_agency(places: Places, offices: Offices) -> None:
    place = place_of(places, "44787")

    jobcenter, agency = offices.jobcenter(place.jobcenter), offices.agency(place.agency)

    assert (jobcenter.label, agency.label) == ("Jobcenter Bochum", "Agentur für Arbeit Bochum")
    assert jobcenter.form is Form.JOINT


def test_every_jobcenter_has_its_agency(offices: Offices) -> None:
    jobcenters = list(offices._jobcenters.values())

    forms = [jobcenter.form for jobcenter in jobcenters]
    assert (forms.count(Form.JOINT), forms.count(Form.MUNICIPAL)) == (300, 104)
    assert all(offices.agency(jobcenter.agency).label for jobcenter in jobcenters)


def test_the_finder_link_carries_the_postcode_if_there_is_one(
    places: Places, offices: Offices
) -> None:
    with_code = offices.finder_link(place_of(places, "44787"))
    without = offices.finder_link(place_of(places, "Bochum"))

    assert with_code.endswith("?in=jobcenter&plz=44787")
    assert without.endswith("?in=jobcenter")
    assert "arbeitsagenturen" in offices.finder_link(place_of(places, "44787"), agency=True)


def test_bvre_and_members_stand_first_for_russian(places: Places, offices: Offices) -> None:
    found = ids(offices, place_of(places, "50667"), "ru")

    assert set(found[:2]) == {"bvre", "cologne-member"}
    assert found.index("hotline") > found.index("bonn")


def test_for_other_languages_near_speakers_stand_first(places: Places, offices: Offices) -> None:
    found = ids(offices, place_of(places, "50667"), "ar")

    assert found[0] == "bonn"
    assert found[-1] == "cologne-silent"
    assert "dresden" not in found


def test_without_a_place_only_nationwide_help_and_the_topic_remain(offices: Offices) -> None:
    assert ids(offices, None, "ar") == ["hotline"]
    assert ids(offices, None, "ru") == ["bvre", "hotline"]
    assert set(ids(offices, None, "ar", topic_organisations=["dresden"])) == {"hotline", "dresden"}


def test_only_asked_services_are_offered(places: Places, offices: Offices) -> None:
    place = place_of(places, "50667")

    assert ids(offices, place, "ru", services=["recognition_counselling"]) == ["bvre"]


def test_umbrellas_that_advise_nobody_are_not_offered(places: Places, offices: Offices) -> None:
    assert "umbrella" not in ids(offices, place_of(places, "50667"), "de", limit=99)


def test_an_unchecked_contact_says_call_first_and_how_far_it_is(
    places: Places, offices: Offices
) -> None:
    near = {n.id: n for n in offices.near(place_of(places, "50667"), language="ru", limit=9)}

    assert near["cologne-member"].call_first
    assert not near["bonn"].call_first
    assert near["bonn"].km == pytest.approx(25, abs=6)
    assert near["hotline"].km is None


def test_distance_is_that_of_the_sphere() -> None:
    berlin, hamburg = (52.52, 13.405), (53.551, 9.994)

    assert distance(berlin, hamburg) == pytest.approx(255.3, abs=1)
    assert distance(berlin, berlin) == 0
