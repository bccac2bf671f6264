"""The keys of the list and the filter: the table of the commands that choose what the list shows."""

from tui.screens.browse import filter_commands, out_commands, pane_commands
from tui.screens.browse.context import CHOOSING, SAVED, SORTING, BrowseContext
from tui.store.facts.sorting import SORTS
from tui.terminal.input.keymap import Command, Keymap
from tui.views.listing.columns import COLUMNS


def leaving(state: str) -> list[Command[BrowseContext]]:
    """How a pending state is left."""
    return [Command(f"leave_{state}", "escape q", "leave", pane_commands.nothing, after=state, offered=False)]


def _look_through(name: str, keys: str, words: str, begin: str, *, also: str = "") -> Command[BrowseContext]:
    """A key behind that of the saved filters which opens their dialogue, and there begins with an action."""
    return Command(name, keys, words, filter_commands.look_through_saved, (begin,), after=SAVED, also=also)


FINDING: Keymap[BrowseContext] = Keymap(
    "In the list and the filter",
    [
        Command("edit_tags", "t", "choose tags", pane_commands.edit_tags, footer="tags", also="labels"),
        Command(
            "toggle_archived",
            "a",
            "include archived conversations, or not",
            filter_commands.toggle_archived,
            footer="archived",
            also="old hidden",
        ),
        Command("toggle_untagged", "u", "untagged only", filter_commands.toggle_untagged, also="without tags"),
        Command("clear_filter", "c", "clear the filter", filter_commands.clear_filter, also="reset everything all"),
        Command(
            "drop_chip",
            "backspace",
            "take the last part of the filter away",
            filter_commands.drop_chip,
            also="remove undo",
        ),
        Command(
            "saved",
            "s",
            "saved filters: a key says which, or what becomes of them",
            filter_commands.saved,
            footer="saved",
            also="favourites presets bookmarks",
        ),
        *leaving(SAVED),
        *(
            Command(
                f"saved_{n}",
                str(n),
                "apply a saved filter",
                filter_commands.apply_saved,
                (n,),
                after=SAVED,
                offered=False,
            )
            for n in range(1, 10)
        ),
        _look_through("save", "s n", "save this filter under a name", "name", also="favourite preset bookmark"),
        Command("share", "y", "copy this filter as flags", filter_commands.share_filter, after=SAVED),
        _look_through("saved_all", "enter down j up k", "look through the saved filters", ""),
        _look_through("saved_rename", "r", "rename a saved filter", "rename"),
        _look_through("saved_delete", "d delete", "delete a saved filter", "delete"),
        _look_through("saved_default", "*", "start with a saved filter", "default"),
        _look_through("saved_up", "K shift+up", "move a saved filter up", "up"),
        _look_through("saved_down", "J shift+down", "move a saved filter down", "down"),
        *(
            Command(f"apply_{n}", str(n), "saved filter 1–9", filter_commands.apply_saved, (n,), offered=False)
            for n in range(1, 10)
        ),
        Command(
            "sort",
            "o",
            "sort the list: a letter says by what",
            filter_commands.sort,
            footer="sort",
            also="order newest tokens date failed name agent",
        ),
        *leaving(SORTING),
        *(
            Command(
                f"sort_{name}", kind.letter, f"sort by {kind.words}", filter_commands.sort_by, (name,), after=SORTING
            )
            for name, kind in SORTS.items()
        ),
        Command(
            "sort_server",
            filter_commands.SERVER_ORDER,
            "the server's order",
            filter_commands.sort_by,
            ("",),
            after=SORTING,
        ),
        Command(
            "columns",
            "C",
            "choose the columns of the list: a letter shows or hides one",
            filter_commands.columns,
            also="fields hide show table density",
        ),
        *leaving(CHOOSING),
        *(
            Command(
                f"column_{column.letter}",
                column.letter,
                f"show or hide: {column.words}",
                filter_commands.choose_column,
                (column.letter,),
                after=CHOOSING,
            )
            for column in COLUMNS
        ),
        Command(
            "column_all",
            filter_commands.EVERY_COLUMN,
            "show all columns",
            filter_commands.choose_column,
            ("",),
            after=CHOOSING,
        ),
        Command(
            "evidence",
            "e",
            "read it from its first failed tool call on",
            pane_commands.evidence,
            also="error failure evidence",
        ),
        Command("to_date", "@", "go to a day", filter_commands.to_date, also="date time jump calendar"),
        Command(
            "read_on",
            "R",
            "read on, so that sorting and terms cover the whole list",
            filter_commands.read_on,
            also="load fetch everything rest",
        ),
        Command(
            "mark",
            "space",
            "mark, or take the mark away, and go on to the next",
            out_commands.mark,
            footer="mark",
            also="select tick choose",
        ),
        Command(
            "compare",
            "D",
            "compare the two marked conversations, or the marked one with this one",
            out_commands.compare_marked,
            also="diff difference versus",
        ),
        Command("unmark_all", "U", "take all marks away", out_commands.unmark_all, also="deselect unselect"),
    ],
    first=("choose", "back", "toggle_filter", "edit_text", "edit_tags", "toggle_archived", "saved", "sort"),
)
