"""Writes the state in the background: a key never waits for a disk, and a stuck disk never keeps the program alive."""

import threading
import time
from collections.abc import Callable

from tui.store.saved.state_file import Content, StateFile, StateNotSaved

Change = Callable[[Content], None]

REST = 0.4
"""Seconds that changes are gathered before they are written together."""


class Saver:
    """Gathers changes by name, the newest of a name wins, and writes them a moment later in a daemon thread.

    The thread lives as long as there is something to write: each place that is left would leave one behind.
    """

    def __init__(self, file: StateFile, tell: Callable[[str], object], *, rest: float = REST) -> None:
        self._file = file
        self._tell = tell
        self._rest = rest
        self._changes: dict[object, Change] = {}
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._hurry = False
        self._writing = False
        self._told = False

    def set(self, name: str, change: Change) -> None:
        """Write this soon; it replaces a change of the same name that is not yet written."""
        self._put(name, change)

    def add(self, change: Change) -> None:
        """Write this soon, after all others that were added."""
        self._put(object(), change)

    def flush(self, seconds: float) -> bool:
        """Write what is waiting now, and wait for it so long at most; whether all is written."""
        end = time.monotonic() + seconds
        with self._condition:
            self._hurry = True
            self._condition.notify_all()
            while self._changes or self._writing:
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._condition.wait(left)
            self._hurry = False
            return True

    def _put(self, name: object, change: Change) -> None:
        with self._condition:
            self._changes[name] = change
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="save-state", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def _run(self) -> None:
        while True:
            with self._condition:
                if not self._changes:
                    self._thread = None
                    return
                end = time.monotonic() + self._rest
                while not self._hurry and (left := end - time.monotonic()) > 0:
                    self._condition.wait(left)
                changes, self._changes = list(self._changes.values()), {}
                self._writing = True
            self._write(changes)
            with self._condition:
                self._writing = False
                self._condition.notify_all()

    def _write(self, changes: list[Change]) -> None:
        def change_all(content: Content) -> None:
            for change in changes:
                change(content)

        try:
            self._file.update(change_all)
        except StateNotSaved as error:
            if not self._told:
                self._told = True
                self._tell(f"{error.title}. {error.hint}")
