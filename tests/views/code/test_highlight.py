"""Code in the inks of its language: nothing of it changes, and no code takes longer than somebody waits for a key."""

import gc
from collections.abc import Iterator
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.text.clean import clean
from tui.views.code.highlight import LONGEST_LINE, PATIENCE, Patience, highlight
from tui.views.code.languages import NAMES, language_of
from tui.views.text.ink import INKS
from tui.views.text.wrap import plain

PIECES = (
    '"', "'", "`", "/*", "*/", "//", "#", "--", "--[[", "{-", "(*", "<#", "<!--", '"""', "'''", "\\", '"\\',
    "'\\", "\n", "a", " ", "0", "0x", "1e", ".", "$", "${", "@", "@a.", "::", ":a", "a-", "a.", "a/", "<a",
    "</", "=", '="', "&a", "[", "]", "{", "}", "(", ")", "%", "+", "-", "@@", 'r"', "b'", "é", "日", "_", "a(",
    "\n\t", "\n  ", "e+1_", "a=", "a: ", "a =", "- ", "def ", ">>> ", "\\a", "it's ",
)  # fmt: skip
"""What is repeated to make code that is hard to take apart."""

LENGTH = 12_000
_SHORT_PATIENCE = PATIENCE / 5


def ink_of(source: str, language: str) -> dict[str, str]:
    return {span.text: span.ink for line in highlight(source, language) for span in line}


@pytest.mark.parametrize(
    ("language", "source", "inks"),
    [
        ("python", "@a.b\ndef f(x):  # it's\n    return r'\\'", {"def": "keyword", "f": "name", "# it's": "comment"}),
        ("py", 'x = """a\nb""" + 0x1f', {'"""a': "string", 'b"""': "string", "0x1f": "number", "+": "operator"}),
        ("js", "const f = `a\nb` // c", {"const": "keyword", "`a": "string", "b`": "string", "// c": "comment"}),
        ("bash", 'echo "$X" ${Y} # c', {"echo": "keyword", '"$X"': "string", "${Y}": "name", "# c": "comment"}),
        ("SQL", "select COUNT(*) -- c", {"select": "keyword", "COUNT": "name", "-- c": "comment"}),
        ("json", '{"a": [1, true, "b"]}', {'"a"': "name", "1": "number", "true": "keyword", '"b"': "string"}),
        ("yaml", "a-b: http://x/#c # d", {"a-b": "name", "# d": "comment"}),
        ("html", '<a href="x">it\'s</a><!-- c', {"<a": "keyword", '"x"': "string", "<!-- c": "comment"}),
        ("rust", "fn f<'a>(x: &'a str) { 'x' }", {"fn": "keyword", "'x'": "string"}),
        ("toml", "[a]\nb = 1", {"[a]": "keyword", "b": "name", "1": "number"}),
        ("css", "a { margin-top: 1px }", {"margin-top": "name", "1px": "number"}),
        ("c", "#include <x>\n/* open", {"#include": "keyword", "/* open": "comment"}),
        ("latex", "\\section{a} % c", {"\\section": "keyword", "% c": "comment"}),
        ("console", "$ ls", {"$": "comment"}),
    ],
)  # fmt: skip
def test_words_have_the_inks_of_what_they_are(language: str, source: str, inks: dict[str, str]) -> None:
    found = ink_of(source, language)
    assert {text: found.get(text) for text in inks} == {text: f"syntax-{ink}" for text, ink in inks.items()}


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join), st.sampled_from([*NAMES, "?"])
)
def test_highlighting_changes_no_text(source: str, language: str) -> None:
    text = clean(source)
    lines = highlight(text, language)
    assert "\n".join(map(plain, lines)) == text
    assert {span.ink for line in lines for span in line} <= set(INKS)


@given(st.sampled_from(PIECES), st.integers(0, 400))
def test_what_is_left_when_time_is_over_is_there_in_one_ink(piece: str, length: int) -> None:
    source = f"return 1\n{piece * length}"
    assert highlight(source, "python", Patience(0)) == [
        [type(span)(span.text, "code") for span in line] for line in highlight(source, "?")
    ]
    assert "\n".join(map(plain, highlight(source, "python", Patience(1e-9)))) == source


def test_a_long_line_and_all_behind_it_is_in_one_ink() -> None:
    lines = highlight(f"return 1\n{'x = 1 ' * LONGEST_LINE}\nreturn 2", "python")
    assert [len(line) > 1 for line in lines] == [True, False, False]


def test_one_patience_is_for_all_code_of_a_text() -> None:
    patience = Patience()
    source = "return 1\n" * 20_000
    first = highlight(source, "python", patience)
    assert patience.left <= 0
    assert {span.ink for line in first for span in line} >= {"syntax-keyword", "code"}
    assert {span.ink for line in highlight("return 1", "python", patience) for span in line} == {"code"}


@pytest.fixture
def _without_garbage() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def _seconds(source: str, language: str) -> float:
    begin = thread_time()
    highlight(source, language, Patience(_SHORT_PATIENCE))
    return thread_time() - begin


def _code(piece: str) -> str:
    """Much of it, in lines that are not too long."""
    text = (piece * LENGTH)[:LENGTH]
    return "\n".join(text[at : at + LONGEST_LINE] for at in range(0, LENGTH, LONGEST_LINE))


@pytest.mark.usefixtures("_without_garbage")
@pytest.mark.parametrize("language", {language_of(name): name for name in NAMES}.values())
def test_no_code_of_a_language_on_the_list_takes_longer_than_it_may(language: str) -> None:
    # What is made of one piece is slow from its begin on, so that a part of the patience finds it. Of the processor:
    # the lines that are made of it cost something, too.
    most = 4 * PATIENCE + _SHORT_PATIENCE
    sources = [_code(piece) for piece in PIECES] + [_code(one + two) for one in PIECES[:24] for two in PIECES[24:48:3]]
    slow = [source for source in sources if _seconds(source, language) > most]
    assert [source[:20] for source in slow if min(_seconds(source, language) for _ in range(3)) > most] == []
