"""What a terminal reports of itself, asked or not, by a sequence among the keys."""

import re
from collections.abc import Callable
from typing import Protocol

from tui.terminal.capabilities import Capabilities

_SIZE = re.compile(r"\x1b\[48;[0-9;:]*t", re.ASCII)

_REORDERING = "\x1b[8$p\x1b[>q"
"""Whether right-to-left text is reordered (mode 8 of ECMA-48, as VTE has it), and the name: Konsole has no mode."""
_REORDERS = re.compile(r"\x1b\[8;[13]\$y|\x1bP>\|Konsole [^\x1b]*\x1b\\")
_ANSWERS = re.compile(r"\x1b\[8;[0-4]\$y|\x1bP>\|[^\x1b]*\x1b\\")


class TerminalAnswer(Protocol):
    """What is asked of the terminal, and takes what it answers; told in whatever thread reads the keys."""

    @property
    def question(self) -> str:
        """What is written to the terminal."""

    @property
    def is_expected(self) -> bool:
        """Whether what begins like an answer is probably one."""

    def take(self, sequence: str) -> bool:
        """Whether a sequence is the answer."""


def is_size_report(sequence: str) -> bool:
    """Whether it tells a new size, as terminals do that know mode 2048: a hint to look, no number to rely on."""
    return _SIZE.fullmatch(sequence) is not None


def may_reorder(terminal: Capabilities) -> bool:
    """Whether to ask: a multiplexer answers for itself, and consoles and old terminals might show the question."""
    return terminal.colours > 16 and not terminal.multiplexer


class ReorderingAnswer:
    """Waits for the answers; `tell` is called where the terminal reorders rows."""

    question = _REORDERING
    is_expected = False

    def __init__(self, tell: Callable[[], object]) -> None:
        self._tell = tell

    def take(self, sequence: str) -> bool:
        """Whether a sequence is one of the answers."""
        if _REORDERS.fullmatch(sequence) is not None:
            self._tell()
        return _ANSWERS.fullmatch(sequence) is not None
