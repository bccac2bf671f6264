"""The JSON tree against json.loads: everything is there, in order, and every path leads to its value."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.views.jsontree.find import JsonHit, find_slices
from tui.views.jsontree.path import parse_path
from tui.views.jsontree.tree import JsonNode, JsonTree
from tui.views.text.ink import Span
from tui.views.text.pattern import Pattern
from tui.views.text.wrap import line_width, plain

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False), st.text(max_size=30)
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8), inner, max_size=6),
    max_leaves=25,
)
WIDTHS = st.integers(20, 300)


def encoded(value: Any, *, pretty: bool = False) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2 if pretty else None).encode()


def nodes(tree: JsonTree, width: int) -> list[JsonNode]:
    return [tree.node_at(index, width) for index in range(tree.row_count(width))]


def texts(tree: JsonTree, width: int) -> list[str]:
    return [plain(tree.row(index, width)) for index in range(tree.row_count(width))]


def found(tree: JsonTree, pattern: Pattern, *, results: bool = False) -> list[JsonHit]:
    return [hit for hit in find_slices(tree.raw, pattern, results=results) if hit is not None]


def unfold_everything(tree: JsonTree, width: int) -> None:
    """By hand, one after the other, containers alone."""
    index = 0
    while index < tree.row_count(width):
        node = tree.node_at(index, width)
        if node.folded and node.kind in ("object", "list"):
            tree.toggle(index, width)
        index += 1


def resolve(value: Any, path: str) -> Any:
    steps = parse_path(path)
    assert steps is not None
    for step in steps:
        value = json.loads(value) if step is None else value[step]
    return value


def flattened(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value, *(part for inner in value.values() for part in flattened(inner))]
    if isinstance(value, list):
        return [value, *(part for inner in value for part in flattened(inner))]
    return [value]


@given(VALUES, WIDTHS, st.booleans())
def test_unfolded_by_hand_it_holds_every_value_in_order_and_paths_resolve(value: Any, width: int, pretty: bool) -> None:
    tree = JsonTree(encoded(value, pretty=pretty))
    unfold_everything(tree, width)

    seen: dict[str, JsonNode] = {}
    for node in nodes(tree, width):
        seen.setdefault(node.path, node)

    assert [json.loads(bytes(node.raw_value)) for node in seen.values()] == flattened(value)
    assert all(json.loads(bytes(node.raw_value)) == resolve(value, path) for path, node in seen.items())


@given(VALUES, WIDTHS, st.integers(1, 80))
def test_no_row_is_wider_than_the_width(value: Any, width: int, budget: int) -> None:
    tree = JsonTree(encoded(value), budget_lines=budget)

    assert all(line_width(tree.row(index, width)) <= width for index in range(tree.row_count(width)))
    tree.fold_all(None, width)
    assert all(line_width(tree.row(index, width)) <= width for index in range(tree.row_count(width)))


@given(
    VALUES,
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["toggle", "table", "siblings", "all"])), max_size=12),
    WIDTHS,
)
def test_rows_and_their_count_agree_under_any_folding(value: Any, actions: list[tuple[int, str]], width: int) -> None:
    tree = JsonTree(encoded(value))
    for number, action in actions:
        index = number % tree.row_count(width)
        if action == "toggle":
            tree.toggle(index, width)
        elif action == "table":
            tree.toggle_table(index, width)
        elif action == "siblings":
            tree.fold_siblings(index, width)
        else:
            tree.fold_all(number % 4, width)

        assert len(texts(tree, width)) == tree.row_count(width)
        for at, node in enumerate(nodes(tree, width)):
            first = tree.index_of(node.trail, width)
            assert first is not None
            assert first <= at


@given(VALUES, WIDTHS)
def test_a_memory_of_the_folds_brings_them_back(value: Any, width: int) -> None:
    tree = JsonTree(encoded(value), budget_lines=5)
    before = texts(tree, width)
    folds = tree.folds()
    tree.fold_all(None, width)

    tree.restore(folds)

    assert texts(tree, width) == before


@given(VALUES, WIDTHS, st.data())
def test_a_revealed_node_is_in_sight(value: Any, width: int, data: st.DataObject) -> None:
    unfolded = JsonTree(encoded(value))
    unfold_everything(unfolded, width)
    wanted = data.draw(st.sampled_from(nodes(unfolded, width)))
    tree = JsonTree(encoded(value))
    tree.fold_all(0, width)

    row = tree.reveal(wanted.path, width)

    assert row is not None
    assert bytes(tree.node_at(row, width).raw_value) == bytes(wanted.raw_value)
    assert tree.index_of(wanted.trail, width) == row


@settings(max_examples=50)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode), WIDTHS)
def test_garbage_is_shown_as_text(raw: bytes, width: int) -> None:
    tree = JsonTree(raw)
    tree.fold_all(None, width)

    assert all(line_width(tree.row(index, width)) <= width for index in range(tree.row_count(width)))


def test_the_first_rows_of_a_tool_call() -> None:
    tree = JsonTree(
        encoded({"query": "refund damaged", "top_k": 10, "results": [{"id": n, "text": "x" * 90} for n in range(3)]})
    )

    assert texts(tree, 60) == [
        "▾ {…}  3 keys",
        '    query: "refund damaged"',
        "    top_k: 10",
        "  ▾ results: [3]",
        "    ▾ 0: {…}  2 keys",
        "        id: 0",
        "      ▾ text: ",
        "        " + "x" * 52,
        "        " + "x" * 38,
        "    ▾ 1: {…}  2 keys",
        "        id: 1",
        "      ▾ text: ",
        "        " + "x" * 52,
        "        " + "x" * 38,
        "    ▾ 2: {…}  2 keys",
        "        id: 2",
        "      ▾ text: ",
        "        " + "x" * 52,
        "        " + "x" * 38,
    ]


def test_a_small_flat_value_takes_one_line() -> None:
    assert texts(JsonTree(b'{"query": "refund", "top_k": 10}'), 60) == ['▸ { query: "refund", top_k: 10 }']
    assert texts(JsonTree(b"[]"), 60) == ["  []"]
    assert texts(JsonTree(b'"plain"'), 60) == ['  "plain"']


def test_a_long_list_is_windowed_and_opens_in_steps() -> None:
    tree = JsonTree(encoded(list(range(100_000))))
    last = tree.row_count(80) - 1

    assert plain(tree.row(last, 80)) == "  … 99,900 more of 100,000 — Enter shows 1,000 more, * all"
    assert tree.node_at(last, 80).is_window
    tree.toggle(last, 80)
    assert tree.row_count(80) == 1 + 1_100 + 1
    tree.show_all(tree.row_count(80) - 1, 80)
    assert tree.row_count(80) == 100_001
    assert plain(tree.row(100_000, 80)) == "    99999: 99999"
    assert tree.index_of("$[77777]", 80) == 77_778


def test_a_long_text_is_windowed_with_its_true_size() -> None:
    tree = JsonTree(encoded({"text": "word " * 8_000}))
    last = tree.row_count(80) - 1

    assert plain(tree.row(last, 80)) == "    … 37 KB more (Enter shows all)"
    tree.show_all(last, 80)
    assert not any(node.is_window for node in nodes(tree, 80))
    shown = "".join(text.strip() + " " for text in texts(tree, 80)[2:])
    assert shown.split() == ["word"] * 8_000


def test_a_large_text_is_shown_page_by_page() -> None:
    words = [f"word{number}" for number in range(20_000)]
    tree = JsonTree(encoded({"text": " ".join(words)}))
    last = tree.row_count(80) - 1
    assert plain(tree.row(last, 80)) == "    … 183 KB more (Enter shows 14 KB of it)"
    tree.toggle(last, 80)
    shown: list[str] = []
    for number in range(12):
        rows = texts(tree, 80)
        assert len(rows) < 1_000
        if number:
            assert rows[2].endswith(f"before this (page {number + 1} of 12: Enter turns back)")
        if number < 11:
            assert rows[-1].endswith(f"more (page {number + 1} of 12: Enter turns to the next)")
        shown += " ".join(rows[3 if number else 2 : -1 if number < 11 else None]).split()
        tree.toggle(len(rows) - 1, 80) if number < 11 else None
    assert "".join(shown) == "".join(words)
    tree.toggle(2, 80)
    assert texts(tree, 80)[2].endswith("before this (page 11 of 12: Enter turns back)")
    folds = tree.folds()
    again = JsonTree(tree.raw)
    again.restore(folds)
    assert texts(again, 80) == texts(tree, 80)


def test_what_is_found_in_a_large_text_is_shown_on_its_page() -> None:
    text = "line\n" * 50_000 + "needle\n" + "line\n" * 50_000
    tree = JsonTree(encoded([text]))
    (hit,) = found(tree, Pattern(re.compile("needle")))
    row = tree.reveal(hit.trail, 80, hit.start, hit.page)
    assert row is not None
    assert plain(tree.row(row, 80)) == "    needle"
    assert tree.row_count(80) < 10_000


_ANSWER = "## What I found\n\n- **one** thing\n- `two`\n\n```sh\nmake\n```\n"


def test_markdown_among_results_is_rendered_and_shown_as_written_on_demand() -> None:
    tree = JsonTree(encoded([_ANSWER]), results=True)
    assert texts(tree, 60) == [
        "▾ [1]",
        "  ▾ 0: rendered Markdown, M as written  8 lines, 67 B",
        "    What I found",
        "    ",
        "    • one thing",
        "    • two",
        "    ",
        "    ┊ sh",
        "    ┊ make",
    ]
    shown = tree.text_at(2, 60)
    assert shown is not None
    assert shown[0].lines is not None
    assert tree.text_at(1, 60) is None
    tree.show_as_written(True)
    assert texts(tree, 60)[1:5] == ["  ▾ 0: 8 lines, 67 B", "    ## What I found", "    ", "    - **one** thing"]
    assert texts(JsonTree(encoded([_ANSWER])), 60)[2] == "    ## What I found"


def test_what_is_seen_of_markdown_among_results_is_found_in_its_row() -> None:
    tree = JsonTree(encoded([{"text": _ANSWER}]), results=True)
    for words in ("one thing", "two", "make"):
        pattern = Pattern(re.compile(words), re.compile(words.replace(" ", r"[*\s]+")))
        (hit,) = found(tree, pattern, results=True)
        row = tree.reveal(hit.trail, 60, hit.start)
        assert row is not None
        assert words in plain(tree.row(row, 60))


def test_json_in_a_string_is_offered_decoded() -> None:
    tree = JsonTree(encoded({"arguments": json.dumps({"a": [1, {"b": None}]})}))
    row = tree.index_of("$.arguments", 90)
    assert row is not None
    assert plain(tree.row(row, 90)).endswith("JSON in a string: Enter decodes")

    tree.toggle(row, 90)

    inner = tree.reveal("$.arguments → $.a[1].b", 90)
    assert inner is not None
    assert plain(tree.row(inner, 90)).strip() == "b: null"
    tree.toggle(row, 90)
    assert tree.index_of("$.arguments → $.a", 90) is None


def test_a_text_of_several_lines_is_read_below_its_key() -> None:
    tree = JsonTree(encoded({"md": "# Title\n\ntext"}))

    assert texts(tree, 40) == ["▾ {…}  1 key", "  ▾ md: 3 lines, 17 B", "    # Title", "    ", "    text"]


def test_what_is_invisible_or_harmful_is_shown() -> None:
    tree = JsonTree(json.dumps({"\x1b[2J\u202e": "\x1b]0;title\x07", "b": "[bold]x[/bold]"}).encode())
    tree.fold_all(None, 80)

    shown = "\n".join(texts(tree, 80))

    assert "^[[2J<U+202E>" in shown
    assert '"^[]0;title^G"' in shown
    assert "[bold]x[/bold]" in shown
    assert all("\x1b" not in node.path and "\u202e" not in node.path for node in nodes(tree, 80))


def test_what_the_standard_forbids_is_read_all_the_same() -> None:
    tree = JsonTree(b'{"a": NaN, "a": 2, "bad": "\\ud800", "\xff": [1, -Infinity]}')
    unfold_everything(tree, 60)

    assert [text.strip() for text in texts(tree, 60)][1:] == [
        "a: NaN", "a: 2", 'bad: "<U+D800>"', "▾ \ufffd: [2]", "0: 1", "1: -Infinity",
    ]  # fmt: skip


@pytest.mark.parametrize("raw", [b'{"a": [1, 2', b"[" * 100_000, b'{"a" 1}', b"{]", b"[1] [2]", b"not json"])
def test_what_is_no_json_is_shown_as_text_and_says_so(raw: bytes) -> None:
    tree = JsonTree(raw)
    shown = texts(tree, 60)

    assert "not valid JSON, shown as text" in shown[0]
    assert bytes(tree.node_at(0, 60).raw_value) == raw


def test_deep_nesting_unfolds_to_a_depth_and_then_shows_its_text() -> None:
    raw = b"[" * 400 + b"1" + b"]" * 400
    tree = JsonTree(raw)
    tree.fold_all(None, 80)

    assert all(line_width(tree.row(index, 80)) <= 80 for index in range(tree.row_count(80)))
    assert "[" * 30 in "".join(texts(tree, 80))


def test_where_there_is_no_room_to_indent_the_level_stands_as_a_number() -> None:
    tree = JsonTree(b'{"a": ' * 30 + b'"' + b"x" * 200 + b'"' + b"}" * 30)
    tree.fold_all(None, 60)
    shown = texts(tree, 60)
    assert shown[10].lstrip()[0] in "▾▸"
    assert shown[11].split()[0] == "11"
    assert shown[29].split()[0] == "29"
    assert len({len(line) - len(line.split("▾", 1)[-1]) for line in shown[11:29]}) == 1


def test_a_key_that_comes_twice_is_shown_twice() -> None:
    assert len(texts(JsonTree(b'{"a": {"b": 1, "c": "' + b"x" * 80 + b'"}, "a": 3}', budget_lines=3), 60)) == 3


def test_siblings_fold_together() -> None:
    tree = JsonTree(encoded([{"a": {"b": "x" * 50}} for _ in range(3)]))
    row = tree.index_of("$[1]", 40)
    assert row is not None

    tree.fold_siblings(row, 40)
    assert tree.row_count(40) == 4
    tree.fold_siblings(2, 40)
    assert all(tree.index_of(f"$[{at}].a", 40) is not None for at in range(3))


def test_unfolding_everything_is_bounded_and_says_so() -> None:
    tree = JsonTree(encoded([[[["x" * 90] * 2] * 9] * 99] * 99))

    assert "stay folded" in tree.fold_all(None, 60)
    assert tree.row_count(60) < 40_000
    assert tree.fold_all(1, 60) == ""


def test_a_list_of_flat_objects_turns_into_a_table() -> None:
    rows = [{"id": "c1", "score": 0.5, "tags": ["a"]}, {"id": "chunk2", "score": 12.25, "note": None}]
    tree = JsonTree(encoded({"results": rows}))
    row = tree.index_of("$.results", 60)
    assert row is not None

    assert tree.toggle_table(row, 60)
    assert texts(tree, 60)[row:] == [
        "  ▾ results: [2]  table",
        "      id      score  tags  note",
        "    ▸ c1        0.5  [1]       ",
        "    ▸ chunk2  12.25        null",
    ]
    assert tree.node_at(row + 3, 60).path == "$.results[1]"
    tree.toggle(row + 3, 60)
    assert tree.index_of("$.results[1].score", 60) == row + 5
    assert not JsonTree(b"[1, 2]").toggle_table(0, 60)


def naive(value: Any, pattern: re.Pattern[str]) -> int:
    if isinstance(value, dict):
        return sum(len(pattern.findall(key)) + naive(inner, pattern) for key, inner in value.items())
    if isinstance(value, list):
        return sum(naive(inner, pattern) for inner in value)
    return len(pattern.findall(value if isinstance(value, str) else json.dumps(value)))


@given(
    st.recursive(
        st.text(alphabet='abcü\n\\"/é ', max_size=12),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abü", max_size=3), inner, max_size=4),
        max_leaves=15,
    ),
    st.sampled_from(["a", "ab", "ü", "a b", "b.a", "^a", r"\ba", "[^b]c", r"\\", "b$", r'"']),
    st.booleans(),
    WIDTHS,
)
def test_search_finds_what_a_naive_search_finds(value: Any, expression: str, ascii_only: bool, width: int) -> None:
    pattern = re.compile(expression, re.IGNORECASE)
    tree = JsonTree(json.dumps(value, ensure_ascii=ascii_only).encode())

    hits = found(tree, Pattern(pattern))

    assert len(hits) == naive(value, pattern)
    for hit in hits:
        tree.fold_all(0, width)
        row = tree.reveal(hit.trail, width, hit.start if hit.part == "value" else None)
        assert row is not None
        assert tree.node_at(row, width).path == hit.path


def test_a_hit_far_down_a_long_text_is_brought_into_sight() -> None:
    tree = JsonTree(encoded({"log": "line of output\n" * 5_000 + "the needle\n" + "more\n" * 9_000}))
    (hit,) = found(tree, Pattern(re.compile("needle")))

    row = tree.reveal(hit.trail, 80, hit.start, hit.page)

    assert row is not None
    assert plain(tree.row(row, 80)).strip() == "the needle"


def test_search_pauses_now_and_then() -> None:
    tree = JsonTree(encoded([{"a": "b c"}] * 40_000))

    assert sum(hit is None for hit in find_slices(tree.raw, Pattern(re.compile("not there")))) > 1
    assert sum(hit is None for hit in find_slices(tree.raw, Pattern(re.compile("x$")))) > 100


_OUTPUT = "\x1b[31mFAIL\x1b[0m one\n10 %\r100 %\n" + "word " * 20 + "\n"


def test_output_of_a_program_is_shown_as_on_a_terminal_and_as_written_on_demand() -> None:
    tree = JsonTree(encoded([_OUTPUT, "\x1b[32mshort\x1b[0m"]))
    assert texts(tree, 60) == [
        "▾ [2]",
        "  ▾ 0: as on a terminal, M as written  3 lines, 146 B",
        "    FAIL one",
        "    100 %",
        f"    {'word ' * 10}word",
        f"  ↪ {'word ' * 9}",
        "  ▾ 1: as on a terminal, M as written",
        "    short",
    ]
    assert tree.row(2, 60)[1:] == [Span("FAIL", "term-red"), Span(" one", "string")]
    tree.show_as_written(True)
    assert texts(tree, 60)[1:4] == ["  ▾ 0: 3 lines, 146 B", "    ^[[31mFAIL^[[0m one", "    10 %^M100 %"]
    tree.show_as_written(False)
    assert texts(tree, 60)[2] == "    FAIL one"


def test_what_is_seen_of_output_is_found() -> None:
    tree = JsonTree(encoded([_OUTPUT]))
    (hit,) = found(tree, Pattern(re.compile("FAIL one")))
    assert tree.reveal(hit.trail, 60, hit.start) == 2
    assert not found(tree, Pattern(re.compile("31m")))


def test_a_diff_has_its_inks() -> None:
    tree = JsonTree(encoded(["@@ -1 +1 @@\n-old\n+new\n"]))
    assert [tree.row(number, 60)[-1] for number in range(2, 5)] == [
        Span("@@ -1 +1 @@", "hunk"),
        Span("-old", "removed"),
        Span("+new", "added"),
    ]
