"""The mouse in the tables: rows, heads, the wheel and the scroll bar."""

from textual import events

from tests.screens.across.test_tables import calls_of_book, project, tables
from tests.screens.browse.test_typed_ahead import in_one_piece
from tests.screens.browsing import browsing
from tests.servers import ScriptedServer


async def test_a_click_on_a_head_sorts_and_one_on_a_cell_puts_the_cursor_there(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await calls_of_book(it)
        await it.click(*it.find("seat"))
        await it.until_seen("seat ↑")
        await it.click(*it.find("seat"))
        await it.until_seen("seat ↓")
        x, y = it.find("Ulm")
        await it.click(x, y + 3)
        await it.until_seen("parameter place.city: Ulm", "Calls 4/60")
        sheet = tables(it).context.part.sheet
        assert (sheet.row, sheet.column) == (3, 2)
        await it.click(x, y + 1, times=2)
        await it.until(lambda: it.app.screen is it.screen)


async def test_wheel_and_scroll_bar_move_the_view_and_leave_the_cursor(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(140, 36)) as it:
        await calls_of_book(it)
        context = tables(it).context
        await it.until(lambda: context.waiting.is_idle and context.has_row)
        left, top = it.find("✗    seat")
        assert it.lines[top].endswith("┃")
        at = (left + 4, top + 4)
        await in_one_piece(it, events.MouseScrollDown(None, *at, 0, 1, 0, False, False, False))
        await it.until(lambda: context.part.sheet.top == 2)
        assert context.part.sheet.row == 0
        bar = (139, top + 31)
        await in_one_piece(it, events.MouseDown(None, *bar, 0, 0, 1, False, False, False))
        await in_one_piece(it, events.MouseUp(None, *bar, 0, 0, 1, False, False, False))
        await it.until(lambda: context.part.sheet.view[1] == 60)
        assert context.part.sheet.row == 0
        await it.press("j")
        await it.until_seen("Calls 2/60")
        assert context.part.sheet.top <= 1
