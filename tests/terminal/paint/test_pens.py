"""Pens: a terminal of 256 colours shows the nearest of them."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.color import Color as TerminalColour
from textual.color import Color

from tui.terminal.paint.pens import nearest_of_256
from tui.widgets.themes import DARK, LIGHT


def _shown(number: int) -> tuple[int, int, int]:
    """The red, green and blue of a colour of a terminal."""
    red, green, blue = TerminalColour.from_ansi(number).get_truecolor()
    return red, green, blue


@given(st.tuples(*[st.integers(0, 255)] * 3))
@example((27, 31, 37))
def test_of_256_colours_none_is_nearer_than_the_one_that_is_taken(wanted: tuple[int, int, int]) -> None:
    def distance(number: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(wanted, _shown(number), strict=True))

    assert distance(nearest_of_256(*wanted)) == min(map(distance, range(16, 256)))


def test_in_256_colours_every_surface_of_a_theme_is_near_what_it_is_meant_to_be() -> None:
    for theme in (DARK, LIGHT):
        for colour in (theme.background, theme.surface, theme.panel):
            wanted = Color.parse(str(colour)).rgb
            shown = _shown(nearest_of_256(*wanted))
            assert all(abs(a - b) <= 12 for a, b in zip(wanted, shown, strict=True)), (theme.name, colour, shown)
