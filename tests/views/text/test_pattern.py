import re
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.views.text.composed import Range, composed
from tui.views.text.pattern import BadPattern, Pattern, RegexPattern, TooSlow

_PARTS = [
    "a",
    "b",
    ".",
    "[ab]",
    "[^a]",
    r"\w",
    r"\d",
    r"\s",
    "(a|b)",
    "(?:ab)",
    "$",
    "^",
    r"\b",
    "{",
    "}",
    "é",
    "K",
    r"\\",
]
_TIMES = ["", "", "*", "+", "?", "{2}", "{1,3}", "*?", "{,2}", "{e}", "{"]


def all_of(pattern: Pattern, text: str) -> list[Range]:
    return [found for found in pattern.slices(text) if found is not None]


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from(_TIMES)), min_size=1, max_size=4),
    st.text("abAB12 é{}e\nkKſ\u212a\\", max_size=30),
    st.sampled_from([0, re.IGNORECASE]),
)
def test_a_regular_expression_matches_as_in_the_standard_library(
    parts: list[tuple[str, str]], text: str, folded: int
) -> None:
    expression = "".join(part + times for part, times in parts)
    flags = re.MULTILINE | folded
    try:
        wanted = re.compile(expression, flags)
    except re.error:
        with pytest.raises(BadPattern):
            RegexPattern(expression, flags)
        return
    naive = [match.span() for match in wanted.finditer(composed(text)) if match.group()]
    pattern = RegexPattern(expression, flags)
    assert all_of(pattern, text) == naive
    assert pattern.within(5, text) == naive
    assert [answer for answer in pattern.may_match(text) if answer is not None] == [bool(naive)]


def test_a_long_text_is_gone_through_beside_the_program() -> None:
    text = "word 123\n" * 40_000
    found = list(RegexPattern(r"\d+$", re.MULTILINE).slices(text))
    assert found[:2] == [None, (5, 8)] or found[0] is None
    assert len([one for one in found if one]) == 10_001
    assert RegexPattern(r"\d+$", re.MULTILINE).within(5, text)[1] == (14, 17)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("(a+)+b", "a" * 200_000 + "!"),
        ("(.*,){25}x", "a," * 100_000),
        ("(a|aa)+b", "a" * 3_000),
        (r"[ab]+[cd]", "a" * 1_000_000),
    ],
)
def test_what_takes_for_ever_is_given_up_and_pauses_meanwhile(
    expression: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.views.text.pattern._PATIENCE", 0.2)  # for ever is longer than any patience
    pattern = RegexPattern(expression, re.MULTILINE)
    seen: list[Range | None] = []
    with pytest.raises(TooSlow):
        seen.extend(pattern.slices(text))
    assert len(seen) > 10
    assert set(seen) == {None}
    with pytest.raises(TooSlow):
        pattern.within(0.01, text)
    assert list(pattern.may_match(text))[-1] is True


@pytest.mark.parametrize("expression", ["(", "[a", "a{2}{3}", r"\p{L}", "(?r)a", "*", "(?|a)", r"\L<a>"])
def test_a_bad_pattern_is_told_in_the_words_of_the_standard_library(expression: str) -> None:
    with pytest.raises(re.error) as wanted:
        re.compile(expression)
    with pytest.raises(BadPattern, match=re.escape(str(wanted.value))):
        RegexPattern(expression, 0)


@pytest.mark.parametrize(
    "expression", ["(?:(?:a{500}){500}){500}", "(?:[ab]c{1000}){1000}", "(a{99999}){9}", "a{" + "9" * 5_000 + "}"]
)
def test_a_pattern_that_would_take_long_to_compile_is_refused_at_once(expression: str) -> None:
    begin = thread_time()
    with pytest.raises(BadPattern, match="repeats too much"):
        RegexPattern(expression, 0)
    assert thread_time() - begin < 1


def test_an_odd_character_class_warns_nobody() -> None:
    assert all_of(RegexPattern("[[a]", 0), "a[") == [(0, 1), (1, 2)]
