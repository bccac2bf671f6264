"""How facts lie in SQLite: numbers apart from texts, so that what is sorted and compared is one narrow sweep."""

VERSION = 1
"""Of the tables: a kept file of another version is dropped and read anew, for it is a cache."""

APPLICATION = 0x436C6679
"""What a file of ours has as its application id; another one is not touched."""

NUMBERS = (
    "created", "archived", "shared", "tags", "agent", "owner", "messages", "calls", "tokens_in", "tokens_out", "tokens",
    "known", "size", "turns", "stated", "guessed", "failed", "empty", "repeat", "took", "wait", "ending",
)  # fmt: skip
"""What is sorted by and compared; from `size` on null where the history is not known."""

TEXTS = (
    "id", "name", "question", "failure", "tags", "more", "updated", "archived_at", "asked", "digest", "repeated",
    "tokens_turn", "first_at", "last_at",
)  # fmt: skip
"""The columns of `texts`: what is shown, and searched seldom."""

CALLS = (
    "conversation", "number", "tool", "digest", "turn", "message", "results", "size", "stated", "guessed", "empty",
    "took", "failure", "parameters", "cut",
)  # fmt: skip

_TABLES = f"""
CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE conversations (key INTEGER PRIMARY KEY, {", ".join(NUMBERS)});
CREATE TABLE texts (key INTEGER PRIMARY KEY, {", ".join(TEXTS)});
CREATE UNIQUE INDEX texts_by_id ON texts (id);
CREATE TABLE tagged (tag INTEGER, conversation INTEGER, PRIMARY KEY (tag, conversation)) WITHOUT ROWID;
CREATE TABLE calls ({", ".join(CALLS)}, PRIMARY KEY (conversation, number)) WITHOUT ROWID;
CREATE TABLE tools (tool INTEGER, conversation INTEGER, calls, stated, guessed, empty,
    PRIMARY KEY (tool, conversation)) WITHOUT ROWID;
CREATE TABLE found (query INTEGER, conversation INTEGER, PRIMARY KEY (query, conversation)) WITHOUT ROWID;
CREATE TABLE queries (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""

SCRIPT = f"PRAGMA page_size = 16384; BEGIN; {_TABLES} COMMIT;"
"""Makes all tables in an empty database."""
