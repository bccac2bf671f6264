"""What is shown is what was written: on the screen nothing is missing but the markup that is listed."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.markdown.kinds import missing, real_lines, typed_lines
from tests.views.markdown.test_lines import SOURCES
from tui.views.markdown.lines import markdown_lines
from tui.views.markdown.markup import MARKUP
from tui.views.text.wrap import plain

WIDE = 2_000
README = Path(__file__).parents[3] / "README.md"


def shown(source: str, *, typed: bool = False) -> list[str]:
    return [plain(line) for line in markdown_lines(source, WIDE, typed=typed)]


def inks(source: str, *, typed: bool = False) -> dict[str, str]:
    return {span.text: span.ink for line in markdown_lines(source, WIDE, typed=typed) for span in line}


def test_the_readme_shows_the_table_of_what_is_markup() -> None:
    rows = [" | ".join(field.replace("|", "\\|") for field in one[:3]) for one in MARKUP]
    text = README.read_text(encoding="utf-8")
    assert [row for row in rows if f"| {row} |\n" not in text] == []


KEPT = [
    "<soap:Body><dc:title>Moon</dc:title>", "std::vector<std::string> v", '--author="Bo <bo@example.org>"',
    "<key:value>", "<localhost:8080>", "<bo@example.org>", "COUNT(*) ... SUM(*)", "**/*.py and lib/**/*.js",
    "$.items[*] and $.rows[*]", "'*' and '*'", '"**" and "**", or so', "_id and user_", "__init__ and __main__",
    "2*3*4, 2**3**4", "a * b * c", "C:\\Users\\ana\\.ssh", "\\\\srv\\share\\_docs", "the end \\\nnext",
    "\\(E=mc^2\\)", "\\[ \\] \\,", "5 \\* 3", "\\<foo\\>", "foo\\_bar", "handlers[name](event)", "[](x) [ ](y)",
    "   id  name\n0   1  Ana", "     id  name\n0     1  Ana\n1     2  Bo", " id | name\n----+------\n  1 | Ana",
    ">>> x\n5", ">>>>>>> main", "#\n##", "a ~ b ~~ c ~d~", "&nosuch; a&b", "\\d+\\*\\w", "https://a.b/(*)/_x_/*y*/z",
    "int *p = &x; int *q", "ls *foo\nrm bar*",
]  # fmt: skip


@pytest.mark.parametrize("source", KEPT)
def test_what_is_no_markup_is_shown_as_it_was_written(source: str) -> None:
    assert "\n".join(shown(source)) == "\n".join(line.rstrip() for line in source.split("\n"))


@pytest.mark.parametrize(
    ("source", "text", "ink"),
    [
        ("**Note:** x", "Note:", "text strong"),
        ("**5%** x", "5%", "text strong"),
        ("**(a)** x", "(a)", "text strong"),
        ("**(a)**, then", "(a)", "text strong"),
        ('so **"b"**.', '"b"', "text strong"),
        ("**重要。**", "重要。", "text strong"),
        ("这是**重要**的", "重要", "text strong"),
        ("*this*", "this", "text em"),
        ("***both***", "both", "text em strong"),
        ("~~gone~~", "gone", "text strike"),
        ("**`x`**: y", "x", "code"),
        ("`` a`b ``", "a`b", "code"),
        ("_so_", "_", "text em"),
        ("__so__", "so", "text strong"),
        ("<https://a.b>", "https://a.b", "text link"),
        ("[x](y.md)", "x", "text link"),
        ("a fact[1](https://a.b)", "1", "text link"),
        ("# x", "x", "heading strong underline"),
    ],
)
def test_what_is_markup_is_shown_in_its_ink(source: str, text: str, ink: str) -> None:
    assert inks(source)[text] == ink


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("\\*so\\* and \\*\\*so\\*\\*", "*so* and **so**"),
        ("\\`so\\`", "`so`"),
        ("\\[a](b) and [a\\](b)", "[a](b) and [a](b)"),
        ("![a\\*](b)", "[image: a\\*] (b)"),
        ("\\<https://a.b>", "<https://a.b>"),
        ("\\&amp;", "&amp;"),
        ("\\\\*so*", "\\so"),
        ("\\\\\\*so*", "\\*so*"),
        ("\\# so\n\\- so\n\\+ so\n1\\. so\n\\> so\n\\---", "# so\n- so\n+ so\n1. so\n> so\n---"),
    ],
)
def test_a_backslash_is_markup_before_what_would_be_markup_without_it(source: str, text: str) -> None:
    assert "\n".join(shown(source)) == text


def test_in_answers_plus_and_minus_stay_apart() -> None:
    assert shown("- old\n+ new") == ["• old", "+ new"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| `p|q` | 2 |", "p|q │ 2"),
        ("| 1 | 2 | 3 | 4 |", "1   │ 2 | 3 | 4"),
        ("| 1 |", "1   │"),
        ("| a\\|b | ` | ` |", "a|b │ |"),
        ("| ` | ` |", "`   │ `"),
    ],
)
def test_a_pipe_in_code_and_an_odd_row_leave_a_table_a_table(row: str, cells: str) -> None:
    assert shown(f"| abc | d |\n|---|---|\n{row}")[2].rstrip() == cells
    assert shown(f"| `x|y` | d |\n|---|---|\n{row}")[0] == "x|y │ d"


@pytest.mark.parametrize(
    "source",
    [
        "# install deps\npip install x",
        "- old\n+ new",
        ">>> 1 + 1\n2\n>>> x",
        "Title\n-----\ntext",
        "$ cat x\n> y",
        "    a\nb",
    ],
)
def test_what_a_person_typed_keeps_its_signs(source: str) -> None:
    assert "\n".join(shown(source, typed=True)) == source


def test_code_that_a_person_typed_is_code() -> None:
    assert shown("Why?\n```py\nx = 1\n```\nand `y`", typed=True) == ["Why?", "┊ py", "┊ x = 1", "and y"]


@settings(max_examples=300)
@given(st.lists(typed_lines | st.just(""), min_size=1, max_size=8).filter(any))
def test_what_a_person_typed_is_shown_line_by_line(lines: list[str]) -> None:
    text = re.sub("\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
    assert "\n".join(line.rstrip() for line in shown(text, typed=True)) == text


@settings(max_examples=300)
@given(st.lists(real_lines, min_size=1, max_size=6))
def test_lines_of_real_kinds_are_shown_as_they_are(lines: list[str]) -> None:
    assert [line.rstrip() for line in shown("So:\n" + "\n".join(lines))] == ["So:", *(line.rstrip() for line in lines)]


_dressed = st.sampled_from(["**{}**", "*{}*", "`{}`", "~~{}~~", "***{}***", "<https://{}.b>", "[{}]({})"])


@settings(max_examples=300)
@given(st.lists(st.tuples(real_lines, _dressed, st.sampled_from(["a", "word", "漢字", "x2"])), min_size=1, max_size=4))
def test_of_words_in_marks_the_marks_are_missing_and_nothing_else(parts: list[tuple[str, str, str]]) -> None:
    source = "\n".join(f"{mark.format(word, word)} {line}" for line, mark, word in parts)
    words = [f"https://{word}.b" if mark.startswith("<") else word for _, mark, word in parts]
    assert [line.rstrip() for line in shown(source)] == [
        f"{word} {part[0]}".rstrip() for word, part in zip(words, parts, strict=True)
    ]


@settings(max_examples=300, deadline=None)
@given(
    SOURCES | st.lists(real_lines | st.text("*_`~\\[]()<>#-+.|&; \nab1", max_size=12), max_size=8).map("\n".join),
    st.booleans(),
)
def test_nothing_is_missing_on_the_screen_but_the_markup_that_is_listed(source: str, typed: bool) -> None:
    assert missing(source, "\n".join(shown(source, typed=typed))) == ""


@settings(max_examples=150, deadline=None)
@given(
    SOURCES | st.lists(real_lines | st.sampled_from(["1. ", "- ", "> ", "10) ", "+ ", "\n"]), max_size=12).map("".join)
)
def test_nothing_is_missing_in_a_narrow_pane_either(source: str) -> None:
    source = source.replace("|", "")  # the cells of a table stand in each other's lines there
    assert missing(source, "\n".join(plain(line) for line in markdown_lines(source, 20))) == ""
