"""Where the facts of one run are: in a file that is kept, in one without a name, or where neither can be in memory."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from tui.store.facts.errors import error_name
from tui.store.facts.kept_file import connect, is_damage, make_tables, only_ours, open_kept, set_aside, writing
from tui.store.facts.schema import OF_THIS_RUN, PAGES

_CACHE = 8_000
"""Kilobytes of pages that SQLite keeps in memory."""

_WHY = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_BUSY": "another instance holds the file",
    "SQLITE_LOCKED": "another instance holds the file",
    "SQLITE_READONLY": "the file cannot be written",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_IOERR": "the disk does not take it",
}


class FactsPlace:
    """Owns the connection."""

    def __init__(self, path: Path | None, say: Callable[[str], None]) -> None:
        """`say` is told of a file that cannot be used."""
        self._path = path
        self._say = say
        self._in_memory = False
        self._inode = (0, 0)
        self.connection = self._opened()

    @property
    def is_gone(self) -> bool:
        """Whether the file was taken away, or is another one now."""
        return self._path is not None and _inode(self._path) != self._inode

    def as_written(self) -> AbstractContextManager[None]:
        """Work with rows of the file: of one that is kept anybody may have changed them.

        Raises:
            sqlite3.DatabaseError: nothing can be made of them.
        """
        return only_ours() if self._path is not None else nullcontext()

    def may_leave(self, error: sqlite3.Error | None) -> bool:
        """Whether there is another place to go on in, where this one has failed; None: the file was taken away."""
        name = error_name(error)
        failed = error is None or name.startswith(tuple(_WHY)) or is_damage(error)
        return failed and not self._in_memory and name != "SQLITE_INTERRUPT"

    def leave(self, error: sqlite3.Error | None) -> bool:
        """Go on in another place; whether all that is known has come along.

        Raises:
            sqlite3.Error: there is none.
        """
        before, path = self.connection, self._path
        if path is not None and error is not None and is_damage(error):
            with suppress(OSError):
                set_aside(path, self._say)
                before.close()
                self.connection = self._opened()
                return False
        self._path, self._in_memory = None, True
        self.connection = connection = _in_memory()
        connection.execute(PAGES)
        if path is not None:
            why = "the file was taken away" if error is None else _why(error)
            self._say(f"Facts are not kept any more: {why}. They are in memory for this run.")
        try:
            before.backup(connection)
            for table in ("queries", "found"):
                connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", before.execute(f"SELECT * FROM {table}"))
        except sqlite3.Error:
            connection.close()
            self.connection = connection = _in_memory()
            make_tables(connection)
            return False
        finally:
            before.close()
        return True

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None:
            try:
                connection = _with_pragmas(open_kept(self._path, self._say), "NORMAL")
            except (OSError, sqlite3.Error) as error:
                why = error.strerror or str(error) if isinstance(error, OSError) else _why(error)
                self._say(f"Facts are not kept: {why} ({self._path}).")
                self._path = None
            else:
                self._inode = _inode(self._path)
                return connection
        connection = connect("")
        connection.execute(PAGES)
        with writing(connection):
            make_tables(connection)
        return _with_pragmas(connection, "OFF")


def _in_memory() -> sqlite3.Connection:
    connection = connect(":memory:")
    connection.execute("PRAGMA temp_store = MEMORY")
    return _with_pragmas(connection, "OFF")


def _with_pragmas(connection: sqlite3.Connection, synchronous: str) -> sqlite3.Connection:
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    for statement in OF_THIS_RUN:
        connection.execute(statement)
    return connection


def _inode(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path, follow_symlinks=False)
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def _why(error: sqlite3.Error) -> str:
    name = error_name(error)
    return next((words for start, words in _WHY.items() if name.startswith(start)), str(error))
