"""Markdown as people see it, and nothing of it lost, hidden or wider than the pane."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.text.ascii import in_ascii
from tui.terminal.text.clean import clean
from tui.views.markdown.controls import seen_prose
from tui.views.markdown.lines import markdown_lines, plain_lines
from tui.views.text.ink import ASIDE, INKS, Span
from tui.views.text.pages import ONE_PAGE
from tui.views.text.wrap import plain

FRAGMENTS = [
    "# ", "## ", "- ", "  - ", "1. ", "10) ", "> ", "> > ", "```python\n", "```\n", "    ", "\n", "\n\n", "---\n",
    "| a | b |\n|--|:-:|\n| c | d |\n", "|", "**", "*", "_", "~~", "`", "``", "[x](http://a.b)",
    "[x](javascript:alert)", "![i](file:///x)", "<b>", "&amp;", "&#x1b;",
    "\\", "[a]: http://x\n", "https://example.com/a?b=c", "word ",
    "日本語", "👨‍👩‍👧‍👦", "e\u0301", "\x1b[31m", "\u202e", "\t", "def f(x): return 'y'\n", "x" * 90,
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=25).map("".join)


def shown(source: str, width: int = 60) -> list[str]:
    return [plain(line) for line in markdown_lines(source, width)]


def test_a_line_of_code_that_is_wrapped_says_so_in_any_terminal() -> None:
    lines = shown("```sh\nmake one two three four\nmake all\n```", 16)
    assert lines == ["┊ sh", "┊ make one two", "┊ ↪ three four", "┊ make all"]
    assert [in_ascii(line) for line in lines][2] == ": \\ three four"


@settings(max_examples=200, deadline=None)
@given(SOURCES, st.integers(20, 300))
def test_no_line_is_wider_than_the_pane_and_none_is_blank_at_the_ends(source: str, width: int) -> None:
    lines = markdown_lines(source, width)

    assert all(cell_len(plain(line)) <= width for line in lines)
    assert all(clean(span.text) == span.text and "\n" not in span.text for line in lines for span in line)
    assert all(ink in {*INKS, ASIDE} for line in lines for span in line for ink in span.ink.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20), st.integers(20, 120))
def test_no_word_is_lost(fragments: list[str], width: int) -> None:
    words = [f"zq{number}qz" for number in range(len(fragments))]
    source = "".join(fragment + word for fragment, word in zip(fragments, words, strict=True))

    seen = re.sub(r"[\W_]", "", "".join(shown(source, width)))
    assert Counter("".join(words)) <= Counter(seen)
    if "|" in source:  # the lines of one cell stand between those of another
        seen = re.sub(r"[\W_]", "", "".join(shown(source, 2_000)))
    assert [word for word in words if word not in seen] == []


def test_cells_beyond_the_header_are_not_lost() -> None:
    assert shown("| a | b |\n|---|---|\n| 1 | 2 | 3 |") == ["a │ b", "──┼──────", "1 │ 2 | 3"]


@given(st.text(max_size=300), st.integers(20, 200))
def test_plain_lines_are_the_text_itself(source: str, width: int) -> None:
    lines = plain_lines(source, width)

    assert all(cell_len(plain(line)) <= width for line in lines)
    assert re.sub(r"[ \n]", "", "".join(map(plain, lines))) == re.sub(r"[ \n]", "", clean(source))


def test_headings_paragraphs_and_single_line_feeds_stay_as_written() -> None:
    assert shown("# Title\nfirst\nsecond\n\n\nthird\n") == ["Title", "first", "second", "", "third"]


def test_lists_hang_and_numbers_stay_as_written() -> None:
    source = "9. nine is a long item that wraps\n10. ten\n    - inner\n      - innermost\n\n- [ ] task"

    assert shown(source, 20) == [
        " 9. nine is a long", "    item that wraps", "10. ten", "    • inner", "      ◦ innermost", "", "• [ ] task",
    ]  # fmt: skip


def test_quotes_have_a_bar_on_every_line() -> None:
    assert shown("> one two three\n> > four\n>\n> five", 10) == ["│ one two", "│ three", "│ │ four", "│", "│ five"]


def test_code_keeps_its_spaces_and_says_its_language() -> None:
    assert shown("text\n```python\nif x:\n    y  =  1\n```\n") == ["text", "┊ python", "┊ if x:", "┊     y  =  1"]
    lines = markdown_lines('```python\nreturn "a"\n```', 40)
    assert {span.ink for span in lines[1]} >= {"fence", "syntax-keyword", "syntax-string"}


def test_a_link_shows_its_true_target() -> None:
    assert shown("[safe](javascript:alert(1)) <https://a.b> [https://a.b](https://a.b)") == [
        "safe (javascript:alert(1)) <https://a.b> https://a.b"
    ]
    assert shown('[x](file:///etc/passwd "title")') == ['x (file:///etc/passwd "title")']
    assert shown("![chart](data:image/png;base64,AA==)") == ["[image: chart] (data:image/png;base64,AA==)"]
    assert shown("[text][1]\n\n[1]: http://hidden") == ["[text][1]", "", "[1]: http://hidden"]


def test_bare_addresses_are_links_without_the_full_stop_after_them() -> None:
    (line,) = markdown_lines("see https://example.com/a_(b).", 60)

    assert [span.text for span in line if "link" in span.ink] == ["https://example.com/a_(b)"]


def test_html_and_entities_are_text() -> None:
    assert shown("<script>x</script> &lt;b&gt; &#x202e;") == ["<script>x</script> <b> <U+202E>"]
    assert shown("<!-- hidden -->") == ["<!-- hidden -->"]


def test_control_characters_are_seen() -> None:
    assert shown("\x1b[31mred\x1b[0m") == ["^[[31mred^[[0m"]
    assert shown("\x1b\\ \x1b\\\x1b[1m \x1c* \x1b") == ["^[\\ ^[\\^[[1m ^\\* ^["]
    assert shown("\x1b](x) \x1fa\x1f \x1b\\*x*") == ["^[](x) ^_a^_ ^[\\*x*"]
    assert shown("&#27;[31m &#x1b; &#0; &#xd800; &#xFDD0; &#x9b;") == ["^[[31m ^[ ^@ <U+D800> <U+FDD0> <U+009B>"]
    assert shown("&#x110000; &#xFFFD; &amp; &#65;") == ["&#x110000; \ufffd & A"]


@pytest.mark.parametrize(
    "source",
    [
        "```py\x1b\nx\x1b\\\x1c\n```", "    ind\x1b\\", "`c\x1b\\`", "[t\x1b](http://x/\x1f)", "![i\x1b\\](z\x1c)",
        "|a\x1b|b|\n|-|-|\n|\x1c|\x1d|", "|a\x1b\\|b|\n|-|-|\n|1|2|3\x1c|", "# \x1d\\", "- \x1b\\\n> \x1c",
        "\x1c\x1b\n\x1f", "\ufdd0\ufdd4 \x1b\u0301",
    ],
)  # fmt: skip
def test_control_characters_are_seen_wherever_they_stand(source: str) -> None:
    seen = "".join(shown(source))
    for control in re.findall(r"\x1b\\|[\x1b-\x1f\ufdd0-\ufdd4]", source):
        assert clean(control) in seen
        seen = seen.replace(clean(control), "", 1)
    assert "<U+FDD" not in seen


def test_a_table_is_aligned_and_fits() -> None:
    source = "| Name | Amount |\n|---|--:|\n| widget | 3 |\n| 日本 | 12.50 |"

    assert shown(source) == ["Name   │ Amount", "───────┼───────", "widget │      3", "日本   │  12.50"]


def test_a_table_with_too_many_columns_becomes_records() -> None:
    names = [f"column{number}" for number in range(8)]
    source = (
        "|".join(names)
        + "\n"
        + "|".join(["--"] * 8)
        + "\n"
        + "|".join(f"some longer value {number}" for number in range(8))
    )

    assert shown(source, 40)[:2] == ["column0: some longer value 0", "column1: some longer value 1"]


def test_spaces_at_the_start_of_a_line_stay() -> None:
    assert shown("Traceback:\n  File one\n    raise") == ["Traceback:", "  File one", "    raise"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("word " * (ONE_PAGE // 4), "Too large"),
        ("> " * 200 + "deep", "Nested too deeply"),
        ("*a_" * 9_000, "Too intricate"),
        ("[a](b) " * 4_001, "Too intricate"),
        ("1. a\n   - b\n" * 900, "Too intricate"),
        # 2 KB, of which the parser would make 25,000 cells
        ("|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n" + "|a|\n" * 50 + "|a|", "Too intricate"),
        ("- |" + "a|" * 500 + "\n  |" + "-|" * 500 + "\n" + "  |a|\n" * 50 + "  |a|", "Too intricate"),
        # 9 KB, 65,000 cells
        ("|" + "a|" * 256 + "\n|" + "-|" * 256 + "\n" + "a\n" * 3_800 + "a", "Too intricate"),
        # 3 KB of tables that are small one by one
        ("\n\n".join(["|a|b|c|d|e\n|-|-|-|-|-\n" + "a\n" * 99] * 17), "Too intricate"),
    ],
    ids=["large", "deep", "marks", "links", "items", "cells", "cells in a list", "most cells", "tables"],
)
def test_what_cannot_be_rendered_is_plain_and_says_so(source: str, reason: str) -> None:
    lines = markdown_lines(source, 80)

    assert plain(lines[0]).startswith(reason)
    assert lines[0][0].ink == "muted aside"
    assert "".join(map(plain, lines[1:])).replace(" ", "") == source.replace(" ", "").replace("\n", "")


def test_brackets_that_begin_nothing_are_text_however_many_they_are() -> None:
    source = "![" * 9_000 + "[a](" * 3_000
    assert "".join(shown(source, 80)) == source


LOG = "".join(f"12:00:00 step {number} is done\n" for number in range(1_700))


@pytest.mark.parametrize(
    "source",
    [
        f"```\n{LOG}| a | b | c | d |\n|---|---|---|---|\n{LOG[:2_000]}\n```\n\n**end**",
        f"- ~~~\n  a | b | c | d | e | f\n  --|---|---|---|---|---\n{LOG.replace('12:', '  12:')}  ~~~\n\n**end**",
        f"{LOG}|---|---|---|---|\n{LOG[:2_000]}\n\n**end**",
        f"| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n```\n{LOG}```\n\n**end**",
        f"{LOG}| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n\n**end**",
    ],
    ids=["in a fence", "in a fence in a list", "a line without a header", "before a fence", "after text"],
)
def test_a_long_log_with_a_line_like_that_of_a_table_is_rendered(source: str) -> None:
    lines = shown(source, 80)

    assert lines[-1] == "end"
    assert len([line for line in lines if "is done" in line]) >= 1_700


_LOG = (
    "Ran it:\n\n```console\n$ make\n\x1b[31mFAIL\x1b[0m one\n10 %\r50 %\r\x1b[32m100 %\x1b[0m\nlast\n```\n"
    "\nO\x1b[31mut\x1b[0m\rside"
)


def test_output_of_a_program_in_a_fence_is_shown_as_on_a_terminal() -> None:
    lines = markdown_lines(_LOG, 60)
    assert [plain(line) for line in lines] == [
        "Ran it:",
        "",
        "┊ console  as on a terminal, M as written",
        "┊ $ make",
        "┊ FAIL one",
        "┊ 100 %",
        "┊ last",
        "",
        "O^[[31mut^[[0m^Mside",
    ]
    assert [(span.text, span.ink) for span in lines[4][1:]] == [("FAIL", "term-red"), (" one", "code")]
    assert lines[5][1:] == [Span("100 %", "term-green")]
    assert [plain(line) for line in plain_lines(_LOG, 60)][4] == "^[[31mFAIL^[[0m one"
    assert shown("    \x1b[1mbold\x1b[0m\n") == ["┊ as on a terminal, M as written", "┊ bold"]


def test_it_is_searched_as_it_is_seen() -> None:
    assert "FAIL one\n100 %\nlast\n" in seen_prose(_LOG)
    assert seen_prose(_LOG).endswith("O^[[31mut^[[0m^Mside")


def test_as_it_was_written_too_a_line_of_code_that_is_wrapped_says_so() -> None:
    lines = [
        plain(line) for line in plain_lines("one two three four\n```sh\nmake one two three four\n```\nfive six", 16)
    ]
    assert lines == [
        "one two three",
        "four",
        "```sh",
        "make one two",
        "↪ three four",
        "```",
        "five six",
    ]
