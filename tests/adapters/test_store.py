"""What is kept of a chat: a real SQLite file and a real PostgreSQL, no words, no ids."""

import datetime
import os
import sqlite3
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.keys import KeyFileError, Keys, read_keys
from bot.adapters.store import Store
from bot.adapters.tables import metadata
from bot.core.chat import Chat, Counted, Forgotten, Outcome, SentToEditors

TODAY = datetime.date(2026, 11, 22)
POSTGRES = os.environ.get(
    "WEGWEISER_TEST_POSTGRES", "postgresql+asyncpg://postgres@127.0.0.1:5432/test"
)
ANSWERED = Counted("job.search", "ru", Outcome.ANSWERED)


async def postgres_runs() -> bool:
    engine = create_async_engine(POSTGRES, connect_args={"timeout": 3})
    try:
        async with engine.connect():
            return True
    except (OSError, sa.exc.SQLAlchemyError):
        return False
    finally:
        await engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store on an empty database of each kind."""
    url = f"sqlite+aiosqlite:///{tmp_path}/state/wegweiser.db"
    if request.param == "postgresql":
        if not await postgres_runs():
            pytest.skip(f"no PostgreSQL at {POSTGRES}; set WEGWEISER_TEST_POSTGRES to one")
        url = POSTGRES
        engine = create_async_engine(POSTGRES)
        async with engine.begin() as connection:
            await connection.run_sync(metadata.drop_all)
            await connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))
        await engine.dispose()
    opened = Store(url, Keys(b"k" * 32))
    await opened.open()
    yield opened
    await opened.close()


async def test_a_chat_comes_back_as_it_was_left(store):
    chat = Chat(language="ru", spoken="ru", place="p:44787", topic="job.search")

    await store.save(42, chat, (), TODAY)

    assert await store.load(42) == replace(chat, last_contact="2026-11-22")


async def test_a_question_and_the_language_of_telegram_are_not_saved(store):
    chat = Chat(language="ru", interface="en", question="мой муж бьёт", waits_for_place="-")

    await store.save(42, chat, (), TODAY)

    assert await store.load(42) == Chat(language="ru", last_contact="2026-11-22")


async def test_of_a_chat_with_nothing_to_remember_there_is_no_row(store):
    await store.save(42, Chat(interface="en", question="wie geht das"), (ANSWERED,), TODAY)

    assert await store.load(42) == Chat()


async def test_an_unknown_chat_is_a_fresh_one(store):
    assert await store.load(7) == Chat()


async def test_what_a_person_deletes_is_gone(store):
    await store.save(42, Chat(place="p:44787"), (), TODAY)

    await store.save(42, Chat(), (Forgotten(),), TODAY)

    assert await store.load(42) == Chat()


async def test_a_chat_silent_for_more_than_90_days_is_forgotten_and_no_other(store):
    await store.save(1, Chat(language="ru"), (), TODAY - datetime.timedelta(days=91))
    await store.save(2, Chat(language="uk"), (), TODAY - datetime.timedelta(days=90))

    assert await store.forget_silent(TODAY) == 1

    assert await store.load(1) == Chat()
    assert (await store.load(2)).language == "uk"


async def test_the_same_outcome_on_one_day_is_counted_up(store):
    for _ in range(3):
        await store.save(42, Chat(), (ANSWERED,), TODAY)

    assert await store.counted(TODAY) == {("job.search", "ru", "answered", ""): 3}


async def test_a_sent_question_is_kept_90_days_and_not_longer(store):
    await store.save(42, Chat(), (SentToEditors("kak …", "ru"),), TODAY)

    assert await store.sent_questions() == [(TODAY, "ru", "kak …")]
    assert await store.forget_silent(TODAY + datetime.timedelta(days=90)) == 0
    assert await store.forget_silent(TODAY + datetime.timedelta(days=91)) == 1
    assert await store.sent_questions() == []


async def test_another_key_reads_nothing_of_a_chat(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/wegweiser.db"
    first, second = Store(url, Keys(b"a" * 32)), Store(url, Keys(b"b" * 32))
    await first.open()
    await first.save(42, Chat(language="ru", place="p:44787"), (), TODAY)

    found = await second.load(42)

    await first.close()
    await second.close()
    assert found == Chat()


async def test_neither_id_nor_place_nor_topic_stand_in_the_file(tmp_path):
    file = tmp_path / "wegweiser.db"
    store = Store(f"sqlite+aiosqlite:///{file}", Keys(b"k" * 32))
    await store.open()
    sent = SentToEditors("wo ist mein schluessel", "de")
    await store.save(987654321, Chat(place="p:44787", topic="job.search"), (sent,), TODAY)
    await store.close()

    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert not any(
        word in content for word in (b"987654321", b"44787", b"job.search", b"schluessel")
    )
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    file = tmp_path / "keys" / "wegweiser.key"

    first = read_keys(file).hidden(42)

    assert read_keys(file).hidden(42) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_broken_key_file_is_named_with_the_setting_to_mend(tmp_path):
    file = tmp_path / "wegweiser.key"
    file.write_text("short")

    with pytest.raises(KeyFileError, match=r"wegweiser\.key"):
        read_keys(file)
