"""Which theme to paint in, told without the framework: the first rows are painted before it is imported."""

from tui.terminal.capabilities import Capabilities
from tui.terminal.input.background import Look

DARK, LIGHT, CONTRAST = "clarifeye-dark", "clarifeye-light", "clarifeye-contrast"
ANSI, ANSI_DARK, ANSI_LIGHT = "clarifeye-ansi", "clarifeye-ansi-dark", "clarifeye-ansi-light"


def theme_for(asked: str | None, terminal: Capabilities, look: Look | str | None, *, low_bandwidth: bool) -> str:
    """The theme that was asked for, else one that suits the terminal; 16 colours take the fewest bytes."""
    if asked not in {None, ANSI}:
        return str(asked)
    if asked or low_bandwidth or (0 < terminal.colours <= 16 and not terminal.no_color):
        return {"dark": ANSI_DARK, "light": ANSI_LIGHT}.get(str(look), ANSI)
    return LIGHT if look == "light" else DARK


def suits_the_terminal(theme: str | None) -> bool:
    """Whether what the terminal's background is makes a difference to this wish for a theme."""
    return theme in {None, ANSI}
