"""What terminals answered when they were asked, word for word."""

import pytest

from tui.terminal.capabilities import read_capabilities
from tui.terminal.input.reports import ReorderingAnswer, is_size_report, may_reorder

ANSWERS = [
    ("VTE 0.70", ["\x1b[8;1$y"], True),
    ("Konsole 22.12", ["\x1bP>|Konsole 22.12.3\x1b\\"], True),
    ("mlterm 3.9", ["\x1b[8;0$y"], False),
    ("xterm 379", ["\x1b[8;0$y", "\x1bP>|XTerm(379)\x1b\\"], False),
    ("VTE with reordering switched off", ["\x1b[8;2$y"], False),
]


@pytest.mark.parametrize(("name", "answers", "reorders"), ANSWERS, ids=[name for name, _, _ in ANSWERS])
def test_who_reorders_says_so(name: str, answers: list[str], reorders: bool) -> None:
    told: list[bool] = []
    asked = ReorderingAnswer(lambda: told.append(True))
    assert all(asked.take(answer) for answer in answers)
    assert bool(told) is reorders


def test_other_sequences_are_none_of_its_answers() -> None:
    asked = ReorderingAnswer(lambda: None)
    assert not any(
        asked.take(sequence) for sequence in ("\x1b[8;1t", "\x1b[A", "\x1b[?2026;2$y", "\x1b]11;rgb:0/0/0\x07")
    )
    assert not is_size_report("\x1b[8;24;80t")


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/x"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "vt220"}, False),
    ],
)
def test_who_is_asked(environment: dict[str, str], asked: bool) -> None:
    assert may_reorder(read_capabilities(environment)) is asked
