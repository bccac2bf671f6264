"""The terminal as it was before a full-screen program took it, in case nobody else gives it back."""

from __future__ import annotations

import os
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_LEAVE = (
    "\x1b[?1000;1002;1003;1006l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[?7h\x1b[m\x1b[H\x1b[2J\x1b[?25h\x1b[?1049l"
)
"""No mouse, no reports of focus and size, no bracketed paste, plain keys; lines wrap, pen, cursor, the main screen.

The screen is emptied before: a terminal without another one would keep the picture."""

_SUDDEN = ("SIGINT", "SIGQUIT", "SIGABRT", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGXCPU")
_POLITE = ("SIGHUP", "SIGTERM")


class TtyGuard:
    """The settings of the terminal before a full-screen program took it; `give_back` brings them back if need be."""

    kept = False
    """Whether an app has ended and left its picture for the next one, so that the main screen is not back yet."""

    def __init__(self, source: int = 0, output: int = 2) -> None:
        self.before_end: Callable[[], None] = _nothing
        """Called before a signal ends the program, so that nobody writes to the terminal any more."""
        self._source = source
        self._output = output
        self._before = _attributes(source)

    def end_on_signals(self) -> None:
        """Until a driver hears them, a closed window or a kill ends the program by way of `give_back`."""
        import signal

        for number in (*polite(), *sudden()):
            if is_free(number):
                signal.signal(number, self.end)

    def end(self, number: int, _frame: object) -> None:
        """A signal has come: end with the code that tells so.

        Not by an exception: where Python runs a destructor, as it does all the time while modules are imported, it
        would be printed over the screen, and the program would go on.
        """
        self.before_end()
        self.give_back()
        os._exit(128 + number)

    def give_back(self) -> None:
        """Leave the terminal usable where nobody else has; does nothing when all is as it was."""
        if self._before is None or (not self.kept and _attributes(self._source) == self._before):
            return
        try:
            os.write(self._output, _LEAVE.encode("ascii"))
            termios.tcsetattr(self._source, termios.TCSANOW, self._before)
        except (OSError, termios.error):
            return  # the terminal is gone


def _nothing() -> None:
    return


OURS: set[Any] = {TtyGuard.end}
"""The handlers of signals that are our own; whoever comes later may put another one in their place."""


def leave_signals() -> None:
    """Nothing is on the screen: from here on they do what they do in any program."""
    import signal

    for number in filter(is_free, (*polite(), *sudden())):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def never_stop() -> None:
    """Let Ctrl-Z lead to no shell, from the first moment on; what is started then does not hear it either."""
    import signal

    signal.signal(signal.SIGTSTP, signal.SIG_IGN)


def polite() -> list[int]:
    """The signals that ask a program to end."""
    return _numbers(_POLITE)


def sudden() -> list[int]:
    """The signals that would end it on the spot, but for those that no program hears."""
    return _numbers(_SUDDEN)


def _numbers(names: tuple[str, ...]) -> list[int]:
    import signal

    return [getattr(signal, name) for name in names]


def is_free(number: int) -> bool:
    """Whether nobody but us has a use for a signal."""
    import signal

    before = signal.getsignal(number)
    return before in (signal.SIG_DFL, signal.default_int_handler) or getattr(before, "__func__", None) in OURS


def _attributes(source: int) -> list[Any] | None:
    try:
        return termios.tcgetattr(source)
    except (OSError, termios.error, ValueError):
        return None
