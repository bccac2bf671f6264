"""What is worked out of a size: the panes and their columns, for browsing and for reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.screens.browse.layout import SMALLEST_HEIGHT, SMALLEST_WIDTH, Mode, Pane, PaneLayout, arranged, mode_for
from tui.store.saved.place import Arrangement
from tui.terminal.paint.skeleton import pane_widths
from tui.views.reader.reader import EDGES
from tui.views.transcript.modes import Look

WIDTHS = range(SMALLEST_WIDTH, 301)

layouts = st.builds(
    PaneLayout,
    active=st.sampled_from(Pane),
    filter_hidden=st.booleans(),
    zoomed=st.booleans(),
    rail_hidden=st.booleans(),
    spared=st.booleans(),
    wider=st.integers(-60, 120),
    rail_wider=st.integers(-60, 120),
)


def reading() -> PaneLayout:
    layout = PaneLayout()
    layout.use(Pane.DETAIL)
    return layout


def prose(widths: dict[Pane, int]) -> int:
    """The cells for prose in the reader, which has a line at its left where another pane is there."""
    return Look(widths[Pane.DETAIL] - (len(widths) > 1) - EDGES).prose


@pytest.mark.parametrize("height", [SMALLEST_HEIGHT, 23, 24, 60])
def test_while_reading_prose_never_gets_narrower_as_the_window_grows(height: int) -> None:
    found = [prose(reading().widths(width, height)) for width in WIDTHS]
    assert found == sorted(found)
    assert max(found) <= 100
    assert found[0] == SMALLEST_WIDTH - EDGES


@pytest.mark.parametrize("hidden", [False, True])
def test_the_rail_is_there_from_125_columns_on(hidden: bool) -> None:
    layout = reading()
    layout.rail_hidden = hidden
    for width in WIDTHS:
        widths = layout.widths(width, 40)
        assert widths == ({Pane.DETAIL: width} if width < 125 or hidden else {Pane.LIST: 23, Pane.DETAIL: width - 23})


def test_browsing_shares_what_the_filter_leaves() -> None:
    assert PaneLayout().widths(120, 24) == {Pane.FILTER: 24, Pane.LIST: 43, Pane.DETAIL: 53}
    assert PaneLayout().widths(119, 24) == {Pane.LIST: 54, Pane.DETAIL: 65}
    assert PaneLayout(filter_hidden=True).widths(200, 50) == {Pane.LIST: 90, Pane.DETAIL: 110}
    assert PaneLayout(active=Pane.FILTER).widths(80, 24) == {Pane.FILTER: 36, Pane.DETAIL: 44}
    assert PaneLayout().widths(79, 24) == {Pane.LIST: 79}
    assert PaneLayout().widths(130, 23) == {Pane.LIST: 130}
    assert PaneLayout().widths(39, 24) == {}


@given(layouts, st.integers(1, 300), st.integers(1, 80))
def test_panes_fill_the_screen_and_none_is_squeezed_out(layout: PaneLayout, width: int, height: int) -> None:
    layout.use(layout.active)
    widths = layout.widths(width, height)
    if mode_for(width, height) is Mode.TINY:
        assert not widths
    else:
        assert sum(widths.values()) == width
        assert layout.active in widths
        assert min(widths.values()) >= 12


@given(st.integers(1, 300), st.integers(1, 80))
def test_the_empty_panes_of_a_start_are_those_of_browsing(width: int, height: int) -> None:
    assert pane_widths(width, height) == (list(PaneLayout().widths(width, height).values()) or [width])


@given(layouts, st.integers(40, 300), st.lists(st.sampled_from([1, -1]), max_size=50))
def test_a_wish_for_one_arrangement_changes_nothing_in_the_other(
    layout: PaneLayout, width: int, steps: list[int]
) -> None:
    layout.use(Pane.LIST)
    layout.spared = False
    browsing = layout.widths(width, 40)
    layout.use(Pane.DETAIL)
    for step in steps:
        layout.widen(step)
    layout.zoom()
    layout.use(Pane.LIST)
    assert layout.widths(width, 40) == browsing


@given(layouts)
def test_a_start_comes_back_to_both(layout: PaneLayout) -> None:
    layout.use(layout.active)
    saved = Arrangement(
        layout.active.value,
        layout.filter_hidden,
        layout.zoomed,
        layout.wider,
        layout.rail_hidden,
        layout.rail_wider,
    )
    back = arranged(saved)
    layout.spared = False
    if layout.active is Pane.FILTER:
        layout.use(Pane.LIST)
    assert back == layout
