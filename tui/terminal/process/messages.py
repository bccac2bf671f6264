"""What the program has said in this run, so that it can be read again; it outlives the screen of one project."""

import time
from collections import deque
from typing import NamedTuple

MOST_MESSAGES = 200


class SaidWords(NamedTuple):
    """One thing that was said, when (seconds since 1970), and how grave it was."""

    at: float
    words: str
    severity: str = "information"


class Messages:
    """The last of them, and which warnings were given already."""

    def __init__(self) -> None:
        self._said: deque[SaidWords] = deque(maxlen=MOST_MESSAGES)
        self._given: set[str] = set()

    def take(self, words: str, severity: str) -> None:
        """Something is being said."""
        self._said.append(SaidWords(time.time(), words, severity))

    @property
    def newest_first(self) -> list[SaidWords]:
        """All that is kept."""
        return [*reversed(self._said)]

    def is_first(self, warning: str) -> bool:
        """Whether this warning is not given yet in this run; from here on it is."""
        again = warning in self._given
        self._given.add(warning)
        return not again
