import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.text.clean import clean_line
from tui.views.text.pasted import TAKEN, pasted_line


@pytest.mark.parametrize(
    ("pasted", "text", "words"),
    [
        ("größe 👩‍👩‍👧", "größe 👩‍👩‍👧", ""),
        ("one\r\ntwo\n", "one two", ""),
        ("\n\na\tb\u2028c\rd\n", "a b c d", ""),
        ("abc\x1b[31mdef", "abc[31mdef", "1 control or invisible character was left out."),
        ("ab\x07c\x00d", "abcd", "2 control or invisible characters were left out."),
        ("x\u202ey", "xy", "1 control or invisible character was left out."),
        ("\n", "", ""),
        ("x" * TAKEN + "\x1b", "x" * TAKEN, "Only the first 10,000 characters were pasted."),
    ],
)
def test_a_paste_becomes_one_line_and_says_what_is_missing(pasted: str, text: str, words: str) -> None:
    assert pasted_line(pasted) == (text, words)


@given(st.text())
def test_what_is_left_is_printed_as_it_is(pasted: str) -> None:
    line = pasted_line(pasted)
    assert "\n" not in line.text
    assert not any(character < " " for character in line.text)
    assert "<U+" not in clean_line(line.text) or "<U+" in pasted
    assert line.words or len(line.text) <= len(pasted)
