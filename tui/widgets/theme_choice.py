"""Which theme to paint in, told without the framework: the first rows are painted before it is imported."""

from tui.terminal.capabilities import Capabilities
from tui.terminal.input.background import Look

DARK, LIGHT, CONTRAST = "clarifeye-dark", "clarifeye-light", "clarifeye-contrast"
ANSI, ANSI_DARK, ANSI_LIGHT = "clarifeye-ansi", "clarifeye-ansi-dark", "clarifeye-ansi-light"

_BY_LOOK = {"dark": ANSI_DARK, "light": ANSI_LIGHT}
_OF_16_COLOURS = {DARK: ANSI_DARK, LIGHT: ANSI_LIGHT}
"""In place of those that have more shades than such a terminal can tell apart."""


def theme_for(asked: str | None, terminal: Capabilities, look: Look | str | None, *, low_bandwidth: bool) -> str:
    """The theme that was asked for, else one that suits the terminal; 16 colours take the fewest bytes."""
    if asked not in {None, ANSI} and can_show(str(asked), terminal):
        return str(asked)
    if asked or low_bandwidth or not can_show(DARK, terminal):
        return _BY_LOOK.get(str(look)) or _OF_16_COLOURS.get(str(asked), ANSI)
    return LIGHT if look == "light" else DARK


def can_show(theme: str, terminal: Capabilities) -> bool:
    """Whether a theme can be read on a terminal: in 16 colours the shades of some run into their ground."""
    return theme not in _OF_16_COLOURS or terminal.no_color or not 0 < terminal.colours <= 16


def suits_the_terminal(theme: str | None, terminal: Capabilities) -> bool:
    """Whether what the terminal's background is makes a difference to this wish for a theme."""
    return theme in {None, ANSI} or not can_show(str(theme), terminal)
