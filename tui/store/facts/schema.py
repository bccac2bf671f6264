"""How facts lie in SQLite: numbers apart from texts and parameters, so that what is compared is one narrow sweep."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from sqlite3 import Connection, sqlite_version_info

from tui.store.facts.calls import digest_of

BesideValue = str | int | None
BesideRows = Sequence[tuple[BesideValue, ...]]
"""What one of the tables of `BESIDE` has of a conversation."""

VERSION = 7
"""Of the tables, and of what facts mean: a kept file of another one is dropped and read anew, for it is a cache."""

APPLICATION = 0x436C6679
"""What a file of ours has as its application id; another one is not touched."""

OF_LIST = (
    "created", "archived", "known", "asked", "tags", "tagset", "agent", "owner", "shared", "messages", "calls",
    "tokens_in", "tokens_out", "tokens",
)  # fmt: skip
OF_HISTORY = (
    "toolset", "failed", "took", "wait", "turns", "stated", "guessed", "empty", "repeat", "ending", "size",
    "longest",
)  # fmt: skip
"""Null where the history is not known."""
NUMBERS = OF_LIST + OF_HISTORY
"""What is sorted by and compared; what is asked for most stands first, for a row is read up to what is asked for."""

TEXTS = (
    "id", "name", "question", "failure", "tags", "more", "updated", "archived_at", "digest", "repeated",
    "tokens_turn", "first_at", "last_at", "parameters",
)  # fmt: skip
"""What is shown, and searched seldom; `parameters` are the numbers of the names that its calls' have, as JSON."""

CALLS = (
    "conversation", "number", "tool", "state", "took", "empty", "results", "size", "turn", "message", "digest",
    "shape", "failure",
)  # fmt: skip

"""`shape` is the number of the set of its parameters' names: few sets are looked through to know all names."""

STATED, GUESSED = 1, 2
"""The `state` of a call that failed; null of another one, so that the few that failed have an index of their own."""

PAGES = "PRAGMA page_size = 8192"
"""Comes before the first table."""

_WORDS = {"id", "name", "question", "failure", "tags", "more", "parameters"}
"""The texts among `TEXTS`."""

_SECONDS = {"created", "asked", "took", "wait", "longest", "updated", "archived_at", "first_at", "last_at"}


def _typed(names: Iterable[str], texts: Collection[str] = ()) -> str:
    """Columns with their types: texts, seconds, and integers, which all others are."""
    return ", ".join(
        f"{name} {'TEXT' if name in texts else 'REAL' if name in _SECONDS else 'INTEGER'}" for name in names
    )


_IS_STRICT = sqlite_version_info >= (3, 37)
_STRICT = " STRICT" if _IS_STRICT else ""
_NO_ROWID = "WITHOUT ROWID, STRICT" if _IS_STRICT else "WITHOUT ROWID"
"""SQLite takes no text where a number belongs, whoever writes it; an older one checks nothing."""

