"""The person's pager and editor: which command, how it is told a line, and how it is run on our terminal."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tui.errors import ClarifeyeError

_PLUS_LINE = frozenset({
    "less", "more", "most", "vi", "vim", "nvim", "view", "gvim", "ex", "nano", "pico", "rnano", "emacs", "emacsclient",
    "mg", "jed", "joe", "jmacs", "ne", "kak", "micro", "mcedit", "vis", "nvi", "elvis",
})  # fmt: skip
"""Programs that take `+N` before the file as the line to begin at."""

_COLON_LINE = frozenset({"hx", "helix", "subl", "zed", "lapce"})
"""Programs that take `file:N`."""

_GOTO_LINE = frozenset({"code", "codium", "code-insiders", "cursor"})
"""Programs that take `--goto file:N`, and return at once unless they are told to wait."""

_LESS = "-+F -M -i"
"""Stay even when all fits on a screen, tell the place, and search without regard to case; before the person's LESS."""


class ProgramFailed(ClarifeyeError):
    """A pager or editor could not be started, or ended with an error."""


def pager_command(environment: Mapping[str, str], path: Path, line: int) -> list[str]:
    """The pager on a file at a line; raises ProgramFailed where there is none."""
    command = _chosen(environment, ("PAGER",), ("less", "more"))
    if Path(command[0]).name == "less":
        command[1:1] = _LESS.split()
    return _at_line(command, path, line)


def editor_command(environment: Mapping[str, str], path: Path, line: int) -> list[str]:
    """The editor on a file at a line; raises ProgramFailed where there is none."""
    return _at_line(_chosen(environment, ("VISUAL", "EDITOR"), ("nano", "vim", "vi", "emacs")), path, line)


def _chosen(environment: Mapping[str, str], variables: tuple[str, ...], usual: tuple[str, ...]) -> list[str]:
    for variable in variables:
        if words := environment.get(variable, "").strip():
            return _split(variable, words)
    for program in usual:
        if shutil.which(program, path=environment.get("PATH")):
            return [program]
    raise ProgramFailed(f"There is neither ${variables[0]} nor {' nor '.join(usual)}", f"Set {variables[0]}.")


def _split(variable: str, words: str) -> list[str]:
    try:
        return shlex.split(words)
    except ValueError as error:
        raise ProgramFailed(f"${variable} cannot be understood", "Its quotes must be closed.", str(error)) from None


def _at_line(command: list[str], path: Path, line: int) -> list[str]:
    name = Path(command[0]).name
    if name in _PLUS_LINE:
        return [*command, f"+{line}", str(path)]
    if name in _COLON_LINE:
        return [*command, f"{path}:{line}"]
    if name in _GOTO_LINE:
        wait = [] if "--wait" in command or "-w" in command else ["--wait"]
        return [*command, *wait, "--goto", f"{path}:{line}"]
    return [*command, str(path)]


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that only this person can enter; it and what is in it are gone at the end."""
    with tempfile.TemporaryDirectory(prefix="clarifeye-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """A new file of mode 0600 that holds these texts, one after the other."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        for piece in pieces:
            file.write(piece)


def run_on_terminal(command: list[str], environment: Mapping[str, str], output: int) -> None:
    """Run a program on our terminal until it ends, drawing on the same descriptor; Ctrl-C and Ctrl-Z are its own.

    Raises:
        ProgramFailed: it does not start, or ends with an error.
    """
    with _signals_left_to_it():
        try:
            done = subprocess.run(command, stdout=output, stderr=output, env=dict(environment), check=False)
        except OSError as error:
            raise ProgramFailed(
                f"{command[0]} cannot be started", "Check $PAGER, $VISUAL and $EDITOR.", error.strerror or ""
            ) from None
    if done.returncode > 0:
        raise ProgramFailed(f"{command[0]} ended with an error ({done.returncode})")


@contextlib.contextmanager
def _signals_left_to_it() -> Iterator[None]:
    """The terminal sends these to all of its foreground programs: those that end must not end us, stops are shared.

    A handler that does nothing is set, since what is ignored would be ignored by the program too.
    """
    before = {number: signal.getsignal(number) for number in (*_ENDING, *_STOPPING)}
    try:
        for number in _ENDING:
            signal.signal(number, lambda _number, _frame: None)
        for number in _STOPPING:
            signal.signal(number, signal.SIG_DFL)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_ENDING = (signal.SIGINT, signal.SIGQUIT)
_STOPPING = (signal.SIGTSTP, signal.SIGCONT)
