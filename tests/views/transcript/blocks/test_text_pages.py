"""Texts of a megabyte: a page is shown, turned by Enter and by a search, and copied as part of the whole."""

from typing import Any

import pytest

from tests.views.transcript.histories import answer, document, message, reasoning, tool
from tests.views.transcript.search.test_search import found
from tui.views.export.selected import line_text, selection
from tui.views.text.pages import page_count
from tui.views.text.wrap import line_width, plain
from tui.views.transcript.document import Document
from tui.views.transcript.modes import EVERYTHING
from tui.views.transcript.search.matches import Marks, reveal
from tui.views.transcript.viewport import Viewport

TEXT = "".join(f"line {number} of the text\n" for number in range(40_000))
KINDS = [message, answer, reasoning]


def opened(history: list[Any], **fields: Any) -> tuple[Document, Viewport]:
    made = document(history, width=80, **fields)
    view = Viewport(made, 20)
    made.height(len(made.blocks) - 1)
    made.blocks[-1].set_folded(False)
    made.changed(len(made.blocks) - 1)
    return made, view


def rows(made: Document, index: int = -1) -> list[str]:
    index %= len(made.blocks)
    return [plain(made.line(index, number)) for number in range(made.height(index))]


def enter(made: Document, view: Viewport) -> None:
    index, line = view.cursor
    with view.held():
        made.blocks[index].toggle(line, made.look)
        made.changed(index)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_turned_on_the_lines_that_say_so(kind: Any) -> None:
    made, view = opened([kind(TEXT)])
    count, index = page_count(TEXT), len(made.blocks) - 1
    shown: list[str] = []
    for number in range(count):
        texts = rows(made)
        assert len(texts) < 3_000
        shown += [text.lstrip("│▌ ") for text in texts if text.lstrip("│▌ ").startswith("line ")]
        if number == count - 1:
            break
        view.to_last()
        view.move(-1 if "fold again" in texts[-1] else 0)
        assert f"(page {number + 1} of {count}: Enter turns to the next)" in plain(made.line(*view.cursor))
        assert made.blocks[index].is_mark(view.cursor[1], made.look)
        enter(made, view)
        assert plain(made.line(*view.cursor)).lstrip("│▌ ") == shown[-1].replace(
            str(len(shown) - 1), str(len(shown)), 1
        )
    assert "\n".join(shown) + "\n" == TEXT
    view.move(-1 - view.cursor[1] + next(at for at, text in enumerate(rows(made)) if "turns back" in text) + 1)
    enter(made, view)
    assert f"(page {count - 1} of {count}: Enter turns to the next)" in rows(made)[view.cursor[1] + 1]
    made.blocks[index].set_folded(True)
    made.blocks[index].set_folded(False)
    made.changed(index)
    assert not any("turns back" in text for text in rows(made))


def test_instructions_of_that_size_have_pages_too() -> None:
    made = document([], conversation_instructions=TEXT)
    (index,) = (at for at, block in enumerate(made.blocks) if block.kind == "instructions")
    made.set_details(True)
    made.blocks[index].set_folded(False)
    made.changed(index)
    assert made.blocks[index].toggle(made.height(index) - 1, made.look)
    made.changed(index)
    assert "turns back" in rows(made, index)[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_match_is_shown_on_its_page_and_marked(kind: Any) -> None:
    made = document([kind(TEXT)], width=80)
    search = found(made, "line 23456 of")
    (index,) = search.blocks
    marks = Marks(search.query.pattern)
    shown = reveal(made.blocks[index], made.look, search.hits(index), 0, search.query.pattern)
    made.changed(index)
    marks.current = index, shown
    line = made.line(index, shown.line)
    assert "line 23456 of the text" in plain(line)
    marked = marks.line(made.blocks[index], index, shown.line, line, made.look)
    assert "".join(span.text for span in marked if "match-current" in span.ink) == "line 23456 of"


def test_the_last_of_many_matches_is_the_one_that_is_marked() -> None:
    made = document([answer(TEXT)], width=80)
    search = found(made, "of the text")
    (index,) = search.blocks
    hits = search.hits(index)
    marks = Marks(search.query.pattern)
    marks.current = index, reveal(made.blocks[index], made.look, hits, len(hits) - 1, search.query.pattern)
    made.changed(index)
    number = marks.current[1].line
    line = made.line(index, number)
    assert f"line {len(hits) - 1} of" in plain(line)
    marked = marks.line(made.blocks[index], index, number, line, made.look)
    assert any("match-current" in span.ink for span in marked)


def test_all_that_is_shown_of_a_page_is_copied_as_all_of_the_text() -> None:
    made, view = opened([answer(TEXT)])
    index = len(made.blocks) - 1
    for _ in range(2):
        last = made.height(index) - 1
        end = (index, last), line_width(made.line(index, last))
        assert selection(made, ((index, 1), 0), end)() == TEXT
        first = next(at for at, text in enumerate(rows(made)) if "line " in text)
        part = selection(made, ((index, first), 2), ((index, first + 1), 80))()
        assert part == "\n".join(text.removeprefix("│ ") for text in rows(made)[first : first + 2])
        view.to_last()
        enter(made, view)


@pytest.mark.parametrize("kind", [answer, tool])
def test_the_line_under_the_cursor_is_whole_although_pages_part_it(kind: Any) -> None:
    text = "head\n" + "word " * 30_000 + "\ntail"
    made = document([kind(text) if kind is answer else kind([text])], width=80)
    index = len(made.blocks) - 1
    made.set_tools(EVERYTHING)
    for folded in (True, False):
        if kind is answer:
            made.blocks[index].set_folded(folded)
        made.changed(index)
        line = next(at for at, row in enumerate(rows(made)) if row.count("word") > 3)
        assert line_text(made, (index, line)) == text.split("\n")[1]
