"""Eight walks of people who do their day's work: keys, and what is seen after each; every key is counted.

A walk is a function that gets a folder of its own and returns how many keys it took. What it waits for is on the
screen, or has gone to the clipboard, so that it takes its time on a slow machine and none on a quick one.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.harness.terminal_run import TerminalRun
from tui.demo.launch import SECOND_ID, start_demo

KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Space": " ", "Tab": "\t", "Ctrl-O": "\x0f", "Ctrl-S": "\x13", "Ctrl-Q": "\x11",
    "Alt-→": "\x1b[1;3C",
}  # fmt: skip
"""Keys that are not written as they are typed."""

ROOT = Path(__file__).parents[2]
TUI = (sys.executable, "-m", "tui")
DEMO = (*TUI, "--demo")
_COPY = b"\x1b]52;"


class Walk:
    """Somebody at a terminal, who presses a key when they have seen what they waited for."""

    def __init__(self, run: TerminalRun) -> None:
        self.run = run
        self.keys = 0

    def press(self, *keys: str, see: str = "") -> None:
        """Press keys, then wait for a pattern on the screen."""
        for key in keys:
            self.keys += 1
            self.run.send(KEYS.get(key, key))
        if see:
            self.run.wait_for(see)

    def type(self, text: str, see: str) -> None:
        """Type a text, then wait for a pattern."""
        self.press(*text, see=see)

    def find(self, line: str) -> None:
        """Find by a line of words and terms, and wait for what it lists; what is older is read on the way."""
        self.press("/")
        self.type(line, see=re.escape(line[-12:]))
        self.press("Enter", see=r"R reads on|Conversations 1/\d+ (?s:.*)×")
        if "R reads on" in self.run.text:
            self.press("R", see=r"Conversations 1/\d+ (?s:.*)all read(?s:.*)×")

    def copied(self, times: int) -> None:
        """Wait until so many copies have gone to the terminal's clipboard."""
        self.run.wait_until(lambda: self.run.raw.count(_COPY) >= times, name=f"{times} copies")


@contextmanager
def walking(
    command: Sequence[str], home: Path, *, size: tuple[int, int] = (130, 40), environ: Mapping[str, str] | None = None
) -> Iterator[Walk]:
    """Start a command over a line as SSH has it."""
    here = {"HOME": str(home), "LANG": "C.UTF-8", "SSH_CONNECTION": "1 2 3 4", **(environ or {})}
    with TerminalRun(command, environ=here, folder=ROOT, columns=size[0], rows=size[1]) as run:
        yield Walk(run)


def failed_calls_copied(home: Path) -> int:
    """Five conversations in which a booking failed are found and read, and each failed booking is copied."""
    with walking(DEMO, home) as walk:
        walk.run.wait_for(r"Conversations 1/2,\d+")
        walk.find("tool(name:book* failed:yes)")
        walk.press("Enter", see=r"turn .*%")
        for number in range(1, 6):
            walk.press("e", see=r"turn \d+/\d+ · book_reservation")
            walk.press("y", see="bug block")
            walk.press("b")
            walk.copied(number)
            if number < 5:
                walk.press(">", see=rf"─ {number + 1}/\d+ .*turn –/")
        return walk.keys


def twenty_with_answers_only(home: Path) -> int:
    """Twenty conversations are gone through, questions and final answers alone."""
    with walking(DEMO, home) as walk:
        walk.run.wait_for(r"Conversations 1/2,\d+")
        walk.press("Enter", see=r"turn .*%")
        walk.press("F", see="focused")
        walk.press(*[">"] * 19)
        walk.press("Esc", see=r"Conversations 20/2,\d+")
        return walk.keys


def long_one_by_failed_calls(home: Path) -> int:
    """In a long conversation about code one goes from failed call to failed call, and back to where one was."""
    with walking(DEMO, home) as walk:
        walk.run.wait_for(r"Conversations 1/2,\d+")
        walk.find("agent:code*")
        walk.press("Enter", see=r"turn –/6 .* 0 %")
        walk.press("e", see=r"turn 1/6 · (Bash|Edit) .*(?s:.*)✗\?")
        walk.press("e", "e", "e", "Enter", see=r"(?s)results.*(Exit code|Traceback|error:|tool_use_error)")
        walk.press("Ctrl-O", see=r"turn –/6 .* 0 %")
        return walk.keys


