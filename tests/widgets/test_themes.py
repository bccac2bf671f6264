"""The shipped themes can be read, and each terminal gets one that suits it."""

import asyncio

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widget import Widget
from textual.widgets import Label
from textual.widgets._toast import Toast

from tui.config.checks import THEMES as NAMES
from tui.resources import STYLES
from tui.terminal.capabilities import Capabilities
from tui.terminal.paint.pens import Pens
from tui.views.text.ink import INKS
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.palette import CONTRAST, Palette, contrast
from tui.widgets.theme_choice import theme_for
from tui.widgets.themes import THEMES

_FAINT = {"rule"}
_MEASURED = [theme.name for theme in THEMES if not theme.ansi]
_OF_16_COLOURS = [theme.name for theme in THEMES if theme.ansi]
_XTERM_16 = (
    "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
    "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
)  # fmt: skip
_XTERM = {
    "ansi_red": ("#cd0000", "#ff0000"),
    "ansi_magenta": ("#cd00cd", "#ff00ff"),
    "ansi_blue": ("#0000ee", "#5c5cff"),
    "ansi_green": ("#00cd00", "#00ff00"),
    "ansi_cyan": ("#00cdcd", "#00ffff"),
    "ansi_yellow": ("#cdcd00", "#ffff00"),
}
"""The palette of xterm, where bold text is bright."""


class Sample(App[None]):
    """A line to type in, a heading and a notice, in the style sheet of the program."""

    CSS_PATH = [STYLES / "app.tcss"]  # noqa: RUF012 - Textual's own name

    def __init__(self, theme: str) -> None:
        super().__init__()
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme

    def compose(self) -> ComposeResult:
        yield FilterInput("type to search", id="sample")
        yield Label("a label")


async def looks(theme: str, *, typed: str = "") -> tuple[list[tuple[str, Color, Color]], str]:
    """The words of the sample with their colours, and the attributes of the line to type in."""
    app = Sample(theme)
    async with app.run_test(notifications=True) as pilot:
        field = app.query_one(FilterInput)
        field.value = typed
        if typed:
            field.action_select_all()
        for severity in ("information", "warning", "error"):
            app.notify("A notice", title="Of this", severity=severity)
        await pilot.pause()
        for _ in range(100):
            if len(app.screen.query(Toast)) == 3:
                break
            await asyncio.sleep(0)
            await pilot.pause()
        toasts: list[Widget] = list(app.screen.query(Toast))
        assert len(toasts) == 3
        found = []
        for widget in (field, *toasts):
            for y in range(widget.size.height):
                for text, style, _control in widget.render_line(y):
                    if text.strip() and style is not None and style.color and style.bgcolor:
                        color, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                        found.append((text.strip(), *((ground, color) if style.reverse else (color, ground))))
        return found, str(field.rich_style)


def variables(name: str) -> dict[str, str]:
    app: App[None] = App()
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = name
    return app.get_css_variables()


def test_the_names_that_settings_accept_are_those_of_the_themes() -> None:
    assert {f"clarifeye-{name}" for name in NAMES} == {theme.name for theme in THEMES}


@pytest.mark.parametrize("name", _MEASURED)
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


@pytest.mark.parametrize(("name", "colours"), [*((name, 256) for name in _MEASURED), ("clarifeye-contrast", 16)])
def test_every_ink_reads_where_a_terminal_has_fewer_colours(name: str, colours: int) -> None:
    found = variables(name)
    palette, pens = Palette(found), Pens(colours)
    foreground = Color.parse(found["foreground"]).rich_color
    for ground in ("background", "surface", "panel"):
        base = Style(color=foreground, bgcolor=Color.parse(found[ground]).rich_color)
        for ink in INKS:
            ((_, pen),) = pens.row([Segment("x", base + palette.resolve(ink))], 1)
            ratio = contrast(shown_as(pen.foreground), shown_as(pen.background))
            least = 1.4 if ink in _FAINT else CONTRAST if colours == 256 else 3.9
            assert ratio >= least, (ink, ground, ratio)


def shown_as(codes: str) -> Color:
    """What a terminal shows for the SGR parameters of a colour of 256 or, as xterm has them, of 16."""
    *_, number = map(int, codes.split(";"))
    if ";" in codes:
        return Color.from_rich_color(RichColor.from_ansi(number))
    number -= 30 if number < 40 else 40 if number < 50 else 82 if number < 98 else 92
    return Color.parse(_XTERM_16[number])


