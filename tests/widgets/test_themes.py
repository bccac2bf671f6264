"""The shipped themes can be read, and each terminal gets one that suits it."""

import pytest
from textual.app import App
from textual.color import Color

from tui.config.checks import THEMES as NAMES
from tui.terminal.capabilities import Capabilities
from tui.views.ink import INKS
from tui.widgets.palette import CONTRAST, Palette, contrast
from tui.widgets.themes import THEMES, theme_for

_FAINT = {"rule"}


def variables(name: str) -> dict[str, str]:
    app: App[None] = App()
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = name
    return app.get_css_variables()


def test_the_names_that_settings_accept_are_those_of_the_themes() -> None:
    assert {f"clarifeye-{name}" for name in NAMES} == {theme.name for theme in THEMES}


@pytest.mark.parametrize("name", [theme.name for theme in THEMES if not theme.ansi])
def test_every_ink_reads_on_every_surface(name: str) -> None:
    found = variables(name)
    palette = Palette(found)
    for ink in INKS:
        style = palette.resolve(ink)
        if ink in _FAINT or style.color is None:
            continue
        grounds = (
            [Color.from_rich_color(style.bgcolor)]
            if style.bgcolor
            else [Color.parse(found[surface]) for surface in ("background", "surface", "panel")]
        )
        assert all(contrast(Color.from_rich_color(style.color), ground) >= CONTRAST - 0.05 for ground in grounds), ink


@pytest.mark.parametrize("name", [theme.name for theme in THEMES if not theme.ansi])
def test_the_colours_themselves_need_no_help(name: str) -> None:
    theme = next(theme for theme in THEMES if theme.name == name)
    for word in ("foreground", "primary", "secondary", "accent", "success", "warning", "error"):
        for ground in ("background", "surface"):
            ratio = contrast(Color.parse(getattr(theme, word)), Color.parse(getattr(theme, ground)))
            assert ratio >= (7 if name == "clarifeye-contrast" else CONTRAST), (word, ground)


def test_the_16_colour_theme_uses_the_terminals_own_colours_alone() -> None:
    palette = Palette(variables("clarifeye-ansi"))
    for ink in INKS:
        style = palette.resolve(ink)
        for color in (style.color, style.bgcolor):
            assert color is None or color.triplet is None, ink


@pytest.mark.parametrize(
    ("asked", "colours", "look", "low", "expected"),
    [
        (None, 16777216, None, False, "clarifeye-dark"),
        (None, 256, "light", False, "clarifeye-light"),
        (None, 16, "light", False, "clarifeye-ansi"),
        (None, 16777216, "dark", True, "clarifeye-ansi"),
        ("clarifeye-contrast", 16, "light", True, "clarifeye-contrast"),
        (None, 0, None, False, "clarifeye-dark"),
    ],
)
def test_the_theme_suits_the_terminal(
    asked: str | None, colours: int, look: str | None, low: bool, expected: str
) -> None:
    terminal = Capabilities(colours=colours)  # type: ignore[arg-type]  # one of the literals
    assert theme_for(asked, terminal, look, low_bandwidth=low) == expected
