import json
import re
from collections.abc import Callable
from time import thread_time
from typing import Any, Literal
from unicodedata import normalize
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.markdown.kinds import KINDS
from tests.views.transcript.histories import answer, document, histories, long_history, message, tool
from tui.terminal.text.clean import clean
from tui.views.text.composed import composed
from tui.views.text.pattern import BadPattern, Pattern
from tui.views.text.wrap import plain
from tui.views.transcript.document import Document
from tui.views.transcript.modes import EVERYTHING
from tui.views.transcript.search import matches
from tui.views.transcript.search.matches import Marks, reveal
from tui.views.transcript.search.query import compile_query
from tui.views.transcript.search.search import Search, hits_in


def found(made: Document, text: str, *, regex: bool = False, start: int = 0) -> Search:
    search = Search(made, compile_query(text, regex=regex), start)
    while search.step(0.0):
        pass
    return search


def strings_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (key, *strings_in(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in strings_in(inner)]
    return [value if isinstance(value, str) else json.dumps(value)]


def naive_count(element: dict[str, Any], pattern: Pattern) -> int:
    texts = [(element["content"], pattern.in_prose)]
    if element["type"] == "tool_call":
        values = [element["tool_type"], *strings_in(element["input_parameters"]), *strings_in(element["results"])]
        texts += [(value, pattern) for value in values]
    return sum(1 for text, one in texts for match in one.compiled.finditer(composed(clean(text))) if match.group())


_words = st.text('abksABU2 é漢\\"/\n\t\u017f\u212a\u0130\u0131i\u200b\u037e', max_size=12)
_values = st.recursive(
    _words | st.integers(0, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.builds(message, _words) | st.builds(tool, _values, tool_type=st.text("ab", min_size=1, max_size=4)),
        max_size=5,
    ),
    st.text('abksiABU20 é漢\\"; K', min_size=1, max_size=3),
    st.booleans(),
)
def test_a_search_finds_what_a_naive_one_finds(history: list[dict[str, Any]], text: str, escaped: bool) -> None:
    made = document(json.loads(json.dumps(history, ensure_ascii=escaped)))
    query = compile_query(text)
    wanted = [count for element in history if (count := naive_count(element, query.pattern))]
    search = found(made, text, start=len(made.blocks) // 2)
    messages = [index for index in search.blocks if index >= made.first_of_history]
    assert [search.count(index) for index in messages] == wanted
    assert search.total == sum(len(search.hits(index)) for index in search.blocks)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(message, _words) | st.builds(tool, _values, tool_type=st.text("ab", min_size=1, max_size=4)),
        max_size=4,
    ),
    st.sampled_from(
        ["a|é", "[ab]+", "^b", "s$", "a.", r"\d+", "(k|s)+?a", r"\bb", "a*", '"', "", "İ", "a{e}", "(?<=a)b", r"\\"]
    ),
)
def test_a_regular_expression_finds_what_a_naive_search_finds(history: list[dict[str, Any]], text: str) -> None:
    made = document(history)
    query = compile_query(text, regex=True)
    wanted = [count for element in history if (count := naive_count(element, query.pattern))]
    search = found(made, text, regex=True, start=len(made.blocks) // 2)
    assert [search.count(index) for index in search.blocks if index >= made.first_of_history] == wanted
    assert search.total == sum(len(search.hits(index)) for index in search.blocks)
    assert not search.too_slow


def test_a_search_that_takes_too_long_ends_and_keeps_what_it_found() -> None:
    made = document([message("aab"), message("a" * 200_000 + "!", 2), message("aab", 3)])
    search = found(made, "(a+)+b", regex=True)
    assert search.done
    assert search.too_slow
    assert search.total == 1
    assert len(search.hits(search.blocks[0])) == 1
    block = made.blocks[search.blocks[0] + 1]
    marks = Marks(search.query.pattern)
    begin = thread_time()
    for number in range(min(40, made.height(search.blocks[0] + 1))):
        marks.line(block, search.blocks[0] + 1, number, block.line(number, made.look), made.look)
    assert thread_time() - begin < 1


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from(["a", "e", "word", "1", "null"]), st.integers(20, 200))
def test_every_match_can_be_gone_to(history: list[Any], text: str, width: int) -> None:
    made = document(history, width=width)
    search = found(made, text)
    for index in search.blocks:
        hits = search.hits(index)
        made.uncover(index)
        for place in range(len(hits)):
            shown = reveal(made.blocks[index], made.look, hits, place, search.query.pattern)
            assert 0 <= shown.line < max(1, made.height(index))


