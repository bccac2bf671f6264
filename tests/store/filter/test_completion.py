"""What a line for finding may go on with inside a call: names of input parameters that were seen."""

import pytest

from tui.store.filter.completion import completion

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
