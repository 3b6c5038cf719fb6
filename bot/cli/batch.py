"""Read files of JSON lines; a broken line is named and passed over."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

from bot.cli.common import USAGE_PROBLEM, err


def read_batch(
    file: Path, problem: Callable[[dict[str, Any]], str]
) -> Iterator[dict[str, Any] | str]:
    """Yield each line as a dict, or as `FILE:line: what; mend` where it cannot be used.

    `problem` returns what is wrong with a line, or nothing.
    """
    try:
        opened = file.open(encoding="utf-8", errors="replace")
    except OSError as error:
        err.print(f"{file}: cannot be read ({error.strerror}); name a file of JSON lines")
        raise typer.Exit(USAGE_PROBLEM) from None
    with opened:
        for number, line in enumerate(opened, 1):
            if line.strip():
                yield _read(line, f"{file}:{number}", problem)


def _read(line: str, where: str, problem: Callable[[dict[str, Any]], str]) -> dict[str, Any] | str:
    try:
        read = json.loads(line)
    except ValueError as error:
        return f'{where}: not readable as JSON ({error}); write {{"id": "1", "text": "…"}}'
    if not isinstance(read, dict):
        return f'{where}: no JSON object; write {{"id": "1", "text": "…"}}'
    wrong = problem(read)
    return f"{where}: {wrong}" if wrong else read
