"""Tags and people: fetched beside each other once the first rows are there, and again as long as they are missing."""

import time
from collections.abc import Awaitable, Callable, Iterator
from importlib import import_module

from textual.widget import Widget
from textual.worker import Worker

from tui.api.background import in_thread
from tui.api.errors import ApiError, Forbidden, MoreThanRead, NotFound
from tui.api.transfer import PATIENCE
from tui.store.load import Failed, Idle, Loading, Ready
from tui.store.project import Project
from tui.terminal.text.clean import prepare
from tui.views.listing.advice import Keys
from tui.views.listing.notice import tags_words
from tui.widgets.filter_pane import TAGS_TO_COME, FilterPane


class Extra:
    """One thing that the list is complete without; `fetch` gets it and raises ApiError where all or some is missing.

    `began` is called when it has been asked for.
    """

    def __init__(
        self,
        name: str,
        fetch: Callable[[], Awaitable[None]],
        began: Callable[[], None] = lambda: None,
        *,
        renewed: bool = False,
    ) -> None:
        """Also what has come is asked for again where it is to be `renewed`."""
        self.name = name
        self.began = began
        self._renewed = renewed
        self.error: ApiError | None = None
        self._fetch = fetch
        self._is_complete = False
        self._worker: Worker[None] | None = None
        self._asked_at: float | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it has been asked for."""
        return self._asked_at is not None

    def begin(self, host: Widget) -> None:
        """Ask, unless that was done already."""
        if self._asked_at is None:
            self.error, self._is_complete, self._asked_at = None, False, time.monotonic()
            self._worker = host.run_worker(self._run(), group=self.name, exclusive=True, exit_on_error=False)
            self.began()

    def refresh(self) -> None:
        """Let the next `begin` ask again if it is missing, or to be renewed, and not about to come."""
        under_way = self._worker is not None and not self._worker.is_finished
        may_come = under_way and time.monotonic() - (self._asked_at or 0) < PATIENCE
        if (self._renewed or not self._is_complete) and not may_come:
            self._asked_at = None

    async def _run(self) -> None:
        try:
            await self._fetch()
        except ApiError as error:
            self.error = error
        self._is_complete = self.error is None or isinstance(self.error, MoreThanRead)


class Extras:
    """What the list is complete without; `host` is the screen whose workers these are."""

    def __init__(
        self, host: Widget, project: Project, tags_arrived: Callable[[], None], people_arrived: Callable[[], None]
    ) -> None:
        """Both are called when there is something new, also that it did not come."""
        self._host = host
        self._project = project
        self._tags_arrived = tags_arrived
        self._people_arrived = people_arrived
        self._tags = Extra("tags", self._fetch_tags, tags_arrived)
        self._people = Extra("people", self._fetch_people)
        self._feedback = Extra("feedback", self._fetch_feedback, renewed=True)
        self._parts = (self._tags, self._people, self._feedback)
        self.feedback_arrived: Callable[[], object] = lambda: None
        """Called when feedback has come."""
        self.sees_own_alone: Callable[[], object] = lambda: None
        """Called when it has come to people who see their own alone, or when they turn out to be such."""
        project.feedback.due = lambda: host.call_later(self._renew_feedback)

    @property
    def errors(self) -> Iterator[tuple[str, ApiError]]:
        """What did not come, and why."""
        for part in self._parts:
            if part.error is not None and not (part is self._feedback and isinstance(part.error, NotFound)):
                yield f"The {part.name} of the project", part.error

    def begin(self) -> None:
        """Ask for each, unless that was done already."""
        for part in self._parts:
            part.begin(self._host)

    def refresh(self) -> None:
        """Let the next `begin` ask again for what is missing and is not about to come."""
        for part in self._parts:
            part.refresh()

    def show_tags(self, keys: Keys) -> None:
        """Offer the project's tags, or those of the loaded rows as long as the service does not tell them."""
        pane = self._host.query_one(FilterPane)
        match self._project.tags:
            case Ready(tags):
                pane.show_tags(tags, "", "no tags")
            case Failed(error):
                pane.show_tags(self._project.seen_tags(), "of loaded rows", tags_words(error, keys))
            case Idle() | Loading():
                pane.say_of_tags("on their way …" if self._tags.is_asked else TAGS_TO_COME)

    async def _fetch_tags(self) -> None:
        self._project.warm_up()
        await in_thread(_import_the_reader, "reader")
        try:
            await self._project.fetch_tags()
        finally:
            self._tags_arrived()

    async def _fetch_people(self) -> None:
        try:
            await self._project.fetch_people()
        except Forbidden:
            self.sees_own_alone()
            raise
        finally:
            self._people_arrived()

    async def _fetch_feedback(self) -> None:
        try:
            await self._project.feedback.fetch()
        finally:
            self.feedback_arrived()
            if isinstance(self._people.error, Forbidden):
                self.sees_own_alone()

    def _renew_feedback(self) -> None:
        self._feedback.refresh()
        self._feedback.begin(self._host)


def _import_the_reader() -> None:
    """What lays out a conversation and its Markdown, in a thread: on the event loop it would hold up some keys."""
    for name in ("tui.views.transcript.document", "markdown_it", "tui.views.markdown.parser"):
        import_module(name)
    prepare()
