"""The commands that change the filter, the order and the columns, those of the saved filters, and reading on."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace
from textual.widget import AwaitMount
from textual.widgets import Input

from tui.errors import ClarifeyeError
from tui.screens.browse.context import CHOOSING, NEXT_FAILED, SAVED, SORTING, BrowseContext
from tui.screens.browse.layout import Pane
from tui.store.facts.sorting import SORTS, Order, order_of
from tui.store.filter.list_filter import ListFilter
from tui.store.reading_terms import Land
from tui.store.saved.place import Place
from tui.store.saved.saved_filters import DIGITS
from tui.terminal.text.clean import clean_line
from tui.views.listing.chips import chips_of, filter_words
from tui.views.listing.columns import COLUMNS, LETTERS, MARKS, Column, columns_in
from tui.views.listing.row import Density
from tui.widgets.lists.menu_list import Item
from tui.widgets.lists.row_painter import RowPainter
from tui.zone import ZONE

SERVER_ORDER = "o"
"""The letter of the order that the server gives."""

EVERY_COLUMN = "C"
"""The letter that shows all columns again."""

_NAME_LIMIT = 60


def apply_filter(context: BrowseContext, query: ListFilter | None) -> None:
    """Ask for the conversations of another filter; None changes nothing."""
    if query is not None and query != context.project.query:
        context.place.leave(typing=isinstance(context.screen.focused, Input))
        context.give_up(NEXT_FAILED)  # its rows are those of the list before
        context.reading.filter_changes(context.rows.at)
        context.list.apply(query)


def take_up(context: BrowseContext, place: Place) -> None:
    """Show filter, order, layout, conversation and line as they were at a place of this run."""
    arrangement, project = place.arrangement, context.project
    order = order_of(arrangement.sort, turned=arrangement.turned)
    context.give_up(NEXT_FAILED)
    if place.query != project.query or order != project.facts.order:
        context.reading.filter_changes(context.rows.at)
        if place.query == project.query:
            context.list.sort(order)
        else:
            project.facts.order = order
            context.list.apply(place.query)
    context.place.arrange_again(arrangement)
    context.layout.lay_out()  # lines are those of the width that the reader has then
    if place.conversation_id:
        line = place.reading if place.reading.conversation_id == place.conversation_id else None
        context.detail.send(place.conversation_id, place.index, Land(line=line))
    else:
        context.rows.go(place.index)
    context.layout.activate(context.layout.wish.active, leaves=False)
    if context.layout.wish.active is Pane.FILTER:
        context.filter.focus_text()


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


async def offer_values(context: BrowseContext, of_calls: bool) -> None:
    """Offer the values that were seen, for completion in the line; with `of_calls` also those of tool calls."""
    from tui.store.seen_values import seen_values

    try:
        seen = await seen_values(context.project, of_calls=of_calls)
    except ClarifeyeError:
        return  # the names of the terms complete all the same
    labels = (label.name for label in context.settings.review.labels)
    seen["verdict"] = tuple(dict.fromkeys((*seen.get("verdict", ()), *labels)))
    for term, values in seen.items():
        context.filter.offer_values(term, values)


def saved(context: BrowseContext) -> None:
    """Show the saved filters by their digits, and what else can be done with filters, and wait for a key."""
    query, filters = context.project.query, context.session.filters
    choices = []
    for digit, entry in enumerate(filters.entries[:DIGITS], start=1):
        what = "default" if entry is filters.default_entry else filter_words(entry.query) or "everything"
        choices.append(Item(str(digit), clean_line(entry.name, _NAME_LIMIT), what, entry.query == query))
    if not query.is_empty:
        choices += [Item("s", "save this filter", filter_words(query)), Item("y", "copy this filter as flags")]
    if filters.entries:
        more = "" if len(filters.entries) <= DIGITS else f"{len(filters.entries)} in all"
        choices += [
            Item("enter", "look through them", more),
            Item("r", "rename one"),
            Item("d", "delete one"),
            Item("*", "start with one"),
        ]
    if choices:
        context.choose(SAVED, "Saved filters", choices)
    else:
        context.say("There is no saved filter yet, and no filter to save: everything is shown.", seconds=4)


def look_through_saved(context: BrowseContext, begin: str = "") -> AwaitMount:
    """Open the dialogue of the saved filters, and there begin with an action of its."""
    from tui.screens.dialogs.saved_filters import SavedFiltersScreen

    screen = SavedFiltersScreen(context.session, context.project.query, lambda: show_saved(context), begin)
    return context.ask(screen, lambda query: apply_filter(context, query))


def share_filter(context: BrowseContext) -> None:
    """Copy the present filter as a line of command-line flags."""
    from tui.screens.delivery import copy_out
    from tui.store.saved.filter_codec import as_flags

    if context.project.query.is_empty:
        context.say("There is no filter to copy: everything is shown.", seconds=3)
    else:
        copy_out(context.screen, "the flags", partial(as_flags, context.project.query))


def apply_saved(context: BrowseContext, digit: int) -> None:
    """Apply the saved filter of a digit."""
    entry = context.session.filters.at(digit)
    if entry is None:
        context.say(f"There is no saved filter {digit}; s s saves one.", seconds=3)
        return
    apply_filter(context, entry.query)
    context.say(entry.name, seconds=2)


def apply_named(context: BrowseContext, name: str) -> None:
    """Apply the saved filter of a name."""
    entry = context.session.filters.find(name)
    if entry is not None:
        apply_filter(context, entry.query)


def sort(context: BrowseContext) -> None:
    """Show by what the list can be sorted, and wait for the letter."""
    present = context.project.facts.order or Order()
    choices = [
        Item(kind.letter, kind.words, present.words if present.by == name else "", present.by == name)
        for name, kind in SORTS.items()
    ]
    server = Item(SERVER_ORDER, "the server's order", on=not present.by)
    context.choose(SORTING, "Sort by", [*choices, server], "the same again turns it round")


def sort_by(context: BrowseContext, name: str) -> None:
    """Sort by an order of this name, turned round where it is the present one; "" is the server's order."""
    present = context.project.facts.order or Order()
    order = present.chosen(name) if name else Order()
    if order != present:
        context.place.leave()
        context.reading.filter_changes(context.rows.at)
        context.list.sort(order if order.by else None)


