"""What keeps the facts from being kept or asked, in words for the user."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.errors import ClarifeyeError


class FactsUnavailable(ClarifeyeError):
    """The facts cannot be kept or asked; the list of the server works all the same."""


@contextmanager
def translated(note: Callable[[Exception], None] | None = None) -> Iterator[None]:
    """Turn what SQLite raises into FactsUnavailable, and raise that or give it to `note`."""
    try:
        yield
    except sqlite3.Error as error:
        unavailable = FactsUnavailable(_words(error), "Searching by facts and sorting may be incomplete.")
        if note is None:
            raise unavailable from None
        note(unavailable)


def error_name(error: sqlite3.Error | None) -> str:
    """What SQLite calls an error, such as SQLITE_FULL; "" where it comes from elsewhere, or there is none."""
    return getattr(error, "sqlite_errorname", "") or ""


def _words(error: sqlite3.Error) -> str:
    name = error_name(error)
    if name.startswith("SQLITE_FULL"):
        return "Facts are not kept: the disk is full"
    if name.startswith("SQLITE_INTERRUPT"):
        return "The question was given up"
    return f"Facts are not kept: {error}"
