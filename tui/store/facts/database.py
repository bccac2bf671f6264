"""The database of facts; everything here runs in the one thread that owns it."""

import os
import sqlite3
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tui.api.errors import UnreadableAnswer
from tui.api.page import Record
from tui.store.facts.compute import history_facts
from tui.store.facts.question import FactsAnswer, FactsQuestion
from tui.store.facts.rows import SHOWN, UNREADABLE, FactsRow, Words, forget, shown, write
from tui.store.facts.schema import SCRIPT
from tui.store.facts.sorting import Order, order_by
from tui.store.facts.where import Where, where_of
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns

_CACHE = 8_000
"""Kilobytes of pages that SQLite keeps in memory."""


_STEPS = 200_000
"""Steps of SQLite, a few milliseconds, between two such questions."""


class FactsDatabase:
    """Facts in SQLite: in a temporary file that has no name, or in a file of the user's."""

    def __init__(self, path: Path | None = None, patterns: FailurePatterns = NO_PATTERNS) -> None:
        self._patterns = patterns
        self._connection = connection = sqlite3.connect(
            "" if path is None else os.fspath(path), isolation_level=None, check_same_thread=False, timeout=5
        )
        connection.create_function("folded", 1, _folded, deterministic=True)
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute("PRAGMA synchronous = OFF" if path is None else "PRAGMA synchronous = NORMAL")
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            connection.executescript(SCRIPT)
        self._words = Words(connection)

    def give_up_when(self, nobody_waits: Callable[[], bool]) -> None:
        """Ask now and then while a question is worked on whether anybody still waits for its answer."""
        self._connection.set_progress_handler(nobody_waits, _STEPS)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def begin(self) -> None:
        """Keep what follows together."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN")

    def commit(self) -> None:
        """Keep what came since `begin`."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def take(self, record: Record, text: str = "") -> None:
        """Take note of a conversation as the server has just sent it, found by `text` where that is not empty."""
        cursor = self._connection.cursor()
        known = cursor.execute("SELECT key, digest FROM texts WHERE id = ?", (record.id,)).fetchone()
        try:
            facts = history_facts(record.raw, self._patterns)
        except UnreadableAnswer:
            facts = None
        if known is not None:
            forget(cursor, known[0])
        key = known[0] if known is not None else self._next_key(cursor)
        write(cursor, self._words, key, record.conversation, facts, time.time())
        if text:
            cursor.execute("INSERT OR IGNORE INTO found VALUES (?, ?)", (self._query(text), key))

    def _next_key(self, cursor: sqlite3.Cursor) -> int:
        (last,) = cursor.execute("SELECT coalesce(max(key), 0) FROM texts").fetchone()
        return int(last) + 1

    def _query(self, text: str) -> int:
        self._connection.execute("INSERT OR IGNORE INTO queries (text) VALUES (?)", (text,))
        (number,) = self._connection.execute("SELECT id FROM queries WHERE text = ?", (text,)).fetchone()
        return int(number)

    # -- questions -------------------------------------------------------------------------------------------------

    def ask(self, question: FactsQuestion, first: int | None = None) -> FactsAnswer:
        """The conversations that match; of their keys the first ones, where so many are enough for now."""
        people, now, words = question.people, question.now, self._words.like
        server = where_of(question.server, now, people, words)
        wanted = where_of(question.wanted, now, people, words)
        of_text = (
            f" AND c.key IN (SELECT conversation FROM found WHERE query = {self._query(question.text)})"
            if question.text
            else ""
        )
        known, unreadable = self._one(f"count(*), coalesce(sum(c.known = {UNREADABLE}), 0)", server, of_text)
        (count,) = (known,) if wanted == server else self._one("count(*)", wanted, of_text)
        return FactsAnswer(self._keys(wanted, of_text, question.order, first), count, known, unreadable)

    def _one(self, what: str, where: Where, of_text: str) -> tuple[int, ...]:
        texts = " JOIN texts AS t USING (key)" if where.with_texts else ""
        sql = f"SELECT {what} FROM conversations AS c{texts} WHERE {where.condition}{of_text}"
        row: tuple[int, ...] = self._connection.execute(sql, where.parameters).fetchone()
        return row

    def _keys(self, where: Where, of_text: str, by: Order, first: int | None) -> "array[int]":
        order = order_by(by)
        texts = " JOIN texts AS t USING (key)" if where.with_texts or order.with_texts else ""
        agents = " JOIN words AS agent ON agent.id = c.agent" if order.with_agents else ""
        limit = f" LIMIT {first}" if first is not None else ""
        rows = self._connection.execute(
            f"SELECT c.key FROM conversations AS c{texts}{agents} "
            f"WHERE {where.condition}{of_text} ORDER BY {order.sql}{limit}",
            where.parameters,
        )
        return array("q", [key for (key,) in rows])

    def rows(self, keys: Sequence[int]) -> dict[int, FactsRow]:
        """What a list shows of these."""
        marks = ", ".join("?" * len(keys))
        return dict(map(shown, self._connection.execute(f"{SHOWN} WHERE c.key IN ({marks})", list(keys))))

    def rows_of(self, ids: Iterable[str]) -> dict[str, FactsRow]:
        """What is known of these conversations, by id."""
        wanted = list(ids)
        marks = ", ".join("?" * len(wanted))
        rows = self._connection.execute(f"{SHOWN} WHERE t.id IN ({marks})", wanted)
        return {row.conversation.id: row for _, row in map(shown, rows)}

    def key_of(self, conversation_id: str) -> int | None:
        """The key of a conversation, where anything is known of it."""
        found = self._connection.execute("SELECT key FROM texts WHERE id = ?", (conversation_id,)).fetchone()
        return int(found[0]) if found is not None else None

    def ids_of(self, keys: Sequence[int]) -> list[str]:
        """The ids of these conversations, in the order of the keys."""
        ask = "SELECT id FROM texts WHERE key = ?"
        found = (self._connection.execute(ask, (key,)).fetchone() for key in keys)
        return [row[0] for row in found if row is not None]

    def first_failed(self, keys: Sequence[int]) -> tuple[str, int] | None:
        """The first of these that has a failed call: its id, and its place among them."""
        ask = "SELECT id FROM conversations JOIN texts USING (key) WHERE key = ? AND failed > 0"
        for place, key in enumerate(keys):
            row = self._connection.execute(ask, (key,)).fetchone()
            if row is not None:
                return row[0], place
        return None

    def first_before(self, keys: Sequence[int], end: float) -> int:
        """The place of the first of these, newest first, that is older than a moment; behind all where none is."""
        ask = "SELECT created FROM conversations WHERE key = ?"

        def is_older(key: int) -> bool:
            row = self._connection.execute(ask, (key,)).fetchone()
            return row is None or row[0] is None or row[0] < end

        return bisect_left(keys, True, key=is_older)

    def values(self, name: str, most: int) -> list[str]:
        """Values of a term that were seen, the most frequent first."""
        column = {"agent": "agent", "by": "owner"}.get(name)
        if column is not None:
            rows = self._connection.execute(
                f"SELECT text FROM conversations JOIN words ON words.id = {column} WHERE text != '' "
                f"GROUP BY {column} ORDER BY count(*) DESC LIMIT ?",
                (most,),
            )
        else:
            table = {"tag": "tagged", "tool": "tools"}[name]
            rows = self._connection.execute(
                f"SELECT text FROM {table} JOIN words ON words.id = {name} "
                f"GROUP BY {name} ORDER BY count(*) DESC LIMIT ?",
                (most,),
            )
        return [text for (text,) in rows]


def _folded(text: object) -> str | None:
    return text.casefold() if isinstance(text, str) else None
