"""Pens: what the terminal is told before a character, and the shortest way from one pen to the next."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size

from tui.terminal.text.ascii import in_ascii
from tui.terminal.text.clean import MARK_LIMIT, clean
from tui.terminal.text.simple import is_narrow, is_simple
from tui.terminal.text.widths import count_spacing_marks, graphemes

if TYPE_CHECKING:
    from rich.color import Color, ColorSystem
    from rich.segment import Segment
    from rich.style import Style

count_spacing_marks()  # before anything is measured

_ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
"""The SGR parameter of each bit of Style._attributes: bold, dim, italic, underline, blink, blink2, reverse, conceal,
strike, underline2, frame, encircle, overline."""
_OFF = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")
_BITS = range(len(_ON))
_BOLD_OR_DIM = 0b11
REVERSE = 1 << 6
_SEEN_ON_BLANKS = sum(1 << bit for bit in (3, 6, 8, 9, 10, 11, 12))
_JOINERS = "\u200c\u200d"
_WIDE_SPACE = "\u3000"
"""The only blank of two cells."""
_CACHED_STYLES = 8192
_CACHED_CELLS = 100_000

Cell = tuple[str, "Pen"]
"""One column of the screen: its character (with what is stacked on it) and pen; "" is the second half of a wide one.

Cells are interned by `Pens`, so that equal ones are usually the same object.
"""


class Pen(dict[str, Cell]):
    """One way to paint, which is also the table of its cells by character."""

    __slots__ = ("attributes", "background", "blank", "foreground", "is_flat", "link", "marked", "steps")

    def __init__(self, attributes: int, foreground: str, background: str, link: str, blank: "Pen | None") -> None:
        super().__init__()
        self.attributes = attributes
        self.foreground = foreground
        self.background = background
        self.link = link
        self.is_flat = not attributes & _SEEN_ON_BLANKS and not link
        """Whether its blanks show nothing but the background."""
        self.blank = blank or self
        """The pen that paints the same blanks and shows no more than its background."""
        self.steps: dict[Pen, str] = {}
        self.marked: dict[str, Cell] = {}
        """The cells with a mark of our own behind the character; see seams."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # a dictionary has none, but a pen is only itself
    __eq__ = object.__eq__

    def __missing__(self, character: str) -> Cell:
        """Make a cell; nothing that could command the terminal gets into one, whoever let it come this far."""
        shown = character if len(character) < 2 and character.isprintable() else _harmless(character)
        cell = (shown, self.blank if shown == " " else self)
        self[character] = cell
        return cell

    def step_to(self, pen: "Pen") -> str:
        """What to send so that the terminal changes from this pen to the other."""
        step = self.steps.get(pen)
        if step is None:
            if len(self.steps) > _CACHED_STYLES:
                self.steps.clear()
            step = self.steps[pen] = _step(self, pen)
        return step


def _harmless(character: str) -> str:
    """As much of a character as cleaning would leave alone; what is typed or pasted comes here uncleaned."""
    core = character.rstrip(_JOINERS)
    if core.isspace():
        return core if core == _WIDE_SPACE else " "
    shown = next((part for part in (core, core[: 1 + MARK_LIMIT], core[:1]) if part and _is_harmless(part)), "\ufffd")
    joiner = character[len(core) :][:1]  # it may stand between two cells
    return shown + joiner if shown == core and not core.isascii() else shown


def _is_harmless(text: str) -> bool:
    return "\n" not in text and clean(text) == text


def _step(a: Pen, b: Pen) -> str:
    link = "" if a.link == b.link else _link(b.link)
    if (a.attributes, a.foreground, a.background) == (b.attributes, b.foreground, b.background):
        return link
    anew = [_ON[bit] for bit in _BITS if b.attributes >> bit & 1]
    anew += [code for code in (b.foreground, b.background) if code]
    if not anew:
        return "\x1b[m" + link
    return min("\x1b[0;" + ";".join(anew) + "m", "\x1b[" + ";".join(_changes(a, b)) + "m", key=len) + link


def _changes(a: Pen, b: Pen) -> list[str]:
    gone, new = a.attributes & ~b.attributes, b.attributes & ~a.attributes
    if gone & _BOLD_OR_DIM:
        # One code ends both.
        new |= b.attributes & _BOLD_OR_DIM
    codes = list(dict.fromkeys(_OFF[bit] for bit in _BITS if gone >> bit & 1))
    # The code that ends one kind of underline (blinking, frame) ends its sister too.
    new |= sum(1 << bit for bit in _BITS if b.attributes >> bit & 1 and _OFF[bit] in codes)
    codes += [_ON[bit] for bit in _BITS if new >> bit & 1]
    if a.foreground != b.foreground:
        codes.append(b.foreground or "39")
    if a.background != b.background:
        codes.append(b.background or "49")
    return codes


def _link(link: str) -> str:
    return f"\x1b]8;{link}\x1b\\" if link else "\x1b]8;;\x1b\\"


