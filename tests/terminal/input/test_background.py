"""The question for the terminal's background: its answer is never taken for keys, however it is torn apart."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terminal.input.test_scanner import CUTS, cut, scanned
from tui.terminal.capabilities import read_capabilities
from tui.terminal.input.background import BackgroundAnswer, Look, asks, look_by_environment
from tui.terminal.input.scanner import PATIENCE, InputScanner

ANSWERS: list[tuple[str, Look]] = [
    ("\x1b]11;rgb:0000/0000/0000\x1b\\", "dark"),
    ("\x1b]11;rgb:ffff/ffff/ffff\x07", "light"),
    ("\x1b]11;rgb:fd/f6/e3\x07", "light"),
    ("\x1b]11;rgba:1515/1818/1c1c/ffff\x1b\\", "dark"),
]


def scanner(asked: BackgroundAnswer) -> InputScanner:
    return InputScanner(0.025, asked.take, lambda: asked.is_expected)


@given(st.sampled_from(ANSWERS), st.text(max_size=5), st.text(max_size=5), CUTS)
def test_the_answer_is_taken_out_and_keys_stay(
    answer: tuple[str, Look], before: str, after: str, places: list[int]
) -> None:
    if any(sign == "\x1b" or "\x80" <= sign < "\xa0" for sign in before + after):
        return
    told: list[Look] = []
    asked = BackgroundAnswer(told.append)
    assert "".join(map(str, scanned(cut(before + answer[0] + after, places), scanner(asked)))) == before + after
    assert told == [answer[1]]
    assert not asked.is_expected


def test_an_answer_over_a_slow_line_is_not_typed_either(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Look] = []
    asked = BackgroundAnswer(told.append)
    line = scanner(asked)
    assert list(line.take("\x1b]")) == []
    assert line.patience == PATIENCE
    monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
    assert line.patience == 0.025
    assert list(line.let_go()) == ["\x1b]"]
    assert [[*line.take(piece)] for piece in ("j\x1b]11;rgb:fd", "/f6/e3\x07k")] == [["j"], ["k"]]
    assert told == ["light"]


def test_it_is_told_once() -> None:
    told: list[Look] = []
    asked = BackgroundAnswer(told.append)
    assert [asked.take(answer) for answer, _ in ANSWERS] == [True] * 4
    assert told == ["dark"]
    assert not asked.take("\x1b]10;rgb:0000/0000/0000\x1b\\")


@pytest.mark.parametrize(
    ("value", "look"), [("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("", None), ("x;y", None)]
)
def test_colorfgbg_tells_it_too(value: str, look: Look | None) -> None:
    assert look_by_environment({"COLORFGBG": value}) == look


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm-mono"}, False),
        ({"TERM": "screen-256color", "STY": "x"}, False),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
    ],
)
def test_it_is_not_asked_where_that_would_be_shown_or_change_nothing(
    environment: dict[str, str], expected: bool
) -> None:
    assert asks(read_capabilities(environment)) is expected
