"""Another filter, and the conversation that was read: found in the new list, else alone on the screen."""

from typing import TYPE_CHECKING

from tui.api.query import ConversationFilter
from tui.store.finding import surely_has
from tui.widgets.conversation_list import ConversationList

if TYPE_CHECKING:
    from tui.api.models import Conversation
    from tui.screens.filter_keys import FilterKeys
    from tui.store.window import ConversationWindow


class Keeping:
    """Keeps what is read over a change of the filter, where the new list has it; `host` is the main screen."""

    def __init__(self, host: "FilterKeys") -> None:
        self._host = host
        self._read: tuple[Conversation, str | None] | None = None
        """What was read last, and the text of the filter whose list it stands in."""
        self._is_pending = False
        self._kept: Conversation | None = None

    def filter_changes(self, query: ConversationFilter) -> str | None:
        """Another filter is about to be asked for: the id of the conversation that the cursor should stay on."""
        conversation = self._host.detail_wiring.reading
        if conversation is not None:
            self._read = (conversation, self._host.project.query.text)
        elif self._host.project.shown.count == 0 and self._read is not None:
            self._read = (self._read[0], None)
        else:
            self._read = None
        self._is_pending = True
        self._host.coming_back.forget()
        self._kept = self._read[0] if self._read is not None and surely_has(query, *self._read) else None
        return self._read[0].id if self._read is not None else None

    def list_changed(self) -> None:
        """Rows have arrived: with the first of a new list it shows whether the conversation is among them."""
        project, detail = self._host.project, self._host.detail_wiring
        window = project.shown
        if not self._is_pending or project.is_switching or window.count is None:
            return
        kept, self._kept, self._is_pending = self._kept, None, False
        if kept is None or not window.count or window.index_of(kept.id) is not None:
            detail.release()
            return
        detail.open(kept.id, (self._host.query_one(ConversationList).cursor, None), "finding its row")
        self._host.run_worker(self._find(kept, window), group="find", exclusive=True, exit_on_error=False)

    async def _find(self, kept: "Conversation", window: "ConversationWindow") -> None:
        """Go to where it should be; nothing where somebody has moved on meanwhile, to a row or to another filter."""
        project, detail = self._host.project, self._host.detail_wiring
        place = await project.likely_place(kept)
        known = window.index_of(kept.id)
        place = place if known is None else known
        if project.shown is not window or detail.alone_id != kept.id:
            return
        if place is None:
            detail.remark("row not found")
        else:
            self._host.coming_back.look_for(kept.id, place)
