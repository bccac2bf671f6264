"""What this terminal can do, read from the environment that is passed in and two facts about the files."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

TRUE_COLOUR_WISHES = frozenset({"truecolor", "24bit"})
"""The values of COLORTERM that say that the terminal knows true colour."""

_NO_CURSOR_CONTROL = frozenset({"", "dumb", "unknown", "network", "dialup", "emacs"})
_TRUE_COLOUR = ("alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "wezterm", "xterm-kitty", "xterm-ghostty")
_NO_COLOUR = ("vt52", "vt100", "vt102", "vt220", "vt320", "ansi-m", "xterm-mono", "screen.vt100", "sun")
_ERASES_IN_COLOUR = (
    "xterm", "tmux", "rxvt", "foot", "alacritty", "kitty", "wezterm", "ghostty", "contour", "linux", "putty",
    "konsole", "vte", "gnome", "iterm", "ms-terminal", "st-", "mlterm",
)  # fmt: skip
"""The families of terminals that erase with the current background colour (bce in terminfo)."""


class Capabilities(NamedTuple):
    """The facts about a terminal that decide what is sent to it."""

    term: str = ""
    input_tty: bool = True
    output_tty: bool = True
    output: int = 2
    """The descriptor that the screen is drawn on."""
    colours: Literal[0, 16, 256, 16777216] = 16777216
    no_color: bool = False
    """The person asked for no colours (NO_COLOR)."""
    multiplexer: Literal["", "tmux", "screen"] = ""
    ssh: bool = False
    bce: bool = False
    """Erasing takes the background colour."""
    unicode: bool = True
    locale_variable: str = "LANG"
    """The variable that the locale is taken from: it is the one to change."""
    escape_delay: float = 0.05
    """Seconds after which a lone Escape is the key and not the start of a sequence."""

    @property
    def cursor_control(self) -> bool:
        """Whether a full-screen program can run at all."""
        return self.input_tty and self.output_tty and self.term not in _NO_CURSOR_CONTROL

    @property
    def true_colour(self) -> bool:
        """Whether every colour can be shown as it is."""
        return self.colours > 256


def read_capabilities(
    environment: Mapping[str, str], *, input_tty: bool = True, output: int | None = 2
) -> Capabilities:
    """The capabilities that an environment speaks of; `output` is None where no terminal is there to draw on."""
    term = environment.get("TERM", "").strip().lower()
    multiplexer = _multiplexer(environment, term)
    ssh = is_remote(environment)
    return Capabilities(
        term=term,
        input_tty=input_tty,
        output_tty=output is not None,
        output=2 if output is None else output,
        colours=_colours(environment, term),
        no_color=bool(environment.get("NO_COLOR")),
        multiplexer=multiplexer,
        ssh=ssh,
        bce=_erases_in_colour(environment, term),
        unicode=_is_unicode(environment),
        locale_variable=_locale_variable(environment) or "LANG",
        escape_delay=_escape_delay(environment, ssh),
    )


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether the person sits at another machine."""
    return any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def _multiplexer(environment: Mapping[str, str], term: str) -> Literal["", "tmux", "screen"]:
    if environment.get("TMUX"):
        return "tmux"
    if environment.get("STY"):
        return "screen"
    # Over SSH from inside a multiplexer only TERM tells; "screen" alone may be an older tmux.
    if term.startswith("tmux"):
        return "tmux"
    return "screen" if term.startswith("screen") else ""


def _erases_in_colour(environment: Mapping[str, str], term: str) -> bool:
    if term.startswith(_ERASES_IN_COLOUR) or term == "st" or "-bce" in term:
        return True
    # One in the other sets both variables, and older tmux calls itself screen, too: which one is inside is not told.
    return bool(environment.get("TMUX")) and not environment.get("STY")


def _colours(environment: Mapping[str, str], term: str) -> Literal[0, 16, 256, 16777216]:
    if term in _NO_CURSOR_CONTROL or term.startswith(_NO_COLOUR) or term.endswith("-m"):
        return 0
    if environment.get("COLORTERM", "").strip().lower() in TRUE_COLOUR_WISHES:
        return 16777216
    if term.startswith(_TRUE_COLOUR) or term.endswith("-direct"):
        return 16777216
    # mlterm has 256 colours, though by its TERM alone nobody would think so.
    return 256 if term.endswith("256color") or term.startswith("mlterm") else 16


def _locale_variable(environment: Mapping[str, str]) -> str:
    return next((name for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")


def _is_unicode(environment: Mapping[str, str]) -> bool:
    locale = environment.get(_locale_variable(environment), "")
    # Where none is named, as in many containers, nothing speaks against it.
    return not locale or "utf8" in locale.lower().replace("-", "")


def _escape_delay(environment: Mapping[str, str], ssh: bool) -> float:
    """The person's ESCDELAY in milliseconds, as in ncurses; else long enough for a sequence torn apart on the way."""
    asked = environment.get("ESCDELAY", "")
    if asked.isascii() and asked.isdigit():
        return min(max(int(asked[:6]), 1), 1000) / 1000
    return 0.05 if ssh else 0.025
