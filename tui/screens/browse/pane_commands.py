"""The commands that choose what is read, and choose, hide, zoom and widen panes."""

from typing import TYPE_CHECKING

from tui.api.errors import ApiError
from tui.screens.browse.across_commands import back_to_tables
from tui.screens.browse.context import BrowseContext
from tui.screens.browse.filter_commands import stop_reading, take_up
from tui.screens.browse.layout import Pane
from tui.store.reading_terms import Land
from tui.store.trail import Aside
from tui.views.reader import moves
from tui.views.text.format import plural

if TYPE_CHECKING:
    from tui.store.next_failed import FailedSearch

_TOLD_EVERY = 1.0
"""Seconds until it is said that a search is under way, and then between two times."""


def read(context: BrowseContext) -> None:
    """Read what is under the cursor of the list."""
    if context.project.shown.count == 0 and not context.project.is_switching:
        context.say("There is nothing to read.", seconds=3)
        return
    context.detail.open()
    context.layout.activate(Pane.DETAIL)


async def next_failed(context: BrowseContext, step: int) -> None:
    """Go to the next (1) or previous (-1) conversation that has one, unless the user goes elsewhere meanwhile."""
    from tui.store.next_failed import FailedSearch

    if context.project.is_switching:
        context.say("Filtering: the conversation after this one is not known yet.")
        return
    cursor, read, choices = context.rows.at, context.reading.reading_id, context.detail.choices
    # What was opened by its id is read while the cursor of the list is elsewhere.
    row = context.project.shown.index_of(read) if read is not None else None
    search = FailedSearch(context.project, (cursor.index if row is None else row) + step, step, read)
    ticks = context.screen.set_interval(_TOLD_EVERY, lambda: context.say(f"Looking through {_looked(search)} …"))
    try:
        found = await search.run()
    except ApiError as error:
        words = f"{_looked(search)} without a failed tool call, then: {error.title}. {error.advice}"
        context.say(words, warning=True)
        return
    finally:
        ticks.stop()
    if context.rows.at.moves != cursor.moves or context.detail.choices != choices:
        return
    if found is None:
        which = "after" if step > 0 else "before"
        context.say(f"None of the {_looked(search)} {which} this one has a failed tool call.")
    else:
        context.place.leave()
        context.detail.send(found.id, found.row, Land(failed=step))


def evidence(context: BrowseContext) -> None:
    """Read what is under the cursor of the list, from its first failed tool call on."""
    _read_from(context, Land(failed=1))


def clicked(context: BrowseContext, x: int) -> None:
    """The row under the cursor was clicked in a cell: what counts something there leads to what it counts."""
    of = context.rows.painter.evidence_at(context.project.shown.row(context.rows.cursor), x)
    if of == "failed":
        evidence(context)
    elif of:
        _read_from(context, Land(evidence=of))


def _read_from(context: BrowseContext, landing: Land) -> None:
    """Read what is under the cursor of the list, from a place of it on."""
    conversation = context.rows.at.conversation
    if conversation is not None:
        context.place.leave()
        context.detail.send(conversation.id, context.rows.cursor, landing)
        context.layout.activate(Pane.DETAIL, leaves=False)


def step_conversation(context: BrowseContext, step: int) -> None:
    """Read another conversation of the list, so many further; one that has no row there stands before the cursor's."""
    rows, read = context.rows, context.reading.reading_id
    aside = context.place.aside
    context.place.leave()
    if step < 0 and aside is not None and aside.is_before(read, context.project.query):
        take_up(context, aside.place)
    elif step > 0 and read != context.reading.wanted_id and rows.at.conversation is not None:
        ahead = rows.at.conversation.id
        context.place.aside = Aside(ahead, context.place.here)
        context.detail.open()
        rows.go(rows.cursor + step - 1)
    else:
        rows.go(rows.cursor + step)


def go_back(context: BrowseContext) -> None:
    """Go back to where the user was before the last step that led elsewhere."""
    _step(context, -1, "There is no earlier place in this run.")


def go_forward(context: BrowseContext) -> None:
    """Go forward to where the user went back from."""
    _step(context, 1, "There is no later place: nothing was gone back from.")


def _step(context: BrowseContext, by: int, nowhere: str) -> None:
    place = context.place.step(by)
    if place is None:
        context.say(nowhere, seconds=3)
    elif by > 0 or not back_to_tables(context, place):
        take_up(context, place)


def _looked(search: "FailedSearch") -> str:
    return plural(search.looked, "conversation")


def step_pane(context: BrowseContext, by: int) -> None:
    """Go to the next pane, or the one before."""
    order = list(Pane)
    target = order[(order.index(context.layout.wish.active) + by) % len(order)]
    context.layout.activate(target)
    if target is Pane.FILTER:
        context.filter.focus_text()


def toggle_filter(context: BrowseContext) -> None:
    """Show or hide the filter."""
    layout = context.layout
    wish = layout.wish
    if Pane.FILTER in layout.shown:
        wish.filter_hidden = True
        layout.activate(Pane.LIST if wish.active is Pane.FILTER else wish.active)
        return
    wish.filter_hidden = False
    if Pane.FILTER in layout.shown:
        layout.activate(wish.active)
    else:  # in the place of the list: there the same key hides it, and is not typed
        layout.activate(Pane.FILTER)
        context.filter.focus_choices()


def zoom(context: BrowseContext) -> None:
    """Give the pane in use the whole screen, or take it back."""
    if not context.layout.zoom():
        context.say("This pane has the whole screen.", seconds=3)


def widen(context: BrowseContext, direction: int) -> None:
    """Make the pane in use wider or narrower."""
    context.layout.widen(direction)


def say_where(context: BrowseContext, key: str, what: str, where: str) -> None:
    """Say what a key that was pressed in the reader does elsewhere."""
    context.say(f"{key} is not for reading. {where}: {what}.", seconds=3)


def nothing(_context: BrowseContext) -> None:
    """A pending state is left: nothing is done."""


def back(context: BrowseContext) -> None:
    """One level up: to the table that led here, else from reading to browsing, out of the zoom, back to the list."""
    wish = context.layout.wish
    if back_to_tables(context):
        return
    if not wish.reading and wish.alone and context.layout.zoom():
        return
    if wish.active is Pane.LIST:
        stop_reading(context)
    else:
        context.layout.activate(Pane.LIST)


def scroll_beside(context: BrowseContext, step: int) -> None:
    """Scroll what is read beside the list by half a page; the keys stay where they are."""
    if Pane.DETAIL in context.layout.shown:
        context.view.act(moves.half_page, step)


def edit_text(context: BrowseContext) -> None:
    """Type a text to search for in the history."""
    context.layout.activate(Pane.FILTER)
    context.filter.focus_text(goes_on=True)


def edit_tags(context: BrowseContext) -> None:
    """Look for a tag."""
    context.layout.activate(Pane.FILTER)
    context.list.show_tags()
    context.filter.focus_tags()
