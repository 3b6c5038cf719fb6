"""What is kept: chat states behind a keyed hash, counts without people, the editors' inbox."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict
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
_SAVED = ("language", "spoken", "place", "topic")


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
        mine = chats.c.chat == self._keys.hidden(chat_id)
        wanted = sa.select(chats.c.state, chats.c.last_contact).where(mine)
        async with self._engine.connect() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return self._read(row.state, row.last_contact) if row else Chat()

    async def save(
        self, chat_id: int, chat: Chat, records: Sequence[Record], today: datetime.date
    ) -> None:
        """Keep the chat and count what happened, both or neither."""
        async with self._engine.begin() as connection:
            kept = {name: value for name in _SAVED if (value := getattr(chat, name))}
            if kept and Forgotten() not in records:
                await self._keep(connection, chat_id, kept, today)
            else:
                await self._forget(connection, chat_id)
            for record in records:
                await self._record(connection, record, today)

    async def sent_questions(self) -> list[tuple[datetime.date, str, str]]:
        """Return day, language and scrubbed text of what people sent to the editors."""
        wanted = sa.select(inbox.c.day, inbox.c.language, inbox.c.question).order_by(inbox.c.id)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return [(day, code, self._keys.opened(locked) or "") for day, code, locked in rows]

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
        self, connection: AsyncConnection, chat_id: int, kept: dict[str, str], today: datetime.date
    ) -> None:
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
                locked = self._keys.locked(record.text)
                row = {"day": today, "language": record.language, "question": locked}
                await connection.execute(sa.insert(inbox).values(row))

    def _insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        if self._engine.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    def _read(self, locked: str, last_contact: datetime.date) -> Chat:
        """Return a saved chat; one locked with another key is as good as forgotten."""
        opened = self._keys.opened(locked)
        state = json.loads(opened) if opened else {}
        known = {name: value for name, value in state.items() if name in _SAVED}
        return Chat(**known, last_contact=last_contact.isoformat())


def _engine(url: str) -> AsyncEngine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # One connection: SQLite writes one at a time anyway, and waiting for the pool is fair.
    engine = create_async_engine(
        parsed, pool_size=1, max_overflow=0, pool_timeout=60, hide_parameters=True
    )
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
