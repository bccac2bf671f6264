"""The database of facts; everything here runs in the one thread that owns it."""

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tui.api.errors import UnreadableAnswer
from tui.api.page import Record
from tui.store.facts.clock import now
from tui.store.facts.compute import changed_facts, history_facts
from tui.store.facts.conditions.values import folded
from tui.store.facts.conditions.where import Where, where_of
from tui.store.facts.facts import HistoryFacts
from tui.store.facts.kept_file import writing
from tui.store.facts.place import FactsPlace
from tui.store.facts.question import FactsAnswer, FactsQuestion
from tui.store.facts.rows import SHOWN, UNREADABLE, FactsRow, forget, shown_rows, write, write_row
from tui.store.facts.schema import BesideFacts, BesideRows, Words
from tui.store.facts.sorting import sorted_keys
from tui.store.filter.expression import Node
from tui.store.history.alike import alike
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns

_STEPS = 200_000
"""Steps of SQLite, a few milliseconds, between two questions whether anybody waits for an answer."""

_TOGETHER = 0.25
"""Seconds for which conversations are collected and then written together: so much may be lost by a kill."""

_MOST_BYTES = 4_000_000
"""Bytes of histories that wait to be written."""

_FEW = 2_000
"""Conversations that are sorted rather than looked for from the newest on."""


class _Taken(NamedTuple):
    record: Record
    text: str
    asked: float
    facts: HistoryFacts | None
    is_same: bool
    """Whether the history is the one that is known, so that no facts were worked out."""


