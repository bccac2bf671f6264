"""A clock that a test sets forward, in place of the one that a module looks at."""

from types import ModuleType

import pytest


class Clock:
    """Stands for the module `time` in another module: `clock = Clock(monkeypatch, transfer)`, then `clock.now += 3`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: ModuleType) -> None:
        self.now = 1_000.0
        monkeypatch.setattr(module, "time", self)

    def monotonic(self) -> float:
        """The seconds that the test says."""
        return self.now

    def time(self) -> float:
        """The same."""
        return self.now
