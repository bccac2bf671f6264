"""An emulated terminal to compare pictures with: what a person sees, cell by cell with colours."""

from rich.color import ColorSystem
from rich.segment import Segment

from tests.harness.emulator import Emulator
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens

Picture = list[list[Segment]]


def unwrapped(width: int, height: int) -> Emulator:
    """A terminal without automatic wrapping, as Textual sets it up."""
    emulator = Emulator(width, height)
    emulator.feed(b"\x1b[?7l")
    return emulator


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
    return Frame(Pens(1 << 24, colourless=colourless), bce=bce)


def place(target: Frame, picture: Picture, width: int) -> None:
    """Put a whole picture into a frame."""
    target.resize(width, len(picture))
    for y, segments in enumerate(picture):
        target.place(0, y, target.pens.row(segments, width))
