"""`wegweiser chat` and `ask`: the same conversation as in Telegram, in a terminal."""

import datetime
import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from bot.adapters.terminal import Terminal
from bot.app import House
from bot.cli.batch import read_batch
from bot.cli.common import DATA_PROBLEM, USAGE_PROBLEM, Today, chat_window, day, err, house, out
from bot.cli.finding import finding_object
from bot.core.chat import Chat
from bot.core.events import Asked, Pressed, Started, of_command
from bot.core.model import Match

Lang = Annotated[str, typer.Option("--lang", help="Language of the chat: de, en, ru, uk …")]


def chat(lang: Lang = "", today: Today = None) -> None:
    """Talk to the bot; type words, or the number of a button. Ctrl-D leaves."""
    built = house()
    terminal, state = Terminal(chat_window), _chat_in(built, lang)
    turn = built.dialog.handle(state, Started(), day(today))
    while True:
        terminal.show(turn.replies)
        try:
            typed = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            out.print()
            return
        if not typed:
            continue
        button = terminal.button(typed)
        pressed = Pressed(button.action) if button and button.action else None
        event = pressed or of_command(typed) or Asked(typed)
        turn = built.dialog.handle(turn.chat, event, day(today))
        if turn.toast:
            out.print(f"[dim]{escape(turn.toast)}[/]")


def ask(
    text: Annotated[str, typer.Argument(help="The question.")] = "",
    lang: Lang = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show why.")] = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", help='A file of lines {"id","text"[,"lang"]}.')
    ] = None,
    today: Today = None,
) -> None:
    """Ask one question, or many from a file, and print what the bot makes of them."""
    if bool(text) == bool(batch):
        err.print('give either a question or --batch FILE, for example: ask "мой джобцентр"')
        raise typer.Exit(USAGE_PROBLEM)
    built = house()
    if batch:
        _ask_all(built, batch, day(today))
        return
    turn = built.dialog.handle(_chat_in(built, lang), Asked(text), day(today))
    understood = built.dialog.talk.understand(text)
    if as_json:
        answer = _line(built, {"id": "", "text": text, "lang": lang}, day(today))
        answer["replies"] = [reply.text for reply in turn.replies]
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    Terminal(chat_window).show(turn.replies)
    if explain:
        _explain(understood.match, understood.masked)


def _chat_in(built: House, lang: str) -> Chat:
    if lang and lang not in built.knowledge.languages:
        known = ", ".join(built.knowledge.languages)
        err.print(f'"{lang}" is no language of the bot; use one of: {known}')
        raise typer.Exit(USAGE_PROBLEM)
    return Chat(language=lang)


def _ask_all(built: House, file: Path, today: datetime.date) -> None:
    problems = 0
    for asked in read_batch(file, _text_problem):
        if isinstance(asked, str):
            print(asked, file=sys.stderr)
            problems += 1
            continue
        print(json.dumps(_line(built, asked, today), ensure_ascii=False), flush=True)
    if problems:
        raise typer.Exit(DATA_PROBLEM)


def _text_problem(line: dict[str, Any]) -> str:
    if isinstance(line.get("text"), str):
        return ""
    return '"text" is missing or no text; write {"id": "1", "text": "…"}'


def _line(built: House, asked: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    """Return what was made of one question, in the shape of the batch contract."""
    began = time.perf_counter()
    lang = asked.get("lang")
    chosen = lang if isinstance(lang, str) and lang in built.knowledge.languages else ""
    understood = built.dialog.talk.understand(asked["text"])
    language = built.dialog.talk.reply_language(Chat(language=chosen), asked["text"])
    milliseconds = (time.perf_counter() - began) * 1000
    return {
        "id": asked.get("id"),
        "zone": understood.match.zone.value,
        "candidates": [
            {"topic": candidate.topic, "probability": candidate.probability}
            for candidate in understood.match.candidates
        ],
        "place": finding_object(understood.finding),
        "language": language,
        "ms": round(milliseconds, 2),
    }


def _explain(match: Match, masked: str) -> None:
    table = Table("topic", "probability", "nearest phrase", title=f"zone: {match.zone.value}")
    for candidate in match.candidates:
        table.add_row(candidate.topic, f"{candidate.probability:.4f}", candidate.phrase)
    out.print(f"places taken out: {masked}", markup=False)
    out.print(f"compared as: {match.normalised}", markup=False)
    for reason in match.reasons:
        out.print(f"• {reason}", markup=False)
    out.print(table)
