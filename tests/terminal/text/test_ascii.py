"""What a terminal that reads no UTF-8 is sent: ASCII, in the same columns."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment

from tests.harness.terminal_run import TerminalRun
from tui.terminal.paint.pens import Pens
from tui.terminal.text.ascii import in_ascii

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("┮━ Größe · 3 ↓ ━", "+= Gro?e - 3 v ="),
        ("├─ ▸ ▾ … ✕ ▌┃", "+- > v . x |#"),
        ("返品 について", "???? ????????"),
        ("Ａ，b", "A , b"),
        ("a\u0301 👩‍👩‍👧 ❤\ufe0f!", "a ?? ??!"),
        ("plain", "plain"),
    ],
)
def test_signs_letters_and_the_rest(text: str, expected: str) -> None:
    assert in_ascii(text) == expected


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_no_column_moves(text: str) -> None:
    pens = Pens(1 << 24, ascii_only=True)
    shown = in_ascii(text)
    assert shown.isascii()
    assert len(shown) == cell_len(text)
    assert all(cell[0].isascii() and len(cell[0]) == 1 for cell in pens.row([Segment(text)], 40))


def test_a_terminal_without_utf_8_gets_ascii_alone_and_is_told_why(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "LC_ALL": "C", "COLORTERM": "truecolor"}
    with TerminalRun([sys.executable, "-m", "tui", "--demo"], environ=environ, folder=ROOT) as run:
        run.wait_for("locale")
        run.wait_for("as of")
        assert not re.search(rb"[\x80-\xff]", run.raw)
        run.send("q")
        assert run.wait_for_exit() == 0
