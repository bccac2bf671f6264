"""Typing a search: what is said about a pattern that is bad or too slow, and where it is said."""

import asyncio
import re

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets.input import Selection

from tests.harness.pumps import press
from tests.views.transcript.histories import long_history, message
from tests.widgets.transcript.test_view import Host, grown, screen, searched
from tui.views.transcript.search.search import Search
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.transcript.view import TranscriptView

_SLOW = "(a+)+b"


def said(view: TranscriptView) -> str:
    return " ".join(" ".join(screen(view)[-4:]).split())


async def typed(pilot: Pilot[None], text: str) -> None:
    await press(pilot, "slash", "ctrl+r")
    pilot.app.query_one(SearchInput).insert_text_at_cursor(text)
    await pilot.pause()


async def test_a_pattern_that_takes_for_ever_ends_with_a_sentence_and_keys_are_answered_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history = [message("it was a cab"), message("a" * 200_000, 2), *long_history(5)]
    app = Host(history)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        step, began, answered = Search.step, asyncio.Event(), asyncio.Event()

        def tell(search: Search, seconds: float) -> bool:
            if search.query.pattern.compiled.pattern == _SLOW:
                began.set()
            return step(search, seconds)

        def moved(selection: Selection) -> None:
            if selection.end == len(_SLOW) - 1 and began.is_set() and not view.reader.finder.done:
                answered.set()

        monkeypatch.setattr(Search, "step", tell)
        await typed(pilot, _SLOW[:-1])
        view.watch(view.query_one(SearchInput), "selection", moved, init=False)
        app.post_message(events.Key(_SLOW[-1], _SLOW[-1]))
        await began.wait()
        app.post_message(events.Key("left", None))
        await searched(pilot, view)
        assert answered.is_set()
        assert "this pattern takes too long here" in said(view)
        assert "1/1+" in screen(view)[-1]
        await press(pilot, "enter", "n")
        assert "it was a cab" in "\n".join(screen(view))
        await press(pilot, "slash", "ctrl+r", *["backspace"] * 10, *"answer 3")
        await searched(pilot, view)
        assert "1/1" in screen(view)[-1]
        assert "too long" not in said(view)


@pytest.mark.parametrize("width", [45, 80, 120])
async def test_the_reason_why_a_pattern_is_bad_can_be_read(width: int) -> None:
    app = Host(long_history(5))
    async with app.run_test(size=(width, 24)) as pilot:
        await typed(pilot, "retrieval (?P<x>a)(?<=a+)")
        await pilot.pause()
        assert "bad pattern: look-behind requires fixed-width pattern" in said(app.view)
        assert screen(app.view)[-1].rstrip().endswith("bad pattern regex")
        assert app.view.query_one(SearchInput).region.width >= 20
        assert len(screen(app.view)) == 24
        await press(pilot, "backspace", "backspace", ")")
        await searched(pilot, app.view)
        assert "bad pattern" not in said(app.view)


@pytest.mark.parametrize("size", [(20, 5), (12, 2), (30, 1)])
async def test_a_reason_leaves_room_for_the_text_and_the_input(size: tuple[int, int]) -> None:
    app = Host(long_history(2))
    async with app.run_test(size=size) as pilot:
        await typed(pilot, "(?P<" + "x" * 80)
        await pilot.pause()
        lines = screen(app.view)
        assert len(lines) == size[1]
        assert all(len(line) == size[0] for line in lines)
        assert app.view.query_one(SearchInput).region.width >= min(9, size[0] - 3)


async def test_the_count_of_very_many_matches_is_not_hidden_by_the_input() -> None:
    app = Host([message("word " * 9_000 * 2)])
    async with app.run_test(size=(45, 24)) as pilot:
        await typed(pilot, r"\w\w+")
        await searched(pilot, app.view)
        await pilot.pause()
        status = re.search(r"1/10,\d\d\d\+ regex$", screen(app.view)[-1].rstrip())
        assert status, "a few more than 10,000: the search ends with a slice of its time"
        assert app.view.query_one(SearchInput).region.right <= app.view.region.right - len(status[0])


async def test_what_was_searched_for_before_comes_back_with_the_keys_of_readline() -> None:
    app = Host(long_history(5))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await grown(pilot, view)
        for words in ("receipt", "policy"):
            await press(pilot, "slash", *["backspace"] * 10, *words, "enter")
        await press(pilot, "slash", *["backspace"] * 10, "a", "ctrl+p", "ctrl+p")
        await searched(pilot, view)
        assert view.reader.finder.text == "receipt"
        assert "/5" in screen(view)[-1]
        await press(pilot, "ctrl+p", "ctrl+n")
        assert view.reader.finder.text == "policy"
        await press(pilot, "ctrl+n", "ctrl+n")
        assert view.reader.finder.text == "a"
