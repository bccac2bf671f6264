"""While a history is waited for, the reader says so, and no longer than that."""

from collections.abc import Callable
from typing import Any, cast

from textual.widget import Widget

from tui.widgets.transcript.history_wait import HistoryWait


class Timers:
    """A host that rings when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def set_timer(self, _seconds: float, callback: Callable[[], None]) -> Any:
        """Remember it."""
        self.waiting.append(callback)
        return self

    def stop(self) -> None:
        """It rings no more."""
        self.waiting.clear()

    def ring(self) -> None:
        """Time passes."""
        waiting, self.waiting = self.waiting, []
        for callback in waiting:
            callback()


def test_what_is_given_up_is_not_spoken_of_any_more() -> None:
    timers, said = Timers(), list[str]()
    wait = HistoryWait(cast("Widget", timers), said.append, lambda: "r")
    transfer = wait.begin()
    timers.ring()
    assert len(said) == 1
    wait.give_up()
    timers.ring()
    wait.end(transfer)
    timers.ring()
    assert len(said) == 1
    assert not wait.is_stuck
