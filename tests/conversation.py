"""Conversations written as YAML: read them and hold what the bot said against them."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.core.chat import Turn

FOLDER = Path(__file__).parent / "conversations"
TODAY = datetime.date(2026, 11, 22)
DEEDS = ("types", "presses", "starts", "commands", "shares", "sends")
WISHES = ("says", "says_any", "hides", "offers", "messages", "language", "toast")


def conversations(name: str = "*") -> Iterator[dict[str, Any]]:
    """Yield the conversations of the files `name`; ValueError for one with unknown keys."""
    for file in sorted(FOLDER.glob(f"{name}.yaml")):
        for conversation in yaml.safe_load(file.read_text("utf-8")):
            for turn in conversation["turns"]:
                unknown = set(turn) - set(DEEDS) - set(WISHES)
                if unknown or len(set(turn) & set(DEEDS)) != 1:
                    raise ValueError(f"{file.name}: {conversation['name']}: {turn}")
            yield {**conversation, "file": file.stem}


def failures(turn: dict[str, Any], result: Turn) -> Iterator[str]:
    """Yield what a turn wanted and did not get."""
    said = "\n".join(reply.text for reply in result.replies)
    labels = [button.label for reply in result.replies for row in reply.buttons for button in row]
    for words in turn.get("says", ()):
        if words not in said:
            yield f"does not say {words!r}"
    if turn.get("says_any") and not any(words in said for words in turn["says_any"]):
        yield f"says none of {turn['says_any']}"
    for words in turn.get("hides", ()):
        if words in said:
            yield f"says {words!r}"
    for label in turn.get("offers", ()):
        if label not in labels:
            yield f"does not offer {label!r}, but {labels}"
    if "messages" in turn and len(result.replies) != turn["messages"]:
        yield f"sends {len(result.replies)} messages"
    languages = {reply.language for reply in result.replies}
    if "language" in turn and languages != {turn["language"]}:
        yield f"replies in {languages}"
    if turn.get("toast") and turn["toast"] not in result.toast:
        yield f"shows the word {result.toast!r}"
