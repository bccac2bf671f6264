"""What people said of answers: each thing is shown once, where it belongs, and keys go from one to the next."""

import gc
import weakref
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.payloads import HOSTILE
from tests.hostile.wire import findings
from tests.views.reader.reading import Reading
from tests.views.transcript.histories import answer, message, tool
from tui.api.models import Feedback
from tui.views.reader.reader import Reader
from tui.views.reader.title import title_of
from tui.views.text.wrap import line_width, plain

HISTORY = [
    message("first?", 1),
    answer("one", 1),
    message("second?", 2),
    tool([], 2),
    message("third?", 3),
    answer("three", 3),
    answer("three more", 3),
]
LONG = "\n".join(f"line {number}" for number in range(40))


def said(query: int | None, text: str, **fields: Any) -> Feedback:
    return Feedback.model_validate({"query_id": query, "feedback": text, "is_positive": False, **fields})


def reading(*feedback: Feedback, history: list[Any] = HISTORY, **options: Any) -> Reading:
    it = Reading(None, **options)
    it.reader.modes.said = lambda _id: feedback
    it.show(history)
    return it


def text_of(it: Reading) -> str:
    document = it.reader.document
    assert document is not None
    lines = [
        plain(document.line(index, line))
        for index in range(len(document.blocks))
        for line in range(document.height(index))
    ]
    return "\n".join(lines)


def test_it_stands_below_the_answer_of_its_turn_and_else_at_the_end() -> None:
    it = reading(said(99, "lost"), said(None, "of all"), said(2, "no answer"), said(3, "of three"), said(1, "of one"))
    text = text_of(it)
    order = ["one", "of one", "second?", "three more", "of three", "no answer", "of all", "lost"]
    places = [text.index(f"{words}\n") if words != "lost" else text.index("lost") for words in order]
    assert places == sorted(places)
    assert "on turn 2, which has no answer" in text
    assert "on the whole conversation" in text
    assert "on query 99, which is not in the history" in text


def test_who_when_and_what_became_of_it_is_told() -> None:
    one = said(
        1, "Wrong.", status="to_review", given_by="ana@acme.example", created_at="2026-03-12T14:02:11Z", source="api"
    )
    two = said(1, "Fine.", status="some_other", is_positive=True)
    text = text_of(reading(two, one, said(1, "", is_positive=None), width=100))
    assert "▼ Thumbs down · to review · ana@acme.example · 12 Mar 2026 14:02 · api" in text
    assert "▲ Thumbs up · some other · somebody · at an unknown time" in text
    assert "◆ Feedback" in text
    assert text.index("Wrong.") < text.index("Fine.")


def test_keys_go_from_one_to_the_next_and_back_and_say_where_there_is_none() -> None:
    it = reading(said(None, "d"), said(3, "c"), said(1, "b"), said(1, "a"), height=12)
    seen = []
    for key in ("c", "c", "c", "c"):
        it.press(key)
        viewport = it.reader.viewport
        assert viewport is not None
        seen.append(plain(viewport.document.line(viewport.cursor[0], viewport.cursor[1] + 1)).strip("┆ "))
    assert seen == ["a", "b", "c", "d"]
    it.press("c")
    assert it.said[-1] == "There is no next feedback here."
    it.press("C", "C", "C")
    viewport = it.reader.viewport
    assert viewport is not None
    assert "a" in plain(viewport.document.line(viewport.cursor[0], viewport.cursor[1] + 1))
    it.press("C")
    assert it.said[-1] == "There is no previous feedback here."
    it.press("g", "3c")
    assert "c" in plain(viewport.document.line(viewport.cursor[0], viewport.cursor[1] + 1))


def test_a_long_one_is_folded_until_it_is_unfolded() -> None:
    it = reading(said(None, LONG), said(1, LONG), height=30)
    assert "line 7" not in text_of(it)
    assert "40 lines" in text_of(it)
    it.press("c", "enter")
    assert text_of(it).count("line 39") == 1
    it.press("c", "l")
    assert text_of(it).count("line 39") == 2
    it.press("h", "C", "h")
    assert "line 39" not in text_of(it)


def test_it_is_searched_too_and_unfolded_for_what_is_found() -> None:
    it = reading(said(1, LONG), said(3, "a needle in it"))
    it.press("/").type("needle").press("enter")
    assert it.reader.finder.status(it.reader.document) == "1/1"
    it.press("/").type("").press("escape")
    it.press("/").type("line 39").press("enter")
    assert it.reader.finder.status(it.reader.document) == "1/1"
    assert "line 39" in text_of(it)


def test_what_comes_later_is_shown_where_one_reads_and_moves_nothing() -> None:
    known: list[tuple[Feedback, ...]] = [()]
    it = Reading(None, height=8)
    it.reader.modes.said = lambda _id: known[0]
    it.show(HISTORY)
    it.press("G")
    viewport = it.reader.viewport
    assert viewport is not None
    before = viewport.cursor
    for known[0] in ((said(1, "now"), said(None, "end")), (said(3, "other"),), ()):
        Reader.refresh_feedback(it.reader)
        assert viewport.cursor == before
        assert [str(one.feedback) in text_of(it) for one in known[0]] == [True] * len(known[0])
    assert "┆" not in text_of(it)


def test_how_much_waits_is_in_the_title() -> None:
    it = reading(said(1, "a", status="to_review"), said(9, "b", status="to_review"), said(3, "c", status="reviewed"))
    assert "2 to review" in plain(title_of(it.reader, "name", "").right)
    assert "to review" not in plain(title_of(reading(said(1, "a")).reader, "name", "").right)


def test_five_thousand_on_one_conversation_are_all_shown() -> None:
    it = reading(*(said(number % 5, f"number {number}.") for number in range(5_000)))
    text = text_of(it)
    assert all(f"number {number}." in text for number in (0, 1, 2_500, 4_999))
    it.press("4999c")
    assert not it.said


queries = st.none() | st.integers(-1, 5)


@given(st.lists(st.tuples(queries, st.sampled_from(HOSTILE)), max_size=6), st.integers(12, 120))
def test_each_is_shown_once_in_its_width_and_acts_nowhere(told: list[tuple[int | None, Any]], width: int) -> None:
    feedback = [
        said(query, f"said{number}. {payload.text}", given_by=payload.text, status=payload.text, source=payload.text)
        for number, (query, payload) in enumerate(told)
    ]
    it = reading(*feedback, width=width)
    document = it.reader.document
    assert document is not None
    text = text_of(it)
    assert findings(text.encode()) == []
    assert [text.count(f"said{number}.") for number in range(len(told))] == [1] * len(told)
    for index in document.places["feedback"]:
        assert max(line_width(document.line(index, line)) for line in range(document.height(index))) <= width


def test_a_conversation_that_is_left_is_let_go_at_once() -> None:
    it = reading(said(1, "of one"), said(None, "of all"))
    left = weakref.ref(it.reader.document)
    gc.disable()
    try:
        it.reader.show_nothing("Nothing.")
        it.rest()
        assert left() is None
    finally:
        gc.enable()
