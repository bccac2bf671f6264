"""Paths are written as people write them, and read back to the same steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.text.clean import clean_line
from tui.views.jsontree.path import Step, parse_path, path_text

STEPS = st.lists(st.text(max_size=10) | st.integers(0, 10**6) | st.none(), max_size=6)


@given(STEPS)
def test_a_path_reads_back_and_is_safe_to_paint(steps: list[Step]) -> None:
    path = path_text(steps)

    assert parse_path(path) == steps
    assert clean_line(path) == path


def test_paths_look_familiar() -> None:
    assert path_text(["results", 3, "score"]) == "$.results[3].score"
    assert path_text(["odd key", 'a"b', "größe"]) == '$["odd key"]["a\\"b"]["größe"]'
    assert path_text(["arguments", None, "query"]) == "$.arguments → $.query"


@pytest.mark.parametrize(
    "path", [r"""$["\q"]""", '$["\n"]', "$[" + "9" * 5000 + "]", "", "results", "$.", "$[", "$[x]", "$..a", "$.a b"]
)
def test_what_is_no_path_is_none(path: str) -> None:
    assert parse_path(path) is None
