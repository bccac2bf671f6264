"""Asks the terminal for its background, and reads the answer; a terminal that is silent may be."""

import re
import time
from collections.abc import Callable, Mapping
from typing import Literal

from tui.terminal.capabilities import Capabilities

Look = Literal["dark", "light"]

_QUESTION = "\x1b]11;?\x1b\\"
"""OSC 11 of xterm; nearly every terminal of today answers with `rgb:rrrr/gggg/bbbb`."""

_ANSWER = re.compile(
    r"\x1b\]11;(?:rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})[^\x07\x1b]*)?(?:\x07|\x1b\\)"
)
_ANSWERS_WITH_FEW_COLOURS = ("xterm", "rxvt")
"""Terminals of 16 colours that are no consoles: those of the kernel would show the question."""
_PATIENCE = 3.0
"""Seconds after which an answer is hardly expected any more: then the `Alt-]` that it begins with is a key at once."""


def asks(terminal: Capabilities) -> bool:
    """Whether to ask: not where an answer would change nothing, or the question would be shown."""
    known = terminal.colours > 16 or terminal.term.startswith(_ANSWERS_WITH_FEW_COLOURS)
    return known and bool(terminal.colours) and not terminal.no_color and terminal.multiplexer != "screen"


def look_by_environment(environ: Mapping[str, str]) -> Look | None:
    """What COLORFGBG says, as rxvt and Konsole set it: `15;0` is light on dark. The Linux console is dark."""
    if environ.get("TERM", "").strip().lower().startswith("linux"):
        return "dark"
    last = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not (last.isascii() and last.isdigit()):
        return None
    return "dark" if int(last) in {0, 1, 2, 3, 4, 5, 6, 8} else "light"


class BackgroundAnswer:
    """Waits for one answer; `tell` is called with it."""

    question = _QUESTION

    def __init__(self, tell: Callable[[Look], object]) -> None:
        self._tell = tell
        self._end = time.monotonic() + _PATIENCE
        self._is_told = False

    @property
    def is_expected(self) -> bool:
        """Whether it may be on its way."""
        return not self._is_told and time.monotonic() < self._end

    def take(self, sequence: str) -> bool:
        """Whether a sequence is the answer, which may also say nothing."""
        found = _ANSWER.fullmatch(sequence)
        if found is None:
            return False
        if found[1] and not self._is_told:
            self._tell(_look(found[1], found[2], found[3]))
        self._is_told = True
        return True


def _look(*channels: str) -> Look:
    red, green, blue = (int(channel, 16) / (16 ** len(channel) - 1) for channel in channels)
    return "light" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 else "dark"
