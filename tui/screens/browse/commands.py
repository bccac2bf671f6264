"""The keys of the main screen and of its panes: the tables from which bindings, footer, help and palette are made."""

from tui.screens.browse import dialog_commands, filter_commands, out_commands, pane_commands
from tui.screens.browse.context import COPYING, SAVED, SORTING, BrowseContext
from tui.store.facts.sorting import SORTS
from tui.terminal.input.keymap import Command, Keymap, key_label, key_name
from tui.views.export.copy_letters import COPIES
from tui.views.reader.commands import READER
from tui.widgets.lists.list_commands import LIST


def _leaving(state: str) -> list[Command[BrowseContext]]:
    """How a pending state is left."""
    return [Command(f"leave_{state}", "escape q", "leave", pane_commands.nothing, after=state, offered=False)]


FINDING: Keymap[BrowseContext] = Keymap(
    "In the list and the filter",
    [
        Command("edit_tags", "t", "choose tags", pane_commands.edit_tags, footer="tags"),
        Command(
            "toggle_archived",
            "a",
            "include archived conversations, or not",
            filter_commands.toggle_archived,
            footer="archived",
        ),
        Command("toggle_untagged", "u", "untagged only", filter_commands.toggle_untagged),
        Command("clear_filter", "c", "clear the filter", filter_commands.clear_filter),
        Command("drop_chip", "backspace", "take the last part of the filter away", filter_commands.drop_chip),
        Command(
            "saved",
            "s",
            "saved filters: a key says which, or what becomes of them",
            filter_commands.saved,
            footer="saved",
        ),
        *_leaving(SAVED),
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
        Command(
            "save", "s n", "save this filter under a name", filter_commands.look_through_saved, ("name",), after=SAVED
        ),
        Command("share", "y", "copy this filter as flags", filter_commands.share_filter, after=SAVED),
        Command(
            "saved_all",
            "enter down j up k",
            "look through the saved filters",
            filter_commands.look_through_saved,
            (),
            after=SAVED,
        ),
        Command(
            "saved_rename", "r", "rename a saved filter", filter_commands.look_through_saved, ("rename",), after=SAVED
        ),
        Command(
            "saved_delete",
            "d delete",
            "delete a saved filter",
            filter_commands.look_through_saved,
            ("delete",),
            after=SAVED,
        ),
        Command(
            "saved_default",
            "*",
            "start with a saved filter",
            filter_commands.look_through_saved,
            ("default",),
            after=SAVED,
        ),
        Command(
            "saved_up",
            "K shift+up",
            "move a saved filter up",
            filter_commands.look_through_saved,
            ("up",),
            after=SAVED,
        ),
        Command(
            "saved_down",
            "J shift+down",
            "move a saved filter down",
            filter_commands.look_through_saved,
            ("down",),
            after=SAVED,
        ),
        *(
            Command(f"apply_{n}", str(n), "saved filter 1–9", filter_commands.apply_saved, (n,), offered=False)
            for n in range(1, 10)
        ),
        Command("sort", "o", "sort the list: a letter says by what", filter_commands.sort, footer="sort"),
        *_leaving(SORTING),
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
        Command("to_date", "@", "go to a day", filter_commands.to_date),
        Command("read_on", "R", "read on, so that sorting and terms cover the whole list", filter_commands.read_on),
        Command(
            "mark", "space", "mark, or take the mark away, and go on to the next", out_commands.mark, footer="mark"
        ),
        Command("unmark_all", "U", "take all marks away", out_commands.unmark_all),
    ],
)

BROWSE: Keymap[BrowseContext] = Keymap(
    "Everywhere",
    [
        Command(
            "edit_text",
            "/",
            "find: words in the histories, and terms such as failed:>0",
            pane_commands.edit_text,
            footer="find",
        ),
        Command("copy", "y", "copy: a letter says what", out_commands.copy, footer="copy"),
        *_leaving(COPYING),
        *(
            Command(f"copy_{letter}", letter, f"copy {words}", out_commands.copy_at, (letter,), after=COPYING)
            for letter, words in COPIES.items()
        ),
        Command(
            "export",
            "x",
            "export to a file: all, failed turns, questions and answers",
            out_commands.export,
            footer="export",
            forbidden="nothing is exported",
        ),
        Command(
            "pager",
            "v",
            "read in the pager",
            out_commands.outside,
            (False,),
            footer="pager",
            forbidden="no pager and no editor is started",
        ),
        Command(
            "editor",
            "V",
            "open in the editor",
            out_commands.outside,
            (True,),
            forbidden="no pager and no editor is started",
        ),
        Command(
            "give_mouse",
            "m",
            "give the mouse to the terminal for selecting, or take it back",
            out_commands.give_mouse,
        ),
        Command(
            "refresh",
            "r ctrl+r",
            "refresh, and ask again for what failed",
            filter_commands.refresh,
            footer="refresh",
        ),
        Command("errors", "!", "what went wrong, with all that was said", dialog_commands.errors),
        Command(
            "projects",
            "P",
            "go to another project, or make a profile",
            dialog_commands.projects,
            forbidden="no other project is opened",
        ),
        Command("toggle_filter", "f", "show or hide the filter", pane_commands.toggle_filter, footer="filter"),
        Command("zoom", "z", "give the pane the whole screen, or take it back", pane_commands.zoom, footer="zoom"),
        Command("next_pane", "tab", "next pane", pane_commands.step_pane, (1,)),
        Command("previous_pane", "shift+tab", "previous pane", pane_commands.step_pane, (-1,)),
        Command("wider", "+ = ) ctrl+right", "wider pane", pane_commands.widen, (1,)),
        Command("narrower", "- ( ctrl+left", "narrower pane", pane_commands.widen, (-1,)),
        Command("back", "escape", "back", pane_commands.back),
        Command(
            "go_back",
            "ctrl+o alt+left",
            "back to where you were: conversation, line, filter, layout",
            pane_commands.go_back,
            footer="way back",
        ),
        Command("go_forward", "alt+right", "forward again, where you went back from", pane_commands.go_forward),
        Command("repaint", "ctrl+l", "paint the screen anew", dialog_commands.repaint),
        Command("quit", "q", "quit", dialog_commands.leave, footer="quit"),
        Command(
            "commands",
            ": ctrl+p",
            "find a command by its words",
            dialog_commands.palette,
            footer="commands",
            offered=False,
        ),
        Command("help", "? f1", "these keys", dialog_commands.show_help, footer="help"),
    ],
    leading_away="toggle_filter zoom",
)

_STRAYS = [
    (keymap, command, " ".join(key for key in command.keys.split() if not READER.find(key_name(key))))
    for keymap in (LIST, FINDING)
    for command in keymap.commands
    if not command.after
]
"""The commands of the other panes, with those of their keys that mean nothing while a conversation is read."""

STRAYS: Keymap[BrowseContext] = Keymap(
    "Meant for another pane",
    [
        Command(
            command.name,
            keys,
            command.help,
            pane_commands.say_where,
            (key_label(key_name(keys.split()[0])), command.help, keymap.context),
            offered=False,
        )
        for keymap, command, keys in _STRAYS
        if keys
    ],
)
"""What a key of the list or the filter does in the reader: it says what it would be there."""