_Form = Literal["NFC", "NFD"]
_FORMS: st.SearchStrategy[_Form] = st.sampled_from(("NFC", "NFD"))
_WORDS = st.sampled_from(["café", "Việt", "Ångström", "각하", "がく", "Ő", "йод", "ñ x", "豈", "Kř"])


def _spoken(kind: str, text: str) -> dict[str, Any]:
    if kind in ("typed", "answer"):
        return message(text) if kind == "typed" else answer(text)
    value = {text: 1} if kind == "key" else {"a": [text]}
    return tool(value) if kind == "result" else tool([], input_parameters=value)


@settings(max_examples=150, deadline=None)
@given(
    _WORDS, st.sampled_from(["typed", "answer", "key", "parameter", "result"]), st.sampled_from([24, 80]),
    _FORMS, _FORMS, st.booleans(), st.booleans(),
)  # fmt: skip
def test_equal_texts_are_found_however_their_accents_are_written_and_marked_whole(
    word: str, kind: str, width: int, written: _Form, typed: _Form, regex: bool, escaped: bool
) -> None:
    text = normalize(written, f"so {word}, {word} and e or {word}")
    made = document(json.loads(json.dumps([_spoken(kind, text)], ensure_ascii=escaped)), width=width)
    search = found(made, normalize(typed, word), regex=regex)
    index = search.blocks[-1]
    assert search.count(index) == 3
    block = made.blocks[index]
    hits = search.hits(index)
    with patch.object(matches, "_FRAME", 60.0):  # of which a busy machine may take any part
        marks = Marks(search.query.pattern)
    for place in range(len(hits)):
        marks.current = index, reveal(block, made.look, hits, place, search.query.pattern)
    made.changed(index)
    shown = ""
    for number in range(made.height(index)):
        line = marks.line(block, index, number, block.line(number, made.look), made.look)
        assert plain(line) == plain(block.line(number, made.look))
        shown += "".join(span.text if "match" in span.ink else "|" for span in line)
    assert set(filter(None, re.split(r"\|+", shown))) <= {normalize(written, word), *normalize(written, word).split()}
    assert normalize(written, word).split()[0] in shown


@pytest.mark.parametrize("word", ["cafe", "gie", "か", "K", ";"])
def test_a_letter_is_not_found_in_the_one_that_it_makes_with_an_accent(word: str) -> None:
    source = "café gié が cafe\u0301 gie\u0301 か\u3099 \u212a \u037e"
    assert found(document([answer(source)]), word).total == (word in "K;")


_seen = st.sampled_from(["refund", "the", "30", "days", "Rückgabe", "漢字", "item's", "e-mail", "a/b"])
_dressed = st.sampled_from(["{}", "{}", "**{}**", "*{}*", "`{}`", "~~{}~~", "***{}***"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(_seen, _dressed, st.sampled_from([" ", " ", "\n"])), min_size=2, max_size=8),
    st.integers(0, 6),
    st.integers(2, 4),
    st.sampled_from([24, 60, 120]),
)
def test_words_that_stand_side_by_side_are_found_whatever_marks_and_line_ends_are_between_them(
    words: list[tuple[str, str, str]], begin: int, count: int, width: int
) -> None:
    source = "".join(mark.format(word) + gap for word, mark, gap in words).strip()
    typed = " ".join(word for word, _, _ in words[begin : begin + count]) or "refund the"
    made = document([answer(source)], width=width)
    search = found(made, typed)
    index = made.places["message"][0]
    assert (index in search.blocks) == (typed in " ".join(word for word, _, _ in words))
    for place in range(search.count(index)):
        marks = Marks(search.query.pattern)
        shown = reveal(made.blocks[index], made.look, search.hits(index), place, search.query.pattern)
        marks.current = (index, shown)
        lines = [made.line(index, number) for number in range(made.height(index))]
        lit = [marks.line(made.blocks[index], index, number, line, made.look) for number, line in enumerate(lines)]
        text = " ".join(span.text for line in lit for span in line if "match-current" in span.ink)
        assert "".join(text.split()) == "".join(typed.split())


