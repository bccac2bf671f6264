"""The shipped themes: calm, one accent colour, contrast of at least 4.5 to 1 on every surface."""

from textual.theme import Theme

from tui.widgets import theme_choice as names

DARK = Theme(
    name=names.DARK,
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
    name=names.LIGHT,
    dark=False,
    background="#fcfcfa",
    surface="#f3f3f0",
    panel="#e8e8e4",
    foreground="#23262b",
    primary="#1f528f",
    secondary="#1d5f66",
    accent="#8a4600",
    success="#15651c",
    warning="#7d5000",
    error="#a32626",
)
CONTRAST = Theme(
    name=names.CONTRAST,
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
_OWN = "ansi_default"
"""The terminal's own foreground and background: readable on one another, whatever they are."""


def _of_16_colours(
    name: str, *, dark: bool, primary: str, secondary: str, accent: str, success: str, warning: str, error: str
) -> Theme:
    """A theme of the terminal's palette; what has to stand out on any palette is bold, underlined or reversed."""
    return Theme(
        name=name,
        dark=dark,
        ansi=True,
        background=_OWN,
        surface=_OWN,
        panel=_OWN,
        boost=_OWN,
        foreground=_OWN,
        primary=primary,
        secondary=secondary,
        accent=accent,
        success=success,
        warning=warning,
        error=error,
        variables={
            "ansi-background": _OWN,
            "ansi-foreground": _OWN,
            "border": _OWN,
            "border-blurred": _OWN,
            "block-cursor-foreground": _OWN,
            "block-cursor-background": _OWN,
            "block-cursor-text-style": "bold reverse",
            "input-cursor-background": _OWN,
            "input-cursor-foreground": _OWN,
            "input-cursor-text-style": "reverse",
            "scrollbar": "ansi_magenta",
            "scrollbar-hover": "ansi_magenta",
            "scrollbar-active": "ansi_magenta",
            "scrollbar-background": _OWN,
            "scrollbar-background-hover": _OWN,
            "scrollbar-background-active": _OWN,
        },
    )


ANSI = _of_16_colours(
    names.ANSI,
    dark=True,
    primary=_OWN,
    secondary="ansi_magenta",
    accent=_OWN,
    success=_OWN,
    warning="ansi_red",
    error="ansi_red",
)
"""For a background that nobody knows: of the usual palettes only magenta and red read on black and on white."""
ANSI_DARK = _of_16_colours(
    names.ANSI_DARK,
    dark=True,
    primary="ansi_cyan",
    secondary="ansi_magenta",
    accent="ansi_yellow",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
)
ANSI_LIGHT = _of_16_colours(
    names.ANSI_LIGHT,
    dark=False,
    primary="ansi_blue",
    secondary="ansi_magenta",
    accent="ansi_blue",
    success=_OWN,
    warning="ansi_red",
    error="ansi_red",
)
THEMES = (DARK, LIGHT, CONTRAST, ANSI, ANSI_DARK, ANSI_LIGHT)
"""All of them; a test holds each to its contrast."""
