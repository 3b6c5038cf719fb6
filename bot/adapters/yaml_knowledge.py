"""Read the knowledge folder: every file into its model, all problems at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.adapters.yaml_documents import QUOTE, Data, Document, read_document
from bot.core.knowledge import Knowledge, Loc, Origins
from bot.core.model import (
    Card,
    Concept,
    Fact,
    Hazard,
    Language,
    Organisation,
    Phrase,
    Topic,
    TopicText,
    Value,
)
from bot.core.problems import KnowledgeError, Problem

M = TypeVar("M")

# file name or folder -> what one entry (or the one file) is; also the source of the JSON Schemas
TABLES: dict[str, Any] = {
    "languages": Language,
    "values": Value,
    "glossary": Concept,
    "facts": Fact,
    "safety": Hazard,
}


@dataclass(frozen=True)
class Loaded:
    """What could be read, and everything that was wrong on the way."""

    knowledge: Knowledge
    problems: list[Problem] = field(default_factory=list)


def load(folder: Path) -> Knowledge:
    """Return the knowledge of `folder`; KnowledgeError names every problem in its files."""
    loaded = read(folder)
    if loaded.problems:
        raise KnowledgeError(loaded.problems)
    return loaded.knowledge


def read(folder: Path) -> Loaded:
    """Return what can be read of `folder` together with all problems found."""
    return _Folder(folder).read()


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems: list[Problem] = []
        self._lines: dict[str, Mapping[Loc, int]] = {}
        self._unreadable: set[str] = set()

    def read(self) -> Loaded:
        if not (self._folder / "languages.yaml").is_file():
            fix = "set WEGWEISER_KNOWLEDGE_DIR to the folder with languages.yaml"
            problem = Problem(str(self._folder), 1, "no knowledge is here", fix)
            return Loaded(Knowledge(), [problem])
        tables = {name: self._table(name, model) for name, model in TABLES.items()}
        languages = tables["languages"]
        knowledge = Knowledge(
            languages=languages,
            values=tables["values"],
            glossary=tables["glossary"],
            facts=tables["facts"],
            hazards=tables["safety"],
            topics=self._each("topics", Topic),
            organisations=self._each("organisations", Organisation),
            texts=self._texts(languages),
            sentences=self._fixed(languages, "_bot", str),
            cards=self._fixed(languages, "_safety", Card),
            questions=tuple(self._questions()),
            origins=Origins(self._lines, self._folder.name),
            unreadable=frozenset(self._unreadable),
        )
        return Loaded(knowledge, sorted(self._problems))

    def _document(self, file: Path, *, comments_after_items: bool = True) -> Document:
        path = file.relative_to(self._folder).as_posix()
        document = read_document(file, self._shown(path), comments_after_items=comments_after_items)
        self._lines[path] = document.lines
        self._problems += document.problems
        return document

    def _shown(self, path: str) -> str:
        return (Path(self._folder.name) / path).as_posix()

    def _table(self, name: str, model: type[M]) -> dict[str, M]:
        """Read one file of many entries: key -> model."""
        file = self._folder / f"{name}.yaml"
        if not file.is_file():
            return {}
        document = self._document(file, comments_after_items=name not in ("glossary", "safety"))
        entries = ((key, self._model(document, model, key)) for key in document.data)
        return {key: entry for key, entry in entries if entry is not None}

    def _each(self, name: str, model: type[M]) -> dict[str, M]:
        """Read a folder of one entry a file; the path is the id, areas joined by a dot."""
        found = {}
        for file in sorted((self._folder / name).rglob("*.yaml")):
            key = ".".join(file.relative_to(self._folder / name).with_suffix("").parts)
            entry = self._model(self._document(file), model)
            if entry is not None:
                found[key] = entry
            else:
                self._unreadable.add(key)
        return found

    def _texts(self, languages: Mapping[str, Language]) -> dict[tuple[str, str], TopicText]:
        found = {}
        for code in self._language_folders(languages):
            folder = self._folder / "texts" / code
            for file in sorted(folder.rglob("*.yaml")):
                if file.name.startswith("_"):
                    continue
                topic = ".".join(file.relative_to(folder).with_suffix("").parts)
                document = self._document(file, comments_after_items=False)
                text = self._model(document, TopicText)
                if text is not None:
                    found[code, topic] = text
        return found

    def _language_folders(self, languages: Mapping[str, Language]) -> Iterator[str]:
        for folder in sorted((self._folder / "texts").glob("*/")):
            if folder.name in languages:
                yield folder.name
            else:
                self._problems.append(
                    Problem(
                        self._shown(f"texts/{folder.name}"),
                        1,
                        f'"{folder.name}" is no language of languages.yaml',
                        "add the language there or rename the folder",
                    )
                )

    def _fixed(
        self, languages: Mapping[str, Language], name: str, model: type[M]
    ) -> dict[str, dict[str, M]]:
        """Read the fixed sentences or cards of each language: language -> key -> entry."""
        found = {}
        for code in languages:
            file = self._folder / "texts" / code / f"{name}.yaml"
            if file.is_file():
                document = self._document(file)
                entries = ((key, self._model(document, model, key)) for key in document.data)
                found[code] = {key: entry for key, entry in entries if entry is not None}
        return found

    def _questions(self) -> Iterator[Phrase]:
        """Read the staff's regression questions; mixed.yaml has one level more: the kind."""
        for file in sorted((self._folder / "questions").glob("*.yaml")):
            document = self._document(file, comments_after_items=False)
            yield from _asked(document, document.data, file.stem, ())

    def _model(self, document: Document, model: type[M], key: str | None = None) -> M | None:
        """Return the document (or its entry `key`) as `model`, or note why it is none."""
        if document.problems and not document.data:
            return None
        data: Data = document.data if key is None else document.data[key]
        prefix: Loc = () if key is None else (key,)
        try:
            return TypeAdapter(model).validate_python(_without_empty(data))
        except ValidationError as error:
            for detail in error.errors():
                self._problems.append(_problem(document, model, prefix, detail))
            return None


