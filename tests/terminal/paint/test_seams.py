"""Where a terminal reorders right-to-left text, each such text ends before the next column, and nothing moves."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tests.terminal.screens import frame
from tui.terminal.paint.pens import Cell
from tui.terminal.paint.seams import MARK, mark_seams, may_need_marks

BOLD, DIM = Style(bold=True), Style(dim=True)
ARABIC, HEBREW = "وصلني مصباح", "שלום"
PARTS = st.tuples(st.sampled_from([ARABIC, HEBREW, "Norra", "2m ago", "12", " ", "  ", "日本", "…", "│", "e\u0301"]),
                  st.sampled_from([BOLD, DIM, None]))  # fmt: skip


def row(*parts: tuple[str, Style | None], width: int = 40) -> list[Cell]:
    return frame().pens.row([Segment(text, style) for text, style in parts], width)


def text(cells: list[Cell]) -> str:
    return "".join(character for character, _ in cells).rstrip()


def marked(*parts: tuple[str, Style | None]) -> str:
    cells = row(*parts)
    mark_seams(cells)
    return text(cells)


def test_a_number_in_the_next_column_does_not_belong_to_the_text() -> None:
    assert marked((f"{ARABIC} … ", BOLD), ("2m ago", DIM)) == f"{ARABIC} …{MARK} 2m ago"
    assert marked((f"{ARABIC}   ", None), ("12", None)) == f"{ARABIC}{MARK}   12"


def test_two_tags_do_not_change_places() -> None:
    assert marked((ARABIC, DIM), ("  ", None), (HEBREW, DIM)) == f"{ARABIC}{MARK}  {HEBREW}{MARK}"


def test_a_sentence_with_other_words_and_numbers_in_it_is_one_text() -> None:
    assert marked((f"{ARABIC} Norra 12 {ARABIC}", None)) == f"{ARABIC} Norra 12 {ARABIC}{MARK}"
    assert marked((f"{ARABIC} ", None), (ARABIC, BOLD)) == f"{ARABIC} {ARABIC}{MARK}"


@given(st.lists(PARTS, max_size=8))
def test_no_cell_moves_and_every_text_is_ended(parts: list[tuple[str, Style | None]]) -> None:
    after = row(*parts, width=60)
    before = list(after)
    mark_seams(after)
    assert [(character.removesuffix(MARK), pen) for character, pen in after] == before
    shown = text(after)
    if not may_need_marks(shown):
        assert MARK not in shown
    for gap in shown.split("  "):
        ends = gap.rstrip(" ")
        letters = [at for at, character in enumerate(ends) if may_need_marks(character)]
        assert not letters or MARK in ends[letters[-1] :]


def test_what_was_marked_is_sent_once() -> None:
    target = frame()
    target.resize(40, 1)
    for expected in (f"{ARABIC}{MARK}", ""):
        cells = target.pens.row([Segment(f"{ARABIC}   "), Segment("12", BOLD)], 40)
        mark_seams(cells)
        target.place(0, 0, cells)
        sent = target.flush()
        assert expected in sent
        assert bool(sent) is bool(expected)
