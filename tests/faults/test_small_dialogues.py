"""Dialogues on the smallest screens, and keys that come before they are laid out."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.keys import key_to_character
from textual.widgets import Input
from textual.widgets._toast import Toast

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.app import FirstStartApp
from tui.screens.dialogs.first_start import FirstStartScreen
from tui.screens.dialogs.token import Refusal, TokenScreen
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.saved_filters import SavedFilters
from tui.store.saved.session import Session
from tui.terminal.capabilities import Capabilities

SIZES = [(30, 8), (40, 12)]
MOVES = ("pagedown", "pageup", "end", "down", "home", "up", "pageup", "end", "pagedown", "tab")
BURSTS = [MOVES, (*MOVES, "enter"), ("enter", *reversed(MOVES)), (*MOVES, "escape", *MOVES)]
ROWS = [conversation(number) for number in range(1, 30)]


def session() -> Session:
    """Saved filters, more than there is room for."""
    full = SavedFilters()
    for number in range(12):
        full = full.save(f"Filter {number}", ListFilter(f"text {number}"))
    kept = Session()
    kept.change_filters(lambda _: full)
    return kept


def burst(app: object, keys: tuple[str, ...]) -> None:
    """Press keys without waiting for anything."""
    for key in keys:
        app.post_message(events.Key(key, key_to_character(key)))  # type: ignore[attr-defined]  # an app


def by_keys(*keys: str) -> Callable[[Browsing], None]:
    return lambda it: burst(it.app, keys)


def by_token(it: Browsing) -> None:
    it.app.push_screen(TokenScreen(Refusal(it.screen.settings.connection, "Token expired. " * 9, "No other. " * 9)))


OPENINGS: dict[str, Callable[[Browsing], None]] = {
    "help": by_keys("question_mark"),
    "saved filters": by_keys("s", "enter"),
    "export": by_keys("x"),
    "commands": by_keys("colon"),
    "token": by_token,
}


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36)], ids=str)
@pytest.mark.parametrize("name", OPENINGS)
async def test_a_notice_covers_no_question_and_no_menu(
    server: ScriptedServer, name: str, size: tuple[int, int]
) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server, session=session(), size=size, notices=True) as it:
        await it.until(lambda: it.rows.count)
        OPENINGS[name](it)
        await it.until(lambda: it.app.screen is not it.screen and it.app.screen.size)
        for severity in ("error", "warning", "information"):
            it.app.notify("There is much to be said of this. " * 6, severity=severity, timeout=60)
        await it.until(lambda: len(it.app.screen.query(Toast)) == 3)
        await it.until(lambda: any(toast.region for toast in it.app.screen.query(Toast)))
        await it.worked_through()
        notices = [toast.region for toast in it.app.screen.query(Toast) if toast.region]
        boxes = [child for child in it.app.screen.children if child.display and not child.has_class("-textual-system")]
        assert boxes
        for box in boxes:
            assert not any(notice.overlaps(box.region) for notice in notices), (notices, box.region)
            assert box.region.height >= min(7, size[1] // 3)
        await out(it)


async def out(it: Browsing) -> None:
    """Out of every dialogue."""
    for _ in range(6):
        await it.press("escape")
    await it.until(lambda: it.app.screen is it.screen)


@pytest.mark.parametrize("size", SIZES, ids=["tiny", "small"])
@pytest.mark.parametrize("name", OPENINGS)
async def test_keys_that_come_before_a_dialogue_is_laid_out_harm_nothing(
    server: ScriptedServer, name: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    server.answer(LiveProject(ROWS))
    async with browsing(server, session=session(), size=size) as it:
        await it.until(lambda: it.rows.count)
        for keys in BURSTS:
            OPENINGS[name](it)
            burst(it.app, keys)
            await it.worked_through()
            await out(it)
        await it.pilot.resize_terminal(*SIZES[-1])
        OPENINGS[name](it)
        await it.until(lambda: it.app.screen is not it.screen)
        await it.pilot.resize_terminal(*size)
        burst(it.app, MOVES)
        await it.worked_through()
        assert it.app.screen is not it.screen
        await out(it)
        assert it.app.faults.first is None


@pytest.mark.parametrize("size", SIZES, ids=["tiny", "small"])
async def test_a_first_start_takes_keys_at_any_moment_and_size(size: tuple[int, int], tmp_path: Path) -> None:
    app = FirstStartApp(tmp_path / "config.toml", {}, Capabilities())
    async with app.run_test(size=size) as pilot:
        burst(app, (*MOVES, "enter", *MOVES, "shift+tab", "enter", *MOVES))
        await pilot.pause()
        assert isinstance(app.screen, FirstStartScreen)
        burst(app, ("escape", *MOVES))
        async with asyncio.timeout(60):
            while app.return_value is None:
                await pilot.pause()
        assert app.faults.first is None
    assert app.return_value is False


@pytest.mark.parametrize("size", SIZES, ids=["tiny", "small"])
async def test_a_first_start_is_filled_in_at_any_size(size: tuple[int, int], tmp_path: Path) -> None:
    app = FirstStartApp(tmp_path / "config.toml", {}, Capabilities())
    async with app.run_test(size=size) as pilot:
        burst(app, ("a", "b"))
        async with asyncio.timeout(60):
            while app.screen.query_one("#project", Input).value != "ab":
                await pilot.pause()
