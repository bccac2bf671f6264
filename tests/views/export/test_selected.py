"""What is selected is copied as it was written, at every width, and nothing of the layout comes with it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.code.test_output import OUTPUTS
from tests.views.markdown.test_lines import SOURCES
from tests.views.transcript.histories import answer, document, histories, message, tool
from tui.views.code.output import seen_text
from tui.views.export.selected import Spot, code_at, has_code, line_text, selection
from tui.views.text.trace import Trace
from tui.views.text.wrap import line_width, plain
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.tool_section import RESULTS_PART
from tui.views.transcript.document import Document
from tui.views.transcript.modes import Look

WIDTHS = st.integers(20, 200)
CODE = "def f(x):\n\tif x:\n\t\treturn [1,\n\n\t\t        2]  # with a comment that is longer than a narrow pane\n"
ANSWER = f"""\
# The **first** step

Run `make` and *then* look at [the page](http://example.org/a "now"), which is long enough to be wrapped somewhere:

- one
- two, with code:
  ```python
  x = 1
  y = 2
  ```

> what was said
> on two lines

```python
{CODE}```

| a | b |
|--:|---|
| 1 | `x` and a cell that wraps where there is little room for it |

That is **all**.
"""


def read(text: str, width: int, *, markdown: bool = True) -> Document:
    """An answer of this text, unfolded; its block is the last one."""
    made = document([answer(text)], width=width)
    made.blocks[-1].set_folded(False)
    made.set_markdown(markdown)
    return made


def cells(made: Document, index: int, number: int) -> int:
    return line_width(made.line(index, number))


def whole(made: Document, index: int, first: int = 1) -> tuple[Spot, Spot]:
    """From the first cell of a line of a block to its last one."""
    last = made.height(index) - 1
    return ((index, first), 0), ((index, last), cells(made, index, last))


def find(made: Document, words: str) -> tuple[int, int]:
    """The line of the last block that shows some words, and the cell where they begin."""
    index = len(made.blocks) - 1
    for number in range(1, made.height(index)):
        text = plain(made.line(index, number))
        if words in text:
            return number, text.index(words)
    raise AssertionError(f"{words!r} is nowhere")


def from_to(made: Document, first: str, last: str) -> str:
    """What is copied from the begin of some words to the end of others."""
    index = len(made.blocks) - 1
    (top, left), (bottom, right) = find(made, first), find(made, last)
    return selection(made, ((index, top), left), ((index, bottom), right + len(last)))()


@settings(max_examples=150, deadline=None)
@given(SOURCES, WIDTHS, st.booleans())
def test_all_of_a_message_is_its_source(source: str, width: int, markdown: bool) -> None:
    made = read(source, width, markdown=markdown)
    index = len(made.blocks) - 1
    shown = [plain(made.line(index, number))[2:] for number in range(1, made.height(index))]
    if source.strip() and any(set(text) - set("─│┼┊ ") for text in shown):
        assert selection(made, *whole(made, index))() == source


@settings(max_examples=60, deadline=None)
@given(WIDTHS)
def test_all_of_a_long_answer_is_its_source_at_every_width(width: int) -> None:
    for markdown in (True, False):
        made = read(ANSWER, width, markdown=markdown)
        assert selection(made, *whole(made, len(made.blocks) - 1))() == ANSWER


@settings(max_examples=150, deadline=None)
@given(OUTPUTS.filter(lambda text: "\n" in text), WIDTHS, st.booleans())
def test_all_of_a_text_in_json_is_its_source(source: str, width: int, markdown: bool) -> None:
    made = document([tool([source])], width=width)
    made.set_tools(2)
    made.set_markdown(markdown)
    index = len(made.blocks) - 1
    block = made.blocks[index]
    assert isinstance(block, ToolBlock)
    ((section, rows),) = [one for one in block.placed(made.look) if one[0].name == RESULTS_PART]
    assert section.tree is not None
    last, inside = rows[-1], section.tree.node_at(2, width - 4)
    if inside.kind == "string" and inside.trail == (0,) and seen_text(source).strip():
        begin, end = ((index, rows[3]), 0), ((index, last), cells(made, index, last))
        assert selection(made, begin, end)() == source


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80), st.data(), WIDTHS)
def test_a_part_of_a_text_is_a_part_of_its_source(source: str, data: st.DataObject, width: int) -> None:
    made = read(source, width, markdown=False)
    index = len(made.blocks) - 1
    lines = st.integers(1, made.height(index) - 1)
    begin, end = sorted((index, data.draw(lines)) for _ in "ab")
    left, right = (data.draw(st.integers(0, cells(made, *place))) for place in (begin, end))
    if begin != end or left < right:
        text = selection(made, (begin, left), (end, right))()
        assert text in source or not source.strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abc .,", max_size=60).map(str.rstrip), min_size=1, max_size=12), st.data(), WIDTHS)
def test_whole_lines_of_code_come_with_every_line_end_and_no_other(
    lines: list[str], data: st.DataObject, width: int
) -> None:
    code = [f"{number}{line}" for number, line in enumerate(lines)]
    made = read("\n".join(["before", "", "```", *code, "```", "after"]), width)
    first = data.draw(st.integers(0, len(code) - 1))
    last = data.draw(st.integers(first, len(code) - 1))
    index = len(made.blocks) - 1
    rows = [number for number in range(made.height(index)) if plain(made.line(index, number)).startswith("│ ┊ ")]
    starts = [row for row in rows if not plain(made.line(index, row)).startswith("│ ┊ ↪ ")]
    after = starts[last + 1] if last + 1 < len(starts) else rows[-1] + 1
    begin, end = ((index, starts[first]), 4), ((index, after - 1), cells(made, index, after - 1))
    assert selection(made, begin, end)() == "\n".join(code[first : last + 1])


@settings(max_examples=100, deadline=None)
@given(histories, WIDTHS, st.sampled_from([0, 1, 2]), st.booleans())
def test_a_traced_layout_shows_the_same(history: list[Any], width: int, level: int, markdown: bool) -> None:
    made = document(history, width=width)
    made.set_tools(level)
    made.set_reasoning(True)
    made.set_markdown(markdown)
    for index, block in enumerate(made.blocks):
        lines = range(made.height(index))
        traced = block.traced(lines, Look(width, markdown, Trace()))
        assert [plain(line) for line in traced] == [plain(made.line(index, number)) for number in lines]
    made.set_width(width + 1)


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_lines_of_numbers_keep_their_line_ends(width: int) -> None:
    numbers = "\n".join(map(str, range(1, 24)))
    assert from_to(read(f"```\n{numbers}\n```", width), "1", "23") == f"```\n{numbers}\n```"
    assert from_to(read(f"So:\n```\n{numbers}\n```\n", width), "2", "23") == numbers.removeprefix("1\n")
    made = document([tool(f"before\n{numbers}\nafter", input_parameters=None)], width=width)
    made.set_tools(2)
    assert from_to(made, "before", "23") == f"before\n{numbers}"


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_code_comes_without_its_bar_and_with_its_tabs(width: int) -> None:
    made = read(ANSWER, width)
    assert from_to(made, "def", "pane") == CODE.removesuffix("\n")
    assert from_to(made, "x = 1", "y = 2") == "x = 1\ny = 2"


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_marks_come_in_pairs_and_lines_whole(width: int) -> None:
    made = read(ANSWER, width)
    assert from_to(made, "make", "then") == "`make` and *then*"
    assert from_to(made, "the page", "which") == '[the page](http://example.org/a "now"), which'
    assert from_to(made, "first", "code:") == ANSWER[ANSWER.index("**first") : ANSWER.index("code:") + 5]
    assert from_to(made, "what", "lines") == "> what was said\n> on two lines"
    assert from_to(made, "said", "on two") == "said\n> on two"
    assert from_to(made, "two, with", "two,") == "two,"


def test_rows_of_a_table_are_rows_of_the_source() -> None:
    made = read(ANSWER, 120)
    assert from_to(made, "a │", "for it") == "\n".join(ANSWER.splitlines()[-5:-2])


def test_a_folded_message_is_copied_with_what_is_folded_only_where_its_last_line_is_selected() -> None:
    source = "\n".join(f"- line {number}" for number in range(500)) + "\n"
    made = document([answer(source)], width=60)
    index = len(made.blocks) - 1
    begin, (last, _) = whole(made, index)
    assert selection(made, begin, (last, 60))() == source
    assert selection(made, begin, ((index, last[1] - 1), 60))() == "\n".join(source.splitlines()[:40])
    (number, _) = find(made, "line 38")
    assert selection(made, ((index, number), 2), (last, 60))() == source[source.index("- line 38") :]


def test_of_several_messages_each_has_its_label_above_it() -> None:
    made = document([message("What is\tit?"), answer("It is **this**.")], width=60)
    last = len(made.blocks) - 1
    text = selection(made, ((made.first_of_history, 0), 0), ((last, made.height(last) - 1), 60))()
    assert text.splitlines()[0].startswith("Turn 1")
    assert "─" * 3 not in text
    assert text.splitlines()[-4:-2] == ["What is\tit?", ""]
    assert text.splitlines()[-2].startswith("Agent")
    assert text.splitlines()[-1] == "It is **this**."


@settings(max_examples=40, deadline=None)
@given(st.recursive(st.text(max_size=60) | st.integers(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))
def test_all_rows_of_a_value_are_its_json(value: Any) -> None:
    made = document([tool(value)], width=50)
    made.set_tools(2)
    index = len(made.blocks) - 1
    block = made.blocks[index]
    assert isinstance(block, ToolBlock)
    ((_, rows),) = [one for one in block.placed(made.look) if one[0].name == RESULTS_PART]
    text = selection(made, ((index, rows.start + 1), 0), ((index, rows.stop - 1), 50))()
    assert text == (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def test_some_rows_of_a_value_are_the_words_on_them() -> None:
    hits = [{"score": 0.5, "kind": "hit"}, {"score": 0.25, "kind": "miss", "more": {"a": [1]}}]
    made = document([tool(hits)], width=30)
    made.set_tools(2)
    assert from_to(made, "results", "miss").splitlines() == [
        "results  2 results, 84 B",
        "[2]",
        "  0: {…}",
        "    score: 0.5",
        '    kind: "hit"',
        "  1: {…}",
        "    score: 0.25",
        '    kind: "miss',
    ]


def test_the_line_under_the_cursor_is_that_of_the_source() -> None:
    made = read(ANSWER, 40)
    index = len(made.blocks) - 1
    for shown, written in [
        ("The first", "# The **first** step"),
        ("be wrapped", ANSWER.splitlines()[2]),
        ("two, with", "- two, with code:"),
        ("x = 1", "x = 1"),
        ("what was", "> what was said"),
        ("comment", CODE.splitlines()[4]),
        ("cell that", ANSWER.splitlines()[-3]),
    ]:
        assert line_text(made, (index, find(made, shown)[0])) == written
    made = document([tool([{"a": 'x "y"'}], tool_type="lookup", input_parameters={"query": "q" * 90})], width=50)
    made.set_tools(2)
    index = len(made.blocks) - 1
    assert f"query={'q' * 59}…" in line_text(made, (index, 0))
    assert line_text(made, (index, find(made, "0: ")[0])) == '{"a": "x \\"y\\""}'


def test_the_code_under_the_cursor_is_copied_or_the_next_below() -> None:
    for markdown in (True, False):
        made = read(ANSWER, 40, markdown=markdown)
        index = len(made.blocks) - 1
        for shown, language, code in [
            ("y = 2", "python", "x = 1\ny = 2"),
            ("step", "python", "x = 1\ny = 2"),
            ("comment", "python", CODE.removesuffix("\n")),
            ("what was", "python", CODE.removesuffix("\n")),
            ("That is", "python", CODE.removesuffix("\n")),
        ]:
            found = code_at(made, (index, find(made, shown)[0]))
            assert found is not None
            assert (found[0].language, found[1]) == (language, code)
    assert code_at(read("no code here", 40), (3, 1)) is None


def test_the_code_in_a_result_that_is_markdown_is_copied_as_it_was_written() -> None:
    made = document([tool(["## Found\n\n- **one**\n\n```sh\nmake \x1b all\nmake test\n```\n"])], width=60)
    made.set_tools(2)
    index = len(made.blocks) - 1
    line, _ = find(made, "Found")
    assert has_code(made, (index, line))
    found = code_at(made, (index, line))
    assert found is not None
    assert found[1] == "make \x1b all\nmake test"
    assert not has_code(made, (index, 1))


def test_output_in_a_fence_is_copied_with_all_that_was_written() -> None:
    log = "\x1b[31mFAIL\x1b[0m one\n10 %\r100 %\n\x1b[1mlast\x1b[0m"
    made = read(f"Ran:\n\n```console\n{log}\n```\n\nDone.", 60)
    index = len(made.blocks) - 1
    first, _ = find(made, "FAIL one")
    last, _ = find(made, "last")
    assert selection(made, ((index, first), 4), ((index, last), 60))() == log
    assert selection(made, ((index, first), 9), ((index, first), 12))() == "one"
    assert selection(made, ((index, first), 5), ((index, first), 7))() == "AI"
    found = code_at(made, (index, first))
    assert found is not None
    assert found[1] == log
    assert line_text(made, (index, first + 1)) == "10 %\r100 %"
