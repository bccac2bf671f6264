"""The transcript's state and painting; moves, folds, search and mouse build on it."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.api.models import Conversation
from tui.views.ink import Span
from tui.views.transcript.blocks import Look
from tui.views.transcript.document import Document
from tui.views.transcript.header import NoticeBlock
from tui.views.transcript.modes import Modes
from tui.views.transcript.viewport import Viewport
from tui.widgets.palette import Palette
from tui.widgets.scroll_bar import ScrollBar
from tui.widgets.transcript_paint import EDGES, Highlight, Painter

FIRST_SLICE = 0.020
"""Seconds that the first screen may take; the rest grows in slices."""

SLICE = 0.002
"""Seconds of work between two pauses while keys must stay quick."""

HURRY = 0.012
"""Seconds of work between two pauses when somebody waits for the end of the document."""

PAUSE = 0.004
"""Seconds from one slice to the next: long enough for a key to get through."""

_CURSOR = Span("▌", "cursor")
_CURSOR_ELSEWHERE = Span("▌", "rule")


class TranscriptBase(Widget, can_focus=True):
    """What the reader of a conversation is made of; see `TranscriptView`."""

    class PositionChanged(Message, namespace="transcript_view"):
        """Another part of the conversation is being read."""

        def __init__(self, view: "TranscriptBase", position: str) -> None:
            super().__init__()
            self.view = view
            self.position = position

        @property
        def control(self) -> "TranscriptBase":
            """The transcript."""
            return self.view

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(name=name, id=id, classes=classes)
        self.modes = Modes()
        self.viewport: Viewport | None = None
        self._raw: bytes | None = None
        self._notice: NoticeBlock | None = None
        self._painter: Painter | None = None
        self._frame: list[Strip] | None = None
        self._growth: Timer | None = None
        self._waiting: Callable[[], None] | None = None
        self._position = ""
        self._count = ""

    # what is shown

    @property
    def document(self) -> Document | None:
        """The conversation on the screen, if any."""
        return None if self.viewport is None else self.viewport.document

    @property
    def position(self) -> str:
        """Where somebody reads: `turn 3/6 · 41 %`; nothing without a conversation."""
        return self._position

    def show(self, conversation: Conversation, raw: bytes | None, people: Mapping[str, str]) -> None:
        """Show a conversation; `raw` None says that its history is on its way: the next call fills it in, in place."""
        before = self.viewport
        same = before is not None and before.document.conversation.id == conversation.id
        if same and before is not None and before.document.conversation == conversation and raw == self._raw:
            return
        self._raw = raw
        self._notice = None
        self._waiting = None
        document = Document(conversation, raw, people, self.modes)
        if self.size.width:
            document.set_width(max(1, self.size.width - EDGES))
        self.viewport = Viewport(document, self._text_rows)
        document.grow(FIRST_SLICE, lines=2 * self.viewport.height)
        if same and before is not None:
            self._take_place(before)
        self.on_document_changed()
        self._start_growth()
        self.repaint()

    def _take_place(self, before: Viewport) -> None:
        assert self.viewport is not None
        blocks = len(self.viewport.document.blocks)
        if before.top == before.first() and before.cursor == before.first():
            return
        if before.top[0] >= blocks and not self.viewport.document.complete:
            self.viewport.document.grow(HURRY)
            blocks = len(self.viewport.document.blocks)
        if before.cursor[0] < blocks and before.top[0] < blocks:
            self.viewport.top, self.viewport.cursor = before.top, before.cursor
            self.viewport.settle()

    def on_document_changed(self) -> None:
        """Hook: another document stands where one was."""

    def fail(self, title: str, hint: str, detail: str) -> None:
        """Say why the history could not be had, below what is known of the conversation."""
        notice = NoticeBlock(Span(title, "failed"), Span(detail, "muted"), Span(hint))
        if self.document is None:
            self._notice = notice
        else:
            self.document.set_notice(notice)
        self.repaint(everything=True)

    def show_nothing(self, text: str) -> None:
        """Show a sentence instead of a conversation."""
        self._stop_growth()
        self._waiting = None
        self._raw = None
        self.viewport = None
        self._notice = NoticeBlock(Span(text, "muted"))
        self.on_document_changed()
        self.repaint(everything=True)

    def refresh_people(self, people: Mapping[str, str]) -> None:
        """Take e-mail addresses in for bare ids."""
        if self.viewport is not None:
            with self.viewport.held():
                self.viewport.document.set_people(people)
            self.repaint(everything=True)

    # growth

    def _start_growth(self) -> None:
        self._stop_growth()
        if self.document is not None and self.document.growing and self.is_attached:
            self._growth = self.set_interval(PAUSE, self._grow)

    def _stop_growth(self) -> None:
        if self._growth is not None:
            self._growth.stop()
            self._growth = None

    def _grow(self) -> None:
        document = self.document
        if document is None or self._growth is None:
            return
        if not document.grow(HURRY if self._waiting else SLICE):
            self._stop_growth()
            self.on_grown()
            self.repaint(everything=True)
            if self._waiting is not None:
                waiting, self._waiting = self._waiting, None
                waiting()

    def on_grown(self) -> None:
        """Hook: all of the document is known."""

    def when_grown(self, action: Callable[[], None]) -> None:
        """Do something once the whole document is known: now, or soon while it grows faster."""
        if self.document is not None and self.document.growing:
            self._waiting = action
        else:
            action()

    def on_mount(self) -> None:
        """Begin to grow what was given before."""
        self._start_growth()
        self.watch(self.app, "theme", self._theme_changed, init=False)

    def on_unmount(self) -> None:
        """Stop the growth."""
        self._stop_growth()

    # painting

    @property
    def _text_rows(self) -> int:
        return max(1, self.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out what is seen for the new size; the line under the cursor stays on its row."""
        self.fit()

    def fit(self) -> None:
        """Take the current size over."""
        viewport = self.viewport
        if viewport is not None and self.size.width:
            taller = self._text_rows != viewport.height
            width = max(1, self.size.width - EDGES)
            with viewport.held(fill=taller):
                viewport.height = self._text_rows
                changed = viewport.document.set_width(width)
            if changed and self._painter is not None:
                self._painter.forget()
        self.repaint()

    def _theme_changed(self) -> None:
        self._painter = None
        self.repaint()

    def repaint(self, *, everything: bool = False) -> None:
        """Paint the window again; with `everything` also the lines that were painted before."""
        self._frame = None
        if everything and self._painter is not None:
            self._painter.forget()
        self._tell_position()
        self.refresh()

    def _tell_position(self) -> None:
        position = self.viewport.position() if self.viewport is not None else ""
        if position != self._position:
            self._position = position
            self.post_message(self.PositionChanged(self, position))

    def painter(self) -> Painter:
        """The painter for the theme."""
        if self._painter is None:
            background = self.background_colors[1]
            palette = Palette(self.app.theme_variables)
            base = palette.resolve("text") + Style(bgcolor=background.rich_color)
            self._painter = Painter(palette, base)
        return self._painter

    def highlight(self) -> Highlight | None:
        """Hook: what marks matches in a line."""
        return None

    def bar(self, viewport: Viewport) -> list[Span]:
        """Hook: the cells of the right edge."""
        return ScrollBar(viewport.document.total, viewport.height, viewport.first_line).cells()

    def bottom(self, width: int) -> list[Strip]:
        """Hook: rows below the text, such as the line of a search."""
        return []

    def _build(self) -> list[Strip]:
        width, height = self.size
        painter = self.painter()
        if self.viewport is None:
            notice = self._notice or NoticeBlock()
            look = Look(max(1, width - EDGES))
            return painter.plain([notice.line(row, look) for row in range(notice.lay_out(look))], width, height)
        cursor = _CURSOR if self.has_focus else _CURSOR_ELSEWHERE
        frame = painter.frame(self.viewport, cursor, self.bar(self.viewport), self.highlight())
        return [*frame, *self.bottom(width)]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Cached strips; the styles cache, and with it borders and padding, is left out."""
        if self._frame is None or len(self._frame) != self.size.height:
            self._frame = self._build()
        strips = self._frame[crop.y : crop.bottom]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        filters = self.get_line_filters()
        background = self.background_colors[1]
        for line_filter in filters:
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    def on_focus(self) -> None:
        """The cursor is bright."""
        self.repaint()

    def on_blur(self) -> None:
        """The cursor is dim."""
        self.repaint()

    # after a move

    def moved(self, top: tuple[int, int], row: int | None) -> None:
        """Paint what a move changed: two lines when the window stood still, else the window."""
        viewport = self.viewport
        if viewport is None:
            return
        now = viewport.row_of(viewport.cursor)
        if viewport.top != top or self._frame is None or now is None or row is None:
            self.repaint()
            return
        if now == row:
            return
        frame = self._frame
        painter = self.painter()
        for y, cell in ((row, Span(" ")), (now, _CURSOR if self.has_focus else _CURSOR_ELSEWHERE)):
            frame[y] = Strip.join([painter.cell(cell), frame[y].crop(1)])
            self.refresh(Region(0, y, self.size.width, 1))
        self._tell_position()
