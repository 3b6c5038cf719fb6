"""Groups, inline mode, edits, floods, blocks, menus, webhook, live reload: over real HTTP."""

import asyncio
import json
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import Bot

from bot.adapters.telegram.menus import set_menus
from bot.app import House
from bot.live import Live
from bot.settings import Settings
from tests.conftest import TODAY, TOKEN, Serve
from tests.telegram_server import BotApiServer, Fault

ROOT = Path(__file__).parent.parent.parent


async def test_a_group_is_answered_only_when_the_bot_is_addressed(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        group = server.group(-100, "Deutsch lernen")
        await anna.types_in_group(group, "Jobcenter Termin verpasst")
        await group.sees_nothing(0.5)
        await anna.types_in_group(group, "Jobcenter Termin verpasst", mention=True)
        (answer,) = await group.sees(1)

    assert answer.reply_to is not None
    assert len(answer.text) < 1_000
    links = [button.url or "" for row in answer.buttons for button in row]
    assert any("?start=topic_" in link for link in links)


async def test_inline_mode_offers_topics_with_title_and_first_screen(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "ru")
        query = await anna.inline("диплом")
        found = await query.answered()

    assert 1 <= len(found.results) <= 10
    assert all(result.title for result in found.results)


async def test_an_edited_message_is_answered_again(serve: Serve):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        written = await anna.types("/help")
        await anna.sees(1)
        await anna.edits(written, "/privacy")
        (reply,) = await anna.sees(1)

    assert "90" in reply.text


async def test_another_bot_gets_no_answer(serve: Serve):
    async with serve() as server:
        other = server.person(9, "Robot", "de", is_bot=True)
        await other.types("hello")
        await other.sees_nothing(0.5)
        assert server.calls_of("sendMessage") == []


async def test_a_flood_is_told_once_and_others_are_answered_meanwhile(serve: Serve):
    async with serve() as server:
        flooder, anna = server.person(1, "F", "de"), server.person(2, "Anna", "de")
        for _ in range(40):
            await flooder.types("/help")
        await anna.types("/help")
        await anna.sees(1, timeout=10)
        seen = await flooder.sees(21, timeout=20)
        await flooder.sees_nothing(0.5)

    told = [message for message in seen if "langsam" in message.text.lower()]
    assert len(told) == 1


async def test_a_slow_chat_does_not_hold_another(serve: Serve):
    async with serve() as server:
        server.inject("sendMessage", Fault.slow(3.0), chat_id=1)
        slow, quick = server.person(1, "S", "de"), server.person(2, "Q", "de")
        await slow.types("/help")
        await quick.types("/help")
        await quick.sees(1, timeout=2)


async def test_who_blocks_the_bot_is_forgotten(serve: Serve, tmp_path: Path):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.types("44787")
        await anna.sees(1)
        await anna.blocks_the_bot()
        for _ in range(100):
            if await rows(tmp_path) == 0:
                break
            await asyncio.sleep(0.05)

    assert await rows(tmp_path) == 0


async def test_menus_and_descriptions_are_set_in_all_languages_and_only_once(
    house: House, serve: Serve
):
    async with serve() as server:
        await server.wait_for_call("setMyDescription", 7, timeout=20)
        set_once = {call.parameters.get("language_code") for call in server.calls_of("setMyName")}
        commands = len(server.calls_of("setMyCommands"))
        async with Bot(TOKEN, base_url=f"{server.url}/bot") as again:
            await set_menus(again, house.knowledge)
        assert len(server.calls_of("setMyCommands")) == commands

    assert commands == 8  # seven languages and everybody else
    assert set_once >= {"de", "ru", "uk", "ar", "tr", "fa"}  # English is that of everybody else


async def test_my_data_shows_what_is_kept_and_delete_removes_it(serve: Serve, tmp_path: Path):
    async with serve() as server:
        anna = server.person(1, "Anna", "de")
        await anna.types("44787")
        await anna.sees(1)
        await anna.types("/mydata")
        (held,) = await anna.sees(1)
        await anna.types("/delete")
        await anna.sees(1)
        await anna.presses("Ja, alles löschen")
        (done,) = await anna.sees(1)

    assert "Bochum" in held.text
    assert "gelöscht" in done.text
    assert await rows(tmp_path) == 0


@asynccontextmanager
async def command(server: BotApiServer, folder: Path, *arguments: str) -> AsyncIterator[object]:
    """Run the command itself, as an operator does, with settings from the environment."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "WEGWEISER_BOT_TOKEN": TOKEN,
        "WEGWEISER_API_URL": server.url,
        "WEGWEISER_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/wegweiser.db",
        "WEGWEISER_SECRET_KEY_FILE": str(folder / "wegweiser.key"),
    }
    environment |= {
        name.partition("=")[0]: name.partition("=")[2] for name in arguments if "=" in name
    }
    words = [word for word in arguments if "=" not in word]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", *words, cwd=ROOT, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        output, _ = await asyncio.wait_for(process.communicate(), 30)
        assert TOKEN not in output.decode()
        assert process.returncode == 0, output.decode()


async def test_the_command_serves_by_webhook_with_the_secret_and_stops_cleanly(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with BotApiServer(TOKEN) as server:
        settings = (
            f"WEGWEISER_WEBHOOK_URL=http://127.0.0.1:{port}/hook",
            "WEGWEISER_WEBHOOK_SECRET=geheim_42",
            f"WEGWEISER_LISTEN=127.0.0.1:{port}",
        )
        async with command(server, tmp_path, "--webhook", *settings):
            await server.wait_for_call("setWebhook", 1, timeout=60)
            anna = server.person(1, "Anna", "uk")
            await anna.starts()
            (hello,) = await anna.sees(1, timeout=20)

    assert "Wegweiser" in hello.text


async def test_the_command_without_a_token_says_what_to_set_and_ends_with_2():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env={"PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, complaint = await process.communicate()

    assert process.returncode == 2
    assert b"WEGWEISER_BOT_TOKEN" in complaint


@pytest.fixture
def copied(tmp_path: Path) -> Settings:
    """Settings with a copy of the knowledge that a test may break."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    return Settings(_env_file=None, knowledge_dir=folder, data_dir=tmp_path / "data")


async def test_broken_knowledge_keeps_the_old_and_tells_the_staff_why(copied: Settings):
    swapped: list[House] = []
    told: list[str] = []

    async def tell(text: str) -> None:
        told.append(text)

    broken = copied.knowledge_dir / "texts/de/jobcenter/sanctions.yaml"
    broken.write_text("titel: kaputt\n", encoding="utf-8")

    assert not await Live(copied, lambda: TODAY, swapped.append, tell).reload()

    assert swapped == []
    assert "knowledge/texts/de/jobcenter/sanctions.yaml:1" in told[0]


async def test_a_saved_question_is_found_at_once_by_its_words(copied: Settings, monkeypatch):
    """Without the extra `train` the new words count by their letters, and the staff hear it."""
    monkeypatch.setattr("bot.live.importlib.util.find_spec", lambda _: None)
    swapped: list[House] = []
    told: list[str] = []

    async def tell(text: str) -> None:
        told.append(text)

    file = copied.knowledge_dir / "texts/de/jobcenter/sanctions.yaml"
    text = file.read_text("utf-8")
    phrase = "das quietschende zebra frisst meinen regelsatz"
    file.write_text(text.replace("questions:\n", f"questions:\n  - {phrase}\n"), encoding="utf-8")

    assert await Live(copied, lambda: TODAY, swapped.append, tell).reload()

    best = swapped[-1].dialog.talk.understand(phrase).match.best
    assert best is not None
    assert best.topic == "jobcenter.sanctions"
    assert "train" in told[0]


async def rows(folder: Path) -> int:
    """Return how many chats the database of the bot holds."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c",
        "import sqlite3,sys,json;c=sqlite3.connect(sys.argv[1]);"
        "print(json.dumps(c.execute('select count(*) from chats').fetchone()))",
        str(folder / "wegweiser.db"), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate()
    return int(json.loads(output)[0])