def _asked(document: Document, data: Data, language: str, loc: Loc) -> Iterator[Phrase]:
    if isinstance(data, dict):
        for key, value in data.items():
            below = language if isinstance(value, list) else key
            yield from _asked(document, value, below, (*loc, key))
    elif isinstance(data, list):
        for index, text in enumerate(data):
            line = document.lines.get((*loc, index), 1)
            if isinstance(text, str):
                yield Phrase(text, language, str(loc[-1]), document.path, line)
            else:
                document.complain(line, "this question is read as a key with a value", QUOTE)


def _without_empty(data: Data) -> Data:
    """Drop entries that are written but empty, so that the default holds."""
    if isinstance(data, dict):
        return {key: _without_empty(value) for key, value in data.items() if value != ""}
    if isinstance(data, list):
        return [_without_empty(value) for value in data]
    return data


def _problem(document: Document, model: type[Any], prefix: Loc, detail: ErrorDetails) -> Problem:
    loc = (*prefix, *detail["loc"])
    line = Origins({document.path: document.lines}).line(document.path, *loc)
    name = str(loc[-1]) if loc else ""
    what, fix = _in_plain_words(model, name, detail)
    return Problem(document.path, line, what, fix)


def _in_plain_words(model: type[Any], name: str, detail: ErrorDetails) -> tuple[str, str]:
    match detail["type"]:
        case "missing":
            return f'"{name}" is missing', f'add a line "{name}: …"'
        case "extra_forbidden":
            fields = getattr(model, "model_fields", {})
            near = get_close_matches(name, fields, 1)
            mend = f'did you mean "{near[0]}"?' if near else f"use one of: {', '.join(fields)}"
            return f'"{name}" is not a field', mend
        case "string_type" if isinstance(detail["input"], dict):
            return 'because of ": " this is read as a key with a value', QUOTE
        case "string_type":
            return f'"{name}" must be one text, not a list', "write it behind the colon"
        case "tuple_type":
            return f'"{name}" must be a list', 'write one line "- …" for each entry'
        case "model_type" | "model_attributes_type" | "dict_type":
            return f'"{name}" must have lines "key: value" below it', "indent them by two spaces"
        case "string_pattern_mismatch" if "http" in str(detail["ctx"]["pattern"]):
            return f'"{detail["input"]}" is no full address', "start it with https://"
        case "date_from_datetime_parsing" | "date_parsing" | "date_from_datetime_inexact":
            return f'"{detail["input"]}" is no date', "write it as 2026-11-22"
        case "enum":
            return f'"{detail["input"]}" is not allowed here', f"use {detail['ctx']['expected']}"
        case "string_too_long":
            return f'"{name}" is too long', f"at most {detail['ctx']['max_length']} characters"
    return f'"{name}": {detail["msg"]}', "compare with a file beside it"


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of one entry, as an editor's program understands it."""
    return TypeAdapter(model).json_schema()
