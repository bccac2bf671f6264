"""The keys of the reader: the one table from which bindings, line of keys, help, palette and README are made."""

from tui.terminal.input.keymap import Command, Keymap
from tui.views.reader import folds, moves, searching, values
from tui.views.reader.reader import Reader
from tui.views.transcript.kinds import FAILED, MESSAGE, TOOL, TURN

READER: Keymap[Reader] = Keymap(
    "In the conversation",
    [
        Command("line_down", "j down", "next line", moves.line, (1,)),
        Command("line_up", "k up", "previous line", moves.line, (-1,)),
        Command("page_down", "pagedown space ctrl+f", "next page", moves.page, (1,)),
        Command("page_up", "pageup b ctrl+b", "previous page", moves.page, (-1,)),
        Command("half_page_down", "ctrl+d", "half a page down", moves.half_page, (1,)),
        Command("half_page_up", "ctrl+u", "half a page up", moves.half_page, (-1,)),
        Command("first", "g home", "begin; 3g: turn 3", moves.first, also="top start"),
        Command("last", "G end", "end; 3G: turn 3", moves.last, also="bottom"),
        Command("next_turn", "] shift+down", "next turn", moves.following, (TURN, 1), footer="turn", also="question"),
        Command("previous_turn", "[ shift+up", "previous turn", moves.following, (TURN, -1), also="question"),
        Command("next_message", "J", "next message", moves.following, (MESSAGE, 1)),
        Command("previous_message", "K", "previous message", moves.following, (MESSAGE, -1)),
        Command("next_tool", "} ;", "next tool call", moves.following, (TOOL, 1)),
        Command("previous_tool", "{ ,", "previous tool call", moves.following, (TOOL, -1)),
        Command(
            "next_failed",
            "e",
            "next failed tool call; at the end again: the next conversation that has one",
            moves.following,
            (FAILED, 1),
            footer="failed",
            also="error failure",
        ),
        Command(
            "previous_failed", "E", "previous failed tool call", moves.following, (FAILED, -1), also="error failure"
        ),
        Command(
            "next_feedback", "c", "next feedback: what people said", moves.feedback, (1,), also="thumbs opinion comment"
        ),
        Command("previous_feedback", "C", "previous feedback", moves.feedback, (-1,), also="thumbs opinion comment"),
        Command(
            "toggle_fold",
            "enter o",
            "fold or unfold; show more of a window; decode JSON in a string",
            folds.fold,
            footer="fold",
            also="expand collapse open close",
        ),
        Command("fold", "h left", "fold", folds.fold, (True,), also="collapse close"),
        Command("unfold", "l right", "unfold", folds.fold, (False,), also="expand open"),
        Command("siblings", "*", "fold or unfold all siblings", values.siblings),
        Command("unfold_all", "+", "unfold all values; 2+: two levels", values.depth, (True,), also="expand json"),
        Command("fold_all", "-", "fold all values", values.depth, (False,), also="collapse json"),
        Command("table", "|", "list as a table", values.table, also="columns"),
        Command("whole", "w", "show all of a long list or text", values.whole, also="everything truncated"),
        Command(
            "tools",
            "T",
            "all tool calls: closed, with parameters, with everything",
            folds.tools,
            footer="tool calls",
            also="expand collapse level",
        ),
        Command(
            "focused",
            "F",
            "questions and final answers only, or all",
            folds.focused,
            footer="focus",
            also="short summary",
        ),
        Command(
            "reasoning",
            "R",
            "all reasoning: folded or open",
            folds.reasoning,
            footer="reasoning",
            also="thinking thoughts",
        ),
        Command(
            "details",
            "i",
            "every field of the conversation and its messages, or what fits",
            folds.show_details,
            also="header fields exact id metadata",
        ),
        Command("markdown", "M", "raw text or Markdown", folds.markdown, also="source plain"),
        Command(
            "search",
            "/",
            "search in the conversation, folded parts too",
            searching.begin,
            footer="search",
            also="find look grep",
        ),
        Command("next_match", "n", "next match", searching.match, (1,), also="found"),
        Command("previous_match", "N", "previous match", searching.match, (-1,), also="found"),
        Command("next_conversation", ">", "next conversation", moves.neighbour, (1,), footer="next", also="neighbour"),
        Command("previous_conversation", "<", "previous conversation", moves.neighbour, (-1,), also="neighbour"),
        Command("leave", "escape", "clear the search, then leave", searching.leave, footer="back", also="back list"),
        Command("out", "q", "back to the list", moves.out, also="leave browsing"),
        *(
            Command(f"digit_{number}", str(number), "count", moves.digit, (number,), offered=False)
            for number in range(10)
        ),
    ],
    first=(
        "leave",
        "next_conversation",
        "next_turn",
        "next_failed",
        "search",
        "copy",
        "zoom",
        "pager",
        "toggle_fold",
        "tools",
    ),
    leading_away=(
        "first last next_turn previous_turn next_message previous_message next_tool previous_tool next_failed "
        "previous_failed next_feedback previous_feedback tools focused reasoning markdown search "
        "next_match previous_match"
    ),
)

SEARCH: Keymap[Reader] = Keymap(
    "While typing a search",
    [
        Command("accept", "enter", "keep the search", searching.accept, footer="keep the search"),
        Command("cancel", "escape", "forget it", searching.cancel, footer="forget it"),
        Command("regex", "ctrl+r", "regular expression", searching.toggle_regex, footer="regular expression"),
        Command("next_match", "down", "next match", searching.match, (1,), also="found"),
        Command("previous_match", "up", "previous match", searching.match, (-1,), also="found"),
    ],
)
