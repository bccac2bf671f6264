"""Another filter, and the conversation that was read: found in the new list, else alone on the screen."""

from typing import TYPE_CHECKING

from tui.store.listing.finding import surely_has
from tui.widgets.lists.conversation_list import ConversationList

if TYPE_CHECKING:
    from tui.api.models import Conversation
    from tui.screens.browse.filter_keys import FilterKeys
    from tui.store.listing.window import ConversationWindow


class Keeping:
    """Keeps what is read over a change of the filter, where the new list has it; `host` is the main screen."""

    def __init__(self, host: "FilterKeys") -> None:
        self._host = host
        self._read: tuple[Conversation, str | None] | None = None
        """What was read last, and the text of the filter whose list it stands in."""
        self._listed_by = ""
        """The text of the filter whose list is shown while another is on its way."""
        self._is_pending = False

    def filter_changes(self) -> None:
        """Another filter is about to be asked for: take note of what is read."""
        if not self._is_pending:
            self._listed_by = self._host.project.query.text
        self._is_pending = True
        self._take_note()
        self._host.coming_back.forget()

    def followed(self) -> None:
        """The cursor is on another row: who moves on before the new list has come stays there."""
        if self._is_pending and self._host.project.is_switching:
            self._take_note()

    def _take_note(self) -> None:
        conversation = self._host.detail_wiring.reading
        if conversation is not None:
            self._read = (conversation, self._listed_by)
        elif self._host.project.shown.count == 0 and self._read is not None:
            self._read = (self._read[0], None)
        else:
            self._read = None

    def read_id(self) -> str | None:
        """The id of the conversation that the cursor should stay on."""
        return self._read[0].id if self._read is not None else None

    def list_changed(self) -> None:
        """Rows have arrived: with the first of a new list it shows whether the conversation is among them."""
        project, detail, read = self._host.project, self._host.detail_wiring, self._read
        window = project.shown
        if not self._is_pending or project.is_switching or window.count is None:
            return
        self._is_pending = False
        kept = read[0] if read is not None and surely_has(project.query, *read) else None
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
        if project.window is not window or detail.alone_id != kept.id:
            return
        if place is None:
            detail.remark("row not found")
        else:
            self._host.coming_back.look_for(kept.id, place)
