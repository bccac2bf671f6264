"""What is folded, and the line under the cursor, after the program was gone."""

import json
from typing import Any

from tests.views.reader.reading import Reading as Reader
from tests.views.transcript.histories import long_history, message, tool
from tui.store.saved.place import Place, Reading, place_from
from tui.views.reader.place import come_back, reading_of, turn_of


def saved(it: Reader) -> Reading:
    """The place as the next start reads it from the disk."""
    reading = reading_of(it.reader)
    assert reading is not None
    place = place_from(json.loads(json.dumps(Place(reading=reading).content())))
    assert place is not None
    return place.reading


RESULTS: list[Any] = [
    {"rows": [{"score": number, "name": f"n{number}"} for number in range(8)]},
    {"inner": json.dumps({"decoded": {"yes": [1, {"deep": "down"}]}}), "long": "word " * 900},
    {"many": [[number, [number]] for number in range(250)]},
]


def test_folds_in_json_tables_windows_and_decoded_strings_come_back() -> None:
    history = [*long_history(3), message("Q", 9), tool(RESULTS, 10), *long_history(3)]
    it = Reader(history, height=60).press("}}}} enter jjjj - enter j enter j | jj enter")
    assert "table" in it.text
    for _ in range(60):
        if "inner" in it.line or "[1]" in it.line or "1:" in it.line[:6]:
            it.press("l")
        it.press("j")
    it.press("kkk")
    reading = saved(it)
    assert reading.trees
    again = Reader(history, height=60)
    come_back(again.reader, reading)
    assert (again.screen, again.line) == (it.screen, it.line)
    assert saved(again) == reading


def test_a_search_and_the_place_come_back_as_soon_as_they_are_laid_out() -> None:
    history = [message(f"word {number}", number) for number in range(2_000)]
    it = Reader(history).press("/").type("word 1999").press("enter n kkk")
    reading, before = saved(it), it.screen[:-1]
    again = Reader(history, grown=False)
    come_back(again.reader, reading)
    again.rest()
    assert again.screen[:-1] == before
    assert again.reader.finder.text == "word 1999"
    assert turn_of(again.reader) == turn_of(it.reader) > 1990


def test_who_has_moved_meanwhile_is_not_taken_back() -> None:
    history = [message(f"word {number}", number) for number in range(2_000)]
    reading = saved(Reader(history).press("G"))
    again = Reader(history, grown=False)
    come_back(again.reader, reading)
    assert again.press("j").rest().row == 1


def test_a_place_in_another_conversation_is_no_place_here() -> None:
    reading = saved(Reader(long_history(20)).press("G"))
    again = Reader(None)
    come_back(again.reader, reading)
    again.show(long_history(20), id="another")
    come_back(again.reader, reading)
    assert turn_of(again.reader) == 0
    assert reading_of(Reader(None).reader) is None


def test_folds_that_nobody_has_looked_at_again_are_still_there_the_time_after() -> None:
    history = [tool(RESULTS, 1), *long_history(30)]
    reading = saved(Reader(history).press("} enter jjjj - h G"))
    assert reading.trees
    again = Reader(history)
    come_back(again.reader, reading)
    assert saved(again) == reading


def test_folds_of_other_json_do_no_harm() -> None:
    reading = saved(Reader([tool(RESULTS, 1)], height=60).press("} enter jjjj +"))
    for other in ([1, 2], {"a": "b"}, "text", None, [[[]], "[1]"]):
        again = Reader([tool(other, 1)], width=60)
        come_back(again.reader, reading)
        assert all(len(line) <= 60 for line in again.press("jj enter G").screen)
