"""`wegweiser transcript`: a conversation as a picture that looks like a phone chat."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml

from bot.app import House
from bot.cli.common import DATA_PROBLEM, USAGE_PROBLEM, Today, day, err, house, out
from bot.core.chat import Chat
from bot.core.script import Player

if TYPE_CHECKING:
    from bot.adapters.transcript import Said


def transcript(
    file: Annotated[Path, typer.Argument(help="A file of tests/conversations/.")],
    folder: Annotated[Path, typer.Option("--out", help="Folder for the pictures.")] = Path("."),
    name: Annotated[str, typer.Option("--name", help="Only conversations with this in it.")] = "",
    html: Annotated[bool, typer.Option("--html", help="Write pages, no pictures.")] = False,
    today: Today = None,
) -> None:
    """Draw each conversation of FILE as a PNG; needs Chromium unless --html is given."""
    # Here, because Telegram's package takes longer to load than an answer.
    from bot.adapters.telegram.rendering import Rendering
    from bot.adapters.transcript import NoBrowserError, page, picture

    talks = _read(file)
    built = house()
    folder.mkdir(parents=True, exist_ok=True)
    rendering = Rendering(built.knowledge.languages, "wegweiser_bot")
    for number, talk in enumerate(talks, 1):
        if name not in talk["name"]:
            continue
        written = page(_played(built, talk, day(today)), rendering)
        target = folder / f"{file.stem}-{number:02}.{'html' if html else 'png'}"
        try:
            target.write_text(written, "utf-8") if html else picture(written, target)
        except NoBrowserError as error:
            err.print(str(error))
            raise typer.Exit(USAGE_PROBLEM) from None
        out.print(f"{target}: {talk['name']}", markup=False)


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        return list(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, TypeError, yaml.YAMLError) as error:
        err.print(
            f"{file}: not readable ({error}); see tests/conversations/README.md", markup=False
        )
        raise typer.Exit(DATA_PROBLEM) from None


def _played(built: House, talk: dict[str, Any], today: datetime.date) -> list["Said"]:
    from bot.adapters.transcript import Said

    player = Player(built.dialog, talk.get("interface", "de"), talk.get("today", today), Chat())
    said = []
    for turn in talk["turns"]:
        result = player.play(turn)
        said.append(Said(words=str(next(iter(turn.values())) or "/start")))
        said += [Said(reply=reply) for reply in result.replies]
    return said
