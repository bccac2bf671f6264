"""The demo's SQLite database: histories are stored as JSON text and handed out as they are, never encoded again.

It is filled in two steps. First it is told of all conversations, what filters look at; then their texts come, in the
order of the list. Who asks for a text that has not come yet waits for it, so that a large project answers at once.
"""

import contextlib
import os
import sqlite3
import tempfile
import threading
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

_SCHEMA = """
CREATE TABLE histories (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE searchable (history INTEGER PRIMARY KEY, folded TEXT NOT NULL);
CREATE TABLE conversations (
    rank INTEGER PRIMARY KEY, id TEXT NOT NULL, owner TEXT NOT NULL, archived INTEGER NOT NULL, shared INTEGER NOT NULL,
    tagged INTEGER NOT NULL, history INTEGER NOT NULL
);
CREATE TABLE frames (
    rank INTEGER PRIMARY KEY, head TEXT NOT NULL, tail TEXT NOT NULL, day TEXT NOT NULL, moved_to TEXT NOT NULL
);
CREATE TABLE conversation_tags (tag TEXT NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (tag, rank)) WITHOUT ROWID;
CREATE TABLE people (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, user_id TEXT NOT NULL, email TEXT NOT NULL COLLATE NOCASE UNIQUE,
    date_joined TEXT NOT NULL, permissions TEXT NOT NULL
);
CREATE TABLE settings (position INTEGER PRIMARY KEY, kind TEXT NOT NULL, tool_type TEXT NOT NULL, body TEXT NOT NULL);
"""

_REMEMBERED = 32
"""Filters whose matches are kept."""


class ConversationRow(NamedTuple):
    """What filters look at; `rank` orders the list from 1 on, and several may share a history."""

    rank: int
    id: str
    owner: str
    archived: bool
    shared: bool
    tags: tuple[str, ...]
    history: int


class Told(NamedTuple):
    """A history: its number, its JSON text, and its texts folded for the search."""

    number: int
    body: str
    folded: str


class HistoryFrame(NamedTuple):
    """The JSON of a conversation around its history.

    Where `moved_to` is set, the history is shared with an older conversation: its timestamps of the date `day` are
    handed out with the date `moved_to`.
    """

    rank: int
    head: str
    tail: str
    day: str = ""
    moved_to: str = ""


class PersonRow(NamedTuple):
    """A user of the project; `permissions` is JSON text."""

    id: str
    user_id: str
    email: str
    date_joined: str
    permissions: str


