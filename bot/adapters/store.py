"""What is kept: chat states behind a keyed hash, counts without people, the editors' inbox."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.keys import Keys
from bot.adapters.tables import chats, counts, inbox
from bot.core.chat import Chat, Counted, Forgotten, Record, SentToEditors

KEPT_DAYS = 90  # a silent chat and a sent question are kept no longer
_NOT_SAVED = ("question", "interface")


class Store:
    """Chats and counts in SQLite or PostgreSQL; open it once, close it at the end."""

    def __init__(self, url: str, keys: Keys) -> None:
        self._keys = keys
        self._engine = _engine(url)

    async def open(self) -> None:
        """Bring the database to the present shape."""
        async with self._engine.begin() as connection:
            await connection.run_sync(_migrate)

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()

    async def load(self, chat_id: int) -> Chat:
        """Return what is remembered of the chat, a fresh one if nothing is."""
        wanted = sa.select(chats.c.state).where(chats.c.chat == self._keys.hidden(chat_id))
        async with self._engine.connect() as connection:
            state = (await connection.execute(wanted)).scalar_one_or_none()
        return self._read(state) if state else Chat()

    async def save(
        self, chat_id: int, chat: Chat, records: Sequence[Record], today: datetime.date
    ) -> None:
        """Keep the chat and count what happened, both or neither."""
        async with self._engine.begin() as connection:
            if any(isinstance(record, Forgotten) for record in records):
                await self._forget(connection, chat_id)
            else:
                await self._keep(connection, chat_id, chat, today)
            for record in records:
                await self._record(connection, record, today)

    async def last_contact(self, chat_id: int) -> datetime.date | None:
        """Return the day of the chat's last message before this one, if it is known."""
        wanted = sa.select(chats.c.last_contact).where(chats.c.chat == self._keys.hidden(chat_id))
        async with self._engine.connect() as connection:
            return (await connection.execute(wanted)).scalar_one_or_none()

    async def counted(self, day: datetime.date) -> dict[tuple[str, str, str, str], int]:
        """Return (topic, language, outcome, reason) -> how often on that day."""
        columns = (counts.c.topic, counts.c.language, counts.c.outcome, counts.c.reason)
        wanted = sa.select(*columns, counts.c.number).where(counts.c.day == day)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}

    async def forget_silent(self, today: datetime.date) -> int:
        """Delete chats silent and questions kept for more than 90 days; return how many."""
        oldest = today - datetime.timedelta(days=KEPT_DAYS)
        async with self._engine.begin() as connection:
            silent = await connection.execute(sa.delete(chats).where(chats.c.last_contact < oldest))
            old = await connection.execute(sa.delete(inbox).where(inbox.c.day < oldest))
        return int(silent.rowcount + old.rowcount)

    async def _keep(
        self, connection: AsyncConnection, chat_id: int, chat: Chat, today: datetime.date
    ) -> None:
        kept = {k: v for k, v in asdict(chat).items() if k not in _NOT_SAVED and v}
        row = {
            "chat": self._keys.hidden(chat_id),
            "state": self._keys.locked(json.dumps(kept)),
            "last_contact": today,
        }
        new = self._insert(chats).values(row)
        changed = {"state": new.excluded.state, "last_contact": new.excluded.last_contact}
        await connection.execute(new.on_conflict_do_update(index_elements=["chat"], set_=changed))

    async def _forget(self, connection: AsyncConnection, chat_id: int) -> None:
        mine = chats.c.chat == self._keys.hidden(chat_id)
        await connection.execute(sa.delete(chats).where(mine))

    async def _record(
        self, connection: AsyncConnection, record: Record, today: datetime.date
    ) -> None:
        match record:
            case Counted():
                row = {"day": today, "number": 1, **asdict(record)}
                new = self._insert(counts).values(row)
                key = [column.name for column in counts.primary_key]
                more = {"number": counts.c.number + 1}
                await connection.execute(new.on_conflict_do_update(index_elements=key, set_=more))
            case SentToEditors():
                row = {"day": today, "language": record.language, "question": record.text}
                await connection.execute(sa.insert(inbox).values(row))

    def _insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        if self._engine.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    def _read(self, locked: str) -> Chat:
        """Return a saved chat; one locked with another key is as good as forgotten."""
        opened = self._keys.opened(locked)
        known = {field.name for field in fields(Chat)}
        state = json.loads(opened) if opened else {}
        return replace(Chat(), **{name: v for name, v in state.items() if name in known})


def _engine(url: str) -> AsyncEngine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # One connection: SQLite writes one at a time anyway, and waiting for the pool is fair.
    engine = create_async_engine(parsed, pool_size=1, max_overflow=0, pool_timeout=60)
    sa.event.listen(engine.sync_engine, "connect", _tune_sqlite)
    return engine


def _tune_sqlite(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is gone from the file
    cursor.close()


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
