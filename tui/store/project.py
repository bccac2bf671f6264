"""One project as it is being read: the list under the current filter, its tags, its people, single conversations."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.api.client import Client
from tui.api.errors import ApiError
from tui.api.page import Page, Record
from tui.api.query import FIRST_LIMIT, ConversationFilter
from tui.api.transfer import Transfer
from tui.store.beside.agents import ToldAgents
from tui.store.beside.feedback import ToldFeedback
from tui.store.filter.list_filter import ListFilter
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.listing.finding import likely_place
from tui.store.listing.known import ListedRows, record_at_hand
from tui.store.listing.page_size import PageSize, fitting_page
from tui.store.listing.request import FirstRequest
from tui.store.listing.window import ConversationWindow
from tui.store.load import Failed, Idle, Loading, Ready
from tui.store.marks import MarkedRows
from tui.store.project_facts import ProjectFacts
from tui.store.to_date import DateSearch

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.config.settings import Connection
    from tui.store.export.sources import ChosenConversations, FilteredConversations, FoundConversations
    from tui.store.facts.sorting import Order
    from tui.store.listing.derived import DerivedList

Tags = Idle | Loading | Ready[tuple[str, ...]] | Failed


class Project:
    """Owns what was fetched; `listener` is told when the list has changed."""

    def __init__(
        self,
        client: Client,
        query: ListFilter,
        listener: Callable[[], None],
        patterns: FailurePatterns = NO_PATTERNS,
        first: FirstRequest | None = None,
    ) -> None:
        self.patterns = patterns
        """What tells failed tool calls of this project, beyond what tells them everywhere."""
        self._client = client
        self._listener = listener
        self._page_size = PageSize()
        self.query = query
        self.window = self._window(query.server, first)
        self.previous: ListedRows | None = None
        """The list before the last change of the filter, until the new one has its first answer."""
        self.facts = ProjectFacts(self, self._page_size, listener)
        self.marks = MarkedRows()
        self.seen: set[str] = set()
        """The ids of the conversations that the user has read in this run."""
        self.tags: Tags = Idle()
        self.people: Mapping[str, str] = {}
        """E-mail addresses by user id, as far as the project tells them."""
        self.agents = ToldAgents(client)
        self.feedback = ToldFeedback(client)

    def apply(self, query: ListFilter, reads: str | None = None) -> None:
        """Begin a new list under another filter; the old one stays to be shown until the first answer.

        `reads` is the conversation that is read, on which the cursor is to stay.
        """
        if self.shown.count is not None:
            self.previous = self.shown
        asked, self.query = self.query.server, query
        if query.server != asked:
            self.window = self._window(query.server)
        self.facts.begin(reads)

    def sort(self, order: "Order | None", reads: str | None = None) -> None:
        """Show the list in another order, None for the server's; `reads` is the conversation that is read."""
        if self.shown.count is not None:
            self.previous = self.shown
        self.facts.order = order
        self.facts.begin(reads)

    def take_first(self) -> bool:
        """Take over the first page, where it has been read before there was a window; whether that is so."""
        read = self._client.take_first(self.query.server, self.window.first.row)
        if read is not None:
            self.window.begin_with(read.page, read.fetched_at)
            self.facts.page_passed(self.query.server, self.window.first.row, FIRST_LIMIT, read.page)
        return read is not None

    def refresh(self) -> None:
        """Check the list again as it is looked at; a token that was not given is asked for again."""
        self._client.hope()
        self.window.refresh()

    @property
    def seeks_token(self) -> bool:
        """Whether requests wait for a token that is accepted."""
        return self._client.seeks_token

    @property
    def present(self) -> ListedRows:
        """The list of the present filter and order, whether anything of it is here or not."""
        return self.facts.derived or self.window

    @property
    def shown(self) -> ListedRows:
        """The list that is on the screen: the old one until the new one has an answer."""
        if self.present.count is None and self.previous is not None:
            return self.previous
        self.previous = None
        return self.present

    @property
    def is_switching(self) -> bool:
        """Whether the shown list is still that of the filter before."""
        return self.shown is not self.present

    async def likely_place(self, conversation: "Conversation") -> int | None:
        """The row of the shown list at which a conversation should stand, told by its time; None for no idea."""
        query, window = self.query.server, self.window
        if self.shown is not window:
            return None

        async def fetch(limit: int, offset: int) -> Page:
            return await self._client.conversations(query, limit, offset)

        return await likely_place(conversation, window, fetch)

    async def row_of_date(self, end: float) -> int | None:
        """The row of the shown list at which conversations older than a moment begin; None where there are none.

        Raises:
            NotNewestFirst: the list is in another order.
            ApiError: a row did not come.
        """
        if self.facts.derived is not None:
            return await self._row_of_found(self.facts.derived, end)
        fetch = partial(self._client.conversations, self.query.server)
        return await DateSearch(self.window, fetch).run(end)

    async def _row_of_found(self, derived: "DerivedList", end: float) -> int | None:
        from tui.store.facts.sorting import Order
        from tui.store.to_date import NotNewestFirst

        order, answer = self.facts.order, derived.answer
        if order is not None and order != Order("date"):
            raise NotNewestFirst(
                "This list is not newest first, so a day has no place in it", "oo, or od, makes it so."
            )
        if answer is None or not answer.keys:
            return None
        return min(await self.facts.use().first_before(answer.keys, end), len(answer.keys) - 1)

    async def fetch_tags(self) -> None:
        """Fetch all tags of the project; what becomes of it is kept, for the screen to say so.

        Raises:
            ApiError: they did not come.
        """
        self.tags = Loading()
        try:
            self.tags = Ready(await self._client.tags())
        except ApiError as error:
            self.tags = Failed(error)
            raise

    def seen_tags(self) -> tuple[str, ...]:
        """The tags of the rows that are loaded, the most frequent first."""
        counter: Counter[str] = Counter()
        for conversation in self.window.conversations():
            counter.update(conversation.tags or ())
        return tuple(tag for tag, _ in counter.most_common())

    async def fetch_people(self) -> None:
        """Fetch who is who; where that is not allowed or not offered, ids have to serve.

        Raises:
            ApiError: some of them, or all, did not come; those that came are known all the same.
        """
        people, error = await self._client.people()
        self.people = {**self.people, **{person.id: person.email for person in people if person.email}}
        if error is not None:
            raise error

    async def page(self, offset: int, most: int) -> Page:
        """Rows of the list from an offset on, at most so many, asked for beside the window and not kept.

        Raises:
            ApiError: they did not come.
        """
        return await fitting_page(partial(self._client.conversations, self.query.server), self._page_size, offset, most)

    async def total(self) -> int | None:
        """How many conversations the present filter has now, asked with one small request.

        Raises:
            ApiError: it did not come.
        """
        return (await self._client.conversations(self.query.server, 1, 0)).count

    def history_at_hand(self, conversation_id: str) -> Record | None:
        """A listed conversation whose history is still in memory."""
        for rows in (self.window, self.shown):
            if (found := record_at_hand(rows, conversation_id)) is not None:
                return found[1]
        return None

    async def conversation(
        self, conversation_id: str, transfer: Transfer | None = None, *, anew: bool = False
    ) -> Record:
        """A conversation with its history, fetched where it is not at hand, or in any case where it is wanted anew.

        `transfer` is told how much has come.

        Raises:
            ApiError: it did not come.
        """
        at_hand = None if anew else self.history_at_hand(conversation_id)
        if at_hand is not None:
            return at_hand
        record = await self._client.conversation(conversation_id, transfer)
        self.facts.passed(record)
        return record

    def chosen(self, ids: Sequence[str]) -> "ChosenConversations":
        """Conversations to be exported by id."""
        from tui.store.export.sources import ChosenConversations

        return ChosenConversations(self._client, ids, self.history_at_hand)

    def everything(self) -> "FilteredConversations | FoundConversations":
        """All conversations of the present list, to be exported whatever part of it is here."""
        from tui.store.export.sources import FilteredConversations, FoundConversations

        if self.facts.derived is not None:
            return FoundConversations(self.facts.found_ids, self.chosen, self.facts.partial_words)
        return FilteredConversations(self._client, self.query.server)

    @property
    def connection(self) -> "Connection":
        """Where is asked, and with which token now."""
        return self._client.connection

    async def close(self) -> None:
        """Close the connections, and let the facts go."""
        self.facts.close()
        await self._client.close()

    def warm_up(self) -> None:
        """Prepare for the second request while nobody waits."""
        self._client.warm_up()

    async def fetch(self, query: ConversationFilter, limit: int, offset: int, transfer: Transfer | None = None) -> Page:
        """One page of what the server is asked for; its facts are taken note of where they are in use.

        Raises:
            ApiError: it did not come.
        """
        page = await self._client.conversations(query, limit, offset, transfer)
        self.facts.page_passed(query, offset, limit, page)
        return page

    def _window(self, query: ConversationFilter, first: FirstRequest | None = None) -> ConversationWindow:
        return ConversationWindow(partial(self.fetch, query), self._news, self._page_size, first=first)

    def _news(self) -> None:
        self.facts.wake()
        self._listener()
