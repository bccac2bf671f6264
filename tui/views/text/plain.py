"""Lines outside the full screen, on standard output and standard error: cleaned, and without any secret we know."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tui.config.secret import hide_secrets
from tui.errors import ClarifeyeError


class OutputClosed(Exception):
    """Nobody reads standard output any more, as behind `| head -1`."""


class OutputFailed(ClarifeyeError):
    """Standard output does not take what is printed."""


def plain(line: str, limit: int | None = None) -> str:
    """A line that may quote anything, fit to be printed."""
    shown = hide_secrets(line)
    if shown.isascii() and shown.isprintable() and (limit is None or len(shown) <= limit):
        return shown
    from tui.terminal.text.clean import clean_line  # which takes 4 ms

    return clean_line(shown, limit)


@contextmanager
def printing() -> Iterator[None]:
    """Hand over at the end what is printed inside.

    Raises:
        OutputClosed: nobody reads it.
        OutputFailed: it cannot be written, for example to a full disk.
    """
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        raise OutputClosed from None
    except OSError as error:
        raise OutputFailed("The output cannot be written", "Check where it goes.", error.strerror or "") from None


def print_line(line: str, limit: int | None = None) -> None:
    """Print what was asked for; raises as `printing` does."""
    if sys.stdout is None:
        raise OutputClosed
    with printing():
        print(plain(line, limit))


def complain(line: str, limit: int) -> None:
    """Say on standard error what is wrong, if anything listens there."""
    if sys.stderr is not None:  # print would take standard output instead
        with suppress(OSError):
            print(plain(line, limit), file=sys.stderr)
