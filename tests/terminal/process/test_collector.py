"""Garbage is looked for among all objects in pauses, not under somebody's fingers."""

import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pytest

from tests.harness.garbage import set_aside
from tui.terminal.process import collector as tidying
from tui.terminal.process.collector import Collector, begin_collecting


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.fixture
def looked() -> Iterator[asyncio.Event]:
    """Set once all objects have been looked at."""
    event = asyncio.Event()

    def noted(phase: str, info: dict[str, Any]) -> None:
        if phase == "stop" and info["generation"] == 2:
            event.set()

    gc.callbacks.append(noted)
    yield event
    gc.callbacks.remove(noted)


async def test_it_is_done_once_nothing_comes_to_the_screen(
    looked: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "_QUIET", 0.02)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, tidying._WORTH))
    one = Collector()
    one.start()
    looked.clear()
    one.touch()
    one.touch()
    assert not looked.is_set()
    await asyncio.wait_for(looked.wait(), 10)


async def test_where_little_has_happened_it_is_left_alone(
    looked: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    def count() -> tuple[int, int, int]:
        asked.set()
        return 0, 0, tidying._WORTH - 1

    monkeypatch.setattr(tidying, "_QUIET", 0.0)
    monkeypatch.setattr(gc, "get_count", count)
    one = Collector()
    one.start()
    looked.clear()
    one.touch()
    await asyncio.wait_for(asked.wait(), 10)
    assert not looked.is_set()


async def test_keys_without_end_do_not_put_it_off_for_ever(
    looked: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "_AT_LAST", 2)
    Collector().start()
    looked.clear()
    kept: list[list[object]] = []
    while not looked.is_set() and len(kept) < 5_000_000:
        kept.append([kept])
    assert looked.is_set()


def test_only_what_was_there_before_the_first_project_is_set_aside() -> None:
    imported = [object()]
    gc.disable()
    try:
        begin_collecting()
        app = [object()]
        begin_collecting()  # another project is opened in the same terminal
        looked_at = gc.get_objects()
    finally:
        gc.enable()
        gc.unfreeze()
        set_aside()
    assert any(one is app for one in looked_at)
    assert not any(one is imported for one in looked_at)
