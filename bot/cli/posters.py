"""`wegweiser qr`: a code for posters that opens a topic in the bot."""

from pathlib import Path
from typing import Annotated

import segno
import typer

from bot.adapters.yaml_knowledge import load
from bot.cli.common import USAGE_PROBLEM, clear_ends, err, out, settings

_SCALE = 20  # pixels a module: about 12 cm at 300 dots an inch
_BORDER = 4  # modules of quiet zone, the least that the standard asks for


def qr(
    topic: Annotated[str, typer.Argument(help="Id of a topic, for example job.search")],
    bot: Annotated[str, typer.Option("--bot", help="Name of the bot in Telegram, without @.")],
    file: Annotated[Path | None, typer.Option("--out", help="A .png, .svg or .pdf file.")] = None,
) -> None:
    """Write a QR code that opens the topic in the bot; it still reads with a third torn off."""
    with clear_ends():
        topics = load(settings().knowledge_dir).topics
    if topic not in topics or topic.startswith("outofscope."):
        err.print(f'there is no topic "{topic}" to open; see: wegweiser coverage', markup=False)
        raise typer.Exit(USAGE_PROBLEM)
    target = file or Path(f"{topic}.png")
    if target.suffix not in (".png", ".svg", ".pdf"):
        err.print(f"{target}: name a file that ends in .png, .svg or .pdf", markup=False)
        raise typer.Exit(USAGE_PROBLEM)
    link = f"https://t.me/{bot.lstrip('@')}?start=topic_{topic.replace('.', '-')}"
    segno.make(link, error="h").save(str(target), scale=_SCALE, border=_BORDER)
    out.print(f"{target}: {link}", markup=False)
