"""One project as it is being read: the list under the current filter, its tags, its people, single conversations."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.api.client import Client
from tui.api.errors import ApiError
from tui.api.page import Page, Record
from tui.api.query import ConversationFilter
from tui.api.transfer import Transfer
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.listing.finding import likely_place
from tui.store.listing.page_size import PageSize, fitting_page
from tui.store.listing.rows import ListedConversation
from tui.store.listing.window import ConversationWindow
from tui.store.load import Failed, Idle, Loading, Ready
from tui.store.marks import MarkedRows

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.config.settings import Connection
    from tui.store.export.sources import ChosenConversations, FilteredConversations

Tags = Idle | Loading | Ready[tuple[str, ...]] | Failed


class Project:
    """Owns what was fetched; `listener` is told when the list has changed."""

    def __init__(
        self,
        client: Client,
        query: ConversationFilter,
        listener: Callable[[], None],
        patterns: FailurePatterns = NO_PATTERNS,
        first_row: int = 0,
    ) -> None:
        """The rows from `first_row` on are asked for first."""
        self.patterns = patterns
        """What tells failed tool calls of this project, beyond what tells them everywhere."""
        self._client = client
        self._listener = listener
        self._page_size = PageSize()
        self.query = query
        self.window = self._window(query, first_row)
        self.previous: ConversationWindow | None = None
        """The list before the last change of the filter, until the new one has its first answer."""
        self.marks = MarkedRows()
        self.tags: Tags = Idle()
        self.people: Mapping[str, str] = {}
        """E-mail addresses by user id, as far as the project tells them."""

    def apply(self, query: ConversationFilter) -> None:
        """Begin a new list under another filter; the old one stays to be shown until the first answer."""
        if self.window.count is not None:
            self.previous = self.window
        self.query = query
        self.window = self._window(query)

    def take_first(self) -> bool:
        """Take over the first page, where it has been read before there was a window; whether that is so."""
        read = self._client.take_first(self.query, self.window.first.row)
        if read is not None:
            self.window.begin_with(read.page, read.fetched_at)
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
    def shown(self) -> ConversationWindow:
        """The list that is on the screen: the old one until the new one has an answer."""
        if self.window.count is None and self.previous is not None:
            return self.previous
        self.previous = None
        return self.window

    @property
    def is_switching(self) -> bool:
        """Whether the shown list is still that of the filter before."""
        return self.shown is not self.window

    async def likely_place(self, conversation: "Conversation") -> int | None:
        """The row of the shown list at which a conversation should stand, told by its time; None for no idea."""
        query = self.query

        async def fetch(limit: int, offset: int) -> Page:
            return await self._client.conversations(query, limit, offset)

        return await likely_place(conversation, self.shown, fetch)

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
            counter.update(conversation.tags)
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
        return await fitting_page(partial(self._client.conversations, self.query), self._page_size, offset, most)

    async def total(self) -> int | None:
        """How many conversations the present filter has now, asked with one small request.

        Raises:
            ApiError: it did not come.
        """
        return (await self._client.conversations(self.query, 1, 0)).count

    def history_at_hand(self, conversation_id: str) -> Record | None:
        """A listed conversation whose history is still in memory."""
        index = self.shown.index_of(conversation_id)
        row = self.shown.row(index) if index is not None else None
        if isinstance(row, ListedConversation) and row.raw is not None:
            return Record(row.conversation, row.raw)
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
        return at_hand or await self._client.conversation(conversation_id, transfer)

    def chosen(self, ids: Sequence[str]) -> "ChosenConversations":
        """Conversations to be exported by id."""
        from tui.store.export.sources import ChosenConversations

        return ChosenConversations(self._client, ids, self.history_at_hand)

    def everything(self) -> "FilteredConversations":
        """All conversations under the present filter, to be exported whatever part of the list is here."""
        from tui.store.export.sources import FilteredConversations

        return FilteredConversations(self._client, self.query)

    @property
    def connection(self) -> "Connection":
        """Where is asked, and with which token now."""
        return self._client.connection

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    def warm_up(self) -> None:
        """Prepare for the second request while nobody waits."""
        self._client.warm_up()

    def _window(self, query: ConversationFilter, first_row: int = 0) -> ConversationWindow:
        async def fetch(limit: int, offset: int, transfer: Transfer) -> Page:
            return await self._client.conversations(query, limit, offset, transfer)

        return ConversationWindow(fetch, self._listener, self._page_size, first_row=first_row)
