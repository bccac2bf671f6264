import pytest
from rich.style import Style
from textual.app import App
from textual.color import Color

from tui.views.text.ink import INKS, Span
from tui.widgets.palette import CONTRAST, Palette, contrast

_FAINT = {"rule"}
"""Rules and tracks: no text."""


def variables(theme: str) -> dict[str, str]:
    app: App[None] = App()
    app.theme = theme
    return app.get_css_variables()


@pytest.mark.parametrize("theme", sorted(App[None]().available_themes))
def test_every_ink_reads_on_every_surface_of_the_theme(theme: str) -> None:
    palette = Palette(variables(theme))
    surfaces = [Color.parse(variables(theme)[name]) for name in ("background", "surface", "panel")]
    for ink in INKS:
        style = palette.resolve(ink)
        if ink in _FAINT or style.color is None or style.color.triplet is None:
            continue
        grounds = [Color.from_rich_color(style.bgcolor)] if style.bgcolor else surfaces
        for ground in grounds:
            if ground.ansi is None:
                assert contrast(Color.from_rich_color(style.color), ground) >= CONTRAST - 0.05, (ink, style)


def test_what_matters_differs_without_a_colour() -> None:
    palette = Palette(variables("ansi-dark"))
    plain = palette.resolve("text").without_color
    for ink in ("match", "match-current", "failed", "title", "link", "strong", "em"):
        assert palette.resolve(ink).without_color != plain
    assert palette.resolve("match").without_color != palette.resolve("match-current").without_color


def test_inks_are_laid_one_over_the_other() -> None:
    palette = Palette(variables("textual-dark"))
    both = palette.resolve("user match")
    assert both.bgcolor == palette.resolve("match").bgcolor
    assert both.bold
    assert both.underline


@pytest.mark.parametrize("width", [3, 5, 8, 20])
def test_a_strip_is_exactly_as_wide_as_asked(width: int) -> None:
    strip = Palette({}).strip([Span("漢字"), Span("abc", "strong"), Span("")], width, Style())
    assert strip.cell_length == width
    assert sum(segment.cell_length for segment in strip) == width
