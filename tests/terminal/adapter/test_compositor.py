"""What is rendered for the painter: the same picture as Textual's, each cell once."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tests.terminal.probe_app import Lines, Painted
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.adapter.compositor import VisibleCompositor, beside, disjoint
from tui.terminal.adapter.painter import Painting, ScreenPainter

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


def compositor_of(app: App[None]) -> VisibleCompositor:
    compositor = app.screen._compositor
    assert isinstance(compositor, VisibleCompositor)
    return compositor


@pytest.mark.parametrize("keys", [(), ("t",), ("t", "t", "down"), ("h", "pagedown")])
async def test_pieces_together_are_what_textual_shows(keys: tuple[str, ...]) -> None:
    """With notices before the panes, and panes that come and go."""
    app = Painted()
    async with app.run_test(size=(90, 26), notifications=True) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        compositor = compositor_of(app)
        whole = picture(compositor.paint([Region(0, 0, 90, 26)], whole=True))
        for y, strip in enumerate(compositor.render_strips(Size(90, 26))):
            assert "".join(text for (_, at), text in sorted(whole.items()) if at == y) == strip.text


async def test_a_change_renders_only_the_lines_of_the_widgets_that_it_is_in() -> None:
    app = Painted()
    async with app.run_test(size=(90, 26)) as pilot:
        await pilot.pause()
        lines = app.query(Lines).first().region
        change = Region(lines.x + 3, lines.y + 4, 5, 2)
        pieces = compositor_of(app).paint([change], whole=False).pieces
        assert [(region.y, region.height) for region, _ in pieces] == [(change.y, 2)]
        assert lines.contains_region(pieces[0].region)
        assert pieces[0].region.contains_region(change)


async def test_what_has_gone_is_painted_over_though_somebody_asked_where_all_is_after_scrolling() -> None:
    app = Painted()
    async with app.run_test(size=(90, 26)) as pilot:
        await pilot.pause()
        lines, compositor = app.query(Lines).first(), compositor_of(app)
        place = lines.region
        compositor.reflow_visible(app.screen, app.size)
        compositor._dirty_regions.clear()
        lines.styles.display = "none"
        assert lines not in compositor.full_map
        compositor.reflow(app.screen, app.size)
        assert place in compositor._dirty_regions


class Short(Widget):
    """Gives fewer lines than it is high."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return super().render_lines(crop)[:1]


class Layers(TerminalApp[None]):
    """Wide characters, with something before them that comes and goes."""

    CSS = """
    Screen { layers: below above; }
    #below { layer: below; width: 20; height: 3; }
    #above { layer: above; width: 5; height: 1; offset: 5 1; }
    Short { layer: above; width: 4; height: 3; offset: 14 0; }
    """

    def compose(self) -> ComposeResult:
        yield Static("\n".join(["日本語" * 3] * 3), id="below")
        yield Static("=====", id="above")
        yield Short()


async def test_what_comes_back_from_behind_something_is_whole() -> None:
    """Whatever its edges cut in two: a wide character of which only a half is painted is lost."""
    app = Layers()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        gone = app.query_one("#above").region
        app.query_one("#above").display = False
        await pilot.pause()
        row = picture(compositor_of(app).paint([gone], whole=False))
        assert row[0, 1].startswith("日本語日本語")


async def test_what_a_widget_leaves_out_is_blank() -> None:
    app = Layers()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        short = app.query_one(Short).region.intersection(Region(0, 0, 20, 6))
        pieces = compositor_of(app).paint([short], whole=False).pieces
        assert [(region, [strip.cell_length for strip in strips]) for region, strips in pieces] == [(short, [4, 4, 4])]


async def test_a_screenshot_in_a_terminal_is_textuals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScreenPainter, "takes_paintings", True)
    app = Layers()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        assert "Painting" not in app.export_screenshot()
