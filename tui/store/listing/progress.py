"""Whether answers bring what is wanted, and how soon the next one is asked for.

A server that contradicts itself is not asked for ever. A list whose rows move faster than it is read is asked at most
twice a second after the third time that they did, and less and less where that only checks what is here: rows that
are missing come first, and those on the screen stay as they are known.
"""

import time

from tui.api.errors import ApiError, KeepsChanging, UnreadableAnswer

_PATIENCE = 6
"""Answers to one look that may leave as much missing as there was; then there is no use in asking on."""

_MOVES = 3
"""Answers that show rows to have moved, from which on a list counts as one that changes; as many that do not end it."""

_LEAST_PAUSE = 0.5
"""Seconds between two requests in a list that keeps changing; doubled with each answer in vain."""


class Progress:
    """Counts the answers in vain since the last look, and the moves since all that was wanted was there."""

    def __init__(self) -> None:
        self._lacked: tuple[int, int] | None = None
        self._vain = 0
        self._moves = self._still = 0
        self._asked_at = 0.0

    @property
    def is_over(self) -> bool:
        """Whether there is no use in asking on."""
        return self._vain >= _PATIENCE

    @property
    def keeps_changing(self) -> bool:
        """Whether rows move again and again before all that is looked at is there."""
        return self._moves >= _MOVES

    @property
    def pause(self) -> float:
        """Seconds until something may be asked for."""
        if not self.keeps_changing:
            return 0.0
        return max(0.0, self._asked_at + _LEAST_PAUSE * 2.0**self._vain - time.monotonic())

    def begin(self) -> None:
        """Hope again: the user looks elsewhere, or asks again."""
        self._lacked, self._vain = None, 0

    def asks(self) -> None:
        """Take note that something is asked for now."""
        self._asked_at = time.monotonic()

    def answered(self, missing: int, outdated: int, *, moved: bool, again: bool) -> ApiError | None:
        """Take note of what is wanted after an answer; where that was the last one in vain, why.

        So many rows are missing, and so many are either that or known from before a change. `moved` says that the
        answer shows rows to have moved, `again` that it only checked rows that are known.
        """
        self._moves, self._still = (self._moves + 1, 0) if moved else (self._moves, self._still + 1)
        if self._still >= _MOVES:
            self._moves = 0
        before, self._lacked = self._lacked, (missing if self.keeps_changing else 0, outdated)
        checked_in_vain = moved and again and self.keeps_changing
        if not checked_in_vain and (before is None or self._lacked < before):
            return None
        self._vain += 1
        if self._vain != _PATIENCE:
            return None
        return KeepsChanging() if self.keeps_changing else UnreadableAnswer("every answer contradicts the one before")

    def rests(self) -> None:
        """Nothing is asked for; where that is not for want of hope, all that is wanted is there."""
        if not self.is_over:
            self._moves = 0
