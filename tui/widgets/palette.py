"""From inks to styles: the names that views give to their words become colours of the current theme.

Only variables of the theme are used. Each colour is moved towards black or white until it reads on every surface of the
theme (contrast of at least 4.5 to 1), in a terminal of 256 colours, too. With the 16 colours of the terminal there is
nothing to measure: there, and without colours at all, weight, underline and reverse carry the difference.
"""

from collections.abc import Iterable, Mapping

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.strip import Strip

from tui.terminal.paint.pens import nearest_of_256
from tui.views.text.ink import Line
from tui.widgets.inks import ATTRIBUTES, COLOURS, FADED

CONTRAST = 4.5
"""The least contrast of text on its background (WCAG AA)."""

_SURFACES = ("background", "surface", "panel")
_STEPS = 20

_VARIABLES = (*_SURFACES, *(name for name in dict.fromkeys(COLOURS.values()) if not name.startswith("@")))


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    channels = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in color.normalized)
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


class Palette:
    """The styles of one theme by ink; make a new one when the theme changes."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._colors = {name: color for name in _VARIABLES if (color := _parsed(variables.get(name, ""))) is not None}
        self._background = self._colors.get("background", Color(0, 0, 0))
        self._foreground = self._colors.get("foreground", self._background.get_contrast_text(1.0))
        self._surfaces = {self._colors.get(name, self._background) for name in _SURFACES}
        self._surfaces_of_256 = {_of_256(surface) for surface in self._surfaces}
        self._styles: dict[str, Style] = {}

    def resolve(self, ink: str) -> Style:
        """The style of an ink, or of several joined by spaces with the later ones on top."""
        style = self._styles.get(ink)
        if style is None:
            style = Style.combine([self._one(name) for name in ink.split()]) if ink else Style.null()
            self._styles[ink] = style
        return style

    def strip(self, line: Line, width: int, base: Style) -> Strip:
        """A line as a strip of exactly `width` cells on the base style; what is too long is cut off."""
        resolve = self.resolve
        segments = [Segment(span.text, base + resolve(span.ink)) for span in line if span.text]
        return Strip(segments).adjust_cell_length(width, base)

    def _one(self, ink: str) -> Style:
        if ink == "match":
            return self._marked("warning", 0.65, "underline")
        if ink == "match-current":
            return self._marked("accent", 0.0, "bold")
        variable = COLOURS.get(ink)
        color = None if variable is None else self._readable(variable)
        attributes = Style.parse(ATTRIBUTES.get(ink, ""))
        if variable in FADED and self._is_ansi:
            attributes += Style(dim=True)
        return attributes if color is None else Style(color=color) + attributes

    @property
    def _is_ansi(self) -> bool:
        return self._background.ansi is not None

    def _readable(self, variable: str) -> RichColor | None:
        if variable in FADED:
            if self._is_ansi:
                return None
            share = 0.4 if variable == "@muted" else 0.7
            wanted = self._foreground.blend(self._background, share)
            return (wanted if variable == "@faint" else self._moved_until_readable(wanted)).rich_color
        wanted = self._colors.get(variable, self._foreground)
        return wanted.rich_color if wanted.ansi is not None else self._moved_until_readable(wanted).rich_color

    def _moved_until_readable(self, color: Color) -> Color:
        target = self._background.get_contrast_text(1.0)
        for step in range(_STEPS + 1):
            candidate = color.blend(target, step / _STEPS)
            if _reads(candidate, self._surfaces) and _reads(_of_256(candidate), self._surfaces_of_256):
                return candidate
        return target

    def _marked(self, variable: str, share: float, attributes: str) -> Style:
        """Text on a ground of a colour, of which `share` is the background; without colours it is reversed."""
        ground = self._colors.get(variable, self._foreground)
        if self._is_ansi or ground.ansi is not None:
            return Style.parse(f"{attributes} reverse")
        ground = ground.blend(self._background, share)
        text = max((Color(0, 0, 0), Color(255, 255, 255)), key=lambda color: contrast(color, ground))
        return Style(color=text.rich_color, bgcolor=ground.rich_color) + Style.parse(attributes)


def _reads(color: Color, surfaces: Iterable[Color]) -> bool:
    """Whether text of a colour reads on all of these."""
    return all(contrast(color, surface) >= CONTRAST for surface in surfaces)


def _of_256(color: Color) -> Color:
    return Color.from_rich_color(RichColor.from_ansi(nearest_of_256(*color.rgb)))


def _parsed(value: str) -> Color | None:
    """The colour of a theme variable; None where it is no plain colour, as in `auto 60%`."""
    if not value or value.startswith("auto"):
        return None  # asking Color would cost a search for a colour of a like name
    try:
        return Color.parse(value)
    except ColorParseError:
        return None


PLAIN = Palette({})
"""Before the theme is known: the terminal's own colours."""