def stray_keys_and_back(home: Path) -> int:
    """In each pane a key is pressed that was not meant, and one key leads back."""
    with walking(DEMO, home) as walk:
        walk.run.wait_for(r"Conversations 1/2,\d+")
        walk.find("refund")
        walk.press("j", "j", see=r"Conversations 3/\d+ ")
        walk.press("c", see=r"Conversations \d+/2,\d+")
        walk.press("Ctrl-O", see=r'Conversations 3/\d+ (?s:.*)"refund" ×')
        walk.press("t", see="find a tag")
        walk.press("Ctrl-O", see=r"Conversations 3/\d+ ")
        walk.press("Enter", see=r"turn .*%")
        walk.press("G", see=r"100 %")
        walk.press("u", see="list and the filter")
        walk.press("Ctrl-O", see=r"turn –/\d+ .* 0 %")
        walk.press("Ctrl-O", see=r"Conversations 3/\d+ ")
        return walk.keys


def first_start(home: Path) -> int:
    """From a token alone to the first row: the form asks for the project."""
    demo = start_demo()
    try:
        environ = {"CLARIFEYE_TOKEN": demo.token, "CLARIFEYE_BASE_URL": demo.base_url}
        with walking(TUI, home, environ=environ) as walk:
            walk.run.wait_for("Project: its id")
            walk.type(demo.project_id, see=demo.project_id)
            walk.press("Ctrl-S", see=r"Conversations 1/2,\d+")
            return walk.keys
    finally:
        demo.close()


def dropped_line(home: Path) -> int:
    """The line drops while something is read, and the next start is there again."""
    with walking(DEMO, home) as walk:
        walk.run.wait_for(r"Conversations 1/2,\d+")
        walk.press("j", "j", "j", "Enter", see=r"turn –/\d+ ")
        walk.press("]", see=r"turn 1/\d+")
        keys = walk.keys
        walk.run.hang_up()
        walk.run.wait_for_exit()
    with walking(DEMO, home) as walk:
        walk.run.wait_for(r"turn 1/\d+")
        walk.press("Esc", see=r"Conversations 4/2,\d+")
        return keys + walk.keys


def small_in_tmux(home: Path) -> int:
    """At 80x24 within tmux: found, read, copied to tmux, and left."""
    tmux = ("tmux", "-L", f"walk-{home.name}", "-f", "/dev/null")
    try:
        with walking((*tmux, "new", *DEMO), home, size=(80, 24)) as walk:
            walk.run.wait_for(r"Conversations 1/2,\d+")
            walk.find("refund")
            walk.press("j", "Enter", see=r"turn .*%")
            walk.press("y", see="Esc leaves")
            walk.press("i", see="Copied")
            walk.press("q", see=r"Conversations 2/\d+ ")
            walk.press("q")
            walk.run.wait_for_exit()
            return walk.keys
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


def project_and_back(home: Path) -> int:
    """To another project, where one reads, and back to the very row."""
    demo = start_demo()
    folder = home / ".config" / "clarifeye-tui"
    folder.mkdir(parents=True)
    config = folder / "config.toml"
    config.write_text(
        'default_profile = "acme"\n'
        + "".join(
            f'[profiles.{name}]\nbase_url = "{demo.base_url}"\nproject = "{project_id}"\ntoken_env = "WALK_TOKEN"\n'
            for name, project_id in (("acme", demo.project_id), ("beta", SECOND_ID))
        )
    )
    config.chmod(0o600)
    try:
        with walking(TUI, home, environ={"WALK_TOKEN": demo.token}) as walk:
            walk.run.wait_for(r"acme(?s:.*)Conversations 1/2,\d+")
            walk.press("j", "j", see=r"Conversations 3/2,\d+")
            walk.press("P", see="Projects")
            walk.press("2", see=r"beta · (?s:.*)Conversations 1/\d\d ")
            walk.press("Enter", see=r"turn .*%")
            walk.press("q", see=r"Conversations 1/\d\d ")
            walk.press("P", see="Projects")
            walk.press("1", see=r"acme · (?s:.*)Conversations 3/2,\d+")
            return walk.keys
    finally:
        demo.close()


WALKS: dict[str, Callable[[Path], int]] = {
    "five failed bookings found, read and copied": failed_calls_copied,
    "twenty conversations, answers only": twenty_with_answers_only,
    "a coding transcript by its failed calls": long_one_by_failed_calls,
    "a stray key in each pane, and back": stray_keys_and_back,
    "first start to first row": first_start,
    "a dropped line, and back": dropped_line,
    "80x24 in tmux": small_in_tmux,
    "another project, and back": project_and_back,
}
MOST_KEYS = {
    "five failed bookings found, read and copied": 60,
    "twenty conversations, answers only": 22,
    "a coding transcript by its failed calls": 24,
    "a stray key in each pane, and back": 25,
    "first start to first row": 40,
    "a dropped line, and back": 8,
    "80x24 in tmux": 20,
    "another project, and back": 10,
}
"""In how many keys each is to be walked."""

HAS_TMUX = shutil.which("tmux") is not None