def columns(context: BrowseContext) -> None:
    """Show which columns the list has, as columns, and wait for the letter of one that is to go or to come."""
    rows = context.rows
    if rows.painter.density is not Density.COLUMNS:
        rows.switch_density()
    painter = rows.painter
    shown = columns_in(painter.style.width - MARKS, painter.style.columns)
    choices = [
        Item(column.letter, column.words, *_shown_as(column, shown, painter), several=True) for column in COLUMNS
    ]
    context.choose(CHOOSING, "Columns", [*choices, Item(EVERY_COLUMN, "all of them")], "a letter shows or hides one")


def _shown_as(column: Column, shown: Sequence[Column], painter: RowPainter) -> tuple[str, bool]:
    """What is said beside a column, and whether it is wanted."""
    wanted = column.letter not in painter.hidden
    if wanted and column.letter in painter.untold:
        return "nothing to tell yet", wanted
    return ("no room" if wanted and column not in shown else ""), wanted


def choose_column(context: BrowseContext, letter: str) -> None:
    """Hide the column of a letter, or show it again, and wait for the next; "" shows all."""
    painter = context.rows.painter
    hidden = set(painter.hidden) ^ {letter} if letter else set()
    painter.hidden = "".join(one for one in LETTERS if one in hidden)
    context.rows.lay_out_anew()
    context.list.show_heads()
    columns(context)


def read_on(context: BrowseContext) -> None:
    """Read what is missing of the list, so that what facts tell of it is whole."""
    if words := context.list.found.read_on():
        context.say(words, seconds=4)


def stop_reading(context: BrowseContext) -> None:
    """Read on no longer; what came stays, and below the rows it is said what goes on."""
    context.list.found.stop()


def to_date(context: BrowseContext) -> AwaitMount:
    """Ask for a day, and go to where it begins in the list."""
    from tui.screens.dialogs.line import AskedLine, LineScreen
    from tui.store.filter.dates import EXAMPLES, end_of

    def entered(day: str | None) -> None:
        if day is not None:
            context.run(_go_to_date(context, end_of(day, ZONE.now())), "to date")

    return context.ask(LineScreen(AskedLine("Go to", "Enter goes · Esc closes", EXAMPLES), _wrong_day), entered)


def _wrong_day(text: str) -> str:
    from tui.store.filter.dates import EXAMPLES, end_of
    from tui.store.filter.values import BadValue

    try:
        end_of(text, ZONE.now())
    except BadValue:
        return f"That is no day. Such are: {EXAMPLES}"
    return ""


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