class Pens:
    """The pens and cells in use, for a terminal of so many colours; Rich is imported with the first style."""

    def __init__(self, colours: int, *, colourless: bool = False, dark: bool = True, ascii_only: bool = False) -> None:
        self.colours = colours
        self.colourless = colourless
        self.ascii_only = ascii_only
        self.dark = dark
        self._pens: dict[tuple[int, str, str, str], Pen] = {}
        self._of_style: dict[Style, Pen] = {}
        self._links: dict[str, str] = {}
        self._narrow: set[str] = set()
        """Characters of one cell that are not known without the tables."""
        self.plain = self._pen(0, "", "", "")

    def paints_like(self, other: "Pens") -> bool:
        """Whether what these have painted is what the others would have."""
        mine, theirs = ((pens.colours, pens.colourless, pens.ascii_only, pens.dark) for pens in (self, other))
        return mine == theirs

    def pen(self, attributes: int, foreground: str, background: str) -> Pen:
        """A pen of these SGR parameters; without colours only the attributes count."""
        return self._pen(attributes, *(("", "") if self.colourless else (foreground, background)), "")

    def row(self, segments: "Iterable[Segment]", width: int) -> list[Cell]:
        """The cells of some segments, cut or padded to a width."""
        return self.cells(((text, self._of(style)) for text, style, control in segments if control is None), width)

    def cells(self, texts: Iterable[tuple[str, Pen]], width: int) -> list[Cell]:
        """The cells of some texts, each in its pen, cut or padded to a width."""
        cells: list[Cell] = []
        for text, pen in texts:
            shown = in_ascii(text) if self.ascii_only and not text.isascii() else text
            self._append(cells, shown, pen)
        if len(cells) > width:
            del cells[width:]
            last = cells[-1][0] if width else ""
            if not is_narrow(last) and get_character_cell_size(last[0]) == 2:
                cells[-1] = cells[-1][1][" "]
        elif len(cells) < width:
            cells += [self.plain[" "]] * (width - len(cells))
        return cells

    def trim(self) -> None:
        """Forget pens and cells when there are too many; those in frames stay good, they are just not shared."""
        if len(self._of_style) > _CACHED_STYLES:
            self._of_style.clear()
        if sum(map(len, self._pens.values())) > _CACHED_CELLS or len(self._pens) > _CACHED_STYLES:
            self._of_style.clear()
            self._pens.clear()
            self._links.clear()
            self.plain = self._pen(0, "", "", "")

    def _append(self, cells: list[Cell], text: str, pen: Pen) -> None:
        if is_narrow(text) or self._narrow.issuperset(text):
            cells.extend(map(pen.__getitem__, text))
            return
        if not is_simple(text):
            self._narrow.update(character for character in text if get_character_cell_size(character) == 1)
        for start, end, width in graphemes(text):
            if width:
                cells.append(pen[text[start:end]])
                cells.extend([pen[""]] * (width - 1))

    def _of(self, style: "Style | None") -> Pen:
        if style is None:
            return self.plain
        pen = self._of_style.get(style)
        if pen is None:
            pen = self._of_style[style] = self._make(style)
        return pen

    def _make(self, style: "Style") -> Pen:
        attributes = style._attributes & style._set_attributes
        link = self._link_parameters(style.link)
        if self.colourless:
            return self._pen(attributes ^ self._reversal(style), "", "", link)
        foreground, background = self._codes(style.color, True), self._codes(style.bgcolor, False)
        return self._pen(attributes, foreground, background, link)

    def _pen(self, attributes: int, foreground: str, background: str, link: str) -> Pen:
        key = (attributes, foreground, background, link)
        pen = self._pens.get(key)
        if pen is None:
            flat = not attributes & _SEEN_ON_BLANKS and not link
            is_blank = not attributes and not foreground
            blank = self._pen(0, "", background, "") if flat and not is_blank else None
            pen = self._pens[key] = Pen(*key, blank)
        return pen

    def _codes(self, color: "Color | None", foreground: bool) -> str:
        if color is None or color.is_default:
            return ""
        if 16 < self.colours <= 256 and color.triplet is not None:
            return f"{38 if foreground else 48};5;{nearest_of_256(*color.triplet)}"
        return ";".join(color.downgrade(_color_system(self.colours)).get_ansi_codes(foreground))

    def _link_parameters(self, url: str | None) -> str:
        """What stands in OSC 8: one id per address, so that a wrapped link is one; nothing for an odd address."""
        if not url or not url.isascii() or not url.isprintable():
            return ""
        return self._links.setdefault(url, f"id={len(self._links)};{url}")

    def _reversal(self, style: "Style") -> int:
        """Without colours, a background that stood out is shown reversed."""
        if style.bgcolor is None or style.bgcolor.is_default:
            return 0
        light = _luminance(style.bgcolor) + 0.05
        ratio = light / 0.05 if self.dark else 1.05 / light
        return REVERSE if ratio > 2.5 else 0


def _luminance(color: "Color") -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.get_truecolor().normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def nearest_of_256(red: int, green: int, blue: int) -> int:
    """The number of the nearest colour of the cube or the greys; Rich takes the cube's black for a dark bluish grey."""
    grey = max(0, min(23, round((red + green + blue - 24) / 30)))
    cube = [0 if part < 48 else 1 if part < 115 else (part - 35) // 40 for part in (red, green, blue)]
    shades = [(8 + 10 * grey,) * 3, [step and 55 + 40 * step for step in cube]]
    of_grey, of_cube = (sum((a - b) ** 2 for a, b in zip((red, green, blue), one, strict=True)) for one in shades)
    return 232 + grey if of_grey < of_cube else 16 + 36 * cube[0] + 6 * cube[1] + cube[2]


@cache
def _color_system(colours: int) -> "ColorSystem":
    """As the theme is chosen by what the terminal can show, so are the bytes; Rich knows fewer terminals."""
    from rich.color import ColorSystem

    return ColorSystem.TRUECOLOR if colours > 16 else ColorSystem.STANDARD
