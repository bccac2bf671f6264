"""A comparison as it is read: opened at the first difference, folded where nothing differs, at any width."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers import Json, message, tool_call
from tui.store.comparing.alignment import finished
from tui.store.comparing.words import compared_words
from tui.views.comparing.commands import COMPARER, end, fold, fold_all, next_difference, page, scroll, step
from tui.views.comparing.comparer import Comparer
from tui.views.comparing.report import Compared, comparison_markdown, pair_markdown, row_lines
from tui.views.comparing.text_rows import rows_of
from tui.views.text.wrap import line_width, plain


def raws(messages: Sequence[Json]) -> list[msgspec.Raw]:
    return msgspec.json.decode(msgspec.json.encode(messages), type=list[msgspec.Raw])


def turn(number: int, *calls: Json, answer: str = "It is done.") -> list[Json]:
    return [
        message(f"Question number {number * 1111}", query_id=number),
        *({**call, "query_id": number} for call in calls),
        message(answer, role="assistant", query_id=number),
    ]


BEFORE = [
    *turn(1, tool_call(input_parameters={"q": 1})),
    *turn(2, tool_call(input_parameters={"q": 2}), tool_call(input_parameters={"q": 3})),
    *turn(3, tool_call("find", input_parameters={"order": 17}, results={"status": "open", "items": [1, 2]})),
    *turn(4, answer="Your refund is on its way."),
]
AFTER = [
    *turn(1, tool_call(input_parameters={"q": 1})),
    *turn(2, tool_call(input_parameters={"q": 2}), tool_call(input_parameters={"q": 3})),
    *turn(3, tool_call("find", input_parameters={"order": 17}, results={"status": "sent", "items": [1]})),
    *turn(4, answer="Your money is on its way."),
    *turn(5, tool_call("close")),
]


def compared(
    before: Sequence[Json] = BEFORE, after: Sequence[Json] = AFTER, *, size: tuple[int, int] = (120, 20)
) -> Comparer:
    comparer = Comparer(raws(before), raws(after))
    comparer.resize(*size)
    while comparer.work(1.0):
        pass
    return comparer


def text(comparer: Comparer) -> str:
    return "\n".join(plain(comparer.lines(at)[line]).rstrip() for at, line in comparer.rows())


def at_cursor(comparer: Comparer) -> str:
    return plain(comparer.lines(comparer.cursor[0])[comparer.cursor[1]]).strip()


def test_it_opens_at_the_first_difference_with_what_is_equal_folded() -> None:
    comparer = compared()
    assert at_cursor(comparer).startswith("~ ▸ find")
    step(comparer, -100)
    assert "▸ 2 equal turns · 7 messages" in text(comparer)
    assert "$.status" in text(comparer)
    assert "$.items[1]" in text(comparer)
    assert "parameters equal" in text(comparer)


def test_side_by_side_from_a_hundred_columns_on_else_one_above_the_other() -> None:
    (row,) = [line for line in text(compared(size=(100, 20))).split("\n") if "$.status" in line]
    assert '- $.status: "open"' in row.partition("│")[0]
    assert '+ $.status: "sent"' in row.partition("│")[2]
    rows = [line.strip() for line in text(compared(size=(99, 20))).split("\n") if "$.status" in line]
    assert rows == ['- $.status: "open"', '+ $.status: "sent"']


def test_one_goes_from_difference_to_difference_and_is_told_of_the_ends() -> None:
    comparer = compared()
    assert next_difference(comparer, -1) == "There is no difference before this one."
    seen = [at_cursor(comparer)]
    while next_difference(comparer, 1) is None:
        seen.append(at_cursor(comparer))
    assert [one.split()[2] if one[0] == "~" else one.split("─")[0].strip() for one in seen] == ["find", "Agent", ""]
    assert "turn 5 here only" in seen[-1]
    assert next_difference(comparer, 1) == "There is no difference after this one."
    assert comparer.difference == 2
    assert next_difference(comparer, -1) is None
    assert comparer.difference == 1


def test_what_is_equal_unfolds_step_by_step_and_folds_again() -> None:
    comparer = compared()
    end(comparer, -1)
    whole = text(comparer)
    fold(comparer)
    assert "▾ 2 equal turns" in text(comparer)
    assert "▸ 3 equal" in text(comparer)
    while "▸ 3 equal" not in at_cursor(comparer):
        step(comparer, 1)
    fold(comparer)
    assert "▸ User" in text(comparer)
    step(comparer, 1)
    fold(comparer)
    assert text(comparer).count("Question number 1111") == 3
    step(comparer, -100)
    fold(comparer)
    assert text(comparer) == whole


def test_all_that_is_equal_unfolds_at_once_and_the_cursor_stays() -> None:
    comparer = compared()
    here = at_cursor(comparer)
    fold_all(comparer)
    assert at_cursor(comparer) == here
    assert not [line for at in range(len(comparer.blocks)) for line in comparer.lines(at) if "▸ 2 equal" in plain(line)]
    assert len([block for block in comparer.blocks if block.kind == "message"]) == 15
    fold_all(comparer)
    assert at_cursor(comparer) == here
    assert len([block for block in comparer.blocks if block.kind == "message"]) == 5


def test_the_same_history_shows_nothing_but_that_it_is_equal() -> None:
    comparer = compared(BEFORE, BEFORE)
    assert comparer.differences == []
    assert text(comparer).strip() == "▸ 4 equal turns · 12 messages"
    assert next_difference(comparer, 1) == "There is no difference."


def test_the_line_that_is_read_stays_when_the_window_changes() -> None:
    comparer = compared()
    next_difference(comparer, 1)
    key = comparer.blocks[comparer.cursor[0]].key
    for size in ((60, 10), (200, 50), (8, 1), (99, 3), (120, 20)):
        comparer.resize(*size)
        assert comparer.blocks[comparer.cursor[0]].key == key
        assert comparer.cursor in comparer.rows()
        assert len(comparer.rows()) <= size[1]


def test_who_has_gone_somewhere_is_not_taken_to_a_difference_that_is_found_later() -> None:
    comparer = Comparer(raws(BEFORE), raws(AFTER))
    comparer.resize(120, 20)
    end(comparer, -1)
    while comparer.work(1.0):
        pass
    assert comparer.cursor == (0, 0)


def test_a_run_of_equal_turns_grows_while_it_is_compared() -> None:
    messages = [one for number in range(1, 60) for one in turn(number)]
    ticks = iter(range(1_000_000))
    comparer = Comparer(raws(messages), raws([*messages, *turn(60)]))
    comparer.resize(120, 20)
    while comparer.comparison.step(1, lambda: next(ticks)):
        comparer.work(0.0)
    comparer.work(0.0)
    assert [block.kind for block in comparer.blocks][:2] == ["equal turns", "turn"]
    assert "59 equal turns" in text(compared(messages, [*messages, *turn(60)])) or comparer.blocks[0].last == 59


KEYS = st.lists(
    st.sampled_from(
        [(command.run, command.arguments) for command in COMPARER.commands] + [(scroll, (2,)), (scroll, (-3,))]
    ),
    max_size=25,
)


@given(KEYS, st.integers(1, 220), st.integers(1, 30))
def test_whatever_is_pressed_the_cursor_is_in_view_and_lines_fit(
    keys: list[tuple[object, tuple[int, ...]]], width: int, height: int
) -> None:
    comparer = compared(size=(width, height))
    for run, arguments in keys:
        run(comparer, *arguments)  # type: ignore[operator]
        rows = comparer.rows()
        assert comparer.cursor in rows
        assert 0 < len(rows) <= height
    assert all(line_width(line) <= max(width, 8) for at in range(len(comparer.blocks)) for line in comparer.lines(at))


def test_long_parts_are_cut_until_they_are_unfolded() -> None:
    comparer = compared(turn(1), turn(1, answer="\n".join(f"line {number}" for number in range(300))))
    assert "… more: Enter shows all" in text(comparer)
    fold(comparer)
    end(comparer, 1)
    assert "line 299" in text(comparer)


def test_pages_move_the_view_with_the_cursor() -> None:
    comparer = compared(turn(1), turn(1, answer="\n".join(f"line {number}" for number in range(300))), size=(80, 10))
    fold(comparer)
    before = comparer.top
    page(comparer, 1)
    assert comparer.step(before, 9) == comparer.top
    page(comparer, -1)
    assert comparer.top == before


TEXTS = st.text(st.sampled_from("ab c\n,"), max_size=30)


@given(TEXTS, TEXTS)
def test_the_lines_of_a_report_applied_to_one_text_give_the_other(before: str, after: str) -> None:
    lines = [line for row in rows_of(finished(compared_words(before, after)).segments) for line in row_lines(row)]
    here = [line[2:] for line in lines if line[0] in " -"]
    there = [line[2:] for line in lines if line[0] in " +"]
    if before == after:
        assert not [line for line in lines if line[0] != " "]
    assert "\n".join(here) == before
    assert "\n".join(there) == after


def test_a_report_holds_all_that_differs() -> None:
    comparer = compared()
    one, other = Compared("One <b>", "12 Mar", "id-1"), Compared("Other | two", "13 Mar", "id-2")
    report = "".join(comparison_markdown(one, other, comparer.comparison))
    assert "*2 equal turns*" in report
    assert '- $.status: "open"\n+ $.status: "sent"\n- $.items[1]: 2' in report
    assert "- Your refund is on its way.\n+ Your money is on its way." in report
    assert "## `+` Turn 5 (here only)" in report
    assert "<b>" not in report.replace("\\<b\\>", "")
    pair = comparer.pair
    assert pair is not None
    assert pair_markdown(pair) in report


@pytest.mark.parametrize(
    "odd", ["\x1b]0;title\x07", "\u202edcba", "[bold]x[/]", "a\u0301" * 200, "👩‍👩‍👧‍👦", "\u200d\ufe0f"]
)
def test_what_strangers_wrote_is_clean_in_every_place(odd: str) -> None:
    odd_call = tool_call(odd, input_parameters={odd: odd, "list": [odd]}, results=odd)
    before = [*turn(1, odd_call, answer=odd), message(odd, role=odd, query_id=None)]
    after = [
        *turn(1, {**odd_call, "input_parameters": {odd: f"{odd}x"}}, answer=f"x {odd}"),
        message("y", type=odd, query_id=3),
    ]
    for width in (8, 40, 99, 160):
        comparer = compared(before, after, size=(width, 400))
        fold_all(comparer)
        for block in list(comparer.blocks):
            comparer.unfolded.add(block.key)
        comparer.show_anew(("turn", 0, 0))
        assert not set(text(comparer)) & {"\x1b", "\x07", "\u202e", "\r"}
    report = "".join(comparison_markdown(Compared(odd, odd, odd), Compared(odd, odd, odd), comparer.comparison))
    assert not set(report) & {"\x1b", "\x07", "\u202e"}
