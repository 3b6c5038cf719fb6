"""`wegweiser check` and `coverage`: what is wrong, due or missing in the knowledge."""

import json
from collections import Counter
from typing import Annotated

import typer
from rich.table import Table

from bot.adapters.places_csv import place_problems
from bot.adapters.schemas import schema_problems, write_schemas
from bot.adapters.yaml_knowledge import read
from bot.cli.common import DATA_PROBLEM, Today, day, err, out, settings
from bot.core.checks import all_problems, notices
from bot.core.coverage import Coverage, coverage_of


def check(
    today: Today = None,
    schemas: Annotated[
        bool, typer.Option("--write-schemas", help="Write knowledge/schema/ anew.")
    ] = False,
) -> None:
    """Name every problem of the knowledge with file, line and mend; exit 1 if there are any."""
    folder = settings().knowledge_dir
    if schemas:
        write_schemas(folder)
    loaded = read(folder)
    problems = [
        *loaded.problems,
        *all_problems(loaded.knowledge, day(today)),
        *place_problems(folder),
        *schema_problems(folder),
    ]
    for notice in sorted(notices(loaded.knowledge, day(today))):
        err.print(f"{notice}", style="yellow", markup=False)
    for problem in problems:
        out.print(str(problem), markup=False)
    if problems:
        raise typer.Exit(DATA_PROBLEM)
    known = loaded.knowledge
    out.print(
        f"{len(known.topics)} topics, {len(known.texts)} texts, {len(known.phrases)} questions, "
        f"{len(known.values)} figures, {len(known.organisations)} organisations: no problems."
    )


def coverage(
    today: Today = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the state of every topic in every language: complete, missing, outdated, due."""
    loaded = read(settings().knowledge_dir)
    rows = list(coverage_of(loaded.knowledge, day(today)))
    if as_json:
        topics = {row.topic: {code: state.value for code, state in row.states} for row in rows}
        print(json.dumps(topics, indent=1, ensure_ascii=False))
        return
    out.print(_table(rows, list(loaded.knowledge.languages)))


def _table(rows: list[Coverage], languages: list[str]) -> Table:
    table = Table("topic", *languages, title="Topics and languages")
    colours = {"complete": "green", "missing": "red", "outdated": "yellow", "due": "yellow"}
    for row in rows:
        states = [state.value for _, state in row.states]
        cells = [f"[{colours.get(state, 'white')}]{state}[/]" for state in states]
        table.add_row(row.topic, *cells)
    for code, column in zip(
        languages, zip(*(row.states for row in rows), strict=True), strict=True
    ):
        number = Counter(state.value for _, state in column)
        table.caption = f"{table.caption or ''} {code}: " + ", ".join(
            f"{count} {state}" for state, count in sorted(number.items())
        )
    return table
