"""A message of many parts: texts as texts, each other part on one line that unfolds."""

import json
from typing import Any

import pytest

from tests.views.transcript.histories import answer, document, message, reasoning, tool
from tui.views.export.copies import copies_at
from tui.views.text.wrap import plain
from tui.views.transcript.blocks.prose import HEAD, LONG_FROM
from tui.views.transcript.document import Document
from tui.views.transcript.modes import EVERYTHING
from tui.views.transcript.search.matches import reveal
from tui.views.transcript.search.query import compile_query
from tui.views.transcript.search.search import Search

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 30_000}}
FILE = {"type": "file", "file": {"filename": "report.pdf", "file_id": "f1"}}
THOUGHT = {"type": "thinking", "thinking": "needle in it"}
CONTENT = [{"type": "text", "text": "See **this**:"}, IMAGE, "- a\n- b", FILE]


def lines_of(made: Document, index: int) -> list[str]:
    return [plain(made.line(index, line)) for line in range(made.height(index))]


def saying(content: Any) -> Document:
    return document([message("Question"), {**answer(""), "content": content}])


def test_texts_are_rendered_and_what_is_none_is_one_line_each() -> None:
    made = saying(CONTENT)
    lines = lines_of(made, made.places["message"][1])
    assert lines[2:] == [
        "│ See this:", "│ ▸ image_url  image/png · 29 KB", "│ • a", "│ • b", "│ ▸ file  report.pdf · 69 B",
    ]  # fmt: skip
    assert "note" not in "".join(lines)


def test_what_a_person_typed_stays_as_typed_in_a_part_too() -> None:
    made = document([{**message(""), "content": [{"type": "text", "text": "# install"}, "> x"]}])
    assert lines_of(made, made.places["message"][0])[1:] == ["▌ # install", "▌ > x"]


def test_a_part_unfolds_on_its_line_and_the_message_unfolds_them_all() -> None:
    made = saying(CONTENT)
    index = made.places["message"][1]
    block = made.blocks[index]
    folded = lines_of(made, index)
    assert [line for line in range(len(folded)) if block.is_mark(line, made.look)] == [3, 6]
    assert block.toggle(6, made.look)
    made.changed(index)
    opened = lines_of(made, index)
    assert opened[6] == "│ ▾ file  report.pdf · 69 B"
    assert 'filename: "report.pdf"' in "".join(opened[7:])
    assert block.fold_at(6, made.look, True)
    assert not block.fold_at(6, made.look, True)
    assert block.set_folded(False)
    assert block.is_touched(made.modes)
    assert "data:image/png" in "".join(lines_of(made, index))
    assert block.set_folded(True)
    assert lines_of(made, index) == folded


def test_a_long_text_beside_others_is_folded_to_its_head() -> None:
    made = saying(["\n\n".join(f"line {number}" for number in range(LONG_FROM)), IMAGE])
    index = made.places["message"][1]
    lines = lines_of(made, index)
    assert HEAD < len(lines) < HEAD + 6
    assert "more line" in lines[-2]
    assert made.blocks[index].is_mark(len(lines) - 2, made.look)
    made.blocks[index].set_folded(False)
    assert f"line {LONG_FROM - 1}" in "".join(lines_of(made, index))


def test_a_copy_has_the_texts_and_the_json_of_the_others() -> None:
    made = saying(CONTENT)
    copies = {copy.letter: copy.make() for copy in copies_at(made, (made.places["message"][1], 1))}
    assert copies["y"] == "\n\n".join(["See **this**:", json.dumps(IMAGE), "- a\n- b", json.dumps(FILE)])


@pytest.mark.parametrize("wanted", ["needle", "report.pdf", "this"])
def test_a_search_finds_texts_and_what_is_folded(wanted: str) -> None:
    made = saying([*CONTENT, THOUGHT])
    search = Search(made, compile_query(wanted))
    while search.step(0.0):
        pass
    (index,) = search.blocks
    found = reveal(made.blocks[index], made.look, search.hits(index), 0, search.query.pattern)
    assert wanted in plain(made.line(index, found.line))


def test_reasoning_and_calls_show_parts_as_lines() -> None:
    made = document([{**reasoning(""), "content": [THOUGHT, "*so*"]}, {**tool([]), "content": [IMAGE, "*so*"]}])
    made.set_reasoning(True)
    made.set_tools(EVERYTHING)
    text = "\n".join("\n".join(lines_of(made, index)) for index in range(len(made.blocks)))
    assert "thinking  needle in it · 48 B\n    so" in text
    assert "image_url  image/png · 29 KB\n    so" in text
