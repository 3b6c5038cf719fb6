"""Fill the dated figures into a text, written as readers of the language write them."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from bot.core.model import Step, Unit, Value, decimal

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)(\.number)?\}")
_WITH_POINT = re.compile(PLACEHOLDER.pattern + r"(\.?)")
_DURATIONS = {
    Unit.HOURS: "duration-hour",
    Unit.DAYS: "duration-day",
    Unit.WEEKS: "duration-week",
    Unit.MONTHS: "duration-month",
    Unit.YEARS: "duration-year",
}


class MissingFigureError(LookupError):
    """A text names a figure that is unknown or has no step for the day."""


@dataclass(frozen=True)
class Figures:
    """The figures of one day, in the writing of one language.

    `per` holds how an amount an hour and an amount a month are said, with {amount} inside.
    """

    values: Mapping[str, Value]
    locale: str
    day: datetime.date
    per: Mapping[Unit, str]

    def fill(self, text: str) -> str:
        """Return `text` with each {figure} written out; MissingFigureError names a gap."""
        return _WITH_POINT.sub(self._before_point, text)

    def _before_point(self, found: re.Match[str]) -> str:
        """Write the figure; a date that ends in a point ("2027 г.") ends the sentence, too."""
        written = self._written(found[1], found[2])
        return written if written.endswith(".") else written + found[3]

    def _written(self, name: str, bare: str | None) -> str:
        value = self.values.get(name)
        step = value.on(self.day) if value else None
        if value is None or step is None:
            raise MissingFigureError(name)
        return self._number(step) if bare else self._with_unit(value.unit, step)

    def _number(self, step: Step) -> str:
        """Write as many decimals as the step has: 13.90 stays 13,90."""
        _, _, decimals = step.value.partition(".")
        pattern = "#,##0." + "0" * len(decimals) if decimals else "#,##0"
        return str(format_decimal(decimal(step.value), pattern, self.locale))

    def _with_unit(self, unit: Unit, step: Step) -> str:
        match unit:
            case Unit.PHONE:
                return step.value
            case Unit.DATE:
                return self.date(datetime.date.fromisoformat(step.value))
            case Unit.PERCENT:
                return str(
                    format_percent(decimal(step.value) / 100, self._pattern("percent"), self.locale)
                )
            case Unit.NUMBER:
                return self._number(step)
            case Unit.EUR:
                return self._amount(decimal(step.value))
            case Unit.EUR_PER_HOUR | Unit.EUR_PER_MONTH:
                return self.per[unit].format(amount=self._amount(decimal(step.value)))
        amount = decimal(step.value)
        return str(format_unit(amount, _DURATIONS[unit], "long", locale=self.locale))

    def date(self, day: datetime.date) -> str:
        """Return a day as it is written in a sentence of the language."""
        return format_date(day, "long", self.locale)

    def _amount(self, amount: Decimal) -> str:
        """Write whole amounts without cents."""
        pattern = self._pattern("currency").replace("¤", "€")
        if amount == amount.to_integral_value():
            pattern = re.sub(r"[.]0+", "", pattern)
        return str(format_currency(amount, "EUR", pattern, self.locale, currency_digits=False))

    def _pattern(self, kind: str) -> str:
        locale = Locale.parse(self.locale)
        if kind == "percent":
            return re.sub(
                r"0(?=[^0]*$)", "0.##", str(locale.percent_formats[None].pattern), count=1
            )
        return str(locale.currency_formats["standard"].pattern)


def named(text: str) -> Iterator[str]:
    """Yield the names of the figures that a text uses."""
    yield from (found[1] for found in PLACEHOLDER.finditer(text))
