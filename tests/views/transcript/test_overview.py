from tests.views.transcript.histories import FAILURE, answer, document, long_history, tool
from tui.views.transcript.overview import (
    FAILED_MARK,
    GUESSED_MARK,
    MATCH_MARK,
    QUESTION_MARK,
    TOOL_MARK,
    Overview,
    overview_marks,
)


def test_failures_and_matches_are_always_on_the_map_and_the_rest_where_it_tells_something() -> None:
    few = document([*long_history(4), tool(FAILURE, 4, 500), answer("x\n\n" * 100, 4, 501)])
    marks = overview_marks(few, 40, [])
    assert set(marks.values()) >= {QUESTION_MARK, FAILED_MARK, TOOL_MARK}
    many = document(long_history(100))
    assert set(overview_marks(many, 40, []).values()) == {FAILED_MARK}
    doubtful = document([*long_history(4), tool(["Error: no such seat"], 4, 500), answer("x\n\n" * 100, 4, 501)])
    assert set(overview_marks(doubtful, 40, []).values()) >= {GUESSED_MARK}
    last = len(many.blocks) - 1
    assert overview_marks(many, 40, [last])[39] == MATCH_MARK
    assert overview_marks(document([]), 40, []) == {}


def test_a_map_that_is_kept_is_that_of_now() -> None:
    kept, one = Overview(), document([*long_history(4), tool(FAILURE, 4, 500), answer("x\n\n" * 100, 4, 501)])
    matches: list[int] = []
    first = kept.marks(one, 40, matches)
    assert kept.marks(one, 40, matches) is first
    matches.append(len(one.blocks) - 1)
    assert kept.marks(one, 40, matches) == overview_marks(one, 40, matches) != first
    for index in range(len(one.blocks)):
        one.height(index)
    assert kept.marks(one, 40, []) == overview_marks(one, 40, []) != first
    assert kept.marks(one, 30, []) == overview_marks(one, 30, [])
    other = document(long_history(4))
    assert kept.marks(other, 30, []) == overview_marks(other, 30, [])
