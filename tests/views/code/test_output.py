"""What a program wrote to a terminal: its colours as ours, its last state, nothing obeyed, all of it accounted for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.text.clean import clean, visible
from tui.views.code.output import is_output, seen, seen_columns, seen_text
from tui.views.text.ink import INKS

PIECES = (
    "\x1b[31m", "\x1b[1;32m", "\x1b[0m", "\x1b[m", "\x1b[38;5;208m", "\x1b[48;2;9;8;7m", "\x1b[K", "\x1b[2J",
    "\x1b[?25l", "\x1b[", "\x1b", "\x1b]0;t\x07", "\x9b31m", "\r", "\r\n", "\n", "\t", "\x08", "50 %", "done", " ",
    "日本", "e\u0301", "\u202e",
)  # fmt: skip
OUTPUTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("written", "text", "runs"),
    [
        ("a \x1b[31mred\x1b[0m b", "a red b", [("red", "term-red")]),
        ("\x1b[1;4;92mok\x1b[22;24m so\x1b[39m.", "ok so.",
         [("ok", "term-green strong underline"), (" so", "term-green")]),
        ("\x1b[41;97mFAIL\x1b[49m x", "FAIL x", [("FAIL", "term-red")]),
        ("\x1b[38;5;196mr\x1b[38;2;10;20;230mb\x1b[38;5;240mg\x1b[38;5;255mw", "rbgw",
         [("r", "term-red"), ("b", "term-blue"), ("g", "term-grey")]),
        ("\x1b[33mone\ntwo\x1b[m\n", "one\ntwo\n", [("one\ntwo", "term-yellow")]),
        ("\x1b[90m\t\x00x", "    ^@x", [("    ^@x", "term-grey")]),
        ("10 %\r\x1b[32m50 %\r100 %\x1b[0m\nend", "100 %\nend", [("100 %", "term-green")]),
        ("50 %\r100 %\r\x1b[K\n", "100 %\n", []),
        ("one\r\ntwo\r\n", "one\ntwo\n", []),
        ("\x1b[8mhidden\x1b[28m \x1b[5;7mx", "hidden x", []),
        ("\x1b[2J\x1b[H\x1b[3A\x1b[?1049h\x1b[6nx", "x", []),
        ("\x1b]0;title\x07\x1bPq\x1b\\\x1b[", "^[]0;title^G^[Pq^[\\^[[", []),
        ("\x1b\x1b[0m[31m", "^[[31m", []),
        ("@@ -1 +1 @@\n-a\n+b", "@@ -1 +1 @@\n-a\n+b", [("@@ -1 +1 @@", "hunk"), ("-a", "removed"), ("+b", "added")]),
    ],
)  # fmt: skip
def test_it_is_seen_as_people_know_it(written: str, text: str, runs: list[tuple[str, str]]) -> None:
    found = seen(written)
    assert found.text == text
    assert [(found.text[start:end], ink) for start, end, ink in found.runs] == runs


@settings(max_examples=300, deadline=None)
@given(OUTPUTS)
def test_it_is_clean_and_its_inks_are_ours_and_in_order(written: str) -> None:
    found = seen(written)
    assert found.text == seen_text(written)
    assert clean(found.text) == found.text or not is_output(written)
    assert found.text.count("\n") == written.count("\n")
    at = 0
    for start, end, ink in found.runs:
        assert at <= start < end <= len(found.text)
        assert set(ink.split()) <= set(INKS)
        at = end


@settings(max_examples=300, deadline=None)
@given(OUTPUTS)
def test_each_character_that_was_written_has_its_column(written: str) -> None:
    shown = seen_text(written).split("\n")
    for line, cleaned in zip(written.replace("\r\n", "\n").split("\n"), shown, strict=True):
        columns = seen_columns(line, cleaned, visible)
        assert len(columns) == len(line) + 1
        assert columns == sorted(columns)
        assert columns[-1] == len(cleaned)
        for at, character in enumerate(line):
            if character.isalpha() and character.isascii() and columns[at] < columns[at + 1]:
                assert cleaned[columns[at]] in (character, "^", "<")
