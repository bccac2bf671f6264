"""The commands that choose, hide, zoom and widen panes."""

from tui.screens.browse.context import BrowseContext
from tui.screens.browse.layout import Mode, Pane


def read(context: BrowseContext) -> None:
    """Read what is under the cursor of the list."""
    context.detail.open()
    context.layout.activate(Pane.DETAIL)


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


def back(context: BrowseContext) -> None:
    """One level up: out of the zoom, then back to the list."""
    if context.layout.wish.alone and context.layout.mode is not Mode.SMALL:
        context.layout.zoom()
    else:
        context.layout.activate(Pane.LIST)


def edit_text(context: BrowseContext) -> None:
    """Type a text to search for in the history."""
    context.layout.activate(Pane.FILTER)
    context.filter.focus_text()


def edit_tags(context: BrowseContext) -> None:
    """Look for a tag."""
    context.layout.activate(Pane.FILTER)
    context.list.extras.show_tags()
    context.filter.focus_tags()
