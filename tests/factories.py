"""Small knowledge folders for tests; each fills in what does not matter."""

from pathlib import Path

LANGUAGES = """\
ru: {name: Русский, fallback: [de]}
de: {name: Deutsch}
"""
TOPIC = """\
kind: answer
facts: [X-001]
as_of: 2026-08-19
changed: 2026-11-01
review_by: 2027-01-15
sources:
  - {title: "SGB II § 32", url: "https://example.org/32"}
"""
TEXT = """\
title: {title}
questions:
  - {question}
answer: |
  {answer}
checked: 2026-11-22
"""


def knowledge_folder(root: Path, files: dict[str, str] | None = None) -> Path:
    """Write a readable knowledge folder with one topic, plus or instead of it `files`."""
    folder = root / "knowledge"
    written = {
        "languages.yaml": LANGUAGES,
        "facts.yaml": "X-001: {text: a, source: b, date: c, status: d}\n",
        "topics/job/search.yaml": TOPIC,
        "texts/de/job/search.yaml": text("Arbeit suchen", "wo finde ich arbeit"),
        "texts/ru/job/search.yaml": text("Поиск работы", "как найти работу"),
        **(files or {}),
    }
    for path, content in written.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder


def text(title: str, question: str, answer: str = "Man sucht sie.") -> str:
    """Return a text file of a topic."""
    return TEXT.format(title=title, question=question, answer=answer)
