"""The facts of a project in use: which list they make, what of them is read, and reading on.

Nothing is begun, and nothing imported, before the first sort, term of a fact, or column of one: who only reads on the
server's list pays nothing for it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.api.page import Page, Record
from tui.api.query import ConversationFilter
from tui.config.settings import FactsSettings
from tui.store.listing.known import record_at_hand
from tui.store.listing.page_size import PageSize
from tui.store.told_beside import ToldBeside

if TYPE_CHECKING:
    from pathlib import Path

    from tui.api.conversation import Conversation
    from tui.store.facts.coverage import Coverage
    from tui.store.facts.database import FactsDatabase
    from tui.store.facts.question import FactsAnswer, FactsQuestion
    from tui.store.facts.rows import FactsRow
    from tui.store.facts.sorting import Order
    from tui.store.facts.store import FactsStore
    from tui.store.facts_source import FactsSource
    from tui.store.listing.derived import DerivedList
    from tui.store.reading_on import FoundRows, ReadingOn

_KEPT = 2_000


class ProjectFacts:
    """Owns the facts, the list that they make, and reading on."""

    def __init__(self, project: "FactsSource", size: PageSize, listener: Callable[[], None]) -> None:
        self._project = project
        self._size = size
        self._listener = listener
        self.store: FactsStore | None = None
        """The facts; None as long as nothing has needed any."""
        self.order: Order | None = None
        """The order that the user wants; None for the server's."""
        self.derived: DerivedList | None = None
        """The list that facts make, where the filter or the order needs one."""
        self.reading: ReadingOn | None = None
        """Reading on of what the present filter asks the server for."""
        self.read_on_below = FactsSettings().read_on_below
        """Bytes below which what is missing is read without being asked for."""
        self.path: Path | None = None
        """The file that keeps them for the next start, where they are kept."""
        self.say: Callable[[str], None] = lambda _: None
        """Told what becomes of that file."""
        self.beside = ToldBeside()
        self._losses = 0
        self._coverages: dict[ConversationFilter, Coverage] = {}
        self._rows: dict[str, FactsRow] = {}
        self._asked: set[str] = set()
        self._covered = 0
        self._passed: set[str] = set()
        """The conversations that came by themselves."""

    # -- what passes by --------------------------------------------------------------------------------------------

    def page_passed(self, query: ConversationFilter, offset: int, limit: int, page: Page) -> None:
        """A page has come."""
        if self.store is None:
            return
        coverage = self._coverage(query)
        coverage.take(offset, limit, len(page.records), page.size, page.count)
        coverage.took(offset, page.records)
        self.store.take(page.records, query.text)
        self._settle(query, coverage)

    def _settle(self, query: ConversationFilter, coverage: "Coverage") -> None:
        """Where all that is listed has passed by, what was kept of others is of such as are there no more."""
        if self.store is not None and coverage.is_complete and not coverage.is_settled:
            from tui.store.facts.question import checked_here

            coverage.is_settled = True
            self.store.drop(checked_here(query), query.text, coverage.begun)

    def passed(self, record: Record) -> None:
        """A conversation has come by itself."""
        if self.store is not None:
            self.store.take([record])
            self._passed.add(record.id)

    def _coverage(self, query: ConversationFilter) -> "Coverage":
        from tui.store.facts.coverage import Coverage

        return self._coverages.setdefault(query, Coverage())

    @property
    def coverage(self) -> "Coverage | None":
        """How much is read of what the present filter asks the server for; None where no facts are in use."""
        return self._coverage(self._project.query.server) if self.store is not None else None

    # -- lists -----------------------------------------------------------------------------------------------------

    def begin(self, reads: str | None = None) -> None:
        """The filter or the order is another one, while `reads` is read: make the list that they need, if any."""
        self.derived = self.reading = None
        if self.order is None and not self._project.query.is_checked_here:
            return
        from tui.store.listing.derived import DerivedList

        self.derived = DerivedList(self.use(), self.question, self._listener, reads)
        self.cover()

    @property
    def question(self) -> "FactsQuestion":
        """What the facts are asked for the present filter, in the present order."""
        from tui.store.facts.question import FactsQuestion, checked_here
        from tui.store.facts.sorting import Order
        from tui.store.filter.expression import All

        division = self._project.query.division
        server, people = checked_here(division.server), self._project.people
        wanted = All((server, division.here))
        return FactsQuestion(wanted, server, division.server.text, self.order or Order(), people=people)

    def cover(self) -> None:
        """What the present filter asks the server for can be read on: what is asked of facts covers it then.

        Where what is told beside the facts names all that may match, those alone are read, by their ids.
        """
        from tui.store.filter.dates import begin_of
        from tui.store.named import named_by
        from tui.store.reading_on import ReadingOn
        from tui.zone import ZONE

        store, division, self._covered = self.use(), self._project.query.division, self.beside.version
        coverage = self._coverage(division.server)
        named = named_by(division, self.beside, self._project.conversation, self._passed, coverage)
        if self.reading is not None and self.reading.named == (named and named.ids):
            return
        self.reading = ReadingOn(
            coverage,
            partial(self._project.fetch, division.server),
            self._size,
            lambda: self._project.window.is_loading,
            lambda: store.waiting,
            self._listener,
            lambda: begin_of(division.here, ZONE.now()),
            named,
        )

    def start(self) -> None:
        """The list is there: where facts are kept for the next start, all that passes by is taken note of."""
        if self.path is not None:
            self.use()

    def use(self) -> "FactsStore":
        """The facts, from here on; what is in memory already passes by now."""
        if self.store is None:
            from tui.store.facts.store import FactsStore

            self.store = FactsStore(self._opened, self._news, self.say)
            self.beside.join(self.store)
            self._take_window()
        return self.store

    def _opened(self, say: Callable[[str], None]) -> "FactsDatabase":
        from tui.store.facts.database import FactsDatabase

        return FactsDatabase(self.path, self._project.patterns, say)

    def _take_window(self) -> None:
        """Take note of the rows of the window that are here with their histories."""
        assert self.store is not None
        window, query = self._project.window, self._project.query.server
        coverage = self._coverage(query)
        for conversation in list(window.conversations()):
            if (found := record_at_hand(window, conversation.id)) is not None:
                index, record = found
                coverage.take(index, 1, 1, len(record.raw), window.count)
                coverage.took(index, [record])
                self.store.take([record], query.text)
        self._settle(query, coverage)

    def start_anew(self) -> None:
        """Nothing counts as read any more."""
        self._passed.clear()
        for coverage in self._coverages.values():
            coverage.start_anew()
        if self.reading is not None:
            self.reading.coverage.start_anew()

    def wake(self) -> None:
        """Something has changed that reading on may have waited for."""
        if self.reading is not None:
            self.reading.wake()

    def _news(self) -> None:
        if self.store is not None and self.store.losses > self._losses:
            self._losses = self.store.losses
            self.start_anew()
        self.wake()
        self._asked.clear()
        if self.derived is not None:
            self.derived.ask_again()
            if self.beside.version != self._covered:
                self.cover()
        self._listener()

    def close(self, seconds: float = 0.0) -> None:
        """Let the database go; what is under way to a file that is kept is waited for so long."""
        if self.store is not None:
            self.store.close(seconds if self.path is not None else 0.0)
            self.store = None

    @property
    def found(self) -> "FoundRows | None":
        """What is to be said of the list that facts make; None where the list is the server's."""
        if self.derived is None:
            return None
        return self.found_in(self.derived.answer, is_current=self.derived.is_current)

    @property
    def progress(self) -> "FoundRows | None":
        """How far the list is read, also while it is the server's and reading on goes on for tables."""
        if self.derived is not None or self.reading is None or not self.reading.is_running:
            return self.found
        wanted = self.reading.wanted
        return self.found_in(None, is_current=False)._replace(known=max(0, (wanted.total or 0) - wanted.unread))

    def found_in(self, answer: "FactsAnswer | None", *, is_current: bool) -> "FoundRows":
        """What is to be said of an answer to the present filter: what it covers, and whether that is all."""
        from tui.store.reading_on import found_in

        waits = self.store is not None and self.store.waiting > 0
        return found_in(answer, self.reading, self.order, self.trouble, is_current=is_current and not waits)

    async def found_ids(self) -> list[str]:
        """The ids of all that the list of facts has, in its order.

        Raises:
            FactsUnavailable: the facts do not answer.
        """
        answer = self.derived.answer if self.derived is not None else None
        return await self.use().ids_of(answer.keys) if answer is not None else []

    @property
    def partial_words(self) -> str:
        """What the list of facts covers, for what is taken out of it; empty where that is all."""
        found = self.found
        return found.partial_words if found is not None else ""

    async def next_failed(self, index: int, step: int) -> tuple[str, int] | None:
        """The next conversation from a row of the list of facts on that has a failed call, and its row.

        Raises:
            FactsUnavailable: the facts do not answer.
        """
        answer = self.derived.answer if self.derived is not None else None
        if answer is None or index < 0:
            return None
        keys = answer.keys[index:] if step > 0 else answer.keys[index::-1]
        found = await self.use().first_failed(keys)
        return (found[0], index + step * found[1]) if found is not None else None

    @property
    def trouble(self) -> str:
        """Why facts are not whole, in words; empty where nothing is wrong."""
        return next((one.trouble for one in (self.derived, self.store) if one is not None and one.trouble), "")

    # -- what rows show --------------------------------------------------------------------------------------------

    def of(self, conversation_id: str) -> "FactsRow | None":
        """What is known of a conversation that is looked at, where it is at hand."""
        return self._rows.get(conversation_id)

    def lacks(self, conversations: "Sequence[Conversation]") -> bool:
        """Whether facts of any of these were not asked for since the last news."""
        return any(one.id not in self._asked for one in conversations)

    async def look_up(self, conversations: "Sequence[Conversation]") -> None:
        """Bring what is known of these to hand; the facts are in use from here on."""
        from tui.store.facts.errors import FactsUnavailable

        wanted = [one.id for one in conversations if one.id not in self._asked]
        self._asked.update(wanted)
        try:
            found = await self.use().rows_of(wanted)
        except FactsUnavailable:
            return  # the cells stay unknown
        if len(self._rows) > _KEPT:
            self._rows.clear()
        changed = {id_: row for id_, row in found.items() if self._rows.get(id_) != row}
        self._rows.update(changed)
        if changed:
            self._listener()
