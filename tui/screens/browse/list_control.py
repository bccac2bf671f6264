"""Brings the list on the screen together with the project: the worker that fetches, the words, the filter."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.timer import Timer
from textual.widget import Widget

from tui.api.errors import ApiError
from tui.api.retry import Retrying
from tui.config.settings import Connection
from tui.screens.browse.extras import Extras
from tui.screens.found import FoundControl
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.rows import ListedConversation
from tui.store.project import Project
from tui.views.listing.advice import IN_THE_LIST, READING_ON, Keys, ToldError, hint
from tui.views.listing.found import progress_line
from tui.views.listing.notice import ListState, banner_line, notice, rows_words, switching_line
from tui.views.listing.row import Density
from tui.views.listing.title import day_words, list_titles, loaded_words, title_parts
from tui.views.listing.waiting import SLOW
from tui.views.text.ink import Span
from tui.widgets.bars.banner import Banner
from tui.widgets.bars.chip_bar import ChipBar
from tui.widgets.bars.column_heads import ColumnHeads
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.bars.title_bar import TitleBar
from tui.widgets.filter_pane import FilterPane
from tui.widgets.lists.conversation_list import ConversationList

if TYPE_CHECKING:
    from tui.store.facts.sorting import Order


class ListControl:
    """Everything about the list but its keys; `host` is the screen whose workers these are."""

    def __init__(
        self,
        host: Widget,
        project: Project,
        connection: Connection,
        kept: Callable[[], str | None],
        people_arrived: Callable[[], None],
    ) -> None:
        """`kept` tells, when another filter's list is here, on which conversation the cursor stays."""
        self._host = host
        self._project = project
        self._connection = connection
        self._kept = kept
        self._retrying: Retrying | None = None
        self._retries_at = 0.0
        self.extras = Extras(host, project, self.show_tags, people_arrived)
        self.found = FoundControl(host, project)
        self._told: int | None = None
        self._told_after: float | None = None
        """When the last answer of the list had come before the look: a later one knows better."""
        self._look_failed: ApiError | None = None
        self._clock: Timer | None = None
        self.keys = IN_THE_LIST
        """How the keys that are named are pressed now."""
        self.trouble: tuple[str, str] | None = None
        """What the title says in its place as long as something is wrong."""
        self.remark = ("", "")
        """Something that the title says until it is over, and the same in fewer words."""
        self.stopped = False
        """Whether the worker that fetches was ended by a fault of our own."""

    def name_keys(self, keys: Keys) -> None:
        """The keys that are named are pressed in another way now."""
        self.keys = keys
        self.show()
        self.show_tags()

    def show_tags(self) -> None:
        """Offer the tags that are known."""
        self.extras.show_tags(self.keys)

    def begin(self) -> None:
        """Show the list as far as it is known."""
        self._project.facts.begin(self._kept())
        self._list.show_window(self._project.shown)
        self.show_heads()
        self.show()

    def start(self) -> None:
        """Begin to fetch it."""
        self._project.facts.start()
        self._fetch()
        self.found.begin()
        self.changed()

    def apply(self, query: ListFilter) -> None:
        """Ask for another filter's list; the old rows stay until its first answer."""
        self._told, self._look_failed = None, None
        window = self._project.window
        self._project.apply(query, self._kept())
        if self._project.window is not window:
            self._fetch()
        self.found.begin()
        self.changed()
        self._host.query_one(FilterPane).show_query(query)

    def sort(self, order: "Order | None") -> None:
        """Show the list in another order, None for the server's; the old rows stay until it is known."""
        self._project.sort(order, self._kept())
        self.found.begin()
        self.changed()

    def refresh(self) -> None:
        """Ask again: for what failed, for what is on the screen, and for the tags where they are missing."""
        self._project.refresh()
        self.found.refresh()
        if self.stopped:
            self.stopped = False
            self._fetch()
        self.extras.refresh()
        self.changed()

    def looked(self, first: int, last: int, *, carried: bool) -> None:
        """Other rows are on the screen; `carried` where the list has moved and the user has not scrolled."""
        self._project.shown.look(first, last, carried=carried, ahead=not self._list.painter.is_rail)
        self._look_up()
        if self._list.mouse.holds_bar:
            self.show_progress()

    def _look_up(self) -> None:
        """Where rows show facts: bring those of what is looked at to hand."""
        shown = self._project.shown
        self.show_heads()
        if not self._list.painter.shows_facts or shown is not self._project.window:
            return
        rows = (shown.row(index) for index in range(*self._list.in_view))
        known = [row.conversation for row in rows if isinstance(row, ListedConversation)]
        if self._project.facts.lacks(known):
            self._host.run_worker(self._project.facts.look_up(known), group="facts", exit_on_error=False)

    def show_heads(self) -> None:
        """Where the list is in columns, they have heads."""
        style = self._list.painter.style
        self._host.query_one(ColumnHeads).show(shown=style.density is Density.COLUMNS, choice=style.columns)

    def show_as_rail(self, is_rail: bool) -> None:
        """Be no more than a rail beside what is read, or a list again."""
        self._list.show_as_rail(is_rail)
        self.show_heads()
        self.show_position()

    def followed(self, conversation_id: str | None) -> None:
        """The cursor is on another conversation."""
        self._project.shown.follow(conversation_id if not self._list.at.rests else None)
        self.show_position()

    def watched(self, told: int | None, error: ApiError | None) -> None:
        """A look for new conversations is over: this many were told, or it failed."""
        self._told, self._look_failed = told, error
        self._told_after = self._project.window.fetched_at
        self.show()

    def retrying(self, news: Retrying | None) -> None:
        """A request is sent again, or is over."""
        self._retrying = news
        self._retries_at = time.monotonic() + news.seconds if news is not None else 0.0
        self._stop_clock()  # the first second of the pause begins now
        self.show()

    @property
    def _waiting_to_retry(self) -> Retrying | None:
        """A request that is to be sent again, with the seconds that are left."""
        return self._retrying and replace(self._retrying, seconds=max(0.0, self._retries_at - time.monotonic()))

    def changed(self) -> None:
        """The list has changed: paint it, and say what is to be known."""
        shown = self._project.shown
        self.found.changed()
        if self._list.window is not shown:
            self._list.show_window(shown, keep=self._kept(), fills=shown is not self._project.window)
        else:
            self._list.window_changed()
        self._look_up()
        self.show()
        if shown.count is not None and not self._project.is_switching:
            self.extras.begin()

    @property
    def errors(self) -> Iterator[ToldError]:
        """What went wrong with the list, and beside it."""
        told = {"The last look for new ones": self._look_failed}
        for failure in self._project.window.failures:
            told.setdefault(rows_words(failure), failure.error)
        found = self._project.facts.found
        told["Reading on"] = why = found.why if found is not None else None
        for what, error in (*told.items(), *self.extras.errors):
            if error is not None:
                keys = READING_ON if error is why else IN_THE_LIST
                yield ToldError(what, error, hint(error, self._connection, self._project.query, keys))

    def show(self) -> None:
        """Put words and counts in their places."""
        host, found = self._host, self._project.facts.found
        state = ListState(
            self._project.window,
            self._project.query,
            self._connection,
            self._waiting_to_retry,
            self._project.seeks_token,
            self._told if self._project.window.fetched_at == self._told_after else None,
            self._look_failed,
            self.keys,
            found,
            self._project.shown.count,
        )
        self._keep_time()
        self._list.show_notice([] if self._project.is_switching else notice(state))
        self.show_position()
        host.query_one(Banner).show_line(switching_line(state) if self._project.is_switching else banner_line(state))
        host.query_one(ChipBar).show_query(self._project.query)
        self.show_progress()

    def show_progress(self) -> None:
        """Say how much of the list is here, or to which day the scroll bar is dragged."""
        rows, found = self._list, self._project.facts.progress
        if rows.mouse.holds_bar:
            right = [Span(day_words(self._project.shown.row(rows.in_view[0]), datetime.now(UTC)), "accent")]
        elif found is None:
            right = [Span(loaded_words(self._project.window), "muted")]
        else:
            right = progress_line(found, rail=rows.painter.is_rail)
        self._host.query_one("#list-edge", PaneEdge).show(right=right)

    def _keep_time(self) -> None:
        """Say again how long the server is waited for, or its pause lasts; nothing ticks where nothing is."""
        transfer, retrying = self._project.window.transfer, self._waiting_to_retry
        pauses = retrying is not None and retrying.seconds > 0
        if not pauses and transfer is None:
            self._stop_clock()
        elif self._clock is None:
            seconds = 1.0 if pauses or transfer is None else max(1.0, SLOW - transfer.waited)
            self._clock = self._host.set_timer(seconds, self._tick)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None

    def _tick(self) -> None:
        self._clock = None
        self.show()

    def show_position(self) -> None:
        """Say where the cursor is."""
        host, project, rows = self._host, self._project, self._list
        window, far, waiting = project.window, project.facts.progress, project.feedback.to_review
        place = (project.shown.count, rows.cursor, window.at_least if project.facts.derived is None else None)
        order = far and far.order
        title, shorter, shortest = list_titles(place, order, len(project.marks), rail=rows.painter.is_rail)
        host.query_one("#list-edge", PaneEdge).show(title, shorter=shorter, shortest=shortest)
        host.query_one(TitleBar).show_parts(title_parts(self._connection, window, self.trouble or self.remark, waiting))

    @property
    def _list(self) -> ConversationList:
        return self._host.query_one(ConversationList)

    def _fetch(self) -> None:
        """Begin the worker of the present filter; it ends the one before, and what that had under way."""
        self._host.run_worker(self._project.window.run(), group="list", exclusive=True, exit_on_error=False)


class Watching:
    """Looks every so many seconds; what it finds is told below the rows, and stays until the user refreshes."""

    def __init__(self, control: ListControl, project: Project, conversations: ConversationList) -> None:
        self._control = control
        self._project = project
        self._conversations = conversations

    def start(self, seconds: float) -> None:
        """Begin to look."""
        self._conversations.set_interval(seconds, self._look)

    def _look(self) -> None:
        project = self._project
        if project.window.count is not None and not project.window.is_loading:
            self._conversations.run_worker(self._ask, group="watch", exclusive=True, exit_on_error=False)  # type: ignore[arg-type]  # Textual leaves the result open

    async def _ask(self) -> None:
        window = self._project.window
        before = window.fetched_at
        try:
            told = await self._project.total()
        except ApiError as error:
            self._control.watched(None, error)
            return
        if window is self._project.window and window.fetched_at == before:
            self._control.watched(told, None)
