"""What the facts of a project take from it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from tui.api.page import Page, Record
from tui.api.query import ConversationFilter
from tui.store.filter.list_filter import ListFilter

if TYPE_CHECKING:
    from tui.store.history.failure_patterns import FailurePatterns
    from tui.store.listing.window import ConversationWindow


class FactsSource(Protocol):
    """The project, as its facts need it."""

    query: ListFilter
    window: "ConversationWindow"
    people: Mapping[str, str]

    @property
    def patterns(self) -> "FailurePatterns":
        """What tells failed calls."""

    async def conversation(self, conversation_id: str) -> Record:
        """One conversation, of which the facts are taken note of."""

    async def fetch(self, query: ConversationFilter, limit: int, offset: int) -> Page:
        """One page, of which the facts are taken note of."""
