"""The transcript's state and painting; moves, folds, search and mouse build on it."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.views import transcript as reader
from tui.views.text.ink import Span
from tui.views.transcript.modes import Modes
from tui.widgets.palette import Palette
from tui.widgets.scroll_bar import ScrollBar
from tui.widgets.transcript.painter import EDGES, Highlight, Painter

if TYPE_CHECKING:
    from tui.views.transcript.blocks.header import NoticeBlock
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Viewport

_CURSOR = Span("▌", "cursor")
_CURSOR_ELSEWHERE = Span("▌", "rule")


class TranscriptBase(Widget, can_focus=True):
    """What the reader of a conversation is made of; see `TranscriptView`."""

    class PositionChanged(Message, namespace="transcript_view"):
        """Another part, or another JSON value (then with its path), is being read, or all of it in another way."""

        def __init__(self, view: TranscriptBase, position: str, json_path: str) -> None:
            super().__init__()
            self.view = view
            self.position = position
            self.json_path = json_path

        @property
        def control(self) -> TranscriptBase:
            """The transcript."""
            return self.view

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(name=name, id=id, classes=classes)
        self.modes = Modes()
        self.viewport: Viewport | None = None
        self._notice: NoticeBlock | None = None
        self._painter: Painter | None = None
        self._frame: list[Strip] | None = None
        self.painted_at = 0.0
        """When the last picture was made, by `perf_counter`."""
        self._told_position: tuple[str, str, tuple[str, ...]] = ("", "", ())
        self._count = ""

    # what is shown

    @property
    def document(self) -> Document | None:
        """The conversation on the screen, if any."""
        return None if self.viewport is None else self.viewport.document

    @property
    def position(self) -> str:
        """Where somebody reads: `turn 3/6 · 41 %`; nothing without a conversation."""
        return self.viewport.position() if self.viewport is not None else ""

    @property
    def json_path(self) -> str:
        """The path of the JSON value under the cursor, such as `$[3].score`; nothing elsewhere."""
        if self.viewport is None:
            return ""
        index, line = self.viewport.cursor
        return self.viewport.document.blocks[index].path_at(line, self.viewport.document.look)

    def on_mount(self) -> None:
        """Paint anew in another theme."""
        self.watch(self.app, "theme", self._theme_changed, init=False)

    # painting

    @property
    def text_rows(self) -> int:
        """Rows for the text itself."""
        return max(1, self.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out what is seen for the new size; the line under the cursor stays on its row."""
        self.fit()

    def fit(self) -> None:
        """Take the current size over."""
        viewport = self.viewport
        changed = False
        if viewport is not None and self.size.width:
            taller = self.text_rows != viewport.height
            width = max(1, self.size.width - EDGES)
            with viewport.held(fill=taller):
                viewport.height = self.text_rows
                changed = viewport.document.set_width(width)
        self.repaint(everything=changed)

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
        told = (position, self.json_path, self.modes.unusual)
        if told != self._told_position:
            self._told_position = told
            self.post_message(self.PositionChanged(self, position, self.json_path))

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
            notice = self._notice or reader.NoticeBlock()
            look = reader.Look(max(1, width - EDGES))
            lines = [notice.line(row, look) for row in range(notice.lay_out(look))]
            return [*painter.plain(lines, width, min(self.text_rows, height)), *self.bottom(width)]
        cursor = _CURSOR if self.has_focus else _CURSOR_ELSEWHERE
        self.viewport.rows()  # lays out what is seen first: the bar is drawn from real heights, not from guesses
        frame = painter.frame(self.viewport, cursor, self.bar(self.viewport), self.highlight())
        return [*frame, *self.bottom(width)]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Cached strips; the styles cache, and with it borders and padding, is left out."""
        self.painted_at = perf_counter()
        if self._frame is None or len(self._frame) != self.size.height:
            self._frame = self._build()
            self.call_later(self._tell_position)  # laying out has corrected heights that were guessed
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
