"""The commands that choose what is read, and choose, hide, zoom and widen panes."""

from typing import TYPE_CHECKING

from tui.api.errors import ApiError
from tui.screens.browse.context import BrowseContext
from tui.screens.browse.filter_commands import stop_reading
from tui.screens.browse.layout import Mode, Pane
from tui.store.reading_terms import Land
from tui.views.text.format import plural

if TYPE_CHECKING:
    from tui.store.next_failed import FailedSearch

_TOLD_EVERY = 1.0
"""Seconds until it is said that a search is under way, and then between two times."""


def read(context: BrowseContext) -> None:
    """Read what is under the cursor of the list."""
    context.detail.open()
    context.layout.activate(Pane.DETAIL)


async def next_failed(context: BrowseContext, step: int) -> None:
    """Go to the next (1) or previous (-1) conversation that has one, unless the user goes elsewhere meanwhile."""
    from tui.store.next_failed import FailedSearch

    if context.project.is_switching:
        context.say("Filtering: the conversation after this one is not known yet.")
        return
    cursor, read = context.rows.at, context.reading.reading_id
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
    if context.rows.at.moves != cursor.moves or context.reading.reading_id != read:
        return
    if found is None:
        which = "after" if step > 0 else "before"
        context.say(f"None of the {_looked(search)} {which} this one has a failed tool call.")
    else:
        context.detail.send(found.id, found.row, Land(failed=step))


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
    if wish.active is Pane.FILTER or (layout.mode is Mode.WIDE and not wish.filter_hidden):
        wish.filter_hidden = True
        layout.activate(Pane.LIST if wish.active is Pane.FILTER else wish.active)
    else:
        wish.filter_hidden = False
        edit_text(context)


def zoom(context: BrowseContext) -> None:
    """Give the pane in use the whole screen, or take it back."""
    context.layout.zoom()


def widen(context: BrowseContext, direction: int) -> None:
    """Make the pane in use wider or narrower."""
    context.layout.widen(direction)


def say_where(context: BrowseContext, key: str, what: str, where: str) -> None:
    """Say what a key that was pressed in the reader does elsewhere."""
    context.say(f"{key} is not for reading. {where}: {what}.", seconds=3)


def back(context: BrowseContext) -> None:
    """One level up: out of the zoom, then back to the list."""
    if context.layout.wish.alone and context.layout.mode is not Mode.SMALL:
        context.layout.zoom()
    elif context.layout.wish.active is Pane.LIST:
        stop_reading(context)
    else:
        context.layout.activate(Pane.LIST)


def edit_text(context: BrowseContext) -> None:
    """Type a text to search for in the history."""
    context.layout.activate(Pane.FILTER)
    context.filter.focus_text()


def edit_tags(context: BrowseContext) -> None:
    """Look for a tag."""
    context.layout.activate(Pane.FILTER)
    context.list.show_tags()
    context.filter.focus_tags()
