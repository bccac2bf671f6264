"""The colours that are known without the framework are those which the palette works out of the themes."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tui.terminal.paint.pens import Pens
from tui.widgets.inks import EARLY_INKS, early_ink, is_dark
from tui.widgets.palette import Palette
from tui.widgets.themes import THEMES

DEPTHS = (16, 256, 1 << 24)


@pytest.mark.parametrize("colours", DEPTHS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_ink_of_the_list_is_the_palettes(theme: Theme, colours: int) -> None:
    variables = {**theme.to_color_system().generate(), **theme.variables}
    palette, pens = Palette(variables), Pens(colours)
    background, foreground = (Color.parse(variables[name]).rich_color for name in ("background", "foreground"))
    base = Style(color=foreground, bgcolor=background)
    styles = {ink: palette.resolve(ink) for ink in (*EARLY_INKS, "text strong", "accent strong", "muted em")}
    for ink, style in styles.items():
        ((_, pen),) = pens.row([Segment("x", base + style)], 1)
        assert early_ink(ink, theme.name, colours) == (pen.attributes, pen.foreground, pen.background), ink


def test_it_is_known_which_themes_are_dark() -> None:
    assert {theme.name: theme.dark for theme in THEMES} == {theme.name: is_dark(theme.name) for theme in THEMES}
