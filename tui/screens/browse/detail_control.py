"""Brings the detail on the screen together with what is to be read, and fetches what is not at hand."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.timer import Timer
from textual.widget import Widget

from tui.api.errors import ApiError, NotFound
from tui.api.page import Record
from tui.api.raw import RawJson
from tui.store.project import Project
from tui.store.reading import ReadingState
from tui.store.reading_terms import Effect, Find, Go, Goal, Land, Miss, Open, Remark, Renew, Show, Wait
from tui.terminal.text.clean import clean_line
from tui.views.listing.advice import IN_THE_LIST, WHOLE_KEY, Keys, ToldError, conversation_hint
from tui.views.listing.missing_row import missing_row, no_row
from tui.views.listing.name import name_of
from tui.views.reader import searching
from tui.views.reader.place import land, reading_of
from tui.views.reader.reader import Reader
from tui.views.reader.title import title_of
from tui.views.text.format import thousands
from tui.views.text.ink import Span
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.history_wait import HistoryWait
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

_NO_TITLE = "Conversation"
_WORDS_LIMIT = 400
_TITLE_LIMIT = 200


class DetailControl:
    """Carries out what the state of reading asks for; `host` is the screen whose workers these are."""

    def __init__(
        self, host: Widget, project: Project, reading: ReadingState, is_shown: Callable[[], bool], typed_id: str | None
    ) -> None:
        """`typed_id` is the id of a conversation that somebody has typed."""
        self._host = host
        self._project = project
        self._reading = reading
        self._is_shown = is_shown
        self._timer: Timer | None = None
        self._title = _NO_TITLE
        self._searched = ""
        """The text of the filter that the detail was last searched for."""
        self._typed_id = typed_id
        self._keys = IN_THE_LIST
        self._failed: tuple[str, ApiError] | None = None
        """The id of the conversation that is to be read, and why it is not here, or not anew."""
        self._missing: list[Span] = []
        """What is said in place of a conversation."""
        self._history = HistoryWait(host, lambda words: self._view.act(Reader.wait, words), lambda: self._keys.again)
        self._listed: RawJson | None = None
        """What the list had of the conversation that is read when it was shown last."""
        self.choices = 0
        """How often the user has chosen what to read in another way than by the cursor."""

    # -- events ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """The list is being fetched: begin with what was asked for."""
        self._carry_out(self._reading.start(self._list.at))

    def cursor_moved(self) -> None:
        """The cursor is on another row, or its row is another conversation."""
        self._carry_out(self._reading.cursor_moved(self._list.at))

    def list_changed(self) -> None:
        """The list has something new."""
        self._carry_out(self._reading.list_arrived(self._list.at))
        self._take_from_list()

    def open(self) -> None:
        """The user wants to read what is under the cursor."""
        self.choices += 1
        self._stop_timer()
        self._carry_out(self._reading.opened(self._list.at))

    def send(self, conversation_id: str, row: int, landing: Land) -> None:
        """The user wants to read another conversation, which should be in this row of the list; -1: it need not be."""
        self.choices += 1
        self._carry_out(self._reading.sent(Goal(conversation_id, row), landing))

    def catch_up(self) -> None:
        """Show what is to be read now, or that it is not here yet."""
        self._stop_timer()
        self._carry_out(self._reading.rested())

    def retry(self) -> None:
        """Ask again for the conversation that did not come, or not in time, or stands in no list."""
        self._carry_out(self._reading.retried(is_stuck=self._history.is_stuck))

    def name_keys(self, keys: Keys) -> None:
        """The keys that are named are pressed in another way now."""
        self._keys = keys
        if self._missing:
            self._miss(self._list.at.index)
        elif self._failed is not None and not self._reading.is_here:
            self._fail(*self._failed)

    @property
    def errors(self) -> Iterator[ToldError]:
        """What went wrong with the conversation that is to be read."""
        if self._failed is not None:
            yield ToldError("The conversation", self._failed[1], self._hint(*self._failed, IN_THE_LIST))

    def people_arrived(self) -> None:
        """Owners have names now."""
        self._view.act(Reader.refresh_people, self._project.people)

    def show_position(self) -> None:
        """Say where in the conversation the user reads, and what is not shown as usual."""
        title, path, right = title_of(self._view.reader, self._title, self._reading.remark)
        self._edge.show(title, right, path=path)

    # -- effects ---------------------------------------------------------------------------------------------------

    def _carry_out(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Remark):
                self.show_position()
            else:
                self._do(effect)

    def _do(self, effect: Effect) -> None:
        match effect:
            case Wait(seconds):
                self._wait(seconds)
            case Show(again=True) | Open(again=True):
                self._search_for_the_filter()
            case Show(conversation):
                self._show(conversation)
            case Open(conversation_id):
                self._open(conversation_id)
            case Renew(conversation_id):
                self._run(self._renew(conversation_id), "detail")
            case Find(conversation):
                self._run(self._find(conversation), "find")
            case Miss(index):
                self._miss(index)
            case Go(index):
                self._list.put(index)
            case Land():
                self._view.act(land, effect)

    def _wait(self, seconds: float) -> None:
        self._stop_timer()
        if self._is_shown():
            self._timer = self._host.set_timer(seconds, self.catch_up)

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self._host.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    def _show(self, conversation: "Conversation") -> None:
        record = self._project.history_at_hand(conversation.id)
        if record is not None:
            self._arrived(record)
            return
        self._missing, self._failed = [], None
        self._title = name_of(conversation, _TITLE_LIMIT)
        self._view.act(Reader.show, conversation, None, self._project.people)
        self.show_position()
        self._run(self._fetch(conversation.id), "detail")

    def _open(self, conversation_id: str) -> None:
        self._stop_timer()
        self._title, self._missing, self._failed = _NO_TITLE, [], None
        self._view.act(Reader.show_nothing, "The conversation is on its way …")
        self.show_position()
        self._run(self._fetch(conversation_id), "detail")

    async def _fetch(self, conversation_id: str) -> None:
        """Fetch a history; an answer that is not waited for any more is dropped."""
        transfer = self._history.begin()
        try:
            record = await self._project.conversation(conversation_id, transfer)
        except ApiError as error:
            if self._reading.shown_id == conversation_id:
                self._carry_out(self._reading.history_failed(conversation_id))
                self._fail(conversation_id, error)
        else:
            self._arrived(record)
        finally:
            self._history.end(transfer)

    def _fail(self, conversation_id: str, error: ApiError) -> None:
        self._failed = conversation_id, error
        said, hint = clean_line(error.detail, _WORDS_LIMIT), self._hint(conversation_id, error, self._keys)
        if len(error.detail) > _WORDS_LIMIT and not self._keys.lead:
            hint = f"{hint} {WHOLE_KEY} shows all of it.".lstrip()
        self._view.act(Reader.fail, error.title, hint, said)

    def _hint(self, conversation_id: str, error: ApiError, keys: Keys) -> str:
        return conversation_hint(error, self._project.connection, keys, typed=conversation_id == self._typed_id)

    async def _renew(self, conversation_id: str) -> None:
        """Ask again for what is read; where it does not come, what is here of it stays."""
        try:
            record = await self._project.conversation(conversation_id, anew=True)
        except NotFound as error:
            self._failed = conversation_id, error
            self._carry_out(self._reading.history_failed(conversation_id, is_gone=True))
        except ApiError as error:
            self._failed = conversation_id, error
            words = clean_line(f"{error.title}; what is read is as it was. {error.detail}", _WORDS_LIMIT)
            self._host.notify(words, severity="warning", markup=False)
        else:
            self._arrived(record)

    async def _find(self, conversation: "Conversation") -> None:
        """Find its row; nothing where another filter was asked for meanwhile."""
        window = self._project.window
        place = await self._project.likely_place(conversation)
        if self._project.window is window:
            self._carry_out(self._reading.place_found(conversation.id, place, self._list.at))

    def _arrived(self, record: Record) -> None:
        """Show a conversation with its history, if it is still what is to be read; the line that is read stays."""
        if self._reading.shown_id != record.id:
            return
        listed = self._project.history_at_hand(record.id)
        self._listed = listed.raw if listed is not None else None
        self._missing, self._failed = [], None
        self._title = name_of(record.conversation, _TITLE_LIMIT)
        self._view.act(Reader.show, record.conversation, record.raw, self._project.people)
        self.show_position()
        effects = self._reading.history_came(record.conversation)
        self._search_for_the_filter()
        self._carry_out(effects)

    def _take_from_list(self) -> None:
        """Show what the list has brought anew of the conversation that is read."""
        document = self._view.reader.document
        if document is None or not self._reading.is_here or document.conversation.id != self._reading.shown_id:
            return
        record = self._project.history_at_hand(document.conversation.id)
        if record is None or record.raw is self._listed or _is_older(record.conversation, document.conversation):
            return
        self._arrived(record)

    def _miss(self, index: int) -> None:
        """Say why there is nothing to read at a row: another conversation beside it would mislead."""
        shown = self._project.shown
        if shown.count == 0:
            title, words = _NO_TITLE, [no_row(self._project.query, withheld=shown.withheld)]
        else:
            title = f"Row {thousands(index + 1)}"
            words = missing_row(shown, index, self._keys, is_fetched=not self._project.is_switching)
        if words == self._missing:
            return
        self._history.give_up()  # else it would go on to say that something else is on its way
        line = reading_of(self._view.reader)
        if line is not None:
            self._reading.left(line)
        self._title, self._missing, self._failed = title, words, None
        self._view.act(Reader.show_nothing, *words)
        self.show_position()

    def _search_for_the_filter(self) -> None:
        """A list filtered by a text opens its conversations with that search on, until the user ends it."""
        text = self._project.query.text
        if text == self._searched or not self._reading.is_here:
            return
        if text:
            self._view.act(searching.search, text)
        elif self._view.reader.finder.text == self._searched:
            self._view.act(searching.clear)
        self._searched = text

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @property
    def _list(self) -> ConversationList:
        return self._host.query_one(ConversationList)

    @property
    def _view(self) -> TranscriptView:
        return self._host.query_one(TranscriptView)

    @property
    def _edge(self) -> PaneEdge:
        return self._host.query_one("#detail-edge", PaneEdge)


def _is_older(one: "Conversation", other: "Conversation") -> bool:
    return one.updated_at is not None and other.updated_at is not None and one.updated_at < other.updated_at
