"""The commands that change the filter, and those of the saved filters."""

from dataclasses import replace

from tui.api.query import ConversationFilter
from tui.screens.browse.context import NEXT_FAILED, BrowseContext
from tui.views.listing.chips import chips_of


def apply_filter(context: BrowseContext, query: ConversationFilter | None) -> None:
    """Ask for the conversations of another filter; None changes nothing."""
    if query is not None and query != context.project.query:
        context.give_up(NEXT_FAILED)  # its rows are those of the list before
        context.reading.filter_changes(context.rows.at)
        context.list.apply(query)


def toggle_archived(context: BrowseContext) -> None:
    """Archived conversations too, or not."""
    query = context.project.query
    apply_filter(context, replace(query, archived=not query.archived))


def toggle_untagged(context: BrowseContext) -> None:
    """Only conversations without a tag, or all."""
    query = context.project.query
    apply_filter(context, replace(query, untagged=not query.untagged))


def clear_filter(context: BrowseContext) -> None:
    """No filter at all."""
    apply_filter(context, ConversationFilter())


def drop_chip(context: BrowseContext) -> None:
    """Take the last part of the filter away."""
    chips = chips_of(context.project.query)
    if chips:
        apply_filter(context, chips[-1].without)


def refresh(context: BrowseContext) -> None:
    """Ask again for what failed and for what is on the screen."""
    context.detail.retry()
    context.list.refresh()


def show_saved(context: BrowseContext) -> None:
    """Show the saved filters and offer the searched texts."""
    context.filter.show_saved(context.session.filters)
    context.filter.show_history(context.session.texts)


def remember_text(context: BrowseContext, text: str) -> None:
    """A text was searched for."""
    context.session.remember_text(text)
    context.filter.show_history(context.session.texts)


def saved(context: BrowseContext) -> None:
    """Save the present filter under a name, or choose one."""
    from tui.screens.dialogs.saved_filters import SavedFiltersScreen

    screen = SavedFiltersScreen(context.session, context.project.query, lambda: show_saved(context))
    context.ask(screen, lambda query: apply_filter(context, query))


def apply_saved(context: BrowseContext, digit: int) -> None:
    """Apply the saved filter of a digit."""
    entry = context.session.filters.at(digit)
    if entry is None:
        context.say(f"There is no saved filter {digit}; s saves one.", seconds=3)
        return
    apply_filter(context, entry.query)
    context.say(entry.name, seconds=2)


def apply_named(context: BrowseContext, name: str) -> None:
    """Apply the saved filter of a name."""
    entry = context.session.filters.find(name)
    if entry is not None:
        apply_filter(context, entry.query)
