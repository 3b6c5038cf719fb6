"""Read one YAML file as editors write it: all scalars as text, line numbers, plain complaints."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.core.knowledge import Loc
from bot.core.problems import Problem

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
QUOTE = "put the line in double quotes"
DASH = 'write "- " and then the words'
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass
class Document:
    """A file's content, the line of each entry, and what was wrong with the file itself."""

    path: str
    data: dict[str, Data] = field(default_factory=dict)
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, what: str, fix: str) -> None:
        """Note a problem on `line` (counted from 1)."""
        self.problems.append(Problem(self.path, line, what, fix))


def read_document(file: Path, path: str, *, comments_after_items: bool = True) -> Document:
    """Return `file` with all its YAML problems gathered; never raises for its content.

    `path` is how the file is named in complaints. Where people write sentences,
    `comments_after_items=False` takes a `#` after a list entry for a lost end.
    """
    document = Document(path)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        document.complain(1, f"the file cannot be read ({error.strerror})", "restore or delete it")
        return document
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        document.complain(line, "a character is not UTF-8", "save the file as UTF-8")
        return document
    _complain_of_spaces(document, text)
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        _complain_of_syntax(document, text, error)
        return document
    except (yaml.YAMLError, RecursionError) as error:
        document.complain(1, f"not readable as YAML ({error})", "compare with a file beside it")
        return document
    if node is None:
        document.complain(1, "the file is empty", "fill it or delete it")
    elif not isinstance(node, yaml.MappingNode):
        document.complain(
            1, 'no "key: value" lines at the top', "start with lines such as title: …"
        )
    else:
        reader = _Reader(document, text.splitlines(), comments_after_items)
        document.data = reader.mapping(node, ())
    return document


@dataclass
class _Reader:
    document: Document
    raw: list[str]
    comments_after_items: bool

    def mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.document.complain(line, "this is read as a key with a value", QUOTE)
                continue
            key = key_node.value
            if key in found:
                first = self.document.lines[(*loc, key)]
                self.document.complain(
                    line, f'"{key}" stands twice, first in line {first}', "keep one of the two"
                )
                continue
            self.document.lines[(*loc, key)] = line
            if isinstance(value_node, yaml.ScalarNode):
                self._complain_of_lost_end(value_node)
            value = self.value(value_node, (*loc, key))
            # An empty value is the same as no value; a reader then applies the default.
            found[key] = value
        return found

    def value(self, node: yaml.Node, loc: Loc) -> Data:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return list(self.items(node, loc))
        assert isinstance(node, yaml.ScalarNode)
        text = str(node.value)
        if not node.style and re.match(r"-\S", text):
            line = node.start_mark.line + 1
            self.document.complain(line, 'a list entry needs a space after its "-"', DASH)
            return []  # nothing more to say about this one
        if not node.style and node.end_mark.line > node.start_mark.line:
            self._complain_of_two_lines(node)
        return text

    def items(self, node: yaml.SequenceNode, loc: Loc) -> Iterator[Data]:
        for index, item in enumerate(node.value):
            line = item.start_mark.line + 1
            self.document.lines[(*loc, index)] = line
            if isinstance(item, yaml.ScalarNode):
                self._complain_of_lost_end(item)
            yield self.value(item, (*loc, index))

    def _complain_of_lost_end(self, item: yaml.ScalarNode) -> None:
        if self.comments_after_items:
            return
        line = item.end_mark.line
        rest = self.raw[line][item.end_mark.column :] if line < len(self.raw) else ""
        if not item.style and rest.lstrip().startswith("#"):
            what = f'everything from "{rest.strip()}" on is lost, because # starts a comment'
            self.document.complain(item.start_mark.line + 1, what, QUOTE)

    def _complain_of_two_lines(self, node: yaml.ScalarNode) -> None:
        """Name the first line that the parser joined to the one before."""
        line = node.start_mark.line + 2
        follower = self.raw[line - 1].lstrip() if line <= len(self.raw) else ""
        if follower.startswith("-"):
            self.document.complain(line, 'a list entry needs a space after its "-"', DASH)
        else:
            what = "this line is read as the end of the line before"
            self.document.complain(line, what, 'start it with a key or "- "')


def _complain_of_spaces(document: Document, text: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            document.complain(number, "a tab stands at the start", "replace it by two spaces")
        if _NO_BREAK in line:
            document.complain(number, "a no-break space stands here", "type an ordinary space")


_TRAPS = (
    (r"^\s*-[^\s-]", 'a list entry needs a space after its "-"', DASH),
    (r"^\s*((-|[^:]+:)\s+)?[@%`*&!|>]", 'a text cannot start with "{sign}"', QUOTE),
    (r"^\s*(-\s+)?\?\s", 'a line cannot start with "?"', QUOTE),
    (r"^\s*(-|[^:]+:)\s+\{", "a text cannot start with a brace", QUOTE),
    (r"^\s*(-|[^:]+:)\s+\[", "a text cannot start with a bracket", QUOTE),
    (r"^\s*((-|[^:]+:)\s+)?'.*'.*'", "an apostrophe stands inside single quotes", QUOTE),
    (
        r'^\s*(-|[^:]+:)\s+".*".',
        "a quotation mark stands inside double quotes",
        'write \\" for the inner ones',
    ),
    (r"^\s*[^:]+:\s+\S.*:(\s|$)", 'a second ": " stands in the line', QUOTE),
    (r"^\s*-\s.*:(\s|$)", 'a ": " stands in the line', QUOTE),
)


def _complain_of_syntax(document: Document, text: str, error: yaml.MarkedYAMLError) -> None:
    """Say in an editor's words what the parser stumbled over, on the line that causes it."""
    raw = text.splitlines()
    mark = error.problem_mark or error.context_mark
    where = min(mark.line if mark else 0, max(len(raw) - 1, 0))
    if any(problem.line == where + 1 for problem in document.problems):
        return  # the tab or the space found there is the cause
    for number in (where, where - 1):
        line = raw[number] if 0 <= number < len(raw) else ""
        for pattern, what, fix in _TRAPS:
            if re.search(pattern, line):
                sign = re.sub(r"^\s*(-\s+|[^:]+:\s+)?", "", line)[:1]
                document.complain(number + 1, what.format(sign=sign), fix)
                return
    document.complain(
        where + 1, f"not readable ({error.problem})", "compare with the lines before or " + QUOTE
    )
