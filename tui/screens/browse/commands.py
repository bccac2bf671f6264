"""The keys everywhere on the main screen: the table from which its bindings, footer, help and palette are made."""

from tui.screens.browse import across_commands, dialog_commands, filter_commands, out_commands, pane_commands
from tui.screens.browse.context import JUDGING, REASONS, BrowseContext
from tui.screens.browse.finding import FINDING, leaving
from tui.screens.browse.review import judging_commands, queue_commands
from tui.screens.out import taking_out
from tui.screens.out.stage import COPYING
from tui.terminal.input.keymap import Command, Keymap, key_label, key_name
from tui.views.reader.commands import READER
from tui.widgets.lists.list_commands import LIST

BROWSE: Keymap[BrowseContext] = Keymap(
    "Everywhere",
    [
        Command(
            "edit_text",
            "/",
            "find: words in the histories, and terms such as failed:>0",
            pane_commands.edit_text,
            footer="find",
            also="search filter query",
        ),
        Command("copy", "y", "copy: a letter says what", taking_out.copy, footer="copy", also="yank clipboard"),
        *leaving(COPYING),
        *taking_out.copies(),
        Command(
            "export",
            "x",
            "export to a file: all, failed turns, questions and answers",
            taking_out.export,
            footer="export",
            forbidden="nothing is exported",
            also="save download file markdown json",
        ),
        Command(
            "pager",
            "v",
            "read in the pager",
            taking_out.outside,
            (False,),
            footer="pager",
            forbidden="no pager and no editor is started",
            also="less more view",
        ),
        Command(
            "editor",
            "V",
            "open in the editor",
            taking_out.outside,
            (True,),
            forbidden="no pager and no editor is started",
            also="vim nano open",
        ),
        Command(
            "tools",
            "L",
            "tools of what the filter shows; on a tool call all calls of that tool",
            across_commands.tools,
            also="calls failures table statistics parameters across",
        ),
        Command(
            "numbers",
            "#",
            "numbers of what the filter shows, as pictures",
            across_commands.numbers,
            also="statistics chart histogram tokens days endings bars",
        ),
        Command(
            "give_mouse",
            "m",
            "give the mouse to the terminal for selecting, or take it back",
            out_commands.give_mouse,
            also="selection copy",
        ),
        Command(
            "refresh",
            "r ctrl+r",
            "refresh, and ask again for what failed",
            filter_commands.refresh,
            footer="refresh",
            also="reload update again",
        ),
        Command(
            "agent",
            "A",
            "what the agent was told: model, instructions, tools",
            taking_out.agent,
            also="settings prompt system brief model",
        ),
        Command(
            "errors",
            "!",
            "what went wrong, with all that was said",
            dialog_commands.errors,
            also="problems log failures messages",
        ),
        Command(
            "projects",
            "P",
            "go to another project, or make a profile",
            dialog_commands.projects,
            forbidden="no other project is opened",
            also="switch profile server account region",
        ),
        Command(
            "toggle_filter",
            "f",
            "show or hide the filter",
            pane_commands.toggle_filter,
            footer="filter",
            also="sidebar",
        ),
        Command(
            "zoom",
            "z",
            "give the pane the whole screen, or take it back",
            pane_commands.zoom,
            footer="zoom",
            also="maximise full wide large",
        ),
        Command(
            "judge",
            ".",
            "judge the conversation, or the turn that is read: a letter says how",
            judging_commands.judge,
            footer="judge",
            also="review verdict label note comment flag pass fail score rate",
        ),
        Command(
            "review",
            "Q",
            "review one after the other: the marked ones, or all that the filter shows",
            queue_commands.review,
            (False,),
            also="queue judge verdict label annotate",
        ),
        *leaving(JUDGING),
        Command("note", "i", "note of one line", judging_commands.note, after=JUDGING, offered=False),
        Command(
            "edit_note",
            "I",
            "note in the editor",
            judging_commands.edit_note,
            after=JUDGING,
            forbidden="no pager and no editor is started",
            offered=False,
        ),
        Command("flag", "!", "flag it, or take the flag away", judging_commands.flag, after=JUDGING, offered=False),
        Command(
            "judge_whole",
            ".",
            "judge the conversation, not the turn",
            judging_commands.judge_whole,
            after=JUDGING,
            offered=False,
        ),
        Command(
            "take_back",
            "backspace",
            "take the last verdict back",
            judging_commands.take_back,
            after=JUDGING,
            also="undo verdict",
        ),
        *leaving(REASONS),
        Command("no_reason", "enter", "no reason", judging_commands.reason, ("",), after=REASONS, offered=False),
        Command("next_pane", "tab", "next pane", pane_commands.step_pane, (1,), also="focus switch"),
        Command("previous_pane", "shift+tab", "previous pane", pane_commands.step_pane, (-1,), also="focus switch"),
        Command("wider", "+ = ) ctrl+right", "wider pane", pane_commands.widen, (1,), also="resize width enlarge"),
        Command("narrower", "- ( ctrl+left", "narrower pane", pane_commands.widen, (-1,), also="resize width shrink"),
        Command("back", "escape", "back", pane_commands.back, footer="back"),
        Command(
            "go_back",
            "ctrl+o alt+left",
            "back to where you were: conversation, line, filter, layout",
            pane_commands.go_back,
            footer="way back",
            also="undo previous",
        ),
        Command(
            "go_forward",
            "alt+right",
            "forward again, where you went back from",
            pane_commands.go_forward,
            also="redo next",
        ),
        Command("repaint", "ctrl+l", "paint the screen anew", dialog_commands.repaint, also="redraw clear"),
        Command("quit", "q", "quit", dialog_commands.leave, footer="quit", also="exit close leave"),
        Command(
            "commands",
            ": ctrl+p",
            "find a command by its words",
            dialog_commands.palette,
            footer="commands",
            offered=False,
        ),
        Command("help", "? f1", "these keys", dialog_commands.show_help, footer="help", also="shortcuts"),
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
