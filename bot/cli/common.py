"""What all commands share: settings, the house, the day, clear ends."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from bot.adapters.keys import KeyFileError
from bot.adapters.model_file import ModelFileError
from bot.app import House, build_house
from bot.core.problems import KnowledgeError
from bot.settings import Settings, SettingsError, read_settings

DATA_PROBLEM, USAGE_PROBLEM = 1, 2
out = Console(soft_wrap=True, highlight=False)
chat_window = Console(highlight=False)  # wraps words; the others leave long lines to the reader
err = Console(stderr=True, soft_wrap=True, highlight=False)


def read_day(text: str) -> datetime.date:
    """Return the day that `text` names as 2027-01-02; a usage error otherwise."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no day; write it as 2027-01-02') from None


Today = Annotated[
    datetime.date | None,
    typer.Option(
        "--today", parser=read_day, metavar="DATE",
        help="The day that dated figures and notices see; today if left out.",
    ),
]  # fmt: skip


def day(today: datetime.date | None) -> datetime.date:
    """Return the day given on the command line, or today."""
    return today or datetime.date.today()


def settings() -> Settings:
    """Return the settings, or end with exit code 2 and what to mend."""
    try:
        return read_settings()
    except SettingsError as error:
        err.print(str(error), markup=False)
        raise typer.Exit(USAGE_PROBLEM) from None


@contextmanager
def clear_ends() -> Iterator[None]:
    """Turn broken knowledge into exit code 1 and a bad key file into 2, each with its mend."""
    try:
        yield
    except KnowledgeError as error:
        err.print(str(error), markup=False)
        raise typer.Exit(DATA_PROBLEM) from None
    except (KeyFileError, ModelFileError) as error:
        err.print(str(error), markup=False)
        raise typer.Exit(USAGE_PROBLEM) from None


def house() -> House:
    """Return the house of the knowledge folder, or end with its problems."""
    with clear_ends():
        return build_house(settings())
