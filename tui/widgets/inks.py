"""What the inks are made of: variables of the theme and attributes of the text.

Beside it, for the rows that are painted before the framework is there, the colours which the palette works out of the
themes for the inks of the list, as the terminal is told them. A test holds every one of them to the palette.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tui.widgets import theme_choice as themes

COLOURS = {
    "text": "foreground", "heading": "primary", "title": "foreground",
    "muted": "@muted", "strike": "@muted", "rule": "@faint", "fence": "foreground", "quote": "@muted",
    "punctuation": "@muted", "reasoning": "@muted", "archived": "@muted", "syntax-comment": "@muted",
    "syntax-operator": "@muted",
    "accent": "accent", "cursor": "accent", "code": "accent", "link": "primary",
    "user": "primary", "agent": "success", "tool": "secondary", "other": "warning",
    "failed": "error", "guessed": "warning", "warning": "warning", "success": "success", "tag": "secondary",
    "key": "primary", "string": "success", "number": "warning", "literal": "accent",
    "syntax-keyword": "primary", "syntax-name": "foreground", "syntax-string": "success", "syntax-number": "warning",
    "added": "success", "removed": "error", "hunk": "primary", "diff-header": "@muted",
    "term-grey": "@muted", "term-red": "error", "term-green": "success", "term-yellow": "warning",
    "term-blue": "primary", "term-magenta": "secondary", "term-cyan": "accent",
}  # fmt: skip
"""The variable of the theme for each ink that has a colour; what begins with @ is mixed of two."""

ATTRIBUTES = {
    "strong": "bold", "title": "bold", "heading": "bold", "em": "italic", "quote": "italic", "strike": "strike",
    "underline": "underline", "link": "underline", "user": "bold", "agent": "bold", "tool": "bold", "failed": "bold",
    "cursor": "bold", "syntax-keyword": "bold", "syntax-comment": "italic", "warning": "bold", "other": "bold",
    "diff-header": "bold", "term-red": "bold", "term-yellow": "bold",
}  # fmt: skip

FADED = frozenset({"@muted", "@faint"})

EARLY_INKS = (
    "text", "muted", "accent", "strong", "em", "rule", "warning", "tag", "archived", "cursor", "title", "failed",
)  # fmt: skip
"""Those that title, edges and rows are painted in."""

_BITS = {"bold": 1, "dim": 2, "italic": 4}
"""As Pen has them."""

_Colour = tuple[int, int, str] | int
"""Of a terminal of 16 colours, of 256, and of all; a number alone is one of the terminal's own 16 in each of them."""

_DARK: Mapping[str, _Colour] = {
    "background": (40, 234, "15181c"), "foreground": (97, 253, "d5d9df"), "@muted": (37, 246, "8d9096"),
    "@faint": (90, 239, "4e5156"), "accent": (37, 179, "e2b565"), "secondary": (37, 110, "8fc1c4"),
    "warning": (37, 179, "dfa96d"), "error": (91, 210, "eb8484"),
}  # fmt: skip
_LIGHT: Mapping[str, _Colour] = {
    "background": (107, 231, "fcfcfa"), "foreground": (30, 235, "23262b"), "@muted": (90, 241, "606264"),
    "@faint": (37, 250, "babbbb"), "accent": (33, 94, "894600"), "secondary": (90, 23, "1d5f66"),
    "warning": (33, 94, "7c5000"), "error": (31, 124, "a22626"),
}  # fmt: skip
_CONTRAST: Mapping[str, _Colour] = {
    "background": (40, 16, "000000"), "foreground": (97, 231, "ffffff"), "@muted": (37, 246, "999999"),
    "@faint": (90, 239, "4c4c4c"), "accent": (93, 221, "fed84d"), "secondary": (96, 123, "8ff0f0"),
    "warning": (93, 216, "fec27a"), "error": (37, 217, "fe9c9c"),
}  # fmt: skip
_OWN: Mapping[str, _Colour] = {"secondary": 35, "warning": 31, "error": 31}

_TABLE: Mapping[str, Mapping[str, _Colour]] = {
    themes.DARK: _DARK,
    themes.LIGHT: _LIGHT,
    themes.CONTRAST: _CONTRAST,
    themes.ANSI: _OWN,
    themes.ANSI_DARK: {**_OWN, "accent": 33, "warning": 33},
    themes.ANSI_LIGHT: {**_OWN, "accent": 34},
}


class EarlyInk(NamedTuple):
    """Attributes and colours, as a pen takes them."""

    attributes: int
    foreground: str
    background: str


def is_known(theme: str) -> bool:
    """Whether it is a theme of ours."""
    return theme in _TABLE


def is_dark(theme: str) -> bool:
    """Whether light text stands on a dark ground."""
    return theme not in {themes.LIGHT, themes.ANSI_LIGHT}


def early_ink(ink: str, theme: str, colours: int) -> EarlyInk:
    """An ink of the list, or several joined by spaces, in a theme of ours on a terminal of so many colours.

    Raises:
        KeyError: the theme is none of ours.
    """
    table = _TABLE[theme]
    attributes, colour = 0, table.get("foreground")
    for name in ink.split():
        variable = COLOURS.get(name)
        attributes |= _BITS.get(ATTRIBUTES.get(name, ""), 0)
        if variable in FADED and "background" not in table:
            attributes |= _BITS["dim"]
        elif variable is not None:
            colour = table.get(variable)
    return EarlyInk(attributes, _code(colour, colours, 38), _code(table.get("background"), colours, 48))


def _code(colour: _Colour | None, colours: int, kind: int) -> str:
    if colour is None:
        return ""
    if isinstance(colour, int):
        return str(colour)
    of_16, of_256, exact = colour
    if colours <= 16:
        return str(of_16)
    if colours <= 256:
        return f"{kind};5;{of_256}"
    return f"{kind};2;{int(exact[:2], 16)};{int(exact[2:4], 16)};{int(exact[4:], 16)}"
