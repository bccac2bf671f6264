"""The keys of the tables everywhere on their screen: bindings, footer, help and palette are made from this table."""

from tui.screens.across import actions, around
from tui.screens.across.context import COPYING, AcrossContext
from tui.terminal.input.keymap import Command, Keymap


def _copy(context: AcrossContext) -> None:
    from tui.screens.across.out import offer

    offer(context)


def _copy_at(context: AcrossContext, letter: str) -> None:
    from tui.screens.across.out import copy

    copy(context, letter)


def _export(context: AcrossContext) -> None:
    from tui.screens.across.out import export

    export(context)


async def _compare(context: AcrossContext) -> None:
    from tui.screens.across.out import compare

    await compare(context)


ACROSS: Keymap[AcrossContext] = Keymap(
    "In the tables",
    [
        Command(
            "back",
            "escape q ctrl+o",
            "back to the table before, or to the list",
            actions.back,
            footer="back",
            also="leave",
        ),
        Command(
            "sort", "o", "sort by this column; again: the other way round", actions.sort, footer="sort", also="order"
        ),
        Command(
            "frequency",
            "F",
            "how often each value stands in this column of calls; those that are not kept count as one",
            actions.frequency,
            footer="values",
            also="count histogram distribution bars",
        ),
        Command(
            "same",
            "=",
            "identical calls: those of this tool, or like this call",
            actions.same,
            footer="identical",
            also="same repeated duplicates",
        ),
        Command(
            "other_table", "tab ]", "the other table, the next picture", actions.next_table, (1,), footer="other table"
        ),
        Command("other_table_back", "shift+tab [", "the other table, the picture before", actions.next_table, (-1,)),
        Command("find", "/", "find in the table", around.begin_finding, footer="find", also="search look"),
        Command("find_next", "n", "find the next place", actions.find, (1,), also="search"),
        Command("find_previous", "N", "find the place before", actions.find, (-1,), also="search"),
        Command("mark", "space", "mark the row, or take its mark away, and go on", actions.mark, footer="mark"),
        Command("unmark_all", "U", "take all marks away", actions.unmark_all, also="deselect"),
        Command(
            "compare",
            "D",
            "compare the two marked calls, or the marked one with this one",
            _compare,
            also="diff difference versus",
        ),
        Command(
            "copy", "y", "copy the cell, the row or the table, as TSV", _copy, footer="copy", also="yank clipboard"
        ),
        Command("leave_copy", "escape q", "leave", around.nothing, after=COPYING, offered=False),
        Command("copy_c", "c", "copy the cell", _copy_at, ("c",), after=COPYING),
        Command("copy_y", "y", "copy the row", _copy_at, ("y",), after=COPYING),
        Command("copy_m", "m", "copy the marked rows", _copy_at, ("m",), after=COPYING),
        Command("copy_t", "t", "copy the whole table", _copy_at, ("t",), after=COPYING),
        Command(
            "export",
            "x",
            "export the table to a file: CSV or JSON Lines",
            _export,
            footer="export",
            forbidden="nothing is exported",
            also="save download file csv json",
        ),
        Command(
            "read_on",
            "R",
            "read on, so that the tables cover the whole list",
            actions.read_on,
            also="load fetch everything rest coverage",
        ),
        Command("repaint", "ctrl+l", "paint the screen anew", around.repaint, also="redraw"),
        Command(
            "commands", ": ctrl+p", "find a command by its words", around.palette, footer="commands", offered=False
        ),
        Command("help", "? f1", "these keys", around.show_help, footer="help", also="shortcuts"),
    ],
)
