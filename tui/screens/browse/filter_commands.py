"""The commands that change the filter and the order, those of the saved filters, and reading on."""

from dataclasses import replace

from textual.widget import AwaitMount
from textual.widgets import Input

from tui.errors import ClarifeyeError
from tui.screens.browse.context import NEXT_FAILED, BrowseContext
from tui.store.filter.list_filter import ListFilter
from tui.views.listing.chips import chips_of


def apply_filter(context: BrowseContext, query: ListFilter | None) -> None:
    """Ask for the conversations of another filter; None changes nothing."""
    if query is not None and query != context.project.query:
        context.place.leave(typing=isinstance(context.screen.focused, Input))
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
    apply_filter(context, ListFilter())


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


def sort(context: BrowseContext) -> AwaitMount:
    """Choose by what the list is sorted."""
    from tui.screens.dialogs.sort_menu import SortMenu
    from tui.store.facts.sorting import Order

    present = context.project.facts.order or Order()

    def chosen(order: Order | None) -> None:
        if order is not None and order != present:
            context.place.leave()
            context.reading.filter_changes(context.rows.at)
            context.list.sort(order if order.by else None)

    return context.ask(SortMenu(present), chosen)


def read_on(context: BrowseContext) -> None:
    """Read what is missing of the list, so that what facts tell of it is whole."""
    if words := context.list.found.read_on():
        context.say(words, seconds=4)


def stop_reading(context: BrowseContext) -> None:
    """Read on no longer; what came stays, and below the rows it is said what goes on."""
    context.list.found.stop()


def to_date(context: BrowseContext) -> AwaitMount:
    """Ask for a day, and go to where it begins in the list."""
    from tui.screens.dialogs.date import DateScreen

    def entered(end: float | None) -> None:
        if end is not None:
            context.run(_go_to_date(context, end), "to date")

    return context.ask(DateScreen(), entered)


async def _go_to_date(context: BrowseContext, end: float) -> None:
    shown, moves = context.project.shown, context.rows.at.moves
    try:
        row = await context.project.row_of_date(end)
    except ClarifeyeError as error:
        context.say(str(error), warning=True)
        return
    if row is not None and context.project.shown is shown and context.rows.at.moves == moves:
        context.place.leave()
        context.rows.go(row)
