"""What somebody wrote is read in a report as it was on the screen, by GitHub's rules, and nothing else comes along."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.export.gfm import calls, letters, read, rendered, rendered_by_program, tags
from tests.views.markdown.kinds import missing, real_lines, typed_lines
from tests.views.markdown.test_lines import FRAGMENTS, SOURCES
from tests.views.markdown.test_markup import KEPT
from tui.terminal.text.clean import clean
from tui.views.export.quoting import quoted
from tui.views.markdown.lines import markdown_lines
from tui.views.text.wrap import plain

ANY = st.lists(real_lines | st.text("*_`~\\[]()<>#-+.|&; \n\tab1!:", max_size=12), max_size=8).map("\n".join)
_TARGETS = re.compile(r"\]\(|<(?:http|ftp|mailto)|&#|```|~~~|^[ >\-*\d.)]*\+", re.MULTILINE)
"""What is read otherwise in a report: the target of a link, the word behind a fence, the plus of an empty item."""


def readings(text: str, *, typed: bool = False, after: str = "") -> Iterator[str]:
    """The HTML that the parsers at hand make of a quotation, with something `after` it."""
    document = quoted(text, typed=typed) + after
    yield rendered(document)
    by_program = rendered_by_program(document)
    if by_program is not None:
        yield by_program


@pytest.mark.parametrize("source", [source for source in KEPT if "\\<" not in source])
def test_what_is_no_markup_on_the_screen_is_none_in_a_report(source: str) -> None:
    for html in readings(source):
        assert letters(read(html)) == letters(source)


@settings(max_examples=150, deadline=None)
@given(st.lists(typed_lines | st.just(""), min_size=1, max_size=8).filter(any))
def test_what_a_person_typed_is_read_as_it_was_typed(lines: list[str]) -> None:
    text = "\n".join(lines)
    for html in readings(text, typed=True):
        assert letters(read(html)) == letters(clean(text))


@pytest.mark.parametrize("text", ["\\`tick\\`", "`a` \\`b\\`", "\\\\`code\\\\`", "C:\\`x\\`: `y`"])
def test_a_backtick_behind_a_typed_backslash_is_read_as_it_was_typed(text: str) -> None:
    seen = "".join(plain(line) for line in markdown_lines(text, 80, typed=True))
    for html in readings(text, typed=True):
        assert letters(read(html)) == letters(seen)


@settings(max_examples=150, deadline=None)
@given(st.lists(real_lines, min_size=1, max_size=6))
def test_lines_of_real_kinds_are_read_as_they_were_written(lines: list[str]) -> None:
    text = "So:\n" + "\n".join(lines)
    for html in readings(text):
        assert letters(read(html)) == letters(clean(re.sub(r"\\([<>])", r"\1", text)))


@settings(max_examples=200, deadline=None)
@given(SOURCES | ANY, st.booleans())
def test_nothing_comes_with_a_quotation_and_nothing_gets_out_of_it(text: str, typed: bool) -> None:
    for html in readings(text, typed=typed, after="\n# end\n\n[1]\n"):
        assert not tags(html) & {"img", "script", "b", "i", "u"}
        assert html.rstrip().endswith("<h1>end</h1>\n<p>[1]</p>")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20), st.booleans())
def test_no_word_of_a_quotation_is_lost(fragments: list[str], typed: bool) -> None:
    words = [f"zq{number}qz" for number in range(len(fragments))]
    source = "".join(fragment + word for fragment, word in zip(fragments, words, strict=True))
    for html in readings(source, typed=typed):
        seen = re.sub(r"[\W_]", "", read(html) + html)
        assert [word for word in words if word not in seen] == []


@settings(max_examples=200, deadline=None)
@given((SOURCES | ANY).filter(lambda source: source.strip() != "" and _TARGETS.search(source) is None))
def test_nothing_is_missing_in_a_report_but_markup(source: str) -> None:
    for html in readings(source):
        assert missing(_written(clean(source)), _written(read(html))) == ""


def _written(text: str) -> str:
    """Numbers of lists are no text in HTML, and what an accent stands on may be ours: both go with their accents."""
    kept, goes = [], False
    for char in text:
        if not unicodedata.category(char).startswith("M"):
            goes = char.isdecimal() or char in ".)◌"
        if not goes:
            kept.append(char)
    return "".join(kept)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("<b> and \\<foo\\> and [a](<b c>)", "<b> and <foo> and a"),
        ("<div>\n~~~\n<b> *x*\n~~~", "<div>\n<b> *x*\n"),
        ("<div>\n```\n<b>\n\n<i>", "<div>\n<b>\n\n<i>\n"),
        ("see ![chart](http://a.b/c_d.png) there", "see ![chart](http://a.b/c_d.png) there"),
        ("![](http://a.b/c)", "![](http://a.b/c)"),
        ("[*]\n>>>>>>> name\n[*]", "[*]\n>>>>>>> name\n[*]"),
        ("[1]: https://a.b\n[^2]: note\n\nas in [1]", "[1]: https://a.b\n[^2]: note\nas in [1]"),
        ("[long\nlabel]: /x 'title'", "[long\nlabel]: /x 'title'"),
        ("- old\n+ new", "old\n+ new"),
        ("one\ntwo **three**\nfour", "one\ntwo three\nfour"),
        ("&lt; and &#27; and &nosuch;", "< and &#27; and &nosuch;"),
        ("so:\n  File a\n\tx\n  `b c`", "so:\n\xa0\xa0File a\n\xa0\xa0\xa0\xa0x\n\xa0\xa0b c"),
        ("<!-- hidden -->\ntext <!-- in --> line", "<!-- hidden -->\ntext <!-- in --> line"),
        ("<img src='http://a.b/c.png'> x", "<img src='http://a.b/c.png'> x"),
        ("<details>\n<summary>S</summary>\n\nbody\n\n</details>", "<details>\n<summary>S</summary>\nbody\n</details>"),
        ("<?php x ?>\n<![CDATA[ y ]]>\n<!DOCTYPE z>", "<?php x ?>\n<![CDATA[ y ]]>\n<!DOCTYPE z>"),
        ("</blockquote>out", "</blockquote>out"),
        ("as in [^1]\n\n[^1]: note\n    more", "as in [^1]\n[^1]: note\n\xa0\xa0\xa0\xa0more"),
        ("[![badge](http://x/y.png)](http://z)", "![badge](http://z)"),
        ("![alt][a]\n\n[a]: http://x/y", "![alt][a]\n[a]: http://x/y"),
        ("- a\n\n  | b |\n  |---|\n  | <i> |", "a\nb\n<i>"),
        ("Head\n====\n- x [ ] y\na\n-----\nb", "Head\n====\nx [ ] y\na\n-----\nb"),
        ("a\n\n*****\nb\n* ----\n", "a\n*****\nb\n----"),
        ("1. a\n1. b\n   7. c\n   9. d\n> 2) e", "1. a\n1. b\n7. c\n9. d\n2. e"),
        ("<https://a.b/c>, 'http://x.y'> www.z.de>", "<https://a.b/c>, 'http://x.y'> www.z.de>"),
        ("````\n```\n<b>\n```\n````\n\n`` a ` b ``", "```\n<b>\n```\na ` b"),
        ("see @bob, (@bo-b) 问@bob #12 o/r#3 GH-4 a@b.c", "see @bob, (@bo-b) 问@bob #12 o/r#3 GH-4 a@b.c"),
    ],
)
def test_what_is_read_of_a_quotation(source: str, seen: str) -> None:
    for html in readings(source):
        assert re.sub(r"\n+", "\n", read(html)).strip() == re.sub(r"\n+", "\n", seen).strip()


@pytest.mark.parametrize("typed", [False, True])
@pytest.mark.parametrize(
    "source",
    [
        "ask @name and org/@team-x, 请问@bob: (@x) *@y* **#3** ~~GH-12~~",
        "#1\n#2 and owner/repo#45\n@me",
        "# @head of #5\n\n- @item\n- [x] #7 done",
        "| @a | b |\n|---|---|\n| #1 | @types/node |",
        "[@n](http://a/#1) <http://a/#2> http://a/@b/#3 `@code #4` ![#5](@x) (#6)",
        "[!NOTE]\nread this",
    ],
)
def test_nobody_is_called_and_no_issue_is_named_in_a_report(source: str, typed: bool) -> None:
    assert calls(rendered(source))
    for html in readings(source, typed=typed):
        assert calls(html) == []
        assert "@" not in source or "@" in read(html)
        assert "&lt;!--" not in html


def test_links_code_and_emphasis_stay_what_they_are() -> None:
    source = "**bold** `co*d*e` *em* ~~gone~~ [a](<b c>) http://a.b/c_d_e.\n\n# Head\n\n1. one\n   - two"
    assert quoted(source) == "".join(f"> {line}\n" if line else ">\n" for line in source.split("\n"))
    for html in readings(source):
        assert {"strong", "code", "em", "del", "a", "h1", "ol", "ul"} <= tags(html.replace("<s>", "<del>"))
        assert html.count("<a ") == 2


@pytest.mark.parametrize(
    "code", ["\tx = 1\n\tif x:\n\t\ty\tz", "    x\n    \ty", "  \tx", "```\n\tx\n\t\ty\tz\n```", "-\ta\n\n\t\t\tx\n"]
)
def test_code_with_tabs_stays_code(code: str) -> None:
    alone, inside = rendered(code), rendered(quoted(code))
    assert "<pre>" in alone
    assert inside.replace("\t", "    ").split("<code>")[1].split("</code>")[0].strip("\n").lstrip() == (
        alone.replace("\t", "    ").split("<code>")[1].split("</code>")[0].strip("\n").lstrip()
    )
    assert ("\ty" in inside) == ("\ty" in code) or code.startswith("-")


def test_the_tables_of_a_report_have_the_cells_of_the_screen() -> None:
    source = "| a | b |\n|---|:-:|\n| `x|y` | 1 |\n| <b> | 2 | 3 |\n| *p* | q\\|r |"
    for html in readings(source):
        cells = [read(cell).strip() for cell in re.findall(r"<t[dh](?: [^>]*)?>(.*?)</t[dh]>", html)]
        assert cells == ["a", "b", "x|y", "1", "<b>", "2 | 3", "p", "q|r"]


def test_what_is_too_large_or_too_intricate_to_read_is_quoted_as_it_is() -> None:
    assert quoted("x\n" * 200_000) == "> x\n" * 199_999 + "> x\n"
    assert quoted("a <b>\n" * 100_000).startswith("> ```markdown\n> a <b>\n")
    assert quoted("> " * 50 + "deep").startswith("> ```markdown\n")