TABLES = (
    f"CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE){_STRICT}",
    f"CREATE TABLE conversations (key INTEGER PRIMARY KEY, {_typed(NUMBERS)}){_STRICT}",
    "CREATE INDEX newest ON conversations (created DESC)",
    f"CREATE TABLE texts (key INTEGER PRIMARY KEY, {_typed(TEXTS, _WORDS)}){_STRICT}",
    "CREATE UNIQUE INDEX texts_by_id ON texts (id)",
    f"CREATE TABLE in_sets (word INTEGER, word_set INTEGER, PRIMARY KEY (word, word_set)) {_NO_ROWID}",
    f"CREATE TABLE calls ({_typed(CALLS, ('failure',))}, PRIMARY KEY (conversation, number)) {_NO_ROWID}",
    "CREATE INDEX failed_calls ON calls (conversation, state, tool, took) WHERE state IS NOT NULL",
    "CREATE TABLE parameters (name INTEGER, conversation INTEGER, part INTEGER, kind INTEGER, low ANY, high ANY, "
    f"held TEXT, PRIMARY KEY (name, conversation, part)) {_NO_ROWID}",
    "CREATE TABLE tools (tool INTEGER, conversation INTEGER, calls INTEGER, stated INTEGER, guessed INTEGER, "
    f"empty INTEGER, same INTEGER, longest REAL, PRIMARY KEY (tool, conversation)) {_NO_ROWID}",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
"""All tables that may be kept."""

OF_THIS_RUN = (
    "CREATE TEMP TABLE found (query INTEGER, conversation INTEGER, PRIMARY KEY (query, conversation)) WITHOUT ROWID",
    "CREATE TEMP TABLE queries (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
)
"""Which texts the server finds in a history is its own word of today, and kept nowhere."""

BESIDE = {"opinions": ("turn", "label", "note", "flagged", "reviewer"), "feedback": ("word",)}
"""Tables of what is told of conversations beside their facts, by others than the server's list: what stands in them
behind the conversation's id. They hold for this run: who tells it keeps it."""

_MOST_WORDS = 20_000
"""Numbers of texts that are kept at hand."""


def storable(text: str) -> str:
    """Text that SQLite takes and searches whole."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


class BesideFacts:
    """What is told of conversations beside their facts, in temporary tables that terms ask."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, BesideRows]] = {name: {} for name in BESIDE}
        self._connection: Connection | None = None

    def adopt(self, connection: Connection) -> None:
        """Put all that was told so far into another database."""
        self._connection = connection
        for name, columns in BESIDE.items():
            connection.execute(f"CREATE TEMP TABLE {name} (conversation TEXT, {', '.join(columns)})")
            connection.execute(f"CREATE INDEX temp.{name}_of ON {name} (conversation)")
            self._write(name, self._told[name])

    def put(self, name: str, told: Mapping[str, BesideRows]) -> None:
        """Take what is told of these conversations for all that one of the tables has of them."""
        self._told[name].update(told)
        if self._connection is not None:
            ids = [(storable(one),) for one in told]
            self._connection.executemany(f"DELETE FROM {name} WHERE conversation = ?", ids)
            self._write(name, told)

    def _write(self, name: str, told: Mapping[str, BesideRows]) -> None:
        assert self._connection is not None
        marks = ", ?" * len(BESIDE[name])
        rows = [(storable(id_), *map(_stored, row)) for id_, rows in told.items() for row in rows]
        self._connection.executemany(f"INSERT INTO {name} VALUES (?{marks})", rows)


def _stored(value: BesideValue) -> BesideValue:
    return storable(value) if isinstance(value, str) else value


class Words:
    """Texts that many rows share, each kept once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, int] = {}
        self._sets: set[int] = set()

    def number(self, text: str) -> int:
        """The number of a text, which is added where it is new."""
        text = storable(text)
        if (number := self._known.get(text)) is None:
            self._connection.execute("INSERT OR IGNORE INTO words (text) VALUES (?)", (text,))
            (number,) = self._connection.execute("SELECT id FROM words WHERE text = ?", (text,)).fetchone()
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            self._known[text] = number
        return number

    def forget(self) -> None:
        """What was added may not have been kept."""
        self._known.clear()
        self._sets.clear()

    def set_of(self, words: Collection[int]) -> int:
        """The number of a set, of tags or of tools: many conversations have the same, so that few are looked at."""
        number = digest_of(*(str(word).encode() for word in sorted(words)))
        if number not in self._sets:
            rows = [(word, number) for word in words]
            self._connection.executemany("INSERT OR IGNORE INTO in_sets VALUES (?, ?)", rows)
            if len(self._sets) > _MOST_WORDS:
                self._sets.clear()
            self._sets.add(number)
        return number

    def like(self, condition: str, parameters: Mapping[str, object]) -> list[int]:
        """The numbers of the texts for which a condition on `text` holds."""
        rows = self._connection.execute(f"SELECT id FROM words WHERE {condition}", parameters)
        return [number for (number,) in rows]
