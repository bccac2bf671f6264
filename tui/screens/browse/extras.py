"""Tags and people: fetched once the first rows are there, and again as long as some of them are missing."""

import time
from dataclasses import dataclass
from importlib import import_module

from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker

from tui.api.background import in_thread
from tui.api.errors import ApiError, Forbidden, NotFound
from tui.api.transfer import PATIENCE
from tui.store.load import Idle, Ready
from tui.store.project import Project
from tui.terminal.text.clean import prepare
from tui.widgets.filter_pane import FilterPane


@dataclass
class PeopleArrived(Message):
    """It is known now who is who."""


class Extras:
    """What the list is complete without; `host` is the screen whose worker this is."""

    def __init__(self, host: Widget, project: Project) -> None:
        self._host = host
        self._project = project
        self._is_complete = False
        self._worker: Worker[None] | None = None
        self._asked_at: float | None = None

    def begin(self) -> None:
        """Ask, unless that was done already."""
        if self._asked_at is None:
            self._asked_at = time.monotonic()
            self._worker = self._host.run_worker(self._fetch(), group="extras", exclusive=True, exit_on_error=False)

    def refresh(self) -> None:
        """Let the next `begin` ask again for what is missing and is not about to come."""
        if not self._is_complete and not self._may_come:
            self._asked_at = None

    def show_tags(self) -> None:
        """Offer the project's tags, or those of the loaded rows where the service does not list them."""
        pane = self._host.query_one(FilterPane)
        match self._project.tags:
            case Ready(tags):
                pane.show_tags(tags, "")
            case Idle():
                pane.show_tags((), "not asked yet")
            case _:
                pane.show_tags(self._project.seen_tags(), "of loaded rows")

    @property
    def _may_come(self) -> bool:
        under_way = self._worker is not None and not self._worker.is_finished
        return under_way and time.monotonic() - (self._asked_at or 0) < PATIENCE

    async def _fetch(self) -> None:
        self._project.warm_up()
        await in_thread(_import_the_reader, "reader")
        self._is_complete = False
        if not isinstance(self._project.tags, Ready):
            await self._project.fetch_tags()
            self.show_tags()
        try:
            await self._project.fetch_people()
        except (Forbidden, NotFound):
            pass  # short ids serve; the service need not tell
        except ApiError:
            return  # short ids serve until the user refreshes
        self._is_complete = isinstance(self._project.tags, Ready)
        self._host.post_message(PeopleArrived())


def _import_the_reader() -> None:
    """What lays out a conversation and its Markdown, in a thread: on the event loop it would hold up some keys."""
    for name in ("tui.views.transcript.document", "markdown_it", "tui.views.markdown.parser"):
        import_module(name)
    prepare()
