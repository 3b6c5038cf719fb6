"""Words of danger are found in any inflection, ordinary words are left alone."""

import datetime

import pytest

from bot.core.model import Hazard
from bot.core.safety import Watch

WATCH = Watch(
    {
        "violence": Hazard(
            card="violence",
            as_of=datetime.date(2026, 1, 1),
            words={"ru": ("бьёт меня", "избил*"), "de": ("schlägt mich",)},
        ),
        "suicide": Hazard(
            card="crisis",
            as_of=datetime.date(2026, 1, 1),
            words={"ru": ("хочу умереть", "=не хочу жить")},
        ),
    }
)


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("Муж БЬЕТ меня, что делать", ("violence",)),
        ("начальник избила?", ("violence",)),
        ("mein Mann schlaegt mich", ("violence",)),
        ("меня бьёт", ()),
        ("бьёт по карману", ()),
        ("он избил меня, я хочу умереть", ("violence", "crisis")),
        ("Не хочу жить.", ("crisis",)),
        ("не хочу жить в хайме", ()),
        ("хочу работать", ()),
        ("", ()),
    ],
)
def test_a_card_comes_up_for_words_of_danger_and_for_no_others(text, cards):
    assert set(WATCH.cards(text)) == set(cards)
