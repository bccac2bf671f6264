"""The keys around a comparison: copies, the export, help, palette, and the way out."""

from functools import partial
from typing import TYPE_CHECKING

from textual.widget import AwaitMount

from tui.screens.compare.context import CompareContext
from tui.store.comparing.comparison import HELP
from tui.store.export.file_names import safe_name
from tui.terminal.input.keymap import Command, Keymap
from tui.terminal.text.clean import clean_line
from tui.views.comparing.commands import COMPARER
from tui.widgets.comparison_view import ComparisonView

if TYPE_CHECKING:
    from pathlib import Path

    from textual.dom import DOMNode

    from tui.views.comparing.report import Compared

_NAME = 30
"""Characters of each name that a file is called by."""


def leave(context: CompareContext) -> None:
    """Back to where it was asked for."""
    context.screen.dismiss(None)


def retry(context: CompareContext) -> None:
    """Ask again for what did not come."""
    if context.records is None:
        context.run(context.load(), "compare")
    else:
        context.say("Both are here.")


def copy_difference(context: CompareContext) -> None:
    """Copy what differs under the cursor, as Markdown."""
    from tui.screens.delivery import copy_out
    from tui.views.comparing.report import pair_markdown

    pair = context.comparer.pair
    if pair is None:
        context.say("There is no message under the cursor: n goes to the next difference.")
    else:
        copy_out(context.screen, "difference", partial(_joined, partial(pair_markdown, pair)))


def _joined(make: "partial[str]") -> str:
    return make().strip() + "\n"


def copy_all(context: CompareContext) -> None:
    """Copy all that differs, as Markdown."""
    from tui.screens.delivery import copy_out
    from tui.views.comparing.report import comparison_markdown

    if (compared := _finished(context)) is not None:
        pieces = partial(comparison_markdown, *compared, context.comparer.comparison)
        copy_out(context.screen, "comparison", lambda: "".join(pieces()))


def export(context: CompareContext) -> AwaitMount | None:
    """Ask for a file, and write all that differs into it, as Markdown."""
    from tui.screens.dialogs.write_file import WriteScreen
    from tui.views.comparing.report import comparison_markdown

    if (compared := _finished(context)) is None:
        return None
    before, after = compared
    name = safe_name(f"{before.name[:_NAME]} or {after.name[:_NAME]}".lower(), ".md")
    make = partial(comparison_markdown, before, after, context.comparer.comparison)

    def written(path: "Path | None") -> None:
        if path is not None:
            context.say(f"Written to {clean_line(str(path))}.")

    return context.ask(WriteScreen("Export the comparison", context.folder, name, make), written)


def _finished(context: CompareContext) -> "tuple[Compared, Compared] | None":
    compared = context.compared
    if compared is None or not context.comparer.comparison.is_complete:
        context.say("There is nothing to take out yet: it is still being compared.")
        return None
    return compared


def show_help(context: CompareContext) -> AwaitMount:
    """All keys, and how it is compared."""
    from tui.screens.dialogs.help import TextSection, help_on

    how = TextSection("How it is compared", list(HELP))
    return context.ask(help_on(context.app, pages(type(context.screen)), [how]))


def pages(screen: "type[DOMNode]") -> "list[tuple[str, type[DOMNode]]]":
    """Who has keys here, each with where they are meant; `screen` is that of a comparison."""
    return [(COMPARER.context, ComparisonView), (COMPARING.context, screen)]


def palette(context: CompareContext) -> AwaitMount:
    """Find a command by its words."""
    from tui.screens.dialogs.command_palette import CommandPalette
    from tui.screens.dialogs.offered import in_order, offered_here

    shown, further = in_order(offered_here(context.screen, is_restricted=context.app.restricted.is_on))
    dialog = CommandPalette([*shown, *further])
    return context.ask(dialog, lambda entry: entry.run() if entry is not None else None)


def repaint(context: CompareContext) -> None:
    """Paint the screen anew."""
    context.app.action_repaint()


COMPARING: Keymap[CompareContext] = Keymap(
    "Around a comparison",
    [
        Command("copy_difference", "y", "copy the difference under the cursor", copy_difference, footer="copy"),
        Command("copy_all", "Y", "copy all that differs, as Markdown", copy_all, also="yank clipboard"),
        Command(
            "export_comparison",
            "x",
            "export all that differs to a file, as Markdown",
            export,
            footer="export",
            forbidden="nothing is exported",
            also="save download markdown",
        ),
        Command("retry", "r", "ask again for what did not come", retry, also="refresh reload"),
        Command("back", "escape q ctrl+o", "back", leave, footer="back", also="close quit"),
        Command("repaint", "ctrl+l", "paint the screen anew", repaint, also="redraw clear"),
        Command("commands", ": ctrl+p", "find a command by its words", palette, footer="commands", offered=False),
        Command("help", "? f1", "these keys, and how it is compared", show_help, footer="help", also="shortcuts"),
    ],
)
