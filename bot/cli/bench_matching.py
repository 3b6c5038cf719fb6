"""`wegweiser bench match`: the matcher beside its baselines, on the same questions, in one run."""

import importlib.util
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from bot.adapters.encoder import VectorFile, encoder_version, load_encoder
from bot.adapters.model_file import load_model
from bot.adapters.places_csv import load_places
from bot.adapters.yaml_knowledge import load
from bot.app import ordinary_words
from bot.bench.matching import GROWTH, Growth, Row, bench_growth, bench_match, method_count
from bot.cli.common import USAGE_PROBLEM, clear_ends, err, out, settings
from bot.core.evaluation import NOTHING


def match(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    letters: Annotated[
        bool, typer.Option("--letters", help="Leave the sentence encoder out.")
    ] = False,
) -> None:
    """Measure the matcher beside rapidfuzz, BM25, TF-IDF and the encoder alone."""
    if any(importlib.util.find_spec(name) is None for name in ("bm25s", "sklearn")):
        err.print("bm25s or scikit-learn is missing; pip install 'wegweiser[[dev,train]]'")
        raise typer.Exit(USAGE_PROBLEM)
    chosen = settings()
    with clear_ends():
        knowledge = load(chosen.knowledge_dir)
    model = load_model(chosen.knowledge_dir / "model")
    finder = load_places(chosen.knowledge_dir, ordinary_words(knowledge))
    questions = [asked for asked in knowledge.questions if asked.topic != NOTHING]
    encoder = None if letters else load_encoder()
    vectors = VectorFile(chosen.data_dir / "vectors.npz", encoder_version())
    with Progress(console=err, transient=True) as progress:
        total = method_count(semantic=encoder is not None)
        rows = list(
            progress.track(
                bench_match(knowledge, model, questions, finder.masked, encoder, vectors),
                total=total,
                description="methods",
            )
        )
        grown = list(
            progress.track(
                bench_growth(knowledge, model, questions),
                total=len(GROWTH),
                description="more phrases",
            )
        )
    if as_json:
        data = {"rows": [asdict(row) for row in rows], "growth": [asdict(row) for row in grown]}
        print(json.dumps(data, indent=1))
        return
    out.print(_rows(rows))
    out.print(_growth(grown))


def _rows(rows: list[Row]) -> Table:
    table = Table("method", "hit@1", "hit@3", "p50 ms", "p95", "p99", "MB", "load s")
    for row in rows:
        figures = (row.hit1, row.hit3, row.p50, row.p95, row.p99, row.megabytes, row.load_seconds)
        table.add_row(row.method, *(str(figure) for figure in figures))
    return table


def _growth(rows: list[Growth]) -> Table:
    table = Table("phrases", "times", "p50 ms", "p95", "load s", title="without the encoder")
    for row in rows:
        table.add_row(
            str(row.phrases), f"{row.times}x", str(row.p50), str(row.p95), str(row.load_seconds)
        )
    return table
