"""The next conversation with a failed tool call, in a list of which only a part is here."""

import pytest

from tests.servers import Json, LiveProject, ScriptedServer, conversation, error, message, page_of, tool_call, uuid_of
from tests.store.project_at_work import Reader
from tui.api.errors import ServerFault
from tui.store.history.failure_patterns import failure_patterns
from tui.store.next_failed import FailedConversation, FailedSearch

ROWS = 300
STATED, GUESSED, OWN = 3, 180, 290


def row(number: int) -> Json:
    results = {STATED: [{"error": "boom"}], GUESSED: ["Exit code 2"], OWN: ["Sorry, no seat"]}.get(number, ["fine"])
    return conversation(number, chat_history=[message("?"), tool_call(results=results)])


@pytest.fixture(autouse=True)
async def _looked_at(server: ScriptedServer, reader: Reader) -> None:
    server.answer(LiveProject([row(number) for number in range(ROWS)]))
    await reader.start()
    reader.project.window.look(0, 20)
    await reader.until_loaded(20)


@pytest.mark.parametrize(
    ("begin", "step", "found", "looked"),
    [
        (0, 1, STATED, 4),
        (STATED + 1, 1, GUESSED, GUESSED - STATED),
        (ROWS - 1, -1, GUESSED, ROWS - GUESSED),
        (GUESSED - 1, -1, STATED, GUESSED - STATED),
        (STATED - 1, -1, None, STATED),
        (GUESSED + 1, 1, None, ROWS - GUESSED - 1),
        (ROWS, 1, None, 0),
        (-1, -1, None, 0),
    ],
)
async def test_the_list_is_looked_through_from_a_row_on_in_either_direction(
    reader: Reader, begin: int, step: int, found: int | None, looked: int
) -> None:
    search = FailedSearch(reader.project, begin, step)
    assert await search.run() == (None if found is None else FailedConversation(uuid_of(found), found))
    assert search.looked == looked


async def test_what_the_profile_says_counts_too(reader: Reader) -> None:
    reader.project.patterns = failure_patterns(["^Sorry"])
    found = await FailedSearch(reader.project, GUESSED + 1, 1).run()
    assert found == FailedConversation(uuid_of(OWN), OWN)


async def test_what_is_here_is_not_asked_for_and_what_is_not_here_in_few_requests(
    server: ScriptedServer, reader: Reader
) -> None:
    asked = len(server.list_requests)
    await FailedSearch(reader.project, 0, 1).run()
    assert len(server.list_requests) == asked
    await FailedSearch(reader.project, STATED + 1, 1).run()
    assert len(server.list_requests) - asked <= 4


async def test_rows_that_do_not_come_end_it(server: ScriptedServer, reader: Reader) -> None:
    server.answer(lambda _: error(500))
    with pytest.raises(ServerFault):
        await FailedSearch(reader.project, ROWS - 1, -1).run()


async def test_what_cannot_be_read_is_passed_over(server: ScriptedServer, reader: Reader) -> None:
    rows = [row(number) for number in range(ROWS)]
    rows[150] = {"name": "no id"}
    rows[151]["chat_history"] = "none"
    rows[152]["chat_history"] = [7, None, {"type": "tool_call", "results": 3}]
    server.answer(LiveProject(rows))
    found = await FailedSearch(reader.project, STATED + 1, 1).run()
    assert found == FailedConversation(uuid_of(GUESSED), GUESSED)


async def test_a_server_that_repeats_itself_is_not_asked_for_ever(server: ScriptedServer, reader: Reader) -> None:
    again = [conversation(number) for number in range(1_000, 1_050)]
    server.answer(LiveProject(on_list=lambda *_: page_of(again, count=40_000_000)))
    reader.project.refresh()
    await reader.until(lambda: reader.project.window.count == 40_000_000)
    asked = len(server.list_requests)
    assert await FailedSearch(reader.project, 1_000, 1).run() is None
    assert len(server.list_requests) - asked == 2
