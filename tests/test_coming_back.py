"""The installed command against real signals and a real terminal: killed, hung up, stopped, and back at its place."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun

TUI = [sys.executable, "-m", "tui"]
ROOT = Path(__file__).parent.parent


@pytest.fixture
def environ(tmp_path: Path, demo_environ: Mapping[str, str]) -> Mapping[str, str]:
    return {**demo_environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "COLORTERM": "truecolor"}


def start(environ: Mapping[str, str], *arguments: str) -> TerminalRun:
    return TerminalRun([*TUI, *arguments], environ=environ, folder=ROOT, columns=130, rows=40)


def without_server(environ: Mapping[str, str]) -> Mapping[str, str]:
    """For the demo that the program starts by itself."""
    return {name: value for name, value in environ.items() if not name.startswith("CLARIFEYE_")}


def states(environ: Mapping[str, str]) -> Iterator[str]:
    """What the state files say."""
    for path in Path(environ["HOME"]).rglob("*.json"):
        yield path.read_text()


def until_saved(run: TerminalRun, environ: Mapping[str, str], pattern: str) -> None:
    """Wait until the state on the disk says so."""
    deadline = time.monotonic() + 60
    while not any(re.search(pattern, state) for state in states(environ)):
        assert time.monotonic() < deadline, f"never saved; on the screen:\n{run.text}"
        run.wait_for(".")


def read_third(run: TerminalRun) -> None:
    """Go to the third conversation and read its second turn."""
    run.wait_for(r"Conversations 1/[\d,]+ .*(?s:.*)↑\d")
    run.send("jj")
    run.wait_for(r"Conversations 3/")
    run.send("\r")
    run.wait_for(r"\] turn ")
    run.send("]")
    run.wait_for(r"\] turn ")


def test_kill_9_in_the_middle_and_the_next_start_is_there_again(environ: Mapping[str, str]) -> None:
    with start(environ) as run:
        read_third(run)
        until_saved(run, environ, r'"index": 2,(?s:.*)"detail-pane"(?s:.*)"cursor": \[\s*[1-9]')
        place = run.wait_for(r"turn 1/\d+ .* \d+ %")
        run.kill(signal.SIGKILL)
        run.wait_for_exit()
    with start(environ) as run:
        run.wait_for(r"─ 3/")
        run.wait_for(re.escape(place))
        run.send("\x11")
        assert run.wait_for_exit() == 0


def test_kill_9_keeps_what_is_folded_in_the_json_of_a_tool_call(environ: Mapping[str, str]) -> None:
    with start(environ) as run:
        read_third(run)
        run.send("}\r")
        run.wait_for("results +[0-9]")
        until_saved(run, environ, r'"results": \[\s*"o",')
        run.send("jjjjjjjjjj-")
        until_saved(run, environ, r'"results": \[\s*"0",')
        line = run.wait_for(r"│▌ +▸ [^│┃]+")
        run.kill(signal.SIGKILL)
        run.wait_for_exit()
    with start(environ) as run:
        run.wait_for(r"─ 3/")
        run.wait_for(re.escape(line.strip()))
        run.wait_for(r"▾ [^▾]+input parameters")


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT, signal.SIGABRT, signal.SIGXCPU]
)
def test_a_polite_end_saves_the_place_at_once_and_restores_the_terminal(
    environ: Mapping[str, str], number: signal.Signals
) -> None:
    with start(environ) as run:
        read_third(run)
        run.kill(number)
        assert run.wait_for_exit() == 128 + number
        assert run.is_restored
    assert any('"index": 2' in state for state in states(environ))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_polite_end_in_the_first_moment_restores_the_terminal(
    environ: Mapping[str, str], number: signal.Signals
) -> None:
    with start(environ) as run:
        run.wait_for("clarifeye-tui")  # the first picture, before anything of the program itself is there
        run.kill(number)
        assert run.wait_for_exit() == 128 + number
        assert run.is_restored
        assert "Traceback" not in run.raw.decode(errors="replace")


def test_a_terminal_that_goes_away_leaves_the_place_and_no_process(environ: Mapping[str, str]) -> None:
    run = start(without_server(environ), "--demo")
    with run:
        read_third(run)
        run.hang_up()
        assert run.wait_for_exit(20) == 128 + signal.SIGHUP
    assert any('"index": 2' in state for state in states(environ))


def test_ctrl_z_gives_the_terminal_back_and_fg_paints_all_of_it_again(environ: Mapping[str, str]) -> None:
    with start(environ) as run:
        read_third(run)
        run.send("\x1a")
        deadline = time.monotonic() + 60
        while os.waitid(os.P_PID, run.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
            assert time.monotonic() < deadline, run.text
            run.wait_for("(?s).*")
        run.drain()
        assert run.is_restored
        assert b"\x1b[?1049l" in run.raw
        del run.raw[:]
        os.kill(run.pid, signal.SIGCONT)
        run.wait_for(r"─ 3/")
        run.send("\x11")
        assert run.wait_for_exit() == 0
        assert run.is_restored


def test_leaving_says_how_to_come_back_and_that_works(environ: Mapping[str, str]) -> None:
    environ = without_server(environ)
    with start(environ, "--demo") as run:
        read_third(run)
        run.wait_for(r"─ 3/")
        run.send("\x11")
        assert run.wait_for_exit() == 0
    line = run.raw.decode(errors="replace").splitlines()[-1]
    said = re.search(r"clarifeye-tui open ([0-9a-f-]{36}#1) --demo$", line)
    assert said, line
    with start({**environ, "XDG_STATE_HOME": environ["HOME"] + "/another"}, "open", said[1], "--demo") as run:
        run.wait_for("│▌Turn 1")
        run.wait_for(r"\] turn ")
        run.send("\x11")
        assert run.wait_for_exit() == 0


@pytest.mark.parametrize(
    "wrong", ["acme", "00ffd957-b252-44cc-afcf-a63f0d56953d#x", "00ffd957-b252-44cc-afcf-a63f0d56953d#0"]
)
def test_what_is_no_id_is_refused(environ: Mapping[str, str], wrong: str) -> None:
    with start(environ, "open", wrong) as run:
        assert run.wait_for_exit() == 2
        assert "The id to open is not a UUID" in run.text or "is not a number" in run.text


def test_a_home_that_takes_nothing_is_said_and_everything_works(environ: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with start({**without_server(environ), "HOME": str(tmp_path / "home")}, "--demo") as run:
        run.wait_for("↑")
        run.wait_for("not kept")
        run.send("q")
        assert run.wait_for_exit() == 0
