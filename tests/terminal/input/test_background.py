"""The question for the terminal's background: its answer is never taken for keys, however it is torn apart."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.capabilities import read_capabilities
from tui.terminal.input.background import BackgroundAnswer, Look, asks, look_by_environment

ANSWERS: list[tuple[str, Look]] = [
    ("\x1b]11;rgb:0000/0000/0000\x1b\\", "dark"),
    ("\x1b]11;rgb:ffff/ffff/ffff\x07", "light"),
    ("\x1b]11;rgb:fd/f6/e3\x07", "light"),
    ("\x1b]11;rgba:1515/1818/1c1c/ffff\x1b\\", "dark"),
]


@given(st.sampled_from(ANSWERS), st.text(max_size=5), st.text(max_size=5), st.lists(st.integers(0, 40), max_size=6))
def test_the_answer_is_taken_out_and_keys_stay(
    answer: tuple[str, Look], before: str, after: str, cuts: list[int]
) -> None:
    if "\x1b" in before + after:
        return
    told: list[Look] = []
    asked = BackgroundAnswer(told.append)
    whole = before + answer[0] + after
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    pieces = [whole[one:other] for one, other in pairwise(places)]
    # A lone Escape is a key: a terminal sends its answer in one write, and only a tear right there is taken for keys.
    if any(piece.endswith("\x1b") for piece in pieces):
        return
    typed = "".join(asked.take(piece) for piece in pieces)
    assert typed == before + after
    assert told == [answer[1]]
    assert not asked.is_waiting


@pytest.mark.parametrize("keys", ["\x1b", "\x1b[A", "abc", "\x1bb", "\x1b[<0;1;1M"])
def test_keys_pass_at_once_while_the_answer_is_awaited(keys: str) -> None:
    asked = BackgroundAnswer(lambda _look: None)
    assert asked.take(keys) == keys
    assert asked.is_waiting


def test_an_answer_over_a_slow_line_is_not_typed_either(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Look] = []
    asked = BackgroundAnswer(told.append)
    monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
    assert asked.take("j") == "j"
    assert asked.take("\x1b]") == "\x1b]"
    assert [asked.take(piece) for piece in ("j\x1b]11;rgb:fd", "/f6/e3\x07k")] == ["j", "k"]
    assert told == ["light"]


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