@pytest.mark.parametrize("name", _MEASURED)
def test_the_colours_themselves_need_no_help(name: str) -> None:
    theme = next(theme for theme in THEMES if theme.name == name)
    for word in ("foreground", "primary", "secondary", "accent", "success", "warning", "error"):
        for ground in ("background", "surface"):
            ratio = contrast(Color.parse(getattr(theme, word)), Color.parse(getattr(theme, ground)))
            assert ratio >= (7 if name == "clarifeye-contrast" else CONTRAST), (word, ground)


@pytest.mark.parametrize("typed", ["", "refund"])
@pytest.mark.parametrize("name", _MEASURED)
async def test_placeholders_selections_and_notices_read_too(name: str, typed: str) -> None:
    found, attributes = await looks(name, typed=typed)
    words = " ".join(text for text, _, _ in found)
    assert (typed or "ype to search") in words
    assert "A notice" in words
    for text, color, ground in found:
        assert contrast(ground.blend(color, color.a), ground) >= CONTRAST, (text, color, ground)
    assert "underline" in attributes, "a line to type in has an edge, whatever its ground"


@pytest.mark.parametrize("name", _MEASURED)
def test_faded_words_read_on_every_surface(name: str) -> None:
    found = variables(name)
    for surface in ("background", "surface", "panel"):
        ground = Color.parse(found[surface])
        assert contrast(ground.blend(Color.parse(found["foreground"]), 0.7), ground) >= CONTRAST, surface


@pytest.mark.parametrize("name", _OF_16_COLOURS)
async def test_notices_and_lines_to_type_in_have_the_terminals_own_colours(name: str) -> None:
    found, attributes = await looks(name)
    for text, color, ground in found:
        assert color.ansi is not None, text
        assert ground.ansi == -1, (text, ground)
    assert "underline" in attributes


@pytest.mark.parametrize(
    ("name", "grounds"),
    [
        ("clarifeye-ansi", ["#000000", "#ffffff"]),
        ("clarifeye-ansi-dark", ["#000000"]),
        ("clarifeye-ansi-light", ["#ffffff"]),
    ],
)
def test_the_colours_of_16_read_on_the_grounds_they_are_for(name: str, grounds: list[str]) -> None:
    found = variables(name)
    for word in ("foreground", "primary", "secondary", "accent", "success", "warning", "error", "scrollbar"):
        for shown in _XTERM.get(found[word], ()):
            for ground in grounds:
                assert contrast(Color.parse(shown), Color.parse(ground)) >= 3, (word, found[word], ground)
        assert found[word] == "ansi_default" or found[word] in _XTERM, word


@pytest.mark.parametrize("name", _OF_16_COLOURS)
def test_the_16_colour_themes_use_the_terminals_own_colours_alone(name: str) -> None:
    palette = Palette(variables(name))
    for ink in INKS:
        style = palette.resolve(ink)
        for color in (style.color, style.bgcolor):
            assert color is None or color.triplet is None, ink


@pytest.mark.parametrize(
    ("asked", "colours", "look", "low", "expected"),
    [
        (None, 16777216, None, False, "clarifeye-dark"),
        (None, 256, "light", False, "clarifeye-light"),
        (None, 16, "light", False, "clarifeye-ansi-light"),
        (None, 16, "", False, "clarifeye-ansi"),
        ("clarifeye-ansi", 256, "dark", False, "clarifeye-ansi-dark"),
        ("clarifeye-ansi-light", 256, "dark", False, "clarifeye-ansi-light"),
        (None, 16777216, "dark", True, "clarifeye-ansi-dark"),
        (None, 16777216, None, True, "clarifeye-ansi"),
        ("clarifeye-contrast", 16, "light", True, "clarifeye-contrast"),
        (None, 0, None, False, "clarifeye-dark"),
        ("clarifeye-light", 0, None, False, "clarifeye-light"),
        ("clarifeye-light", 16, None, False, "clarifeye-ansi-light"),
        ("clarifeye-light", 8, "dark", False, "clarifeye-ansi-dark"),
        ("clarifeye-dark", 16, None, False, "clarifeye-ansi-dark"),
    ],
)
def test_the_theme_suits_the_terminal(
    asked: str | None, colours: int, look: str | None, low: bool, expected: str
) -> None:
    terminal = Capabilities(colours=colours)  # type: ignore[arg-type]  # one of the literals
    assert theme_for(asked, terminal, look, low_bandwidth=low) == expected
