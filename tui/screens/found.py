"""Keeps the list that facts make up to date, and reads on for it; `host` is the screen whose workers these are."""

from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.worker import Worker

from tui.store.project import Project

if TYPE_CHECKING:
    from tui.store.reading_on import ReadingOn

_LIST, _READING = "facts list", "reading on"

_MISJUDGED = 2
"""How many times what is read without being asked for may be left, before the user is asked after all."""


class FoundControl:
    """The workers behind a list that facts make."""

    def __init__(self, host: Widget, project: Project) -> None:
        self._host = host
        self._project = project
        self._worker: Worker[None] | None = None
        self._offered: ReadingOn | None = None
        """For what it was decided whether reading on begins by itself."""
        self._is_asked_for = False
        """Whether the user wants all to be read, whatever it costs."""

    def begin(self) -> None:
        """The project may have another list of facts, or none: keep that one up to date."""
        self.stop()
        self._offered = None  # what was just stopped may be that of the same list
        derived = self._project.facts.derived
        if derived is None:
            self._host.workers.cancel_group(self._host, _LIST)
            return
        self._host.run_worker(derived.run(), group=_LIST, exclusive=True, exit_on_error=False)
        self.changed()

    def changed(self) -> None:
        """Something new is known: little is left to read, perhaps, and is read without being asked for.

        Where it turns out to be much more than it looked like, that ends, and the user is asked.
        """
        facts = self._project.facts
        reading = facts.reading
        left = reading.wanted.bytes_left if reading is not None else None
        if reading is None or left is None:
            return
        if reading is not self._offered:
            self._offered = reading
            if not reading.wanted.is_complete and left <= facts.read_on_below:
                self._is_asked_for = False
                self._read(reading)
        elif reading.is_running and not self._is_asked_for and left > _MISJUDGED * facts.read_on_below:
            self.stop()

    def read_on(self) -> str:
        """The user wants the rest to be read; what is to be said, if anything."""
        reading = self._project.facts.reading
        if reading is None:
            return "Reading on is for a sort, or a term such as failed:>0; this list is the server's."
        if reading.wanted.is_complete:
            return "All is read. r checks it again."
        self._is_asked_for = True
        if not reading.is_running:
            self._read(reading)
        return ""

    def refresh(self) -> None:
        """The list is checked again: what was read is read anew, as it would be the first time."""
        self.stop()
        self._project.facts.start_anew()
        self._offered = None

    def _read(self, reading: "ReadingOn") -> None:
        self._worker = self._host.run_worker(reading.run(), group=_READING, exclusive=True, exit_on_error=False)

    def stop(self) -> None:
        """Read on no longer, where that is under way."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
