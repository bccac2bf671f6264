"""Screens are laid out for the size that the terminal has now, whichever sizes were told in between."""

from textual import events
from textual.geometry import Size

from tests.terminal.probe_app import Painted
from tests.terminal.ptys import running
from tests.terminal.test_painter import APP, assert_repaint_changes_nothing, fence


async def test_a_size_that_comes_late_does_not_undo_the_present_one() -> None:
    """Textual tells a screen each size once more after its layout; an old one may come after the newest."""
    app = Painted()
    async with app.run_test(size=(90, 26)) as pilot:
        app.screen.post_message(events.Resize(Size(30, 8), Size(30, 8)))
        await pilot.pause()
        assert app.screen._compositor.size == Size(90, 26)
        assert app.screen.region.size == Size(90, 26)


async def test_a_new_size_places_everything_anew() -> None:
    app = Painted()
    async with app.run_test(size=(90, 26)) as pilot:
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert app.screen._compositor.size == Size(60, 20)
        assert app.query_one("Footer").region.bottom == 20


def test_a_size_there_and_back_is_painted_over() -> None:
    """What the terminal made of its screen meanwhile is gone, although the size is the one of before."""
    with running(*APP, "painted", width=90, height=26) as session:
        session.wait_for("quiet")
        fence(session, 1)
        session.settle()
        for number in range(2, 8):
            session.resize(70, 20)
            session.resize(90, 26)
            fence(session, number)
            session.wait(lambda: "rubbish" not in session.text())
            assert_repaint_changes_nothing(session)
