"""The command `wegweiser`. Exit codes: 0 done, 1 problems in data, 2 wrong usage or settings."""

import typer

from bot.cli.benching import bench
from bot.cli.checking import check, coverage
from bot.cli.finding import find
from bot.cli.measuring import evaluate, train
from bot.cli.posters import qr
from bot.cli.serving import run
from bot.cli.talking import ask, chat
from bot.cli.transcripts import transcript

app = typer.Typer(
    name="wegweiser",
    help="Guides people who came to Germany into work: in Telegram and in this terminal.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold words of people or the token
    add_completion=False,
)
for command in (chat, ask, find, check, coverage, train, run, qr, transcript):
    app.command()(command)
app.command("eval")(evaluate)
app.add_typer(bench, name="bench")