@pytest.mark.parametrize("spoken", [answer, message], ids=["answer", "question"])
@pytest.mark.parametrize("line", [line.format("name", "Ana").strip() for lines in KINDS.values() for line in lines])
def test_what_looks_like_markup_and_is_none_is_found_and_marked(line: str, spoken: Callable[[str], Any]) -> None:
    made = document([spoken(f"see: {line} ok")], width=60)
    index = made.places["message"][0]
    search = found(made, line)
    assert search.count(index) == 1
    block, marks = made.blocks[index], Marks(search.query.pattern)
    lit = [marks.line(block, index, at, made.line(index, at), made.look) for at in range(made.height(index))]
    marked = "".join(span.text for one in lit for span in one if "match" in span.ink)
    assert "".join(marked.split()) == "".join(line.split())


def test_marks_that_are_typed_are_looked_for_as_they_are() -> None:
    made = document([answer("2 ** 3 and snake_case and **bold**")])
    index = made.places["message"][0]
    assert found(made, "2 ** 3").count(index) == 1
    assert found(made, "snake_case").count(index) == 1
    assert found(made, "**bold**").count(index) == 1
    assert found(made, "snakecase").count(index) == 0


@pytest.mark.parametrize("typed", [" x", " ", "a  x", "x ", "**x", "_x"])
@pytest.mark.parametrize(
    "source", [" " * 200_000, "\n" * 200_000, "a" + " \n" * 100_000, "*_" * 100_000, "a " * 100_000]
)
def test_what_is_typed_takes_linear_time_in_any_text(typed: str, source: str) -> None:
    made = document([answer(source + "!")])
    begin = thread_time()
    found(made, typed)
    assert thread_time() - begin < 3  # in quadratic time it would be minutes


@pytest.mark.parametrize(
    ("source", "typed", "count"),
    [
        ("foo\n> bar", "foo bar", 1),
        ("`__main__.py` and main.py", "main.py", 1),
        ("see foo\\_bar", "foo_bar", 1),
        ("the **refund**: five", "the refund: five", 1),
        ("the end\n\nnext", "end next", 0),
        ("word  word", " word", 1),
        ("返品に\nついて", "返品について", 1),
        ("返品について", "返品について", 1),
    ],
)
def test_what_lies_between_words_counts_where_it_is_seen(source: str, typed: str, count: int) -> None:
    made = document([answer(source)])
    assert found(made, typed).count(made.places["message"][0]) == count


def test_a_blank_that_is_typed_may_be_a_line_end() -> None:
    made = document([answer("one\ntwo")])
    assert found(made, " ").count(made.places["message"][0]) == 1


def test_letter_case_counts_as_soon_as_there_is_a_capital() -> None:
    made = document([message("refund Refund REFUND")])
    assert found(made, "refund").count(made.places["message"][0]) == 3
    assert found(made, "Refund").count(made.places["message"][0]) == 1


def test_a_regular_expression_is_one_only_when_asked_for() -> None:
    made = document([message("a.c abc")])
    assert found(made, "a.c").total == 1
    assert found(made, "a.c", regex=True).total == 2
    with pytest.raises(BadPattern):
        compile_query("(", regex=True)


def test_what_hides_a_match_is_opened_and_can_be_closed_again() -> None:
    made = document([tool([{"deep": {"er": [{"needle": "here it is"}] * 3}}] * 40), *long_history(3)], width=90)
    index = made.places["tool"][0]
    block = made.blocks[index]
    before = block.fold_state()
    search = found(made, "it is")
    hits = search.hits(index)
    assert len(hits) == 120
    last = reveal(block, made.look, hits, 119, search.query.pattern)
    made.changed(index)
    assert "here it is" in plain(made.line(index, last.line))
    block.restore(before)
    made.changed(index)
    assert made.height(index) == 1


def test_a_match_behind_the_fold_of_a_long_message_opens_it() -> None:
    made = document([answer("\n\n".join(f"line {number}" for number in range(300)))])
    index = made.places["message"][0]
    search = found(made, "line 299")
    shown = reveal(made.blocks[index], made.look, search.hits(index), 0, search.query.pattern)
    assert "line 299" in plain(made.line(index, shown.line))


