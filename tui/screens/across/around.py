"""What opens over the tables, and the line to find in them."""

from textual.widget import AwaitMount

from tui.screens.across.context import AcrossContext
from tui.widgets.inputs.filter_input import FilterInput


def nothing(_context: AcrossContext) -> None:
    """A pending state is left: nothing is done."""


def begin_finding(context: AcrossContext) -> None:
    """Type what is to be found."""
    line = context.screen.query_one("#find", FilterInput)
    line.value = ""
    line.display = True
    line.focus()


def repaint(context: AcrossContext) -> None:
    """Paint the screen anew."""
    context.app.action_repaint()


def show_help(context: AcrossContext) -> None:
    """All keys, and what the columns and signs mean."""
    from tui.screens.dialogs.help import HelpScreen, TextSection
    from tui.screens.keys import described_keys, left_out, second_keys
    from tui.views.tables.cells import STATE_SIGNS
    from tui.widgets.tables.table_view import TableView

    screen = type(context.screen)
    told = [
        TextSection("In the tables", described_keys(screen, left_out(context.app, screen))),
        TextSection("Within a table", described_keys(TableView)),
        *(TextSection(*behind) for behind in second_keys(screen.keymap)),  # type: ignore[attr-defined]  # it has a table
    ]
    for part in context.level.parts:
        rows = [(column.head or "bar", column.words) for column in part.table.columns if column.words]
        told.append(TextSection(f"Columns of “{part.title}”", rows))
    told.append(TextSection("Signs of calls", list(STATE_SIGNS)))
    context.ask(HelpScreen("Tables of what the filter shows. / finds a key, Esc closes this.", told))


def palette(context: AcrossContext) -> AwaitMount:
    """Find a command by its words."""
    from tui.screens.dialogs.command_palette import CommandPalette
    from tui.screens.dialogs.offered import in_order, offered_here

    in_footer, further = in_order(offered_here(context.screen, is_restricted=context.app.restricted.is_on))
    dialog = CommandPalette([*in_footer, *further])
    return context.ask(dialog, lambda entry: entry.run() if entry is not None else None)
