"""`wegweiser bench places`: the finder beside plain fuzzy search, in one run."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.adapters.yaml_knowledge import read
from bot.app import ordinary_words
from bot.bench.places import PlacesReport, bench_places
from bot.cli.common import out, settings

LINES = Path("tests/data/places_in_text.yaml")


def places(
    file: Annotated[Path, typer.Argument(help="YAML lines with what they must give.")] = LINES,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure how many places are found, how many wrongly, and how fast."""
    folder = settings().knowledge_dir
    report = bench_places(folder, file, sorted(ordinary_words(read(folder).knowledge)))
    if as_json:
        print(json.dumps(asdict(report), indent=1))
        return
    out.print(_table(report))
    out.print(f"loading: {report.load_seconds:.2f} s, {report.load_megabytes:.0f} MB")


def _table(report: PlacesReport) -> Table:
    table = Table("lines", "number", "method", "right", "wrong office", "p50 ms", "p95", "p99")
    for row in report.rows:
        table.add_row(
            row.lines,
            str(row.number),
            row.method,
            f"{row.right:.1%}",
            f"{row.wrong_office:.1%}",
            f"{row.p50:.2f}",
            f"{row.p95:.2f}",
            f"{row.p99:.2f}",
        )
    return table
