"""What is selected line by line, and what is copied of it."""

from tests.views.reader.reading import Reading
from tests.views.transcript.histories import answer, long_history, message, tool

WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"


def selected(it: Reading, begin: tuple[int, int], end: tuple[int, int]) -> str:
    """What is selected between two cells, each a column and a row."""
    viewport, document = it.reader.viewport, it.reader.document
    assert viewport is not None
    assert document is not None
    it.reader.selection.press(viewport, *begin)
    it.reader.selection.drag(viewport, *end)
    copied = it.reader.selection.copied(document)
    return copied() if copied is not None else ""


def row_of(it: Reading, words: str) -> int:
    return next(row for row, line in enumerate(it.screen) if words in line)


def test_a_wrapped_line_is_copied_as_it_was_written_without_its_bar() -> None:
    it = Reading([message(f"Question\n\n{WORDS}")], width=44)
    row = row_of(it, "one two")
    assert selected(it, (0, row), (43, row_of(it, "fifteen"))) == WORDS
    assert selected(it, (43, row_of(it, "fifteen")), (0, row)) == WORDS
    assert selected(it, (3 + len("one "), row), (2 + len("one two"), row)) == "two"


def test_half_a_wide_character_is_selected_as_a_whole() -> None:
    it = Reading([message("日本語")])
    row = row_of(it, "日本語")
    assert selected(it, (3, row), (7, row)) == "日本語"
    assert selected(it, (4, row), (6, row)) == "日本"


def test_what_is_selected_is_forgotten_by_esc_and_by_another_layout() -> None:
    it = Reading(long_history(5))
    assert selected(it, (0, 3), (30, 8))
    assert it.press("escape").asked == []
    assert it.reader.selection.span is None
    selected(it, (0, 3), (30, 8))
    it.press("T")
    assert it.reader.selection.span is not None  # the button is still down
    it.reader.selection.pressed = None
    it.press("T")
    assert it.reader.selection.span is None
    selected(it, (0, 3), (30, 8))
    it.show(long_history(2), id="another")
    assert it.reader.selection.span is None


def test_nothing_is_selected_above_the_text_or_without_a_press() -> None:
    it = Reading([message("Q"), answer("\n\n".join(f"line {number}" for number in range(60))), tool([])]).press("space")
    viewport = it.reader.viewport
    assert viewport is not None
    assert viewport.first_row == 1
    assert selected(it, (3, 0), (9, 4)) == ""
    assert not it.reader.selection.drag(viewport, 5, 5)
