"""The keys of the queue: labels move on, and everything else is beside them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.widget import AwaitMount

from tui.config.settings import ReviewSettings
from tui.errors import ClarifeyeError
from tui.screens.out import taking_out
from tui.screens.out.stage import COPYING
from tui.screens.queue.context import QueueContext
from tui.terminal.input.keymap import Command, Keymap
from tui.views import transcript
from tui.views.reader import moves
from tui.views.reader.commands import READER
from tui.views.reader.reader import Reader
from tui.views.reader.verdicts import show_verdicts

if TYPE_CHECKING:
    from tui.store.verdicts.verdict import Opinion

WHY = "a label of the queue that asks why"
"""The pending state in which a reason is asked for."""

_SAID = 2.0
_NO_PROGRAM = "no pager and no editor is started"

_OURS = frozenset({"space", "i"})
"""Keys of the reader that mean something else in a queue."""

_HELP = {"next_failed": "next failed tool call"}
"""What a command of the reader does here, where that is less than elsewhere."""

QUEUE_READER: Keymap[Reader] = Keymap(
    "In the conversation of a queue",
    [
        command._replace(keys=keys, help=_HELP.get(command.name, command.help))
        for command in READER.commands
        if (keys := " ".join(key for key in command.keys.split() if key not in _OURS))
    ],
    first=("page", "take_back", "note", "flag", "next_conversation", "next_failed", "focused", "next_turn", "leave"),
)
"""The keys of the reader that are left."""


def label(context: QueueContext, letter: str) -> None:
    """Give the label of a letter and move on, or ask for its reason first."""
    review = context.review
    name = next(key.name for key in review.labels if key.letter == letter)
    if review.wants_reason(name):
        context.judging.label = name
        context.app.straight_keys.choose(WHY, _Why(context))
        context.asked = name
        context.changed()
    else:
        _give(context, lambda opinion: opinion._replace(label=name, reasons=()), moves_on=True)


class _Why:
    """The line of labels while it shows reasons."""

    def __init__(self, context: QueueContext) -> None:
        self._context = context

    def close(self) -> None:
        """Labels again."""
        self._context.asked = ""
        self._context.changed()

    def refuse(self, key: str) -> None:
        """Nothing but a reason is meant."""
        self._context.say("A letter says why, Enter gives no reason, Esc leaves it.", seconds=_SAID)


def reason(context: QueueContext, letter: str) -> None:
    """Give the label that was chosen, with the reason of a letter or, with none, without, and move on."""
    name = context.judging.label
    reasons = tuple(key.name for key in context.review.reasons if key.letter == letter)
    _give(context, lambda opinion: opinion._replace(label=name, reasons=reasons), moves_on=True)


def leave_reasons(context: QueueContext) -> None:
    """No label is given."""
    context.judging.label = ""


def flag(context: QueueContext) -> None:
    """Flag it, or take the flag away."""
    _give(context, lambda opinion: opinion._replace(flagged=not opinion.flagged))


def note(context: QueueContext) -> AwaitMount:
    """Ask for a note of one line."""
    from tui.screens.dialogs.line import AskedLine, LineScreen

    present = context.opinion.note

    def entered(text: str | None) -> None:
        if text is not None and text != present:
            _give(context, lambda opinion: opinion._replace(note=text))

    asked = AskedLine("Note", "Enter keeps it · empty takes it away · Esc closes", value=present)
    return context.ask(LineScreen(asked), entered)


def edit_note(context: QueueContext) -> None:
    """Write a note of any length in the editor."""
    from tui.screens.out.note_editor import write_note

    present = context.opinion.note
    text = write_note(context, present)
    if text is not None and text != present:
        _give(context, lambda opinion: opinion._replace(note=text))


def _give(context: QueueContext, change: "Callable[[Opinion], Opinion]", *, moves_on: bool = False) -> None:
    """Say something of what is read; it is in the file before the next one is shown."""
    if context.judging.conversation is None and not context.is_missing:
        context.say("It is not here yet, so nothing is said of it.", seconds=_SAID)
        return
    context.judging.label = ""
    try:
        context.judging.say(change)
    except ClarifeyeError as error:
        context.say(f"{error.title}. {error.hint}", warning=True)
        return
    if moves_on:
        context.move_on()
    else:
        context.view.act(show_verdicts)
        context.changed()


def take_back(context: QueueContext) -> None:
    """Take back what was said last, and go there."""
    undone = context.judging.take_back()
    if undone is None:
        context.say("There is no verdict of yours to take back.", seconds=_SAID)
        return
    context.say(f"Taken back: {transcript.opinion_words(undone.opinion)}", seconds=_SAID)
    context.go_to(undone.subject.conversation)
    context.changed()


def page(context: QueueContext) -> None:
    """The next page; at the end of the conversation the next one of the queue."""
    viewport = context.view.reader.viewport
    before = (viewport.top, viewport.cursor) if viewport is not None else None
    context.view.act(moves.page, 1)
    if viewport is None or (viewport.top, viewport.cursor) == before:
        context.move(1)


def move(context: QueueContext, step: int) -> None:
    """Look round in the queue."""
    context.move(step)


def ask_again(context: QueueContext) -> None:
    """Ask again for what did not come."""
    context.ask_again()


def leave(context: QueueContext) -> None:
    """Back to the list; the queue is gone on with at this place."""
    context.screen.dismiss(None)


def show_help(context: QueueContext) -> AwaitMount:
    """All keys, those of the labels, too."""
    from tui.screens.dialogs.help import TextSection, help_on
    from tui.screens.keys import second_keys

    pages: list[tuple[str, Any]] = [
        (QUEUE.context, type(context.screen)), (QUEUE_READER.context, type(context.view))
    ]  # fmt: skip
    labels = [(key.letter, f"Judge: {key.name}") for key in context.review.labels]
    behind = [TextSection(*keys) for keys in second_keys(with_labels(context.review))]
    return context.app.push_screen(help_on(context.app, pages, [TextSection("Labels", labels), *behind]))


def palette(context: QueueContext) -> AwaitMount:
    """Find a command by its words."""
    from tui.screens.dialogs.command_palette import CommandPalette
    from tui.screens.dialogs.offered import in_order, offered_here

    shown, further = in_order(offered_here(context.screen, is_restricted=context.app.restricted.is_on))
    dialog = CommandPalette([*shown, *further])
    return context.app.push_screen(dialog, lambda entry: entry.run() if entry is not None else None)


def nothing(_: QueueContext) -> None:
    """A pending state is left."""


def repaint(context: QueueContext) -> None:
    """Paint the screen anew."""
    context.app.action_repaint()


QUEUE: Keymap[QueueContext] = Keymap(
    "In a queue",
    [
        Command("page", "space", "next page; at the end the next conversation", page, footer="page, then next"),
        Command("note", "i", "note of one line", note, footer="note", also="comment"),
        Command("edit_note", "I", "note in the editor", edit_note, forbidden=_NO_PROGRAM),
        Command("flag", "!", "flag it, or take the flag away", flag, footer="flag"),
        Command("take_back", "backspace", "take the last verdict back, and go there", take_back, footer="take back"),
        Command("no_reason", "enter", "no reason", reason, ("",), after=WHY, offered=False),
        Command("leave_reasons", "escape q backspace", "no label", leave_reasons, after=WHY, offered=False),
        Command("again", "r ctrl+r", "ask again for what did not come", ask_again, also="refresh reload"),
        Command("copy", "y", "copy: a letter says what", taking_out.copy, footer="copy", also="yank clipboard"),
        Command("leave_copying", "escape q", "leave", nothing, after=COPYING, offered=False),
        *taking_out.copies(),
        Command("export", "x", "export to a file", taking_out.export, forbidden="nothing is exported", also="save"),
        Command("pager", "v", "read in the pager", taking_out.outside, (False,), forbidden=_NO_PROGRAM),
        Command("editor", "V", "open in the editor", taking_out.outside, (True,), forbidden=_NO_PROGRAM),
        Command("agent", "A", "what the agent was told: model, instructions, tools", taking_out.agent),
        Command("leave_queue", "Q", "back to the list", leave, footer="list", also="close quit"),
        Command("repaint", "ctrl+l", "paint the screen anew", repaint, also="redraw clear"),
        Command("commands", ": ctrl+p", "find a command by its words", palette, footer="commands", offered=False),
        Command("help", "? f1", "these keys", show_help, footer="help", also="shortcuts"),
    ],
)


def with_labels(review: ReviewSettings) -> Keymap[QueueContext]:
    """The table with the letters of the labels and reasons that there are."""
    labels = [
        Command(f"label_{key.letter}", key.letter, f"judge: {key.name}", label, (key.letter,)) for key in review.labels
    ]
    reasons = [
        Command(f"reason_{key.letter}", key.letter, f"why: {key.name}", reason, (key.letter,), after=WHY, offered=False)
        for key in review.reasons
    ]
    return QUEUE.joined([*labels, *reasons])
