"""JSON Schemas of the YAML files, so that an editor's program completes and underlines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.adapters.yaml_knowledge import TABLES
from bot.core.model import Card, Organisation, Topic, TopicText
from bot.core.problems import Problem

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, Any] = {
    **{name: dict.__class_getitem__((str, model)) for name, model in TABLES.items()},
    "topic": Topic,
    "text": TopicText,
    "organisation": Organisation,
    "sentences": dict[str, str],
    "cards": dict[str, Card],
}


def write_schemas(folder: Path) -> None:
    """Write `schema/<name>.json` for every kind of file under the knowledge folder."""
    (folder / "schema").mkdir(exist_ok=True)
    for name in _FILES:
        (folder / "schema" / f"{name}.json").write_text(_written(name), encoding="utf-8")


def schema_problems(folder: Path) -> Iterator[Problem]:
    """Yield schemas that do not fit the program any more."""
    for name in _FILES:
        file = folder / "schema" / f"{name}.json"
        if not file.is_file() or file.read_text(encoding="utf-8") != _written(name):
            path = f"{folder.name}/schema/{name}.json"
            fix = "run: wegweiser check --write-schemas"
            yield Problem(path, 1, "the schema is not current", fix)


def _written(name: str) -> str:
    schema = {"$schema": _DRAFT, **TypeAdapter(_FILES[name]).json_schema()}
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
