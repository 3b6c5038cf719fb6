"""Commands that train and measure the matcher: `train`, `eval`."""

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Table

import bot
from bot.adapters.encoder import SentenceEncoder, VectorFile, encoder_version, why_missing
from bot.adapters.model_file import ModelFileError, load_model, save_model
from bot.adapters.places_csv import load_places
from bot.adapters.yaml_knowledge import load
from bot.app import build_house, ordinary_words
from bot.cli.batch import read_batch
from bot.cli.common import DATA_PROBLEM, USAGE_PROBLEM, clear_ends, err, out, settings
from bot.core.evaluation import (
    Figures,
    Report,
    precision_by_coverage,
    reliability_bins,
)
from bot.core.evaluation import (
    evaluate as evaluate_questions,
)
from bot.core.model import Phrase
from bot.training import TrainingError, check_current
from bot.training import train as train_model

_CONFUSIONS = 15
_COLUMNS = (
    ("questions", "questions"),
    ("hit1", "hit@1"),
    ("hit3", "hit@3"),
    ("hit5", "hit@5"),
    ("answered", "answered"),
    ("right", "answers right"),
    ("false_accepts", "false accepts"),
    ("reliability", "calibration error"),
)


def train(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the model is current.")
    ] = False,
) -> None:
    """Train the matcher on all phrases and write knowledge/model/; embeds only new phrases."""
    chosen = settings()
    folder = chosen.knowledge_dir / "model"
    places = _places_fingerprint(chosen.knowledge_dir)
    with clear_ends():
        knowledge = load(chosen.knowledge_dir)
    if check:
        if stale := check_current(knowledge, folder, places):
            err.print(stale, markup=False)
            raise typer.Exit(DATA_PROBLEM)
        out.print("the trained model is current")
        return
    _require_extras()
    finder = load_places(chosen.knowledge_dir, ordinary_words(knowledge))
    vectors = VectorFile(chosen.data_dir / "vectors.npz", encoder_version())
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("reading new phrases", total=None)
        try:
            before = load_model(folder)
        except ModelFileError:
            before = None
        try:
            model = train_model(
                knowledge,
                encoder=SentenceEncoder(),
                vectors=vectors,
                mask=finder.masked,
                places=places,
                before=before,
                encoded=lambda done, of: progress.update(task, completed=done, total=of),
            )
        except TrainingError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(DATA_PROBLEM) from None
    save_model(folder, model)
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1000
    out.print(f"trained on {len(model.seen)} phrases of {len(model.topics)} topics, {size:.0f} kB")


def evaluate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="YAML like knowledge/questions/, or JSON lines with text and topic."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw reliability and precision into a PNG.")
    ] = None,
    letters: Annotated[
        bool, typer.Option("--letters", help="Leave the sentence encoder out.")
    ] = False,
) -> None:
    """Measure the matcher on questions with known topics."""
    with clear_ends():
        built = build_house(settings(), semantic=not letters)
    questions = list(_questions(files, built.knowledge.questions))
    if not questions:
        err.print("there are no questions to ask; name a file or fill knowledge/questions/")
        raise typer.Exit(USAGE_PROBLEM)
    with Progress(console=err, transient=True) as progress:
        shown = progress.track(questions, description="asking")
        measured = evaluate_questions(shown, lambda text: built.dialog.talk.understand(text).match)
    if as_json:
        print(json.dumps(_as_data(measured), ensure_ascii=False, indent=1))
    else:
        _print(measured)
    if plot:
        _draw(measured, plot)


def _questions(files: list[Path] | None, staff: tuple[Phrase, ...]) -> Iterator[Phrase]:
    for file in files or ():
        if file.suffix == ".jsonl":
            yield from _json_lines(file)
        else:
            yield from (phrase for phrase in staff if Path(phrase.path).name == file.name)
    if not files:
        yield from staff


def _json_lines(file: Path) -> Iterator[Phrase]:
    def problem(line: dict[str, object]) -> str:
        whole = all(isinstance(line.get(key), str) for key in ("text", "topic"))
        return "" if whole else '"text" or "topic" is missing; write {"text": "…", "topic": "…"}'

    for line in read_batch(file, problem):
        if isinstance(line, str):
            err.print(line, markup=False)
        else:
            yield Phrase(line["text"], str(line.get("lang", "")), line["topic"], str(file))


def _as_data(measured: Report) -> dict[str, object]:
    data = asdict(measured)
    data.pop("outcomes")
    data["confusions"] = [list(pair) for pair in measured.confusions[:_CONFUSIONS]]
    return data


def _print(measured: Report) -> None:
    table = Table("", *(title for _, title in _COLUMNS), title="percent of questions")
    _add(table, "all", measured.all)
    for groups in (measured.by_language, measured.by_length):
        table.add_section()
        for name, figures in groups.items():
            _add(table, name, figures)
    out.print(table)
    weak = sorted(measured.by_topic.items(), key=lambda kv: (kv[1].hit1 or 0, kv[0]))
    topics = Table("topic", *(title for _, title in _COLUMNS), title="weakest topics")
    for name, figures in weak[:_CONFUSIONS]:
        _add(topics, name, figures)
    out.print(topics)
    confused = Table("wanted", "found first", "times", title="confusions")
    for wanted, found, number in measured.confusions[:_CONFUSIONS]:
        confused.add_row(wanted, found, str(number))
    out.print(confused)


def _add(table: Table, name: str, figures: Figures) -> None:
    values = (getattr(figures, field) for field, _ in _COLUMNS)
    table.add_row(name, *("–" if value is None else str(value) for value in values))


def _draw(measured: Report, file: Path) -> None:
    if importlib.util.find_spec("matplotlib") is None:
        err.print("matplotlib is not installed; pip install 'wegweiser\\[dev]' to draw")
        raise typer.Exit(USAGE_PROBLEM)
    from matplotlib.figure import Figure  # type: ignore[import-untyped, unused-ignore]

    figure = Figure(figsize=(10, 4.5), layout="constrained")
    reliable, precise = figure.subplots(1, 2)
    bins = reliability_bins(measured.outcomes)
    reliable.plot([0, 1], [0, 1], "--", color="grey")
    reliable.plot([said for said, _, _ in bins], [right for _, right, _ in bins], "o-")
    reliable.set(title="Reliability", xlabel="probability said", ylabel="share right")
    points = precision_by_coverage(measured.outcomes)
    precise.plot([share for share, _ in points], [right for _, right in points])
    precise.set(title="Precision by coverage", xlabel="share of questions", ylabel="share right")
    figure.savefig(file, dpi=120)


def _require_extras() -> None:
    reason = why_missing()
    if reason is None and importlib.util.find_spec("sklearn") is None:
        reason = "scikit-learn is not installed; pip install 'wegweiser[train]'"
    if reason:
        err.print(f"cannot train: {reason}", markup=False)
        raise typer.Exit(USAGE_PROBLEM)


def _places_fingerprint(folder: Path) -> str:
    """Return a hash of all that decides what a place is: the gazetteer and the finder's code."""
    code = Path(bot.__file__).parent / "core" / "places"
    files = [*sorted((folder / "places").glob("*.csv")), *sorted(code.glob("*.py"))]
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
