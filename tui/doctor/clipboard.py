"""Tries every route to a clipboard with a text of its own, so that a paste tells which of them arrived."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tui.doctor.checks import ROUTES, Finding
from tui.terminal.capabilities import is_remote
from tui.terminal.clipboard import (
    ONLY_BUFFER,
    CopyReport,
    Route,
    by_native,
    by_osc52,
    by_tmux,
    keep,
    read_native,
    routes,
    tmux_says,
)

_PASTE = "Paste to see it"


class Trial(NamedTuple):
    """What came of a route; the caller writes the sequence to the terminal before it tells the finding."""

    finding: Finding
    served: bool = False
    """Whether a copy would go this way, as far as can be known."""
    sequence: str = ""


def sample(route: Route) -> str:
    """The text that is copied by a route."""
    return f"clarifeye-tui by {route}"


def try_clipboard(environ: Mapping[str, str], state_folder: Path | None, *, terminal: bool) -> Iterator[Trial]:
    """Try the routes one after the other, then say which one `y` takes here; `terminal`: there is one to send to.

    Without a folder no file is written.
    """
    tries: dict[Route, Callable[[], Trial]] = {
        "native": lambda: _native(environ),
        "tmux": lambda: _tmux(environ),
        "osc52": lambda: _osc52(environ, terminal=terminal),
        "file": lambda: _file(state_folder),
    }
    trials: dict[Route, Trial] = {}
    for route, attempt in tries.items():
        trials[route] = attempt()
        yield trials[route]
    used = next((route for route in routes(environ) if trials[route].served), None)
    if used is None:
        yield Trial(Finding("y", "no route serves here", "wrong", "Mend one of those above."))
    else:
        yield Trial(Finding("y", f"copies by {used} here: {ROUTES[used]}"))


def _native(environ: Mapping[str, str]) -> Trial:
    if is_remote(environ):
        return Trial(Finding("native", "not tried: over SSH it is not the clipboard where you sit", "note"))
    text = sample("native")
    if by_native(text, text.encode(), environ) is None:
        has_display = any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))
        if has_display:
            fix = "Install xclip or xsel, or wl-clipboard for Wayland."
            return Trial(Finding("native", "the clipboard of this machine takes nothing", "wrong", fix))
        words = "there is none: neither DISPLAY nor WAYLAND_DISPLAY is set"
        return Trial(Finding("native", words, "note", "On a desktop: start it in a terminal there."))
    held = read_native()
    if held is None:
        return Trial(Finding("native", f'"{text}" was taken, and cannot be read back', "note", f"{_PASTE}."), True)
    if held.rstrip("\n") != text:
        fix = "Something else may hold the clipboard, such as a clipboard manager; try again."
        return Trial(Finding("native", f'"{text}" was taken, and something else came back', "wrong", fix))
    return Trial(Finding("native", f'"{text}" was taken and read back'), True)


def _tmux(environ: Mapping[str, str]) -> Trial:
    if not environ.get("TMUX"):
        return Trial(Finding("tmux", "not tried: this is not inside tmux", "note"))
    version = (tmux_says(environ, "-V") or "").strip()
    if not version:
        return Trial(Finding("tmux", "the program tmux is not found", "wrong", "Put it on PATH."))
    text = sample("tmux")
    report = by_tmux(text.encode(), environ)
    about = f"{version}, set-clipboard {_set_clipboard(environ) or 'unknown'}"
    if report is None:
        fix = "Its server may be gone or another one: tmux list-buffers tells why."
        return Trial(Finding("tmux", f"{about}: the buffer was not taken", "wrong", fix))
    if (tmux_says(environ, "save-buffer", "-") or "") != text:
        fix = "Something else may have copied just then; try again."
        return Trial(Finding("tmux", f"{about}: another text came back", "wrong", fix))
    return Trial(_tmux_passes_on(environ, report, f'"{text}" is in the buffer ({about}'), True)


def _tmux_passes_on(environ: Mapping[str, str], report: CopyReport, words: str) -> Finding:
    """Whether the terminal outside may have got it, too."""
    if report.uncertain == ONLY_BUFFER:
        return Finding("tmux", f"{words}, -w not understood)", "note", "Paste it with prefix ]; tmux 3.2 passes it on.")
    words = f"{words}, -w understood)"
    features = (tmux_says(environ, "display-message", "-p", "#{client_termfeatures}") or "").strip()
    if features and "clipboard" not in features.split(","):
        fix = "The terminal outside gets nothing: set -as terminal-features ',*:clipboard', then attach again."
        return Finding("tmux", words, "note", fix)
    return Finding("tmux", words, "ok", f"{_PASTE} outside: the terminal there may refuse; prefix ] pastes it inside.")


def _set_clipboard(environ: Mapping[str, str]) -> str:
    return (tmux_says(environ, "show-options", "-sv", "set-clipboard") or "").strip()


def _osc52(environ: Mapping[str, str], *, terminal: bool) -> Trial:
    if not terminal:
        return Trial(Finding("osc52", "not sent: there is no terminal", "note"))
    text = sample("osc52")
    report = by_osc52(text.encode(), environ)
    assert report is not None, "so short a text is never too large"
    words = f'"{text}" was sent; no terminal says whether it took it'
    fix = f"{_PASTE}; if nothing came, allow OSC 52 (clipboard access) in the terminal's settings."
    if environ.get("TMUX"):
        value = _set_clipboard(environ)
        if value != "on":
            words = f'"{text}" was sent; tmux swallows it (set-clipboard {value or "unknown"})'
            fix = "y does not need it in tmux; for other programs: set -s set-clipboard on."
    return Trial(Finding("osc52", words, "note", fix), True, report.sequence)


def _file(state_folder: Path | None) -> Trial:
    if state_folder is None:
        return Trial(Finding("file", "not tried: in the restricted mode no file is written", "note"))
    report = keep(sample("file"), state_folder)
    if report.path is None:
        fix = f"Check the folder {state_folder} and the space on its disk."
        return Trial(Finding("file", report.uncertain, "wrong", fix))
    return Trial(Finding("file", f'"{sample("file")}" is in {report.path}'), True)
