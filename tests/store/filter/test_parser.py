import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.filter.expressions import EXPRESSIONS
from tui.store.filter.expression import EVERYTHING, All, AnyOf, Call, Extent, Node, Not, Term, Word, conjuncts, words_of
from tui.store.filter.parser import LONGEST, parse
from tui.store.filter.printing import line_of
from tui.store.filter.scanner import UnreadableLine
from tui.store.filter.values import OneOf, Range


def test_words_and_terms_stand_side_by_side() -> None:
    parsed = parse("refund tag:billing,refunds  window failed:>0")
    assert words_of(parsed) == "refund window"
    assert [part for part in conjuncts(parsed) if isinstance(part, Term)] == [
        Term("tag", OneOf(("billing", "refunds"))),
        Term("failed", Range(low=0, low_open=True, words=">0")),
    ]


def test_a_dash_binds_tightest_then_adjacency_then_the_bar() -> None:
    tag_a, tag_b, tag_c = (Term("tag", OneOf((name,))) for name in "abc")
    assert parse("-tag:a tag:b | tag:c") == AnyOf((All((Not(tag_a), tag_b)), tag_c))
    assert parse("-(tag:a tag:b)") == Not(All((tag_a, tag_b)))
    assert parse("tool(name:a failed:yes)") == Call(All((Term("name", OneOf(("a",))), Term("failed", True))))


@pytest.mark.parametrize(
    "line",
    [
        "error: nothing found", "http://localhost:8080/x?y=1", "at 12:30", "C:\\Users\\ana", "std::vector<int>",
        "f(x) (see)", "--author", "a -> b", "-5 degrees", "- item", "tag:", "note: x", "a|b", '{"key":1}', "(c)", ")",
        '"', 'say "hi', "αβγ:δ",
    ],
)  # fmt: skip
def test_what_people_paste_is_searched_as_it_is(line: str) -> None:
    assert words_of(parse(line)) == line
    assert all(isinstance(part, Word) for part in conjuncts(parse(line)))


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("x fail:>0", 2, "failed:>0 ?"), ("tgas:billing", 0, "tag:billing ?"), ("took:5x", 5, "a duration"),
        ("since:2026-13-01", 6, "a date"), ("ending:maybe", 7, "answered"), ("refund -cancel", 7, "must not occur"),
        ("tag:a | refund", 8, "Words stand alone"), ("(tag:a refund)", 7, "Words stand alone"),
        ("(tag:a", 0, "not closed"), ("tag:a | ", 6, "missing"), ("tool( )", 0, "nothing in the brackets"),
        ('tag:"a', 4, "quote"), ("tag:a,", 6, "missing"),
        ("tool(faild:yes)", 5, "failed:yes"), ("failed:>k", 7, "a number"), ("in:5..2", 3, "smaller"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_column_and_what_helps(line: str, column: int, says: str) -> None:
    with pytest.raises(UnreadableLine) as raised:
        parse(line)
    assert raised.value.column == column
    assert says in str(raised.value)


def test_any_line_can_be_searched_as_it_stands() -> None:
    assert line_of(Word("fail:>0 -x")) == '"fail:>0 -x"'
    assert parse('"fail:>0 -x"') == Word("fail:>0 -x")
    assert parse("  ") == EVERYTHING


def test_a_node_knows_where_it_was_typed() -> None:
    first, second = conjuncts(parse('ab -tag:"c d"'))
    assert (first.place, second.place) == (Extent(0, 2), Extent(3, 13))


def test_calls_alone_in_brackets_are_a_group() -> None:
    line = "tag:a (tool(turn:0) tool(turn:1))"
    assert line_of(parse(line)) == line


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(UnreadableLine):
        parse("x" * (LONGEST + 1))
    with pytest.raises(UnreadableLine):
        parse("(tag:a " * 100 + ")" * 100)


@given(EXPRESSIONS)
def test_what_is_printed_is_read_as_the_same(node: Node) -> None:
    assert parse(line_of(node)) == node


@given(st.text(alphabet='ab :-|()",tagfailed>0.*\\ü', max_size=60))
def test_any_line_is_read_or_refused_and_what_is_read_prints_to_the_same(line: str) -> None:
    with contextlib.suppress(UnreadableLine):
        node = parse(line)
        assert parse(line_of(node)) == node
