"""The tables of the store; migrations/ brings a database to this shape."""

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

# One row a chat, known by a keyed hash; `state` is encrypted.
chats = Table(
    "chats",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("state", Text, nullable=False),
    Column("last_contact", Date, nullable=False),
    Index("chats_last_contact", "last_contact"),
)

# How often what happened, without who.
counts = Table(
    "counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("topic", String(64), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("outcome", String(16), primary_key=True),
    Column("reason", String(32), primary_key=True),
    Column("number", Integer, nullable=False),
)

# Scrubbed questions that their writers asked to pass on: encrypted, without a key to the chat.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("day", Date, nullable=False),
    Column("language", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Index("inbox_day", "day"),
)
