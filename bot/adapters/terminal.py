"""Replies in a terminal: buttons as numbers."""

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.panel import Panel

from bot.core.reply import Button, Part, PartKind, Reply

_STYLES = {
    PartKind.TITLE: "bold",
    PartKind.TEXT: "",
    PartKind.DETAILS: "dim",
    PartKind.NOTE: "italic cyan",
    PartKind.QUOTE: "bold green",
}


class Terminal:
    """Shows replies on a console and knows which number stands for which button."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._buttons: list[Button] = []

    def show(self, replies: Sequence[Reply]) -> None:
        """Print the replies and number the buttons of the whole turn."""
        self._buttons = []
        for reply in replies:
            self._console.print(Panel(self._body(reply), expand=False, width=_width(self._console)))

    def button(self, typed: str) -> Button | None:
        """Return the button that a typed number stands for, or None."""
        number = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
        return self._buttons[number - 1] if 1 <= number <= len(self._buttons) else None

    def _body(self, reply: Reply) -> RenderableType:
        lines = ["\n\n".join(_styled(part) for part in reply.parts)]
        if reply.pin:
            lines.append(f"[dim]📍 {reply.pin.latitude:.5f}, {reply.pin.longitude:.5f}[/]")
        if reply.buttons:
            lines.append("\n".join(self._row(row) for row in reply.buttons if row))
        return "\n\n".join(lines)

    def _row(self, row: Sequence[Button]) -> str:
        return "  ".join(self._numbered(button) for button in row)

    def _numbered(self, button: Button) -> str:
        if button.action is None:
            where = button.url or button.copy or button.start
            return f"[blue]{escape(button.label)}[/] [dim]{escape(where)}[/]"
        self._buttons.append(button)
        return f"[reverse] {len(self._buttons)} [/] {escape(button.label)}"


def _styled(part: Part) -> str:
    style = _STYLES[part.kind]
    text = escape(part.text)
    return f"[{style}]{text}[/]" if style else text


def _width(console: Console) -> int:
    return min(console.width, 88)
