"""Screens are laid out for the size that the terminal has now, whichever sizes were told in between."""

from typing import Any

import pytest
from textual import events
from textual._compositor import ReflowResult
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.messages import Update
from textual.widget import Widget
from textual.widgets import Label

from tests.harness.pumps import worked_through
from tests.terminal.adapter.test_painter import APP, assert_repaint_changes_nothing, fence
from tests.terminal.probe_app import Painted
from tests.terminal.ptys import resize, running
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.adapter.compositor import VisibleCompositor
from tui.terminal.adapter.screen import PaintedScreen


async def test_a_size_that_comes_late_does_not_undo_the_present_one() -> None:
    """Textual tells a screen each size once more after its layout; an old one may come after the newest."""
    app = Painted()
    async with app.run_test(size=(90, 26)) as pilot:
        app.screen.post_message(events.Resize(Size(30, 8), Size(30, 8)))
        await pilot.pause()
        assert app.screen._compositor.size == Size(90, 26)
        assert app.screen.region.size == Size(90, 26)


class Panes(PaintedScreen[None]):
    """Counts how often its parts are chosen and placed."""

    chosen = 0

    def compose(self) -> ComposeResult:
        yield Label("above")
        yield Label("below")

    def lay_out(self) -> None:
        self.chosen += 1


class Chooser(TerminalApp[None]):
    """Shows panes."""

    CSS = "Screen { overflow: hidden hidden; }"

    def get_default_screen(self) -> Panes:
        return Panes()


async def test_a_new_size_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Chooser()
    async with app.run_test(size=(90, 26)) as pilot:
        screen = app.screen
        assert isinstance(screen, Panes)
        await worked_through(app)  # or the layout of the start may be still to come
        placed: list[Size] = []
        reflow = VisibleCompositor.reflow

        def noted(self: VisibleCompositor, parent: Widget, size: Size) -> ReflowResult:
            placed.append(size)
            return reflow(self, parent, size)

        monkeypatch.setattr(VisibleCompositor, "reflow", noted)
        screen.chosen = 0
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert placed == [Size(60, 20)]
        assert screen.chosen == 1


async def test_parts_are_chosen_also_where_a_screen_learns_of_a_size_when_it_comes_back() -> None:
    app = Chooser()
    async with app.run_test(size=(90, 26)) as pilot:
        screen = app.screen
        assert isinstance(screen, Panes)
        await app.push_screen(PaintedScreen())
        await pilot.pause()
        screen.chosen = 0
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        await app.pop_screen()
        await pilot.pause()
        assert screen._compositor.size == Size(60, 20)
        assert screen.chosen == 1


class InFront(PaintedScreen[None]):
    """Stands in front of panes, and hides them."""

    CSS = "Label { width: 10; }"

    def compose(self) -> ComposeResult:
        yield Label("in front")


class Dialogue(InFront):
    """Lets them show through."""

    IS_DIALOGUE = True


@pytest.mark.parametrize(("front", "shows_through"), [(InFront(), False), (Dialogue(), True)])
async def test_what_changes_behind_takes_no_change_from_what_stands_in_front(
    monkeypatch: pytest.MonkeyPatch, front: InFront, *, shows_through: bool
) -> None:
    """A frame in which both change shows both; what is hidden is not asked for."""
    app = Chooser()
    async with app.run_test(size=(90, 26)) as pilot:
        behind = app.screen
        await app.push_screen(front)
        await pilot.pause()
        painted: set[Region] = set()
        render = front._compositor.render_update

        def noted(**how: Any) -> Any:
            painted.update(front._compositor._dirty_regions)
            return render(**how)

        monkeypatch.setattr(front._compositor, "render_update", noted)
        label, elsewhere = front.query_one(Label), Region(40, 20, 5, 1)
        with app.batch_update():
            label._set_dirty()
            await front._on_update(Update(label))
            behind._compositor._dirty_regions.add(elsewhere)
            behind._compositor_refresh()
        await pilot.pause()
        assert painted == ({label.region, elsewhere} if shows_through else {label.region})


def test_a_size_there_and_back_is_painted_over() -> None:
    """What the terminal made of its screen meanwhile is gone, although the size is the one of before."""
    with running(*APP, "painted", width=90, height=26) as session:
        session.wait_for("quiet")
        fence(session, 1)
        session.settle()
        for number in range(2, 8):
            resize(session, 70, 20)
            resize(session, 90, 26)
            fence(session, number)
            session.wait_until(lambda: "rubbish" not in session.text)
            assert_repaint_changes_nothing(session)
