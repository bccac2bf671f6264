"""Whatever a terminal sends, the parser of keys raises nothing, and reports what is a key as soon as it is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, MouseDown, Paste

from tests.terminal.input.test_scanner import CUTS, SENT, cut
from tui.terminal.adapter.key_parser import KeyParser


def keys(parser: KeyParser, text: str) -> list[str]:
    return [message.key for message in parser.take(text) if isinstance(message, Key)]


NUMBERS = st.integers(0, 2**40).map(str) | st.sampled_from(["", "0", "27", "55296", "57344", "1114111", "1114112"])
SEQUENCES = st.builds(
    lambda begin, numbers, between, end: f"\x1b{begin}{between.join(numbers)}{end}",
    st.sampled_from(["[", "[<", "[?", "[>", "O", "[[", "]", "P", ""]),
    st.lists(NUMBERS, max_size=6),
    st.sampled_from([";", ":", ";;", " "]),
    st.sampled_from([*"~uABCDEFHIMOPQRSZabcdmtcy$^@\\", "$y", "\x07", "\x1b\\", "\x1b", "é", "\ud800"]),
)


@given(st.lists(SEQUENCES | st.text(max_size=5) | SENT, max_size=12).map("".join), CUTS)
def test_nothing_is_raised(sent: str, places: list[int]) -> None:
    parser = KeyParser(0.025)
    for chunk in cut(sent, places):
        for message in parser.take(chunk):
            assert repr(message)
    list(parser.let_go())


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("j\x1b[Bk", ["j", "down", "k"]),
        ("\x1bjj", ["alt+j", "j"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b\x1bq", ["escape", "alt+q"]),
        ("\x1bOPx", ["f1", "x"]),
        ("\x1b[97;5u", ["ctrl+a"]),
        ("\x1b[27;5;9~", ["ctrl+tab"]),
        ("\x1b[31mx", ["x"]),
        ("\x1b[5;5;5;5;5zx", ["x"]),
        ("\x1b]0;jjj\x07x", ["x"]),
        ("\x1b[1;jx", ["x"]),
    ],
)
def test_keys_are_told_at_once_and_rubbish_is_none(sent: str, expected: list[str]) -> None:
    parser = KeyParser(0.025)
    assert keys(parser, sent) == expected
    assert parser.patience is None


def test_an_escape_is_a_key_once_nothing_follows() -> None:
    parser = KeyParser(0.025)
    assert keys(parser, "\x1b") == []
    assert [message.key for message in parser.let_go() if isinstance(message, Key)] == ["escape"]


def test_the_mouse_and_pastes_keep_their_places() -> None:
    messages = [*KeyParser(0.025).take("a\x1b[<0;3;4M\x1b[200~b\x1b[31m\x1b[201~c")]
    assert [type(message) for message in messages] == [Key, MouseDown, Paste, Key]
