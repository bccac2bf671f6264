"""What is rendered for the painter: the same picture as Textual's, each cell once."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from tests.terminal.probe_app import Painted
from tui.terminal.compositor import Painting, VisibleCompositor, beside, disjoint

regions = st.builds(
    Region, st.integers(-3, 20), st.integers(-3, 20), st.integers(0, 15), st.integers(0, 15)
)  # fmt: skip


def cells(region: Region) -> list[tuple[int, int]]:
    return [(x, y) for y in range(region.y, region.bottom) for x in range(region.x, region.right)]


@given(regions, regions)
def test_what_is_left_beside_a_region_is_all_of_the_rest(region: Region, taken: Region) -> None:
    left = Counter(cell for part in beside(region, taken) for cell in cells(part))
    assert left == Counter(set(cells(region)) - set(cells(taken)))


@given(st.lists(regions, max_size=6))
def test_regions_made_disjoint_hold_each_cell_once(some: list[Region]) -> None:
    held = Counter(cell for part in disjoint(some) for cell in cells(part))
    assert held == Counter({cell for region in some for cell in cells(region)})


def picture(painting: Painting) -> dict[tuple[int, int], str]:
    shown: dict[tuple[int, int], str] = {}
    for region, strips in painting.pieces:
        assert len(strips) == region.height
        for y, strip in enumerate(strips, region.y):
            assert strip.cell_length == region.width
            shown[region.x, y] = strip.text
    return shown


@pytest.mark.parametrize("keys", [(), ("t",), ("t", "t", "down"), ("h", "pagedown")])
async def test_pieces_together_are_what_textual_shows(keys: tuple[str, ...]) -> None:
    """With notices before the panes, and panes that come and go."""
    app = Painted()
    async with app.run_test(size=(90, 26), notifications=True) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        compositor = app.screen._compositor
        assert isinstance(compositor, VisibleCompositor)
        whole = picture(compositor._painting([Region(0, 0, 90, 26)], whole=True))
        for y, strip in enumerate(compositor.render_strips(Size(90, 26))):
            assert "".join(text for (_, at), text in sorted(whole.items()) if at == y) == strip.text


async def test_a_change_renders_nothing_beside_it() -> None:
    app = Painted()
    async with app.run_test(size=(90, 26)) as pilot:
        await pilot.pause()
        compositor = app.screen._compositor
        assert isinstance(compositor, VisibleCompositor)
        painting = compositor._painting([Region(30, 5, 20, 2), Region(0, 25, 90, 1)], whole=False)
        assert Counter(cell for region, _ in painting.pieces for cell in cells(region)) == Counter(
            [*cells(Region(30, 5, 20, 2)), *cells(Region(0, 25, 90, 1))]
        )
