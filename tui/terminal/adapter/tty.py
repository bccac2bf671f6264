"""The way to the terminal, for Textual's writer thread."""

import os
import selectors
from collections.abc import Callable


class Line:
    """The way to the terminal as a file for Textual's writer thread: counts what was taken and survives its end."""

    def __init__(self, descriptor: int, on_write: Callable[[], None], on_lost: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_write = on_write
        self._on_lost = on_lost
        self.taken = 0
        self.lost = False

    def write(self, text: str) -> int:
        """Hand all of the text to the terminal; once it is gone, drop everything."""
        data = memoryview(text.encode("utf-8", "replace"))
        try:
            while data and not self.lost:
                data = data[self._write_some(data) :]
        except OSError:
            self.lost = True
            self._on_lost()
        self.taken += 1
        self._on_write()
        return len(text)

    def _write_some(self, data: memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            with selectors.SelectSelector() as selector:
                selector.register(self._descriptor, selectors.EVENT_WRITE)
                selector.select(1.0)
            return 0

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._descriptor
