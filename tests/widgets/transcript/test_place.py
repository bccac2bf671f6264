"""What is folded, and the line under the cursor, after the program was gone."""

import json
from typing import Any

from textual.pilot import Pilot

from tests.views.transcript.histories import long_history, message, tool
from tests.widgets.transcript.test_view import Reader, cursor_line, grown, screen
from tui.store.saved.place import Place, Reading, place_from
from tui.widgets.transcript.place import come_back, reading_of


def saved(reading: Reading | None) -> Reading:
    """The place as the next start reads it from the disk."""
    assert reading is not None
    place = place_from(json.loads(json.dumps(Place(reading=reading).content())))
    assert place is not None
    return place.reading


RESULTS: list[Any] = [
    {"rows": [{"score": number, "name": f"n{number}"} for number in range(8)]},
    {"inner": json.dumps({"decoded": {"yes": [1, {"deep": "down"}]}}), "long": "word " * 900},
    {"many": [[number, [number]] for number in range(250)]},
]


async def shown_like_before(pilot: Pilot[None], app: Reader, history: list[Any]) -> tuple[list[str], str]:
    view = app.view
    await grown(pilot, view)
    return [line[:-1] for line in screen(view)], cursor_line(view)


async def test_folds_in_json_tables_windows_and_decoded_strings_come_back() -> None:
    history = [*long_history(3), message("Q", 9), tool(RESULTS, 10), *long_history(3)]
    keys = ["right_curly_bracket"] * 4
    app = Reader(history)
    async with app.run_test(size=(80, 60)) as pilot:
        await grown(pilot, app.view)
        await pilot.press(*keys, "enter", *"jjjj", "minus", "enter", "j", "enter", "j", "vertical_line")
        await pilot.press("j", "j", "enter")
        assert any("table" in line for line in screen(app.view))
        view = app.view
        assert view.viewport is not None
        for _ in range(60):
            if "inner" in cursor_line(view) or "[1]" in cursor_line(view) or "1:" in cursor_line(view)[:6]:
                await pilot.press("l")
            await pilot.press("j")
        await pilot.press("k", "k", "k")
        before = await shown_like_before(pilot, app, history)
        reading = saved(reading_of(view))
        assert reading.trees
    again = Reader(history)
    async with again.run_test(size=(80, 60)) as pilot:
        await grown(pilot, again.view)
        come_back(again.view, reading)
        await pilot.pause()
        assert await shown_like_before(pilot, again, history) == before
        assert saved(reading_of(again.view)) == reading


async def test_folds_that_nobody_has_looked_at_again_are_still_there_the_time_after() -> None:
    history = [tool(RESULTS, 1), *long_history(30)]
    app = Reader(history)
    async with app.run_test(size=(80, 24)) as pilot:
        await grown(pilot, app.view)
        await pilot.press("right_curly_bracket", "enter", *"jjjj", "minus", "h", "G")
        reading = saved(reading_of(app.view))
        assert reading.trees
    again = Reader(history)
    async with again.run_test(size=(80, 24)) as pilot:
        await grown(pilot, again.view)
        come_back(again.view, reading)
        assert saved(reading_of(again.view)) == reading


async def test_folds_of_other_json_do_no_harm() -> None:
    app = Reader([tool(RESULTS, 1)])
    async with app.run_test(size=(80, 60)) as pilot:
        await grown(pilot, app.view)
        await pilot.press("right_curly_bracket", "enter", *"jjjj", "plus")
        reading = saved(reading_of(app.view))
    for other in ([1, 2], {"a": "b"}, "text", None, [[[]], "[1]"]):
        again = Reader([tool(other, 1)])
        async with again.run_test(size=(60, 24)) as pilot:
            await grown(pilot, again.view)
            come_back(again.view, reading)
            await pilot.press("j", "j", "enter", "G")
            assert all(len(line) == 60 for line in screen(again.view))
