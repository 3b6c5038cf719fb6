"""Play a written conversation on the dialog: for tests and for pictures."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core.chat import Chat, Turn
from bot.core.dialog import Dialog
from bot.core.events import (
    Asked,
    Command,
    Commanded,
    Event,
    Pressed,
    Sent,
    SentThing,
    SharedLocation,
    Started,
)
from bot.core.reply import Action, Button


@dataclass
class Player:
    """A person at the dialog: does what a turn says and sees what comes back."""

    dialog: Dialog
    interface: str
    today: datetime.date
    chat: Chat = field(default_factory=Chat)
    buttons: list[Button] = field(default_factory=list)

    def play(self, turn: dict[str, Any]) -> Turn:
        """Do one turn and return what the dialog made of it."""
        chat = replace(self.chat, interface=self.interface)
        result = self.dialog.handle(chat, self._event(turn), self.today)
        kept = result.chat
        remembered = kept.language or kept.spoken or kept.place or kept.topic
        day = self.today.isoformat() if remembered else ""
        self.chat = replace(kept, last_contact=day)
        fresh = [button for reply in result.replies for row in reply.buttons for button in row]
        self.buttons = fresh or self.buttons
        return result

    def _event(self, turn: dict[str, Any]) -> Event:
        match turn:
            case {"types": text}:
                return Asked(str(text))
            case {"presses": label}:
                return Pressed(self._action(label))
            case {"starts": payload}:
                return Started(str(payload or ""))
            case {"commands": name}:
                return Commanded(Command(name))
            case {"shares": [latitude, longitude]}:
                return SharedLocation(latitude, longitude)
            case {"sends": kind}:
                return SentThing(Sent(kind))
        raise ValueError(f"nothing is done in {turn}")

    def _action(self, label: str) -> Action:
        for button in self.buttons:
            if button.label == label:
                assert button.action, f"{label!r} opens a page, nothing to press"
                return button.action
        raise AssertionError(f"no button {label!r} among {[b.label for b in self.buttons]}")