def test_a_match_broken_by_a_line_end_is_marked_on_both_lines() -> None:
    made = document([message("aaaa " * 13 + "one two " + "bbbb " * 5)], width=72)
    index = made.places["message"][0]
    block, marks = made.blocks[index], Marks(compile_query("one two").pattern)
    lines = [
        marks.line(block, index, number, made.line(index, number), made.look) for number in range(made.height(index))
    ]
    marked = [plain([span for span in line if "match" in span.ink]) for line in lines]
    assert [text for text in marked if text] == ["one", "two"]


_LONG_WORDS = "the refund of order 4711 was rejected by the bank, since its limit of 30 days is over"


@pytest.mark.parametrize("width", [30, 44, 60, 100])
@pytest.mark.parametrize(
    "results",
    [
        [{"said": f"{_LONG_WORDS}\nand {_LONG_WORDS}"}],
        [f"## Result\n\n{_LONG_WORDS}, **and** {_LONG_WORDS}\n\n- one\n- {_LONG_WORDS}"],
        [f"{_LONG_WORDS} \x1b[31m{_LONG_WORDS}\x1b[0m"],
    ],
    ids=["json", "markdown", "output"],
)
def test_what_is_found_in_a_result_is_marked_wherever_its_lines_end(results: list[Any], width: int) -> None:
    words = _LONG_WORDS.split()
    made = document([tool(results)], width=width)
    made.set_tools(EVERYTHING)
    (index,) = made.places["tool"]
    block = made.blocks[index]
    for first in range(len(words) - 3):
        typed = " ".join(words[first : first + 4])
        search = found(made, typed)
        assert search.count(index) >= 2
        for place in range(search.count(index)):
            marks = Marks(search.query.pattern)
            marks.current = index, reveal(block, made.look, search.hits(index), place, search.query.pattern)
            lines = [made.line(index, at) for at in range(made.height(index))]
            lit = [marks.line(block, index, at, line, made.look) for at, line in enumerate(lines)]
            shown = ["".join(span.text for line in lit for span in line if span.ink.endswith(ink)) for ink in _INKS]
            counts = ["".join(text.split()).count("".join(typed.split())) for text in shown]
            assert counts[0] + counts[1] == search.count(index)
            assert counts[1] >= 1
            assert len("".join("".join(shown).split())) == sum(counts) * len("".join(typed.split()))


_INKS = ("match", "match-current")


def test_going_on_from_match_to_match_goes_around() -> None:
    made = document([message("x x"), message("nothing", 2), message("x", 3)])
    search = found(made, "x")
    first, second = search.blocks
    walk = [(first, 0)]
    for _ in range(3):
        step = search.after(*walk[-1], 1)
        assert step is not None
        walk.append(step)
    assert walk == [(first, 0), (first, 1), (second, 0), (first, 0)]
    assert search.after(first, 0, -1) == (second, 0)
    assert [search.number(*at) for at in walk] == [1, 2, 3, 1]
    assert search.first_from(second + 1) == first


def test_the_hits_of_a_block_are_in_the_order_of_its_parts() -> None:
    made = document([tool(["k"], tool_type="k", input_parameters={"k": "k"})])
    block = made.blocks[made.places["tool"][0]]
    parts = [hit.part for hit in hits_in(block, Pattern(re.compile("k"))) if hit is not None]
    assert parts == ["name", "input parameters", "input parameters", "results"]


@pytest.mark.parametrize("markdown", [True, False])
def test_what_is_found_in_wrapped_code_is_marked_on_both_lines(markdown: bool) -> None:
    made = document([answer("See:\n\n```sh\nmake all of the many targets there are\n```")], width=24)
    made.set_markdown(markdown)
    search = found(made, "many targets")
    (index,) = search.blocks
    marks = Marks(search.query.pattern)
    marks.current = index, reveal(made.blocks[index], made.look, search.hits(index), 0, search.query.pattern)
    lit = ""
    for number in range(made.height(index)):
        line = marks.line(made.blocks[index], index, number, made.line(index, number), made.look)
        lit += " ".join(span.text for span in line if "match-current" in span.ink) + " "
    assert lit.split() == ["many", "targets"]
