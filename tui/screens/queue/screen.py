"""The screen of a queue: how far it is, the conversation, what can be said of it, the keys."""

from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker

from tui.screens.beside import BesideControl
from tui.screens.judging import Judging
from tui.screens.keys import do_named, first_keys, keys_of
from tui.screens.out import taking_out
from tui.screens.painting import paint_parts
from tui.screens.queue.commands import QUEUE, QUEUE_READER, with_labels
from tui.screens.queue.context import QueueContext
from tui.screens.queue.lines import done_words, key_under, progress_line, verdict_line
from tui.store.project import Project
from tui.store.verdicts.queue import KeptQueue, ReviewQueue
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.input.keymap import Command, Keymap, key_name
from tui.views.listing.name import name_of
from tui.views.reader.reader import Reader
from tui.views.text.ink import Span
from tui.views.text.wrap import line_width
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.bindings import bindings_of
from tui.widgets.line_widget import LineWidget
from tui.widgets.transcript.view import TranscriptView

_NAME_LIMIT = 200
_KEPT = "kept on this machine only "
_WIDE = 100
"""Columns from which it is told where verdicts are kept, if there is room."""


class QueuedTranscript(TranscriptView, inherit_bindings=False):
    """The reader with the keys that a queue leaves to it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(QUEUE_READER)
    keymap: ClassVar[Keymap[Reader]] = QUEUE_READER


class VerdictBar(LineWidget):
    """What can be said, each with its key; a click presses it."""

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        key = key_under(self.shown, event.x)
        if key:
            self.app.call_later(self.app.simulate_key, key_name(key))


class QueueScreen(PaintedScreen[None]):
    """One conversation after the other is read and judged; what its commands act on is its `context`."""

    AUTO_FOCUS = "QueuedTranscript"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(QUEUE)
    keymap: Keymap[QueueContext] = QUEUE

    def __init__(
        self,
        project: Project,
        judging: Judging,
        beside: BesideControl,
        queue: ReviewQueue,
        kept: KeptQueue | None,
    ) -> None:
        super().__init__()
        self.context = QueueContext(self, project, judging, beside, queue, kept)
        self.keymap = with_labels(judging.verdicts.review)
        self._reader = Reader()

    def compose(self) -> ComposeResult:
        """Progress, conversation, verdict, keys."""
        yield LineWidget(id="queue-progress")
        yield LineWidget(id="queue-name")
        yield QueuedTranscript()
        yield VerdictBar(id="queue-verdict")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Begin at the place of the queue."""
        paint_parts(self)
        context, reader = self.context, self.context.view.reader
        self._reader = reader
        context.changed = self._show
        reader.modes.patterns = context.project.patterns
        reader.modes.focused, reader.modes.failures = not context.judging.verdicts.shows_all, True
        reader.verdicts_of = context.judging.told
        reader.goes_on = False
        context.beside.tell(context.view)
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        self.set_focus(context.view)
        self._show_keys()
        context.show()

    def on_resize(self) -> None:
        """There is room for more, or for less."""
        self._show()

    def on_unmount(self) -> None:
        """Nothing is fetched ahead any more, and the next queue begins as this one was read."""
        self.context.close()
        self.context.beside.leave(self._reader)
        self.context.judging.verdicts.remember_shows_all(not self._reader.modes.focused)

    async def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do; a dialogue that it opens is there then."""
        await do_named(self, name)

    def do(self, command: Command[Any]) -> object:
        """Run a command of the table, or say that it is forbidden."""
        return self.context.carry_out(command)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.is_attached:
            return
        context = self.context
        tally, trouble = context.tally, context.judging.trouble
        width = self.size.width
        progress = progress_line(context.queue, tally, context.paces, len(context.gone), width)
        has_room = width >= max(_WIDE, line_width(progress) + len(_KEPT))
        aside = Span(f"{trouble} ", "warning") if trouble else Span(_KEPT if has_room else "", "muted")
        self.query_one("#queue-progress", LineWidget).show_line(progress, [aside])
        conversation = context.judging.conversation
        name = name_of(conversation, _NAME_LIMIT) if conversation is not None else "…"
        words = Span(f"{done_words(tally, context.review.skip)} " if not tally.left else "", "success")
        place = f" {context.queue.at + 1}. "
        self.query_one("#queue-name", LineWidget).show_line([Span(place, "muted"), Span(name, "strong")], [words])
        line = verdict_line(context.review, context.opinion, context.asked)
        self.query_one(VerdictBar).show_line(line)

    def _show_keys(self) -> None:
        keys = keys_of(self.active_bindings.values(), first=first_keys(self.focused))
        self.query_one(KeyBar).show_keys(keys)

    # -- what the reader tells -------------------------------------------------------------------------------------

    @on(TranscriptView.ConversationStep)
    def _stepped(self, event: TranscriptView.ConversationStep) -> None:
        self.context.move(event.step)

    @on(TranscriptView.Left)
    def _left(self) -> None:
        self.dismiss(None)

    @on(TranscriptView.AgentAsked)
    def _agent_asked(self) -> None:
        taking_out.agent(self.context)

    @on(TranscriptView.TextSelected)
    def _text_selected(self, event: TranscriptView.TextSelected) -> None:
        from tui.screens.delivery import copy_out

        copy_out(self, "selection", event.text)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        self.context.tell_fault(event)
