"""What a line for finding may go on with inside a call: names of input parameters that were seen."""

import pytest

from tui.store.filter.completion import completion, may_become_term

SEEN = {"param": ("query", "top_k", "a b", "x:y", "tool.id"), "tool": ("retrieval",)}


def offered(line: str) -> tuple[str, ...]:
    return completion(line, len(line), lambda name: SEEN.get(name, ())).texts


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("tool(param.", ("param.query:", "param.top_k:", "param.tool.id:")),
        ("tool(name:retrieval param.t", ("param.top_k:", "param.tool.id:")),
        ("param.t", ()),
        ("tool(name:x) par", ()),
        ("tool(param.query:r", ()),
        ("tool(name:r", ("retrieval",)),
    ],
)
def test_parameters_that_were_seen_are_offered_inside_a_call(line: str, texts: tuple[str, ...]) -> None:
    assert offered(line) == texts


def test_the_begin_of_a_parameter_is_offered_where_none_was_seen() -> None:
    assert completion("tool(par", 8, lambda _: ()).texts == ("param.",)
    assert completion("tool(param.", 11, lambda _: ()).texts == ()


@pytest.mark.parametrize("line", ["to", "tokens:", "refund tokens:", "-tag:", "(agent:", "tool:"])
def test_a_name_without_a_value_yet_may_become_a_term(line: str) -> None:
    assert may_become_term(line)


@pytest.mark.parametrize("line", ["", "refund ", "tokens: ", "tokens:5", "nothing:", "12:"])
def test_what_is_a_term_or_a_word_already_becomes_none(line: str) -> None:
    assert not may_become_term(line)