class FactsDatabase:
    """Facts in SQLite: in a temporary file that has no name, or in a file of the user's."""

    def __init__(
        self,
        path: Path | None = None,
        patterns: FailurePatterns = NO_PATTERNS,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`say` is told, in this thread, what becomes of a file that facts cannot be kept in."""
        self._patterns = patterns
        self._waits: Callable[[], bool] | None = None
        self._taken: list[_Taken] = []
        self._bytes = 0
        self._begun = now()
        """When this run began: what was read from the server before then is old."""
        self.losses = 0
        """How often what was read is known no more, since the file turned out to be damaged."""
        self._beside = BesideFacts()
        self._place = FactsPlace(path, say)
        self.as_written = self._place.as_written
        self._adopt()
        self._may_be_old = path is not None

    def _adopt(self) -> None:
        self._connection = connection = self._place.connection
        connection.create_function("folded", 1, folded, deterministic=True)
        connection.create_function("alike", 1, alike, deterministic=True)
        connection.set_progress_handler(self._waits, _STEPS)
        self._words = Words(connection)
        self._beside.adopt(connection)
        self._counted: dict[tuple[object, ...], tuple[Any, ...]] = {}

    def give_up_when(self, nobody_waits: Callable[[], bool]) -> None:
        """Ask now and then while a question is worked on whether anybody still waits for its answer."""
        self._waits = nobody_waits
        self._connection.set_progress_handler(nobody_waits, _STEPS)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def recover(self, error: sqlite3.Error | None) -> bool:
        """Go on elsewhere, where facts cannot be kept any more; whether that is so.

        Raises:
            sqlite3.Error: there is no place at all.
        """
        if not self._place.may_leave(error):
            return False
        self.losses += not self._place.leave(error)
        self._adopt()
        return True

    # -- what comes ------------------------------------------------------------------------------------------------

    def take(self, record: Record, text: str = "") -> None:
        """Take note of a conversation as the server has just sent it, found by `text` where that is not empty."""
        try:
            row = self._connection.execute("SELECT digest FROM texts WHERE id = ?", (record.id,)).fetchone()
        except sqlite3.Error:
            row = None  # writing it will show what is wrong
        try:
            facts = changed_facts(record.raw, self._patterns, row[0] if row is not None else None)
            is_same = facts is None
        except UnreadableAnswer:
            facts, is_same = None, False
        self._taken.append(_Taken(record, text, now(), facts, is_same))
        self._bytes += len(record.raw)
        if self._bytes > _MOST_BYTES or now() - self._taken[0].asked > _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what was collected; where it cannot be kept, go on without keeping it.

        Raises:
            sqlite3.Error: it cannot even be taken note of.
        """
        if not self._taken:
            return
        if self._place.is_gone:
            self.recover(None)
        taken, self._taken, self._bytes = self._taken, [], 0

        def write_all(cursor: sqlite3.Cursor) -> None:
            for one in taken:
                self._write(cursor, one)

        self._change(write_all)

    def _change(self, change: Callable[[sqlite3.Cursor], None]) -> None:
        """Make a change whole, once more in another place where it cannot be made in this one."""
        self._counted.clear()
        try:
            with self.as_written(), writing(self._connection):
                change(self._connection.cursor())
        except sqlite3.Error as error:
            self._words.forget()
            if not self.recover(error):
                raise
            with writing(self._connection):
                change(self._connection.cursor())

    def _write(self, cursor: sqlite3.Cursor, taken: _Taken) -> None:
        conversation = taken.record.conversation
        ask = "SELECT key, updated, digest IS NOT NULL FROM texts WHERE id = ?"
        known = cursor.execute(ask, (conversation.id,)).fetchone()
        key = known[0] if known is not None else self._next_key(cursor)
        updated = conversation.updated_at.timestamp() if conversation.updated_at is not None else None
        if known is not None and known[1] is not None and updated is not None and known[1] > updated:
            cursor.execute("UPDATE conversations SET asked = ? WHERE key = ?", (taken.asked, key))
        elif taken.is_same and known is not None and known[2]:
            write_row(cursor, self._words, key, conversation, taken.asked)
        else:
            facts = history_facts(taken.record.raw, self._patterns) if taken.is_same else taken.facts
            if known is not None:
                forget(cursor, key)
            write(cursor, self._words, key, conversation, facts, taken.asked)
        if taken.text:
            cursor.execute("INSERT OR IGNORE INTO found VALUES (?, ?)", (self._query(taken.text), key))

    def _next_key(self, cursor: sqlite3.Cursor) -> int:
        (last,) = cursor.execute("SELECT coalesce(max(key), 0) FROM texts").fetchone()
        return int(last) + 1

    def _query(self, text: str) -> int:
        self._connection.execute("INSERT OR IGNORE INTO queries (text) VALUES (?)", (text,))
        (number,) = self._connection.execute("SELECT id FROM queries WHERE text = ?", (text,)).fetchone()
        return int(number)

    def tell(self, table: str, told: Mapping[str, BesideRows]) -> None:
        """Take what is told of these conversations for all that a table beside the facts has of them."""
        self._counted.clear()
        self._beside.put(table, told)

    def drop(self, server: Node, text: str, before: float) -> None:
        """All that the server lists of a question has passed by in this run, or since a later moment: others are gone.

        Not those that have passed by under another question: they may have left this one only.
        """
        before = max(before, self._begun)
        where = where_of(server, datetime.now().astimezone(), {}, self._words.like)
        old = f"SELECT c.key FROM {where.tables()} WHERE {where.condition} AND c.asked < {before!r}"

        def drop_old(cursor: sqlite3.Cursor) -> None:
            for (key,) in cursor.execute(old, where.parameters).fetchall():
                if text:
                    cursor.execute("DELETE FROM found WHERE query = ? AND conversation = ?", (self._query(text), key))
                else:
                    forget(cursor, key)

        self.flush()
        self._change(drop_old)

    # -- questions -------------------------------------------------------------------------------------------------

    def ask(self, question: FactsQuestion, first: int | None = None) -> FactsAnswer:
        """The conversations that match, in their order, or the first ones; in any case how many there are."""
        server, wanted = self._where(question, question.server), self._where(question, question.wanted)
        if first is not None and question.order.is_newest_first:
            keys, count = self._newest(question, wanted, first)
        else:
            keys = self._keys(sorted_keys(wanted, question.order, -1 if first is None else first), wanted.parameters)
            count = len(keys) if len(keys) != first else self._of_all("count(*)", wanted)[0]
        return FactsAnswer(keys, count, *self._counts(server))

    def _where(self, question: FactsQuestion, node: Node, *, is_lazy: bool = False) -> Where:
        where = where_of(node, question.now, question.people, self._words.like, is_lazy=is_lazy)
        where.condition += self._found_by(question.text)
        return where

    def _newest(self, question: FactsQuestion, wanted: Where, first: int) -> tuple["array[int]", int]:
        """The newest that match, and how many match: few are sorted, of many the newest are soon found."""
        some = f"SELECT c.key FROM {wanted.tables()} WHERE {wanted.condition} LIMIT {_FEW}"
        keys = self._keys(some, wanted.parameters)
        if len(keys) < _FEW:
            these = Where(f"c.key IN ({', '.join(map(str, keys))})")
            return self._keys(sorted_keys(these, question.order, first), {}), len(keys)
        lazy = self._where(question, question.wanted, is_lazy=True)
        newest = self._keys(sorted_keys(lazy, question.order, first), lazy.parameters)
        return newest, self._of_all("count(*)", wanted)[0]

    def within(self, question: FactsQuestion) -> Where:
        """The keys of the conversations that match, as a SELECT with what stands for its marks."""
        where = self._where(question, question.wanted)
        where.condition = f"SELECT c.key FROM {where.tables()} WHERE {where.condition}"
        return where

    def select(self, sql: str, parameters: Mapping[str, object] | Sequence[object] = ()) -> sqlite3.Cursor:
        """Rows of the tables of the schema, for what is asked across conversations."""
        return self._connection.execute(sql, parameters)

    def _found_by(self, text: str) -> str:
        return f" AND c.key IN (SELECT conversation FROM found WHERE query = {self._query(text)})" if text else ""

    def _counts(self, where: Where) -> tuple[Any, ...]:
        """How many match, and what is known of those."""
        is_old = f"c.asked < {self._begun!r}"
        old = f"coalesce(sum({is_old}), 0), min(CASE WHEN {is_old} THEN c.asked END)" if self._may_be_old else "0, NULL"
        return self._of_all(f"count(*), coalesce(sum(c.known = {UNREADABLE}), 0), {old}", where)

    def _of_all(self, what: str, where: Where) -> tuple[Any, ...]:
        """What is told of all that match: the same as long as nothing is written."""
        sql = f"SELECT {what} FROM {where.tables()} WHERE {where.condition}"
        asked = (sql, *where.parameters.values())
        if asked not in self._counted:
            self._counted[asked] = self._connection.execute(sql, where.parameters).fetchone()
        return self._counted[asked]

    def _keys(self, sql: str, parameters: Mapping[str, object]) -> "array[int]":
        return array("q", [key for (key,) in self._connection.execute(sql, parameters)])

    def rows(self, keys: Sequence[int]) -> dict[int, FactsRow]:
        """What a list shows of these."""
        marks = ", ".join("?" * len(keys))
        return dict(shown_rows(self._connection.execute(f"{SHOWN} WHERE c.key IN ({marks})", list(keys))))

    def rows_of(self, ids: Iterable[str]) -> dict[str, FactsRow]:
        """What is known of these conversations, by id."""
        wanted = list(ids)
        marks = ", ".join("?" * len(wanted))
        rows = self._connection.execute(f"{SHOWN} WHERE t.id IN ({marks})", wanted)
        return {row.conversation.id: row for _, row in shown_rows(rows)}

    def key_of(self, conversation_id: str) -> int | None:
        """The key of a conversation, where anything is known of it."""
        found = self.select("SELECT key FROM texts WHERE id = ?", (conversation_id,)).fetchone()
        return int(found[0]) if found is not None else None

    def ids_of(self, keys: Sequence[int]) -> list[str]:
        """The ids of these conversations, in the order of the keys."""
        found = (self.select("SELECT id FROM texts WHERE key = ?", (key,)).fetchone() for key in keys)
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

        def is_older(key: int) -> bool:
            row = self.select("SELECT created FROM conversations WHERE key = ?", (key,)).fetchone()
            return row is None or row[0] is None or row[0] < end

        return bisect_left(keys, True, key=is_older)
