"""The keys that change the filter."""

from dataclasses import replace

from tui.api.query import ConversationFilter
from tui.screens.browse.pane_commands import PaneKeys
from tui.store.project import Project
from tui.store.reading import ReadingState
from tui.views.listing.chips import chips_of
from tui.widgets.lists.conversation_list import ConversationList


class FilterKeys(PaneKeys):
    """The part of the main screen that knows the filter."""

    project: Project
    reading: ReadingState

    def apply_filter(self, query: ConversationFilter) -> None:
        """Ask for the conversations of another filter."""
        if query != self.project.query:
            self.reading.filter_changes(self.query_one(ConversationList).at)
            self.list_control.apply(query)

    def action_toggle_archived(self) -> None:
        """Archived conversations too, or not."""
        self.apply_filter(replace(self.project.query, archived=not self.project.query.archived))

    def action_toggle_untagged(self) -> None:
        """Only conversations without a tag, or all."""
        self.apply_filter(replace(self.project.query, untagged=not self.project.query.untagged))

    def action_clear_filter(self) -> None:
        """No filter at all."""
        self.apply_filter(ConversationFilter())

    def action_drop_chip(self) -> None:
        """Take the last part of the filter away."""
        chips = chips_of(self.project.query)
        if chips:
            self.apply_filter(chips[-1].without)

    def action_refresh_list(self) -> None:
        """Ask again for what failed and for what is on the screen."""
        self.detail_control.retry()
        self.list_control.refresh()
