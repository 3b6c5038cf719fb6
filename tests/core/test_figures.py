"""Figures are written for the reader and change by themselves on their day."""

import datetime

import pytest

from bot.core.figures import Figures, MissingFigureError
from bot.core.model import Unit, Value

PER = {Unit.EUR_PER_HOUR: "{amount} pro Stunde", Unit.EUR_PER_MONTH: "{amount} im Monat"}
BEFORE, AFTER = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
SOURCE = "https://example.org"


def value(unit: str, *steps: tuple[str, str]) -> Value:
    written = [{"from": day, "value": number, "source": SOURCE} for day, number in steps]
    return Value.model_validate({"unit": unit, "steps": written})


VALUES = {
    "wage": value("EUR/h", ("2026-01-01", "13.90"), ("2027-01-01", "14.60")),
    "need": value("EUR/month", ("2026-01-01", "563")),
    "salary": value("EUR", ("2026-01-01", "45934.20")),
    "cut": value("percent", ("2026-07-01", "30")),
    "share": value("percent", ("2026-01-01", "45.3")),
    "ends": value("date", ("2026-01-01", "2027-03-04")),
    "weeks": value("weeks", ("2026-01-01", "2")),
    "month": value("months", ("2026-01-01", "1")),
    "phone": value("phone", ("2026-01-01", "0800 4 5555 00")),
    "later": value("EUR", ("2027-01-01", "1")),
}


def written(text: str, locale: str = "de", day: datetime.date = BEFORE) -> str:
    """Return the filled text with ordinary spaces for the no-break ones of Babel."""
    filled = figures(locale, day).fill(text)
    return filled.replace("\u00a0", " ").replace("\u202f", " ")


def figures(locale: str = "de", day: datetime.date = BEFORE) -> Figures:
    return Figures(VALUES, locale, day, PER)


def test_a_figure_changes_by_itself_on_its_day():
    assert written("{wage}", day=BEFORE) == "13,90 € pro Stunde"
    assert written("{wage}", day=AFTER) == "14,60 € pro Stunde"


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("de", "{need}", "563 € im Monat"),
        ("de", "{salary}", "45.934,20 €"),
        ("en_GB", "{salary}", "€45,934.20"),
        ("de", "{wage.number}", "13,90"),
        ("de", "{cut}", "30 %"),
        ("de", "{share}", "45,3 %"),
        ("ru", "{ends}", "4 марта 2027 г."),
        ("uk", "{ends}", "4 березня 2027 р."),
        ("en_GB", "{ends}", "4 March 2027"),
        ("ru", "до {ends}. Потом", "до 4 марта 2027 г. Потом"),
        ("de", "bis {ends}. Dann", "bis 4. März 2027. Dann"),
        ("ru", "{weeks}", "2 недели"),
        ("uk", "{month}", "1 місяць"),
        ("uk", "{salary}", "45 934,20 €"),
        ("ru", "{phone}", "0800 4 5555 00"),
    ],
)
def test_a_figure_is_written_as_readers_of_the_language_write_it(locale, text, expected):
    assert written(text, locale) == expected


@pytest.mark.parametrize("name", ["unknown", "later"])
def test_a_figure_without_a_step_for_the_day_is_named(name):
    with pytest.raises(MissingFigureError, match=name):
        figures().fill("{" + name + "}")
