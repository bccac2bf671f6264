"""The lines of a page, painted with a scroll bar beside them."""

from textual import events
from textual.strip import Strip

from tui.views.beside.page import TextPageView
from tui.views.text.ink import Span
from tui.views.text.wrap import line_width
from tui.widgets.line_widget import LineWidget
from tui.widgets.scroll_bar import ScrollBar

_WHEEL = 3
"""Lines of one notch of the wheel."""


class PageBody(LineWidget):
    """Shows the part of a page that is seen; the wheel scrolls it."""

    def __init__(self, page: TextPageView) -> None:
        super().__init__()
        self.page = page

    def on_resize(self) -> None:
        """Lay out for the size that there is."""
        self.page.resize(*self.size)
        self.refresh()

    def paint_line(self, y: int) -> Strip:
        """One line, and its cell of the scroll bar."""
        page, width = self.page, self.size.width
        at = page.top + y
        line = page.lines[at] if at < len(page.lines) else []
        cells = ScrollBar(len(page.lines), page.height, page.top).cells()
        bar = cells[y] if y < len(cells) else Span(" ")
        return self.inks.strip([*line, Span(" " * max(0, width - 1 - line_width(line))), bar])

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self.page.scroll(_WHEEL)
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self.page.scroll(-_WHEEL)
        self.refresh()
