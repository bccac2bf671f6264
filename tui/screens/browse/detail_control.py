"""Brings the detail on the screen together with the project: it follows the cursor, and fetches what is not at hand."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.widget import Widget

from tui.api.errors import AnswerTooLarge, ApiError, BadRequest, NotFound
from tui.store.listing.window import PATIENCE
from tui.store.project import Project
from tui.views.listing.missing_row import missing_row
from tui.views.listing.name import name_of
from tui.views.reader import searching
from tui.views.reader.reader import Reader
from tui.views.text.format import thousands
from tui.views.text.ink import Span
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.api.models import Conversation

_REST = 0.08
"""Seconds that the cursor must rest before the detail follows; holding a key queues up nothing."""

_MISSING = 0.4
"""Seconds after which the detail says that the row under the cursor is not here."""

_TITLE_LIMIT = 200


class DetailWiring:
    """Everything about the detail but its keys; `host` is the screen whose workers these are."""

    def __init__(self, host: Widget, project: Project, is_shown: Callable[[], bool]) -> None:
        self._host = host
        self._project = project
        self._is_shown = is_shown
        self._timer: Timer | None = None
        self._wanted: Conversation | None = None
        self._title = "Conversation"
        self._searched = ""
        """The text of the filter that the detail was last searched for."""
        self._shown_id: str | None = None
        self._remark = ""
        """What is to be said about the row of a conversation that is shown alone."""
        self._missing: list[Span] = []
        """What is said in place of a conversation."""
        self._asked_at: float | None = None
        """When the history on its way was asked for."""
        self._held = False
        self._held_row: tuple[int, str | None] | None = None
        self._opened_id: str | None = None
        self._index = 0
        self.when_read: Callable[[str], None] = lambda _conversation_id: None
        """Told the id of each conversation whose history has come to the screen."""

    @property
    def reading_id(self) -> str | None:
        """The conversation that was opened alone, else the one that the cursor is on."""
        return self._opened_id if self._held and self._opened_id is not None else self.wanted_id

    @property
    def alone_id(self) -> str | None:
        """The conversation that is shown alone, beside the cursor."""
        return self._opened_id if self._held else None

    @property
    def reading(self) -> "Conversation | None":
        """The conversation of `reading_id`, as far as it is known."""
        if self.alone_id is None:
            return self._wanted
        document = self._view.reader.document
        return document.conversation if document is not None and document.conversation.id == self.alone_id else None

    @property
    def wanted_id(self) -> str | None:
        """The conversation that the cursor is on."""
        return self._wanted.id if self._wanted is not None else None

    def follow(self, conversation: "Conversation | None", index: int) -> None:
        """The cursor is on this conversation at this row now: show it once the cursor rests."""
        if self._timer is not None and not self._held and conversation and conversation.id == self.wanted_id:
            self._index = index  # its row moves, and perhaps on and on: it is shown all the same
            return
        self._wanted = conversation
        self._stop_timer()
        self._index = index
        if self._held and self._stays(index, self.wanted_id):
            if self._project.shown.count == 0:
                self.remark("not in this list")
            return
        self._let_go()
        if self._is_shown():
            missing = conversation is None
            self._timer = self._host.set_timer(_MISSING if missing else _REST, self._miss if missing else self.catch_up)

    def _miss(self) -> None:
        """The row under the cursor is not here yet, or did not come: another conversation beside it would mislead."""
        if self._project.shown.count == 0:
            self._shown_id = None
            self._title = "Conversation"
            words = "No conversation yet" if self._project.query.is_empty else "No conversation matches the filter"
            words = "No conversation came" if self._project.shown.withheld else words
            self._view.act(Reader.show_nothing, f"{words}, so there is none to read.")
            self.show_position()
        elif self._project.shown.count:
            self._shown_id = None
            self._title = f"Row {thousands(self._index + 1)}"
            self._missing = self._why_missing()
            self._view.act(Reader.show_nothing, *self._missing)
            self.show_position()

    def list_changed(self) -> None:
        """What is said of a row that is no conversation may be another thing now."""
        shows_none = self._wanted is None and self._shown_id is None and not self._held
        if self._missing and shows_none and self._missing != self._why_missing():
            self._miss()
        self._renew()

    def _why_missing(self) -> list[Span]:
        return missing_row(self._project.shown, self._index, is_fetched=not self._project.is_switching)

    def _renew(self) -> None:
        """Show what the list has brought anew of the conversation that is read; the line that is read stays."""
        document = self._view.reader.document
        if document is None or document.conversation.id != self._shown_id:
            return
        record = self._project.history_at_hand(document.conversation.id)
        if record is None or not _is_newer(record.conversation, document.conversation):
            return
        if self.wanted_id == record.id:
            self._wanted = record.conversation
        self._entitle(record.conversation)
        self._view.act(Reader.show, record.conversation, record.raw, self._project.people)

    def catch_up(self) -> None:
        """Show the conversation under the cursor now, or that it is not here yet."""
        self._stop_timer()
        if self._held:
            return
        if self._wanted is None:
            self._miss()
        elif self._wanted.id != self._shown_id:
            self._show(self._wanted)
        else:
            self._search_for_the_filter()

    def _stays(self, index: int, conversation_id: str | None) -> bool:
        """Whether the cursor is still where it was held; its row may become known, or move with the list."""
        if self._held_row is None:
            return True
        held_index, held_id = self._held_row
        if index != held_index and (conversation_id is None or conversation_id != held_id):
            return False
        self._held_row = index, conversation_id or held_id
        return True

    def hold(self) -> None:
        """Do not follow the cursor until `release` or `open`."""
        self._opened_id = self.alone_id
        self._held, self._held_row = True, None

    def release(self) -> None:
        """Follow the cursor again, from where it is."""
        if self._held:
            self._let_go()
            self.follow(self._wanted, self._index)

    def _let_go(self) -> None:
        self._held = False
        self.remark("")

    def remark(self, words: str) -> None:
        """Say before the title what is known about the row of the conversation that is shown alone."""
        if words != self._remark:
            self._remark = words
            self.show_position()

    def open(self, conversation_id: str, row: tuple[int, str | None], remark: str = "") -> None:
        """Show a conversation that need not be in the list; it stays until the cursor leaves the row.

        The row is told by its index, and by the id of its conversation as far as that is known.
        """
        self._stop_timer()
        self._held, self._held_row, self._opened_id = True, row, conversation_id
        self.remark(remark)
        if self._shown_id == conversation_id:
            self._search_for_the_filter()
            return
        self._shown_id = conversation_id
        self._view.act(Reader.show_nothing, "The conversation is on its way …")
        self._host.run_worker(self._fetch(conversation_id), group="detail", exclusive=True, exit_on_error=False)

    def retry(self) -> bool:
        """Ask again for the conversation that did not come, or not in time; False where there is none such."""
        if self._asked_at is not None and time.monotonic() - self._asked_at >= PATIENCE:
            self._shown_id = None
        if self._held and self._opened_id is not None and self._held_row is not None and self._shown_id is None:
            self.open(self._opened_id, self._held_row)
            return True
        if self._wanted is None or self._shown_id is not None:
            return False
        self._show(self._wanted)
        return True

    def people_arrived(self) -> None:
        """Owners have names now."""
        self._view.act(Reader.refresh_people, self._project.people)

    def show_position(self) -> None:
        """Say where in the conversation somebody reads, and what is not shown as usual."""
        told = [(words, "warning") for words in self._view.reader.modes.unusual]
        told += [(words, "muted") for words in self._view.reader.position.split(" · ") if words]
        right = [Span(f" · {words}" if place else words, ink) for place, (words, ink) in enumerate(told)]
        self._edge.show(self._remarked(self._title), right, path=self._view.reader.json_path)

    def _remarked(self, title: str) -> str:
        return f"{self._remark} · {title}" if self._remark else title

    def _entitle(self, conversation: "Conversation") -> None:
        self._title = name_of(conversation, _TITLE_LIMIT)
        self._edge.show(self._remarked(self._title))

    def _search_for_the_filter(self) -> None:
        """A list filtered by a text opens its conversations with that search on, until somebody ends it."""
        text = self._project.query.text
        if text == self._searched:
            return
        if text:
            self._view.act(searching.search, text)
        elif self._view.reader.finder.text == self._searched:
            self._view.act(searching.clear)
        self._searched = text

    def _show(self, conversation: "Conversation") -> None:
        self._shown_id = conversation.id
        self._entitle(conversation)
        record = self._project.history_at_hand(conversation.id)
        self._view.act(Reader.show, conversation, record.raw if record is not None else None, self._project.people)
        self.show_position()
        if record is not None:
            self._search_for_the_filter()
            self.when_read(conversation.id)
        else:
            self._host.run_worker(self._fetch(conversation.id), group="detail", exclusive=True, exit_on_error=False)

    async def _fetch(self, conversation_id: str) -> None:
        """Fetch a history; an answer that nobody waits for any more is dropped."""
        asked_at = self._asked_at = time.monotonic()
        try:
            record = await self._project.conversation(conversation_id)
        except ApiError as error:
            if self._shown_id == conversation_id:
                self._shown_id = None
                self._view.act(Reader.fail, *_failure(error))
            return
        finally:
            if self._asked_at == asked_at:
                self._asked_at = None
        if self._shown_id == conversation_id:
            self._entitle(record.conversation)
            self._view.act(Reader.show, record.conversation, record.raw, self._project.people)
            self._search_for_the_filter()
            self.when_read(conversation_id)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @property
    def _view(self) -> TranscriptView:
        return self._host.query_one(TranscriptView)

    @property
    def _edge(self) -> PaneEdge:
        return self._host.query_one("#detail-edge", PaneEdge)


def _is_newer(one: "Conversation", other: "Conversation") -> bool:
    return one.updated_at is not None and (other.updated_at is None or one.updated_at > other.updated_at)


def _failure(error: ApiError) -> tuple[str, str, str]:
    """Title, hint and detail; the calls for one conversation find archived ones, too."""
    if isinstance(error, NotFound):
        hint = "Check its id and the project; archived conversations would have been found. It may have been deleted."
        return "The conversation was not found", hint, error.detail
    if isinstance(error, AnswerTooLarge):
        return error.title, "This conversation alone has more than can be loaded.", error.detail
    hint = ApiError().hint if isinstance(error, BadRequest) else error.hint  # no filter goes with it
    return error.title, hint, error.detail
