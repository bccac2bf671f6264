"""Every command of the palette in the restricted mode, with the interpreter itself watching what it leads to."""

import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.screens.browse.dialog_commands import palette_entries
from tui.screens.dialogs.palette_entry import PaletteEntry
from tui.terminal.process.environment import Surroundings

_STARTS = frozenset({"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "pty.spawn"})
_CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.link", "os.symlink", "webbrowser.open"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FURTHER = ("enter", *(pytest.param(key, marks=pytest.mark.long) for key in ("", "i")))
"""What is pressed once a command has run: where it brings a dialogue, that goes on."""

_MOST_ESCAPES = 5
"""From a line in a dialogue over a dialogue."""

_watchers: list[list[str]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Kept short: it hears everything that the interpreter does, for as long as it runs."""
    if not _watchers:
        return
    if event in _STARTS or event in _CHANGES:
        _watchers[-1].append(f"{event} {arguments}")
    elif event == "open" and _writes(*arguments):
        _watchers[-1].append(f"open {arguments}")


def _writes(path: object, _mode: object, flags: object) -> bool:
    writing = isinstance(flags, int) and bool(flags & _WRITING)
    return writing and path != os.devnull and "__pycache__" not in str(path)


@pytest.fixture(scope="module")
def _hearing() -> None:
    sys.addaudithook(_hear)  # which nobody can take away again


@pytest.fixture
def done(tmp_path: Path, server: ScriptedServer, _hearing: None) -> Iterator[list[str]]:
    """What is started and what is written to, once folder and server are there."""
    acts: list[str] = []
    _watchers.append(acts)
    yield acts
    _watchers.pop()


async def _run(it: Browsing, command: PaletteEntry, key: str) -> None:
    running = command.run()
    if inspect.isawaitable(running):
        await running
    await it.pilot.pause()  # a worker that is replaced before it began would complain
    if key:
        await it.press(key)
    for _ in range(_MOST_ESCAPES):
        if it.app.screen is it.screen:
            break
        await it.press("escape")
    assert it.app.screen is it.screen, f"{command.words}, then {key!r}: Esc does not lead back\n{it.text}"
    if waited := [worker for worker in it.app.workers if worker.group in ("copy", "outside")]:
        await it.app.workers.wait_for_complete(waited)


async def _run_all(
    server: ScriptedServer, folder: Path, *, restricted: bool, key: str = "enter", of: str = ""
) -> set[str]:
    """Run every command of every pane whose words begin so, but for leaving; their words."""
    server.answer(LiveProject([conversation(number) for number in range(3)]))
    run: set[str] = set()
    async with browsing(server, size=(130, 50), restricted=restricted) as it:
        await it.until_seen("Question 0")
        it.app.surroundings = Surroundings({}, folder, folder, restricted=restricted)
        for pane in (it.rows, it.transcript, it.filter):
            pane.focus()
            await it.pilot.pause()
            for command in palette_entries(it.screen.context):
                if command.words not in run and command.words.startswith(of) and command.words != "Quit":
                    run.add(command.words)
                    await _run(it, command, key)
        await it.until_quiet()
    return run


@pytest.mark.parametrize("key", _FURTHER)
async def test_no_command_starts_a_program_or_writes_a_file(
    server: ScriptedServer, tmp_path: Path, done: list[str], key: str
) -> None:
    run = await _run_all(server, tmp_path, restricted=True, key=key)
    assert len(run) > 50
    assert not done


async def test_without_the_mode_one_of_them_is_heard(server: ScriptedServer, tmp_path: Path, done: list[str]) -> None:
    assert await _run_all(server, tmp_path, restricted=False, of="Read in the pager")
    assert any(str(act).startswith("open") for act in done)
