"""Asks where a file is to go, and writes it."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.errors import ClarifeyeError
from tui.screens.painting import paint_parts
from tui.store.export.whole_file import TargetExists, WholeFile
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.text.clean import clean_line
from tui.widgets.inputs.filter_input import FilterInput

_KEYS = "Enter writes · Esc closes"
_WORDS_LIMIT = 200


class WriteScreen(PaintedScreen[Path | None]):
    """Stands at the bottom; gives back the file that was written, or None."""

    IS_DIALOGUE = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close")]

    def __init__(self, title: str, folder: Path, name: str, make: Callable[[], Iterator[str]]) -> None:
        """`make` gives the text in pieces, in a thread; `folder` is what a relative path is in."""
        super().__init__()
        self._words = title
        self._folder = folder
        self._offered = name
        self._make = make
        self._replaces: Path | None = None
        """The file that is there already, which the next Enter replaces."""

    def compose(self) -> ComposeResult:
        """A line; below it stands what is wrong with it."""
        with Vertical(id="write-file") as box:
            box.border_title = self._words
            box.border_subtitle = _KEYS
            yield FilterInput("file", id="write-file-line")

    def on_mount(self) -> None:
        """Offer a name that is free of what strangers wrote."""
        paint_parts(self)
        line = self.query_one(FilterInput)
        line.value = self._offered
        line.cursor_position = len(line.value)
        line.focus()

    @on(FilterInput.Changed)
    def _changed(self) -> None:
        if self._replaces is not None:
            self._replaces = None
            self._say(_KEYS)

    @on(FilterInput.Submitted)
    def _entered(self, event: FilterInput.Submitted) -> None:
        if event.value.strip():
            path = self._folder / os.path.expanduser(event.value.strip())
            self.run_worker(self._write(path), group="write", exclusive=True, exit_on_error=False)

    async def _write(self, path: Path) -> None:
        file = WholeFile(path, replace=path == self._replaces)
        try:
            await asyncio.to_thread(_written, file, self._make)
        except TargetExists:
            self._replaces = path
            self._say("There is such a file: Enter again replaces it · Esc closes")
        except ClarifeyeError as error:
            self._say(f"{error} Nothing was left behind.")
        else:
            self.dismiss(path)
        finally:
            file.discard()

    def _say(self, words: str) -> None:
        self.query_one("#write-file").border_subtitle = clean_line(words, _WORDS_LIMIT)

    @on(FilterInput.Left)
    def _left(self) -> None:
        self.dismiss(None)


def _written(file: WholeFile, make: Callable[[], Iterator[str]]) -> None:
    file.open()
    for piece in make():
        file.write(piece.encode("utf-8", "replace"))
    file.finish()
