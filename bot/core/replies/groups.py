"""Replies where others read along: short, without buttons that act, a way into the private chat."""

from dataclasses import replace

from bot.core.replies.wording import Wording
from bot.core.reply import Button, Reply, Verb


def for_group(reply: Reply, wording: Wording) -> Reply:
    """Turn buttons that act into links that open the private chat; ask for no location."""
    rows = []
    for row in reply.buttons:
        kept = [link for button in row if (link := _link(button))]
        if kept:
            rows.append(tuple(kept))
    if not any(button.start for row in rows for button in row):
        label = wording.say(reply.language, "button.open_private")
        rows.append((Button(label, start="group"),))
    return replace(reply, buttons=tuple(rows), wants_location="", pin=None, living=False)


def _link(button: Button) -> Button | None:
    if button.action is None:
        return button
    if button.action.verb is Verb.TOPIC:
        payload = "topic_" + button.action.first.replace(".", "-")
        return Button(button.label, start=payload)
    return None
