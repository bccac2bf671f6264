"""What is known of characters without the tables is what the tables say."""

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size, split_graphemes

from tui.terminal.text import clean as cleaning
from tui.terminal.text.clean import clean, visible
from tui.terminal.text.simple import NARROW_RANGES, WIDE_RANGES, cells_of, is_narrow, is_simple
from tui.terminal.text.widths import count_spacing_marks, is_disputed

count_spacing_marks()
SIMPLE = [chr(code) for code in range(0x20, 0x30000) if re.fullmatch(f"[{NARROW_RANGES}{WIDE_RANGES}]", chr(code))]


def test_their_cells_are_those_of_the_tables() -> None:
    assert [get_character_cell_size(character) for character in SIMPLE] == list(cells_of("".join(SIMPLE)))
    assert [is_narrow(character) for character in SIMPLE] == [cells == 1 for cells in cells_of("".join(SIMPLE))]


def test_terminals_agree_about_them() -> None:
    assert not any(map(is_disputed, SIMPLE))


@given(st.text(st.sampled_from(SIMPLE), max_size=40))
def test_each_stands_for_itself_whatever_is_beside_it(text: str) -> None:
    assert is_simple(text)
    assert [text[start:end] for start, end, _ in split_graphemes(text)[0]] == list(text)


def test_there_is_nothing_in_them_to_be_shown() -> None:
    behind = {character: clean(f"\u200b{character}x") for character in SIMPLE}

    assert behind == {character: f"<U+200B>{character}x" for character in SIMPLE}
    assert clean("".join(SIMPLE)) == "".join(SIMPLE)


@given(st.text(max_size=20))
def test_a_text_that_is_cleaned_with_the_tables_is_the_same(text: str) -> None:
    shown = cleaning._show(text, visible)

    assert not is_simple(text) or shown == text == clean(text)
