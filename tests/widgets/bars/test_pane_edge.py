"""The upper edge of a pane: what it keeps where room is short, and that it shows the focus without colours."""

import pytest
from textual.app import App, ComposeResult

from tui.views.text.ink import Line, Span
from tui.widgets.bars.pane_edge import PaneEdge

NAME = "Refund for a damaged item that came too late"
PATH = "$.results[3].metadata.pages[12].score"


class Edged(App[None]):
    """One edge as wide as the screen."""

    CSS = "PaneEdge { height: 1; width: 1fr; }"

    def compose(self) -> ComposeResult:
        yield PaneEdge(NAME)


async def edge(width: int, right: Line, *, path: str = "", name: str = NAME, active: bool = True) -> str:
    """What the edge shows."""
    app = Edged()
    async with app.run_test(size=(width, 3)) as pilot:
        shown = app.query_one(PaneEdge)
        shown.show(name, right, path=path, active=active, joined=True)
        await pilot.pause()
        return shown.paint_line(0).text


RIGHT = [Span("focused"), Span(" · turn 3/6"), Span(" · 41 %")]


async def test_the_name_is_cut_before_what_is_unusual_and_the_place() -> None:
    assert await edge(90, RIGHT) == f"┮━ {NAME} ━━━━━━━━━━━━━━ focused · turn 3/6 · 41 % ━"
    words = await edge(47, RIGHT)
    assert len(words) == 47
    assert "focused · turn 3/6 · 41 % ━" in words
    assert words.startswith("┮━ Refund for")
    assert "… ━" in words
    words = await edge(40, [Span("focused"), Span(" · raw text"), *RIGHT[1:]])
    assert " focused · raw text ━" in words
    assert words.startswith("┮━ Refund for")


async def test_the_path_of_a_value_stands_behind_the_name_and_shows_its_end() -> None:
    assert f"{NAME} · {PATH} ━" in await edge(120, [], path=PATH)
    words = await edge(80, [], path=PATH)
    assert words.startswith("┮━ Refund for a")
    assert f"… · {PATH} ━" in words
    words = await edge(47, RIGHT[1:], path=PATH)
    assert "].score ━" in words
    assert words.startswith("┮━ …")
    assert "Refund" not in words
    assert len(words) == 47


async def test_the_name_does_not_move_from_value_to_value() -> None:
    one, other = [await edge(70, [], path=f"$.rows[{at}].a_long_name.of_it") for at in (9, 10)]
    assert one.index("$") == other.index("$")


@pytest.mark.parametrize("width", [24, 30, 47, 80])
async def test_the_pane_with_the_keys_is_known_without_a_colour(width: int) -> None:
    assert "━" in await edge(width, RIGHT)
    assert "━" not in await edge(width, RIGHT, active=False)


async def test_without_a_name_the_rule_has_no_hole() -> None:
    assert await edge(30, [Span("read 240/2,136")], name="") == "┮━━━━━━━━━━━━ read 240/2,136 ━"
