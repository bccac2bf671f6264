"""The shipped themes: calm, one accent colour, contrast of at least 4.5 to 1 on every surface."""

from textual.theme import Theme

from tui.terminal.background import Look
from tui.terminal.capabilities import Capabilities

DARK = Theme(
    name="clarifeye-dark",
    dark=True,
    background="#15181c",
    surface="#1b1f25",
    panel="#242a32",
    foreground="#d5d9df",
    primary="#86b3e6",
    secondary="#8fc1c4",
    accent="#e3b565",
    success="#9ac28a",
    warning="#e0a96d",
    error="#ec8484",
)
LIGHT = Theme(
    name="clarifeye-light",
    dark=False,
    background="#fcfcfa",
    surface="#f3f3f0",
    panel="#e8e8e4",
    foreground="#23262b",
    primary="#1f528f",
    secondary="#1d5f66",
    accent="#8a4600",
    success="#2c622f",
    warning="#7d5000",
    error="#a32626",
)
CONTRAST = Theme(
    name="clarifeye-contrast",
    dark=True,
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    foreground="#ffffff",
    primary="#9fd0ff",
    secondary="#8ff0f0",
    accent="#ffd84d",
    success="#a0ff9a",
    warning="#ffc27a",
    error="#ff9c9c",
    text_alpha=1.0,
)
ANSI = Theme(
    name="clarifeye-ansi",
    dark=True,
    ansi=True,
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    foreground="ansi_default",
    primary="ansi_cyan",
    secondary="ansi_magenta",
    accent="ansi_yellow",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)
THEMES = (DARK, LIGHT, CONTRAST, ANSI)
"""All of them; a test holds each to its contrast."""


def theme_for(asked: str | None, terminal: Capabilities, look: Look | str | None, *, low_bandwidth: bool) -> str:
    """The theme that was asked for, else one that suits the terminal; 16 colours take the fewest bytes."""
    if asked is not None:
        return asked
    if low_bandwidth or (0 < terminal.colours <= 16 and not terminal.no_color):
        return ANSI.name
    return LIGHT.name if look == "light" else DARK.name
