"""The file in which facts are kept for the next start: made, checked, set aside, and taken away."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from tui.errors import ClarifeyeError
from tui.private import make_private
from tui.store.facts.errors import error_name
from tui.store.facts.schema import APPLICATION, PAGES, TABLES, VERSION
from tui.store.saved.state_file import file_name

SUFFIX = ".facts"
"""How the files of facts end: nothing else in their folder is touched."""

_ENDS = ("", ".damaged", "-journal", ".damaged-journal")
_WAIT = 5.0
"""Seconds for which another instance that writes is waited for."""

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_CONSTRAINT", "SQLITE_MISMATCH")
_NO_TEXTS = ("Could not decode to UTF-8", "malformed JSON")
"""What is said of texts that are none of ours."""


def facts_folder(state_folder: Path) -> Path:
    """Where the files of facts are."""
    return state_folder / "facts"


def facts_file(state_folder: Path, label: str, identity: str) -> Path:
    """The file of one server and project, and of whom one asks as."""
    return facts_folder(state_folder) / f"{file_name(label, identity)}{SUFFIX}"


def is_damage(error: sqlite3.Error) -> bool:
    """Whether a file is no database of SQLite, or none any more, or has rows that we have not written."""
    return error_name(error).startswith(_DAMAGED) or str(error).startswith(_NO_TEXTS)


def damage(words: str) -> sqlite3.DatabaseError:
    """The error for a file that SQLite can read, and that cannot be ours."""
    error = sqlite3.DatabaseError(words)
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error


@contextmanager
def only_ours() -> Iterator[None]:
    """Work with rows of a file that others may have written, too.

    Raises:
        sqlite3.DatabaseError: nothing can be made of them.
    """
    try:
        yield
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise damage("a row is none that we have written") from error


def open_kept(path: Path, say: Callable[[str], None]) -> sqlite3.Connection:
    """Open the file, and make it where there is none; one that is not ours to use is set aside, with a word.

    Raises:
        OSError: the folder or the file cannot be made.
        sqlite3.Error: the file cannot be opened, or another instance holds it.
    """
    folder = path.parent
    make_private(folder)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    if not _is_ours(path):
        set_aside(path, say)
    try:
        return _opened(path, say)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        set_aside(path, say)
    return _opened(path, say)


def set_aside(path: Path, say: Callable[[str], None]) -> None:
    """Give a file another name: it is damaged, or somebody else's.

    Raises:
        OSError: it cannot be given one.
    """
    aside = path.with_name(path.name + ".damaged")
    os.replace(path, aside)
    with suppress(FileNotFoundError):  # what it needs to be whole goes with it, and must not be taken for another's
        os.replace(f"{path}-journal", f"{aside}-journal")
    say(f"The kept facts are damaged, or not ours; they were set aside and are read anew: {aside}")


def _is_ours(path: Path) -> bool:
    """Whether it may be opened: a link, or what belongs to another user, may lead anywhere."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()


def _opened(path: Path, say: Callable[[str], None]) -> sqlite3.Connection:
    descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    os.close(descriptor)  # SQLite would make it for everybody whom the umask allows
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    connection = connect(os.fspath(path))
    try:
        _make_tables(connection, say)
    except BaseException:
        connection.close()
        raise
    return connection


def connect(name: str) -> sqlite3.Connection:
    """A connection that may be used by the thread that owns it alone; "" is a file without a name."""
    return sqlite3.connect(name, isolation_level=None, check_same_thread=False, timeout=_WAIT)


def _make_tables(connection: sqlite3.Connection, say: Callable[[str], None]) -> None:
    if _is_current(connection):
        return
    connection.execute(PAGES)
    with writing(connection, "EXCLUSIVE"):
        if _is_current(connection):
            return  # another instance was faster
        old = _tables(connection)
        for name in old:
            connection.execute(f'DROP TABLE "{name}"')
        if old:
            say("The facts that were kept are of another version of this program, and are read anew.")
        make_tables(connection)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty database."""
    for statement in TABLES:
        connection.execute(statement)


def _is_current(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those of this version; none at all, or those of another one, are not.

    Raises:
        sqlite3.DatabaseError: they are of another program, or somebody has changed them.
    """
    names = _tables(connection)
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if names and application != APPLICATION:
        raise damage("it is a database of another program")
    if not names or connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
        return False
    made = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if made != {statement for statement in TABLES if statement.startswith("CREATE")}:
        raise damage("its tables are not those of this version")
    return True


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in found]


@contextmanager
def writing(connection: sqlite3.Connection, lock: str = "IMMEDIATE") -> Iterator[None]:
    """Keep what is written together, or nothing of it."""
    connection.execute(f"BEGIN {lock}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


class FactsInUse(ClarifeyeError):
    """Kept facts are being written, and are not taken away now."""


def kept_files(state_folder: Path) -> list[Path]:
    """The files in which facts are kept, those that were set aside and what SQLite left beside them among them."""
    folder = facts_folder(state_folder)
    with suppress(OSError):
        ends = tuple(SUFFIX + end for end in _ENDS)
        return sorted(path for path in folder.iterdir() if path.name.endswith(ends) and not path.is_dir())
    return []


def take_away(path: Path) -> None:
    """Delete one of the kept files.

    Raises:
        FactsInUse: another instance is writing into it, and goes on doing so.
        OSError: it cannot be deleted.
    """
    if path.name.endswith(SUFFIX) and _is_ours(path):
        try:
            connection = connect(os.fspath(path))
            try:
                connection.execute("BEGIN EXCLUSIVE")
                path.unlink()
            finally:
                connection.close()
        except sqlite3.Error as error:
            if not is_damage(error) and not error_name(error).startswith("SQLITE_CANTOPEN"):
                raise FactsInUse(f"{path} is in use", "Leave the program that writes into it first.") from None
    path.unlink(missing_ok=True)
