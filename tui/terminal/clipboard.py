"""Routes to a clipboard from where the person sits: native, tmux, OSC 52, and a private file when none serves."""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.private import make_private
from tui.terminal.capabilities import is_remote

Route = Literal["native", "tmux", "osc52", "file", "none"]

OSC52_LIMIT = 74_994
"""Base64 bytes that terminals surely take in one OSC 52 (the limit of xterm and hterm)."""
TMUX_LIMIT = 1_000_000
"""Bytes of text for a tmux buffer; more is better kept in a file."""
ONLY_BUFFER = "only in the tmux buffer (paste with prefix ]): this tmux is older"
"""What is said where tmux keeps a copy and cannot pass it on."""
_SCREEN_CHUNK = 252
"""GNU screen passes a device control string on in pieces below 256 bytes."""
_TIMEOUT = 3.0
_KEPT_FILES = 20


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What became of a copy; the caller writes `sequence`, if any, to the terminal."""

    route: Route
    bytes: int
    path: Path | None = None
    uncertain: str = ""
    """What is not known about it, in words for the person; empty when it surely arrived."""
    sequence: str = ""


def copy(text: str, environment: Mapping[str, str], state_folder: Path | None) -> CopyReport:
    """Copy by the first route that serves; made to run in a thread, since programs are waited for up to 3 seconds.

    Without a folder no file is written.

    Nothing is written to the terminal here: for OSC 52 the report carries the sequence.
    """
    data = text.encode("utf-8", "surrogatepass")
    report = None
    why = "no clipboard was reachable"
    if environment.get("TMUX"):
        report = by_tmux(data, environment)
        if len(data) > TMUX_LIMIT:
            why = "it is too large for tmux"
    elif not is_remote(environment):
        report = by_native(text, data, environment)
    if report is None and not environment.get("TMUX") and (is_remote(environment) or environment.get("STY")):
        report = by_osc52(data, environment)
        why = "it is too large to be sent to the terminal"
    if report is not None:
        return report
    if state_folder is None:
        return CopyReport("none", 0, None, f"{why}, and no file is written in the restricted mode")
    return by_file(data, state_folder, why)


def keep(text: str, state_folder: Path) -> CopyReport:
    """Keep a text in a private file, beside a route that may have led nowhere."""
    return by_file(text.encode("utf-8", "surrogatepass"), state_folder, "")


def routes(environment: Mapping[str, str]) -> list[Route]:
    """The routes that would be tried here, in order; for `doctor`."""
    if environment.get("TMUX"):
        return ["tmux", "file"]
    if is_remote(environment):
        return ["osc52", "file"]
    return ["native", "osc52", "file"] if environment.get("STY") else ["native", "file"]


def osc52(data: bytes, environment: Mapping[str, str]) -> str | None:
    """The sequence that asks the terminal to take the data into its clipboard; None when it is too large."""
    encoded = base64.b64encode(data).decode("ascii")
    if len(encoded) > OSC52_LIMIT:
        return None
    sequence = f"\x1b]52;c;{encoded}\x07"
    if environment.get("STY"):
        pieces = [sequence[at : at + _SCREEN_CHUNK] for at in range(0, len(sequence), _SCREEN_CHUNK)]
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence


def by_osc52(data: bytes, environment: Mapping[str, str]) -> CopyReport | None:
    """The sequence for the terminal, unless it is too large for one."""
    sequence = osc52(data, environment)
    if sequence is None:
        return None
    return CopyReport("osc52", len(data), None, "the terminal does not say whether it took it", sequence)


def by_native(text: str, data: bytes, environment: Mapping[str, str]) -> CopyReport | None:
    """The clipboard of this machine, if it has one."""
    if sys.platform.startswith("linux") and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        # Without a display xclip would hang or fail; WSL reaches the clipboard of Windows without one.
        if not environment.get("WSL_DISTRO_NAME"):
            return None
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return CopyReport("native", len(data))


def read_native() -> str | None:
    """What the clipboard of this machine holds; None where it does not say so in time."""
    import threading

    import pyperclip

    held: list[str] = []

    def read() -> None:
        with suppress(pyperclip.PyperclipException, OSError, subprocess.SubprocessError, UnicodeError):
            held.append(pyperclip.paste())

    reader = threading.Thread(target=read, name="read-clipboard", daemon=True)  # who owns it may never answer
    reader.start()
    reader.join(_TIMEOUT)
    return held[0] if held else None


def tmux_says(environment: Mapping[str, str], *words: str) -> str | None:
    """What tmux answers to a command; None where it fails, or there is none."""
    program = shutil.which("tmux", path=environment.get("PATH"))
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *words], capture_output=True, env=dict(environment), timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def by_tmux(data: bytes, environment: Mapping[str, str]) -> CopyReport | None:
    """A tmux buffer; since tmux 3.2 (-w) tmux passes it on to the clipboard of the terminal outside."""
    program = shutil.which("tmux", path=environment.get("PATH"))
    if program is None or len(data) > TMUX_LIMIT:
        return None
    if _run([program, "load-buffer", "-w", "-"], data, environment):
        return CopyReport("tmux", len(data), None, "in the tmux buffer; the outer terminal may refuse its clipboard")
    if _run([program, "load-buffer", "-"], data, environment):
        return CopyReport("tmux", len(data), None, ONLY_BUFFER)
    return None


def _run(command: list[str], data: bytes, environment: Mapping[str, str]) -> bool:
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def by_file(data: bytes, state_folder: Path, why: str = "") -> CopyReport:
    """A file that only this person can read, in a folder that only this person can enter; `why` no other route."""
    folder = state_folder / "copied"
    try:
        make_private(folder)
        folder.chmod(0o700)
        _drop_oldest(folder)
        # mkstemp: mode 0600, and never follows a link that another user put there.
        descriptor, name = tempfile.mkstemp(prefix="copy-", suffix=".txt", dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError as error:
        return CopyReport("none", 0, None, f"{why}, and no file could be written: {error.strerror}")
    return CopyReport("file", len(data), Path(name), why)


def _drop_oldest(folder: Path) -> None:
    """Keep the folder small."""
    files = sorted(folder.glob("copy-*.txt"), key=lambda file: file.stat().st_mtime)
    for file in files[: max(len(files) - _KEPT_FILES + 1, 0)]:
        file.unlink(missing_ok=True)
