"""How facts lie in SQLite: numbers apart from texts, so that what is sorted and compared is one narrow sweep."""

VERSION = 1
"""Of the tables, and of what facts mean: a kept file of another one is dropped and read anew, for it is a cache."""

APPLICATION = 0x436C6679
"""What a file of ours has as its application id; another one is not touched."""

NUMBERS = (
    "created", "archived", "shared", "tags", "agent", "owner", "messages", "calls", "tokens_in", "tokens_out", "tokens",
    "known", "asked", "size", "turns", "stated", "guessed", "failed", "empty", "repeat", "took", "wait", "ending",
)  # fmt: skip
"""What is sorted by and compared; from `size` on null where the history is not known."""

TEXTS = (
    "id", "name", "question", "failure", "tags", "more", "updated", "archived_at", "digest", "repeated",
    "tokens_turn", "first_at", "last_at",
)  # fmt: skip
"""The columns of `texts`: what is shown, and searched seldom."""

CALLS = (
    "conversation", "number", "tool", "digest", "turn", "message", "results", "size", "stated", "guessed", "empty",
    "took", "failure", "parameters", "cut",
)  # fmt: skip

PAGES = "PRAGMA page_size = 16384"
"""Comes before the first table."""

TABLES = (
    "CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    f"CREATE TABLE conversations (key INTEGER PRIMARY KEY, {', '.join(NUMBERS)})",
    f"CREATE TABLE texts (key INTEGER PRIMARY KEY, {', '.join(TEXTS)})",
    "CREATE UNIQUE INDEX texts_by_id ON texts (id)",
    "CREATE TABLE tagged (tag INTEGER, conversation INTEGER, PRIMARY KEY (tag, conversation)) WITHOUT ROWID",
    f"CREATE TABLE calls ({', '.join(CALLS)}, PRIMARY KEY (conversation, number)) WITHOUT ROWID",
    "CREATE TABLE tools (tool INTEGER, conversation INTEGER, calls, stated, guessed, empty, "
    "PRIMARY KEY (tool, conversation)) WITHOUT ROWID",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
"""All tables that may be kept."""

OF_THIS_RUN = (
    "CREATE TEMP TABLE found (query INTEGER, conversation INTEGER, PRIMARY KEY (query, conversation)) WITHOUT ROWID",
    "CREATE TEMP TABLE queries (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
)
"""Which texts the server finds in a history is its own word of today, and kept nowhere."""
