"""Where the screen is drawn: a terminal, wherever standard output and standard error go."""

import os

_STANDARD = (0, 1, 2)


def terminal_output() -> int | None:
    """The descriptor of a terminal to draw on; None where there is none.

    Standard error or standard output where it is a terminal; else the one that the program runs on, which stays open.
    """
    for descriptor in (2, 1):
        if os.isatty(descriptor):
            return descriptor
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return None


def fill_standard_files() -> None:
    """Open the standard files that are closed (`2>&-`), or the next file or connection would be taken for them."""
    for descriptor in _STANDARD:
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free, which is this one
