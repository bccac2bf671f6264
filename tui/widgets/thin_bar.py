"""The scroll bar of a dialogue, in the look of those beside the list and the conversation."""

from typing import Any, ClassVar

from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender


class ThinBar(ScrollBarRender):
    """Textual's own, but for the glyph of the thumb, which takes whole cells."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]

    @classmethod
    def render_bar(cls, *args: Any, **options: Any) -> Segments:
        """The cells of the bar; a press on one does what it says there."""
        bar = super().render_bar(*args, **options)
        bar.segments = [_thin(cell) for cell in bar.segments]
        return bar


def _thin(cell: Segment) -> Segment:
    if cell.style is None or not cell.style.reverse:
        return cell
    return Segment("┃", cell.style + Style(reverse=False))
