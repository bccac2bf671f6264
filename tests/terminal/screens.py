"""An emulated terminal to compare pictures with: what a person sees, cell by cell with colours."""

import pyte
from rich.color import ColorSystem
from rich.segment import Segment

from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens

Seen = tuple[str, ...]
Picture = list[list[Segment]]


class Terminal:
    """A terminal without automatic wrapping, as Textual sets it up."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def feed(self, data: str) -> None:
        self.stream.feed(data)

    def seen(self) -> list[list[Seen]]:
        """Every cell; of a blank only what shows on it."""
        return [[self._cell(x, y) for x in range(self.screen.columns)] for y in range(self.screen.lines)]

    def _cell(self, x: int, y: int) -> Seen:
        char = self.screen.buffer[y][x]
        lines = (char.underscore, char.strikethrough, char.reverse)
        if char.data == " " and not any(lines):
            return (" ", char.bg)
        return (char.data, char.fg, char.bg, str((char.bold, char.italics, *lines)))


def painted(picture: Picture, width: int) -> str:
    """The picture as Textual itself would send it: each segment with its own codes, line by line."""
    from rich.style import Style
    from textual.strip import Strip

    rows = []
    for y, segments in enumerate(picture):
        texts = (Strip.render_style(style or Style.null(), text, ColorSystem.TRUECOLOR) for text, style, _ in segments)
        rows.append(f"\x1b[{y + 1};1H" + "".join(texts))
    return "".join(rows)


def frame(*, bce: bool = True, colourless: bool = False) -> Frame:
    """A frame with pens of its own."""
    return Frame(Pens(ColorSystem.TRUECOLOR, colourless=colourless), bce=bce)


def place(target: Frame, picture: Picture, width: int) -> None:
    """Put a whole picture into a frame."""
    target.resize(width, len(picture))
    for y, segments in enumerate(picture):
        target.place(0, y, target.pens.row(segments, width))