class SettingRow(NamedTuple):
    """An agent or a tool of the project; `body` is JSON text, `tool_type` is empty for agents."""

    kind: str
    tool_type: str
    body: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list call can ask for; `owner` is a user id."""

    tags: tuple[str, ...] = ()
    no_tags: bool = False
    text: str = ""
    include_archived: bool = False
    owner: str | None = None


def fold(text: str) -> str:
    """Text in the form in which upper and lower case are equal."""
    return text.casefold()


class Database:
    """A private SQLite file that has no name any more once it is open, so that no way to die leaves it behind."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="clarifeye-demo-"))
        self._file = self._folder / "demo.sqlite3"
        self._lock = threading.Lock()
        self._come = threading.Condition()
        self._told = 0
        """Up to this rank the texts are there."""
        self._planned = 0
        """The last rank of all."""
        self._matches: OrderedDict[Filter, Sequence[int]] = OrderedDict()
        self._connection = sqlite3.connect(self._file, check_same_thread=False, isolation_level=None)
        self._connection.text_factory = bytes
        for pragma in (
            "page_size=32768",
            "journal_mode=OFF",
            "synchronous=OFF",
            "locking_mode=EXCLUSIVE",
            "temp_store=MEMORY",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(_SCHEMA)
        self._remove_files()

    def _remove_files(self) -> None:
        """Some file systems do not let go of an open file; `close` tries again."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            os.rmdir(self._folder)

    def close(self) -> None:
        """Give the database back."""
        with self._lock:
            self._connection.close()
        self._remove_files()

    def plan(
        self,
        conversations: Iterable[ConversationRow],
        people: Iterable[PersonRow],
        settings: Iterable[SettingRow] = (),
    ) -> None:
        """Add all conversations that there are going to be, without their texts, the people, agents and tools."""
        with self._lock, self._connection:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN")
            tags: list[tuple[str, int]] = []
            cursor.executemany("INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?)", _fields(conversations, tags))
            cursor.executemany("INSERT INTO conversation_tags VALUES (?, ?)", sorted(tags))
            cursor.executemany(
                "INSERT INTO people (id, user_id, email, date_joined, permissions) VALUES (?, ?, ?, ?, ?)",
                people,
            )
            cursor.executemany("INSERT INTO settings (kind, tool_type, body) VALUES (?, ?, ?)", settings)
            cursor.execute("CREATE INDEX by_id ON conversations (id)")
            cursor.execute("COMMIT")
            ((self._planned,),) = cursor.execute("SELECT count(*) FROM conversations")

    def tell(self, histories: Iterable[Told], frames: Sequence[HistoryFrame]) -> None:
        """Add the texts of the conversations that come next in the order of the list, with histories that are new."""
        with self._lock, self._connection:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN")
            for number, body, folded in histories:
                cursor.execute("INSERT INTO histories VALUES (?, ?)", (number, body))
                cursor.execute("INSERT INTO searchable VALUES (?, ?)", (number, folded))
            cursor.executemany("INSERT INTO frames VALUES (?, ?, ?, ?, ?)", frames)
            cursor.execute("COMMIT")
        with self._come:
            self._told = max(self._told, *(frame.rank for frame in frames))
            self._come.notify_all()

    def _wait_for(self, rank: int) -> None:
        with self._come:
            self._come.wait_for(lambda: self._told >= rank)

    def matching(self, wanted: Filter) -> Sequence[int]:
        """The ranks of all conversations that pass a filter, in the order of the list."""
        if wanted.text:
            self._wait_for(self._planned)
        with self._lock:
            known = self._matches.get(wanted)
            if known is None:
                sql, values = _match_query(wanted)
                known = array("q", (row[0] for row in self._connection.execute(sql, values)))
                self._matches[wanted] = known
                if len(self._matches) > _REMEMBERED:
                    self._matches.popitem(last=False)
            self._matches.move_to_end(wanted)
            return known

    def bodies(self, ranks: Sequence[int]) -> list[bytes]:
        """The JSON of each conversation, in the order of the list."""
        self._wait_for(max(ranks, default=0))
        marks = ",".join("?" * len(ranks))
        rows = self._ask(f"{_BODY} WHERE rank IN ({marks}) ORDER BY rank", tuple(ranks))
        return [_body_of(*row) for row in rows]

    def body(self, conversation_id: str, *, include_archived: bool, owner: str | None) -> bytes | None:
        """The JSON of one conversation, or None where `owner` (everybody: None) may not see it."""
        ranks = self._ask(
            "SELECT rank FROM conversations"
            " WHERE id = ? AND (? OR NOT archived) AND (? IS NULL OR owner = ? OR shared)",
            (conversation_id, include_archived, owner, owner),
        )
        return self.bodies(ranks[0])[0] if ranks else None

    def tags(self, owner: str | None) -> list[str]:
        """The tags of all conversations, or of one owner's, sorted."""
        rows = self._ask(
            "SELECT DISTINCT tag FROM conversation_tags JOIN conversations USING (rank)"
            " WHERE ? IS NULL OR owner = ? ORDER BY tag",
            (owner, owner),
        )
        return [row[0].decode() for row in rows]

    def people(self, limit: int, offset: int) -> tuple[int, list[PersonRow]]:
        """How many people there are, and some of them."""
        count = self._ask("SELECT count(*) FROM people", ())[0][0]
        rows = self._ask(
            "SELECT id, user_id, email, date_joined, permissions FROM people ORDER BY position LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return count, [PersonRow(*(value.decode() for value in row)) for row in rows]

    def settings(self, kind: str, tool_type: str, limit: int, offset: int) -> tuple[int, list[bytes]]:
        """How many agents or tools there are, of one type where that is named, and the JSON of some of them."""
        of = "FROM settings WHERE kind = ? AND (? = '' OR tool_type = ?)"
        count = self._ask(f"SELECT count(*) {of}", (kind, tool_type, tool_type))[0][0]
        rows = self._ask(
            f"SELECT body {of} ORDER BY position LIMIT ? OFFSET ?", (kind, tool_type, tool_type, limit, offset)
        )
        return count, [row[0] for row in rows]

    def user_id(self, email: str) -> str | None:
        """The user id that belongs to an e-mail address of the project."""
        rows = self._ask("SELECT user_id FROM people WHERE email = ?", (email,))
        return rows[0][0].decode() if rows else None

    def _ask(self, sql: str, values: Sequence[Any]) -> list[Any]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()


_BODY = (
    "SELECT head, body, tail, day, moved_to"
    " FROM conversations c JOIN frames USING (rank) JOIN histories h ON h.id = c.history"
)


def _fields(rows: Iterable[ConversationRow], tags: list[tuple[str, int]]) -> Iterable[tuple[Any, ...]]:
    for row in rows:
        tags.extend((tag, row.rank) for tag in set(row.tags))
        yield row.rank, row.id, row.owner, row.archived, row.shared, bool(row.tags), row.history


def _body_of(head: bytes, body: bytes, tail: bytes, day: bytes, moved_to: bytes) -> bytes:
    if moved_to:
        body = body.replace(b'"timestamp":"' + day, b'"timestamp":"' + moved_to)
    return head + body + tail


def _match_query(wanted: Filter) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if not wanted.include_archived:
        conditions.append("NOT archived")
    if wanted.owner is not None:
        conditions.append("owner = ?")
        values.append(wanted.owner)
    if wanted.no_tags:
        conditions.append("NOT tagged")
    if wanted.tags:
        marks = ",".join("?" * len(wanted.tags))
        conditions.append(f"rank IN (SELECT rank FROM conversation_tags WHERE tag IN ({marks}))")
        values.extend(wanted.tags)
    if wanted.text:
        conditions.append("history IN (SELECT history FROM searchable WHERE instr(folded, ?) > 0)")
        values.append(fold(wanted.text))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT rank FROM conversations{where} ORDER BY rank", values
