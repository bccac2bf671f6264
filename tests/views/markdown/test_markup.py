"""What is shown is what was written: on the screen nothing is missing but the markup that is listed."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.markdown.kinds import missing, real_lines, typed_lines
from tests.views.markdown.reference import left_by_commonmark
from tests.views.markdown.test_lines import SOURCES
from tui.terminal.text.clean import clean
from tui.views.code.output import AS_ON_A_TERMINAL
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
    "int *p = &x; int *q", "ls *foo\nrm bar*", "find . -name '*foo*' | grep \"*g*\"", '{"a": "*g*", "b_c": [1]}',
    "Map<K, V>, List<? super T> and a <- b; x<y>z", "<https://a.b/c> <mailto:bo@x.org> <http://x.y#z> .",
    "~/.config ~ok~ a~~b~~c", "/* c */ /** d */ int **pp; f(*a, **k) + g(**a, **b)", "5*3*2, a*b*c, x**y**z",
    "[^1] and [ref]\n\n[^1]: a note\n[ref]: http://a.b", "2024. Year", "7. seven\n8. eight\n8. again",
    "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b", "a: 1\nb: 2\n---\nc: 3", "3c3\n< a\n---\nb",
    " count\n-------\n     5\n    10\n(2 rows)", "        name\n--------------------\n Ana\n(1 row)",
    "----------\nid  name\n----------\n1   Ana", "     1→`a` *b*\n     2→**c**\n   100→d", "Title\n=====\nSub\n---\na",
    "Best,\n--\nAna", "|\n-", "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |", ".\n├── src\n│   └── __init__.py",
    "$a_1$ $$x^{2}_{i}$$ \\begin{a} b &= c \\\\ \\end{a}", "make: *** [Makefile:10: all] Error 2",
    "In [1]: x\nOut[1]: 5",
    "SELECT a.*, b.* FROM a, b; x.*y.*z", "** a ** __ b __ * c * ~~ d ~~", "<!-- a --> b <br> &nosuch;", "- - - - -",
    "make[1]: *** No rule\n[####   ] 50%\n  -h, --help  x", "C:\\_a\\-b\\[x] \"C:\\Program Files\\x\" \\n",
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
        ("\\<https://a.b>", "\\<https://a.b>"),
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


_dressed = st.sampled_from(["**{}**", "*{}*", "`{}`", "~~{}~~", "***{}***", "[{}]({})"])


@settings(max_examples=300)
@given(st.lists(st.tuples(real_lines, _dressed, st.sampled_from(["a", "word", "漢字", "x2"])), min_size=1, max_size=4))
def test_of_words_in_marks_the_marks_are_missing_and_nothing_else(parts: list[tuple[str, str, str]]) -> None:
    source = "\n".join(f"{mark.format(word, word)} {line}" for line, mark, word in parts)
    assert [line.rstrip() for line in shown(source)] == [f"{word} {line}".rstrip() for line, _, word in parts]


_SOURCES = SOURCES | st.lists(real_lines | st.text("*_`~\\[]()<>#-+=\"'.|&; \nab1", max_size=12), max_size=8).map(
    "\n".join
)


@settings(max_examples=300, deadline=None)
@given(_SOURCES, st.booleans())
def test_nothing_is_missing_on_the_screen_but_the_markup_that_is_listed(source: str, typed: bool) -> None:
    assert missing(source, "\n".join(shown(source, typed=typed))) == ""


@settings(max_examples=150, deadline=None)
@given(
    SOURCES | st.lists(real_lines | st.sampled_from(["1. ", "- ", "> ", "10) ", "+ ", "\n"]), max_size=12).map("".join)
)
def test_nothing_is_missing_in_a_narrow_pane_either(source: str) -> None:
    source = source.replace("|", "")  # the cells of a table stand in each other's lines there
    assert missing(source, "\n".join(plain(line) for line in markdown_lines(source, 20))) == ""


@pytest.mark.parametrize("signs", ["#", ">>> a"])
def test_signs_that_are_text_end_what_is_above(signs: str) -> None:
    assert shown(f"`\n{signs}\n`") == ["`", signs, "`"]


def test_a_pipe_above_dashes_alone_makes_no_table() -> None:
    assert shown("a|\n-") == ["a|", "-"]


@settings(max_examples=400, deadline=None)
@given(_SOURCES)
def test_all_that_commonmark_shows_is_on_the_screen(source: str) -> None:
    source = re.sub("&#|[\x1b\r]", "", source)  # it shows no control characters
    source = source.replace("`", "") if "|" in source else source  # where it parts cells, code or not
    clear = clean(re.sub("[\x1c-\x1f]", "^", source))  # they are no markup, as `^\\` and `^_` would be to it
    assert left_by_commonmark(clear) - Counter("".join(shown(source))) == Counter()


ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "`*a*`, `**a**`, `~~a~~`": (
        ("*a* **a** ***a*** ~~a~~", "a a a a"),
        ("b*a*b b**a**b b~~a~~b ~a~", "b*a*b b**a**b b~~a~~b ~a~"),
        ("'*' and '*' (**) (**)", "'*' and '*' (**) (**)"),
        ('**"a"**, **(a)**.', '"a", (a).'),
        ("*/a* *)a* *]a* *.a* *,a*", "*/a* *)a* *]a* *.a* *,a*"),
        ('"*a*" \'*a*\' "**a**"', '"*a*" \'*a*\' "a"'),
        ("*a (* b /* c*", "a (* b /* c"),
        ("*a\nb* **a\nb**", "*a\nb* a\nb"),
    ),
    "`_a_`, `__a__`": (("_a_ __a__ a_b_", "_a_ __a__ a_b_"),),
    "`` `a` ``": (("`a` ``a`b`` ` a ` `` ` ``", "a a`b a `"),),
    "`[a](b)`": (
        ("[a](b) [a](b 'c') [a](<b c>) [https://a.b](https://a.b)", "a (b) a (b 'c') a (<b c>) https://a.b"),
        ("[](b) [ ](b) a[1](b) a[1](x.md) a[1](/b)", "[](b) [ ](b) a[1](b) a[1](x.md) a1 (/b)"),
    ),
    "`![a](b)`": (('![a](b) ![](b "c")', '[image: a] (b) [image: ] (b "c")'),),
    "`<https://a.b>`, `<b>`": (
        ("<https://a.b> <bo@a.b> <b>a</b> <!-- a -->", "<https://a.b> <bo@a.b> <b>a</b> <!-- a -->"),
    ),
    r"`\*`": ((r"\*a* \`a\` \[a](b) \&amp;", "*a* `a` [a](b) &amp;"), ("5 \\* 3 a\\_b\\\nb", "5 \\* 3 a\\_b\\\nb")),
    "`&lt;`": (("&lt;a&gt; &#65; &amp; &nosuch; a&b", "<a> A & &nosuch; a&b"),),
    "`# a`, or `a` above `===`": (
        ("# a\n## a ##", "a\n\na"),
        ("a\n===\na\n-", "a\n===\na\n-"),
        ("#\n#a", "#\n#a"),
        ("a\nb\n===", "a\nb\n==="),
    ),
    "`> a`": (("> a\n>> b", "│ a\n│ │ b"), (">>> a", ">>> a")),
    "`- a`, `* a`": (("- a\n- b\n\n* c", "• a\n• b\n\n• c"), ("+ a\n\n1. b\n2) c", "+ a\n\n1. b\n2) c")),
    "code between ```` ``` ````": (("```py\na\n```\n~~~\n*b*", "┊ py\n┊ a\n┊ *b*"),),
    "there, what a terminal obeys": (
        ("```\n\x1b[1;31ma\x1b[0m b\n1 %\r2 %\n\x1b]0;c\x07\n```", f"┊ {AS_ON_A_TERMINAL}\n┊ a b\n┊ 2 %\n┊ ^[]0;c^G"),
        ("\x1b[1ma\rb", "^[[1ma^Mb"),
    ),
    "four blanks before code": (("    *a*\n\nb", "┊ *a*\n\nb"), ("    *a*\nb", "    *a*\nb")),
    "`---`, `***`, `___`": (
        ("---", "─" * WIDE),
        ("***", "─" * WIDE),
        ("_ _ _", "─" * WIDE),
        ("----", "----"),
        ("a\nb\n---", "a\nb\n---"),
    ),
    "`| a | b |` above `|---|---|`": (
        ("|a|b|\n|-|-|\n|`c|d`|e|\n|f|g | h|", "a   │ b\n────┼──────\nc|d │ e\nf   │ g | h"),
    ),
}
"""For each row of the table of what is markup: what is written, and what is shown."""


def test_every_row_of_the_table_has_examples() -> None:
    assert set(ROWS) == {markup.written for markup in MARKUP}


@pytest.mark.parametrize(("source", "screen"), [example for examples in ROWS.values() for example in examples])
def test_the_screen_shows_what_the_table_says(source: str, screen: str) -> None:
    assert "\n".join(shown(source)) == screen
    assert missing(source, screen) == ""
