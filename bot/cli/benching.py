"""`wegweiser bench …`: figures with their baselines, each in one run."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.adapters.yaml_knowledge import read
from bot.app import ordinary_words
from bot.bench.places import PlacesReport, bench_places
from bot.cli.bench_matching import match
from bot.cli.common import USAGE_PROBLEM, err, house, out, settings

bench = typer.Typer(help="Measure, with baselines in the same run.", no_args_is_help=True)
bench.command()(match)
LINES = Path("tests/data/places_in_text.yaml")


@bench.command()
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


@bench.command()
def telegram(
    seconds: Annotated[int, typer.Option(help="How long new questions arrive.")] = 60,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure answers over the local Bot API server beside a bare echo application."""
    from bot.bench.telegram import Latency, bench_telegram  # needs the checkout's tests/

    def report(row: Latency) -> None:
        err.print(f"{row.name}: {row.answered}/{row.asked}, p95 {row.p95:.2f} s", markup=False)

    try:
        rows = bench_telegram(house().knowledge.phrases, report, seconds=seconds)
    except ModuleNotFoundError as error:
        err.print(f"{error}; run this in a checkout of the repository, after make setup")
        raise typer.Exit(USAGE_PROBLEM) from None
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return
    table = Table("scenario", "asked", "answered", "p50 s", "p95 s", "p99 s")
    for row in rows:
        figures = (f"{row.p50:.3f}", f"{row.p95:.3f}", f"{row.p99:.3f}")
        table.add_row(row.name, str(row.asked), str(row.answered), *figures)
    out.print(table)


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
