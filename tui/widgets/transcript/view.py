"""The reader of a conversation on the screen: takes keys and the mouse, and shows what came of them."""

from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec

from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.adapter.straight_keys import tell
from tui.terminal.input.keymap import Command, Keymap
from tui.views.reader import searching
from tui.views.reader.commands import READER
from tui.views.reader.news import News
from tui.views.reader.reader import Reader
from tui.views.reader.title import part_of, shows_name
from tui.views.reader.work import PAUSE, Work
from tui.widgets.bindings import bindings_of
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.palette import Palette
from tui.widgets.transcript.mouse import Gestures
from tui.widgets.transcript.painter import Painter

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place

_WORDS_SECONDS = 2
"""Seconds that small news stays."""

P = ParamSpec("P")


class TranscriptView(Widget, can_focus=True):
    """Shows one conversation with its turns, tool calls and tokens; what is shown is in its `reader`."""

    class PositionChanged(Message):
        """Another part, or another JSON value, is being read, or all of it in another way."""

        def can_replace(self, message: Message) -> bool:
            """Of several only the last counts."""
            return isinstance(message, TranscriptView.PositionChanged)

    class ConversationStep(Message):
        """A neighbouring conversation is wanted: so many further on or, negative, back.

        With `failed` it is the next (or previous) one with a failed tool call.
        """

        def __init__(self, step: int, *, failed: bool = False) -> None:
            super().__init__()
            self.step = step
            self.failed = failed

    class Left(Message):
        """The user wants out of the transcript."""

    class AgentAsked(Message):
        """The user wants to know what the agent was told."""

    class TextSelected(Message):
        """The user has selected text."""

        def __init__(self, text: Callable[[], str]) -> None:
            """`text` makes what is to be copied; it may be called in a thread."""
            super().__init__()
            self.text = text

    ALLOW_SELECT: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(READER)
    keymap: ClassVar[Keymap[Reader]] = READER

    def __init__(self) -> None:
        super().__init__()
        self.reader = Reader()
        self.work = Work(self._prepare)
        self._gestures = Gestures()
        self._input = SearchInput()
        self._painter: Painter | None = None
        self._frame: list[Strip] | None = None
        self._timer: TimerHandle | None = None
        self._told: object = None

    def compose(self) -> ComposeResult:
        """The line to type a search in, hidden at first."""
        yield self._input

    def on_mount(self) -> None:
        """Paint anew in another theme, and begin with what was given before."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)  # its style sheet is there then
        self._carry_out()

    def on_unmount(self) -> None:
        """Look no further."""
        self.work.rest()
        if self._timer is not None:
            self._timer.cancel()

    # commands and what comes of them

    def act(self, function: Callable[Concatenate[Reader, P], object], *arguments: P.args, **options: P.kwargs) -> None:
        """Run a function of the reader, and show what came of it."""
        function(self.reader, *arguments, **options)
        self._carry_out()

    def do(self, command: Command[Any]) -> None:
        """Run a command of a table of the reader."""
        self.reader.departures.before(self.keymap, command)
        self.act(command.run, *command.arguments)

    def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings and the palette do."""
        self.do(self.keymap[name])

    def _carry_out(self) -> None:
        """Say, ask, paint and go on as the news of the reader wants it."""
        news, self.reader.news = self.reader.news, News()
        if news.is_another:
            self.work.rest()
        for words in news.words:
            self.notify(words, timeout=_WORDS_SECONDS, markup=False)
        for step in news.steps:
            tell(self, self.ConversationStep(step))
        for step in news.failed_steps:
            tell(self, self.ConversationStep(step, failed=True))
        if news.asks_agent:
            tell(self, self.AgentAsked())
        if news.leaves:
            tell(self, self.Left())
        if news.selected:
            self.post_message(self.TextSelected(news.selected))
        self._show_input()
        self._show(news)
        self._go_on()

    def _show_input(self) -> None:
        """The line of the search is typed in, or is not, and leaves room for the status."""
        field, typing = self._input, self.reader.finder.is_typing
        if typing != field.has_class("-typing"):
            field.set_class(typing, "-typing")
            if typing:
                field.value = self.reader.finder.text
                field.cursor_position = len(field.value)
            self.screen.set_focus(field if typing else self)  # at once: what is typed ahead belongs to it
        if typing:
            right = searching.status_room(self.reader)
            if field.styles.margin.right != right:
                field.styles.margin = (0, right, 0, 1)

    def _show(self, news: News) -> None:
        """Paint what is different: two rows where the window stood still, the count of a search, or all."""
        width, height = self.size
        if news.everything and self._painter is not None:
            self._painter.forget()
        if news.window or news.everything or (news.rows and self._frame is None):
            self._frame = None
            self.refresh()
        elif news.count:
            self._frame = None
            self.refresh(Region(width - 1, 0, 1, height), Region(0, height - 1, width, 1))
        if self._frame is not None and self.reader.viewport is not None:
            at = self.reader.viewport.row_of(self.reader.viewport.cursor)
            for row in news.rows:
                gutter = self._paint().cursor(shown=row == at, focused=self.has_focus)
                self._frame[row] = Strip.join([gutter, self._frame[row].crop(1)])
                self.refresh(Region(0, row, width, 1))
        if news.window or news.rows:
            self._tell_position()

    def _tell_position(self) -> None:
        reader = self.reader
        told = (reader.position, part_of(reader), reader.modes.unusual, shows_name(reader))
        if told != self._told:
            self._told = told
            tell(self, self.PositionChanged())

    def _go_on(self, seconds: float = PAUSE) -> None:
        """Do a slice of what there is to do, so many seconds from now."""
        if self._timer is None and self.is_attached and self.work.waits(self.reader):
            # Not Textual's own timer: that is a task each time, and there are some hundred slices a second.
            self._timer = get_running_loop().call_later(seconds, self._work)

    def _work(self) -> None:
        self._timer = None
        if (pause := self.work.step(self.reader)) is not None:
            self._go_on(pause)
        self._carry_out()

    # painting

    def on_resize(self) -> None:
        """Take the size over."""
        self._take_size()
        self._carry_out()

    def _take_size(self) -> None:
        self.reader.resize(*self.size)
        self._frame = None
        if self.reader.news.everything and self._painter is not None:
            self._painter.forget()

    def on_focus(self) -> None:
        """The cursor is bright."""
        self.act(Reader.repaint)

    def on_blur(self) -> None:
        """The cursor is dim."""
        self.act(Reader.repaint)

    def _theme_changed(self, _theme: object) -> None:
        self._painter = None
        self.act(Reader.repaint)

    def _paint(self) -> Painter:
        """The painter for the theme."""
        if self._painter is None:
            palette = Palette(self.app.theme_variables)
            base = palette.resolve("text") + Style(bgcolor=self.background_colors[1].rich_color)
            self._painter = Painter(palette, base, partial(_filtered, self))
        return self._painter

    def _prepare(self, document: "Document") -> "Callable[[Place], Strip]":
        """Paints lines that may be looked at next; nothing of them is sent to the terminal."""
        return partial(self._paint().line, self.reader, document)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Cached strips; the styles cache, and with it borders and padding, is left out."""
        if self.size != (self.reader.width, self.reader.height):
            self._take_size()  # a pane beside has come or gone: it is painted before it is told its size
        anew = self._frame is None or len(self._frame) != self.size.height
        if self._frame is None or anew:
            self._frame = self._paint().frame(self.reader, focused=self.has_focus)
            self.call_later(self._tell_position)  # laying out has corrected heights that were guessed
        self.work.painted(self.reader, anew=anew)
        self._go_on()
        strips = self._frame[crop.y : crop.bottom]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    # the line of a search

    @on(SearchInput.Changed)
    def _typed(self, event: SearchInput.Changed) -> None:
        event.stop()
        self.act(searching.typed, event.value)

    @on(SearchInput.Asked)
    def _asked(self, event: SearchInput.Asked) -> None:
        event.stop()
        self.do(event.command)

    # the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor there, fold, jump, or begin to drag."""
        self.act(self._gestures.press, event.x, event.y, event.button)
        self._hold_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag what is held."""
        self.act(self._gestures.move, event.x, event.y, event.button)
        self._hold_mouse()

    def _hold_mouse(self) -> None:
        if self._gestures.holds(self.reader) and self.app.mouse_captured is not self:
            self.capture_mouse()

    def on_mouse_up(self) -> None:
        """Let go, and tell what was selected."""
        self.act(self._gestures.release)
        self.release_mouse()  # also where what was selected is gone meanwhile

    def on_mouse_release(self) -> None:
        """Something else has taken the mouse, such as a dialogue."""
        if self.app.mouse_captured is not self:
            self.act(self._gestures.lose)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self.act(self._gestures.wheel, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self.act(self._gestures.wheel, -1)


def _filtered(widget: Widget, strip: Strip) -> Strip:
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    return strip
