"""What goes wrong while tables across conversations are open: nothing of them is lost, and Esc leads back."""

from tests.screens.across.test_tables import opened, project, tables
from tests.screens.browsing import browsing
from tests.servers import Reply, ScriptedServer, error
from tui.demo.http import Answer, Request
from tui.screens.across.screen import AcrossScreen
from tui.store.across.value import Missing

_LIST = "playground-conversations"


async def test_a_conversation_that_is_gone_when_enter_is_pressed_is_said_and_esc_comes_back(
    server: ScriptedServer,
) -> None:
    live = project()

    def answer(request: Request) -> Answer:
        last = request.path.rstrip("/").rpartition("/")[2]
        is_one = _LIST in request.path and last != _LIST
        return error(404, "Not found.") if is_one else live(request)

    server.answer(answer)
    async with browsing(server, size=(120, 30)) as it:
        await opened(it)
        await it.press("enter")
        await it.until_seen("Calls 1/120")
        await it.press("end")
        await it.until_seen("Calls 120/120")
        await it.until(lambda: tables(it).context.part.sheet.value_here is not Missing.UNKNOWN)
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen)
        await it.until_read("Not found")
        assert it.screen.context.at_hand is None, "the one under the cursor of the list is another"
        await it.press("escape")
        await it.until_seen("Calls 120/120", "Tools › ")


async def test_a_refused_page_leaves_what_is_read_and_r_tries_again(server: ScriptedServer) -> None:
    from tui.config.settings import FactsSettings

    live = project(400)
    server.answer(live)
    async with browsing(server, size=(120, 30), facts=FactsSettings(read_on_below=0)) as it:
        await it.until_seen("Conversations 1/400")
        await it.until_quiet()
        await it.press("L")
        await it.until_seen("R reads the rest")
        server.answer(lambda _: Reply(500, b'{"error": "database is locked"}'))
        await it.press("R")
        await it.until_seen("did not come", "R tries again")
        assert it.has("look", "book")
        server.answer(live)
        await it.press("R")
        await it.until_seen("all read", "look 800")


async def test_another_size_and_esc_in_the_middle_lose_nothing(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(120, 36)) as it:
        await opened(it)
        await it.press("enter")
        await it.until_seen("Calls 1/120")
        await it.press("down", "down", "right", "right")
        await it.until_seen("Calls 3/120")
        for size in ((60, 14), (200, 50), (20, 5), (100, 30)):
            await it.pilot.resize_terminal(*size)
            await it.worked_through()
        await it.until_seen("Calls 3/120")
        sheet = tables(it).context.part.sheet
        assert (sheet.row, sheet.column) == (2, 2)
        await it.press("F", "escape", "#", "escape", "escape")
        await it.until(lambda: it.app.screen is it.screen)
        await it.press("#", "escape", "L", "escape")
        await it.until(lambda: not isinstance(it.app.screen, AcrossScreen))
        await it.press("j")
        assert it.rows.cursor == 1
