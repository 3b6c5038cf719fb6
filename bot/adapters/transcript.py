"""A conversation as a page that looks like a phone chat, and its picture by a browser."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bot.adapters.telegram.rendering import Rendering
from bot.core.reply import Reply

WIDTH = 430  # CSS pixels, a usual phone
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_STYLE = """
body { margin: 0; width: 430px; background: #d5e3c9; font: 15px/1.38 "Noto Sans", "DejaVu Sans",
  "Noto Sans Arabic", "Noto Color Emoji", sans-serif; }
main { padding: 12px; display: flex; flex-direction: column; gap: 8px; }
.bot, .person { max-width: 350px; border-radius: 14px; padding: 8px 12px; white-space: pre-wrap;
  overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002; }
.bot { background: #fff; align-self: flex-start; }
.person { background: #e7fdcc; align-self: flex-end; }
blockquote { margin: 6px 0; padding: 4px 8px; border-inline-start: 3px solid #3a93c9;
  background: #eaf4fb; border-radius: 4px; }
blockquote[expandable] { max-height: 4.2em; overflow: hidden; }
code { background: #eef; font-family: inherit; }
i { color: #555; font-size: 13px; }
.keys { max-width: 374px; width: 374px; display: flex; flex-direction: column; gap: 4px; }
.row { display: flex; gap: 4px; }
.row span { flex: 1; text-align: center; background: #7a9a76cc; color: #fff; border-radius: 8px;
  padding: 7px 4px; font-size: 14px; }
"""


class NoBrowserError(Exception):
    """No headless browser is installed; the message says how to get one."""


@dataclass(frozen=True)
class Said:
    """One message of a conversation: of the person (`words`) or of the bot (`reply`)."""

    words: str = ""
    reply: Reply | None = None


def page(said: Sequence[Said], rendering: Rendering) -> str:
    """Return the conversation as one HTML page, no script, nothing loaded from outside."""
    body = "\n".join(_bubble(one, rendering) for one in said)
    head = f'<meta charset="utf-8"><style>{_STYLE}</style>'
    return f"<!doctype html><html><head>{head}</head><body><main>{body}</main></body></html>"


def picture(html: str, target: Path) -> None:
    """Write the page as a PNG at double resolution; NoBrowserError without a browser."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise NoBrowserError("no Chromium is installed; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chat.html"
        file.write_text(html, encoding="utf-8")
        common = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--disable-background-networking", "--disable-sync", "--no-first-run",
            f"--user-data-dir={folder}/profile",
        ]  # fmt: skip
        height = _height(common, file)
        subprocess.run(
            [*common, "--force-device-scale-factor=2", f"--window-size={WIDTH},{height}",
             f"--screenshot={target.resolve()}", file.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def _height(common: list[str], file: Path) -> int:
    """Ask the browser how high the page is."""
    probe = file.with_name("probe.html")
    script = "<script>document.title = document.documentElement.offsetHeight</script></body>"
    probe.write_text(file.read_text("utf-8").replace("</body>", script), encoding="utf-8")
    size = f"--window-size={WIDTH},600"
    shown = subprocess.run(
        [*common, size, "--dump-dom", probe.as_uri()],
        check=True, capture_output=True, timeout=120, text=True,
    ).stdout  # fmt: skip
    return int(shown.partition("<title>")[2].partition("</title>")[0] or 1200)


def _bubble(said: Said, rendering: Rendering) -> str:
    if said.reply is None:
        return f'<div class="person" dir="auto">{escape(said.words)}</div>'
    reply = said.reply
    words = rendering.html(reply)
    keys = "".join(
        '<div class="row">' + "".join(f'<span dir="auto">{escape(b.label)}</span>' for b in row)
        + "</div>"
        for row in reply.buttons
    )  # fmt: skip
    if reply.wants_location:
        keys = f'<div class="row"><span dir="auto">{escape(reply.wants_location)}</span></div>'
    direction = rendering.languages[reply.language].direction.value
    bubble = f'<div class="bot" dir="{direction}">{words}</div>'
    return bubble + (f'<div class="keys" dir="{direction}">{keys}</div>' if keys else "")
