"""The line of a search: its keys are told where they act, and none of them is cut."""

import pytest

from tui.views.text.wrap import plain
from tui.views.transcript.search.search_line import found_line


@pytest.mark.parametrize(
    ("width", "focused", "said"),
    [
        (80, True, "/refund  3/17 · n next · N previous · Esc ends"),
        (45, True, "/refund  3/17 · n next · N previous"),
        (25, True, "/refund  3/17 · n next"),
        (20, True, "/refund  3/17"),
        (80, False, "/refund  3/17 · Tab reads"),
        (24, False, "/refund  3/17"),
    ],
)
def test_keys_are_told_where_they_act_and_whole(width: int, focused: bool, said: str) -> None:
    assert plain(found_line("refund", "3/17", width, focused=focused)) == said
