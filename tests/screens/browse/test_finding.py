"""The line for finding, lists that facts make, their order, and reading on, in the running program."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.screens.browsing import Browsing, browsing
from tests.servers import Json, LiveProject, Reply, ScriptedServer, conversation, error, message, tool_call
from tui.demo.http import Answer, Request
from tui.store.listing.derived import DerivedList

FAILED = [{"error_type": "syntax_error", "error_code": "INVALID_QUERY", "message": "No."}]


def with_calls(number: int, *, failed: int = 0, calls: int = 2) -> Json:
    """A conversation of which so many calls failed."""
    history = [tool_call(results=FAILED if place < failed else [{"text": "x"}]) for place in range(calls)]
    return conversation(number, chat_history=[message("Why?"), *history], tool_call_count=calls)


def project(count: int = 60) -> LiveProject:
    """Of three conversations each one has a failed call, and every tenth has two."""
    return LiveProject(
        [with_calls(n, failed=2 if n % 10 == 0 else 1 if n % 3 == 0 else 0) for n in range(1, count + 1)]
    )


def listed(it: Browsing) -> Sequence[str]:
    """The names in view."""
    rows = (it.rows.window.row(index) if it.rows.window is not None else None for index in range(it.rows.count))
    return [row.conversation.name or "" for row in rows if row is not None and hasattr(row, "conversation")]


async def found(it: Browsing, line: str) -> None:
    """Find by a line."""
    await it.press("slash")
    await it.type(line)
    await it.press("enter")


async def test_a_term_of_a_fact_lists_what_matches_and_little_is_read_by_itself(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await found(it, "failed:>1")
        await it.until(lambda: isinstance(it.rows.window, DerivedList))
        await it.until_seen("Conversations 1/6 ", "here failed:>1 ×", "all read")
        await it.until(lambda: len(listed(it)) == 6)
        assert {name.rpartition(" ")[2] for name in listed(it)} == {"10", "20", "30", "40", "50", "60"}
        await it.press("c")
        await it.until_seen("Conversations 10/60")
        assert not isinstance(it.rows.window, DerivedList)


async def test_the_server_is_asked_what_it_can_and_the_rest_is_checked_here(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(200, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await found(it, "refund tag:billing failed:>0 -tag:review")
        await it.until_seen('server "refund" ×', "billing ×", "here failed:>0 ×", "all read")
        asked = server.list_requests[-1].parameters
        assert (asked["text"], asked["tags"]) == (["refund"], ["billing"])


async def test_a_line_that_cannot_be_read_says_why_and_changes_nothing(server: ScriptedServer) -> None:
    server.answer(project(3))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/3")
        await found(it, "fail:>0")
        await it.until_seen("There is no term", "failed:>0 ?")
        assert it.screen.project.query.is_empty
        await it.press("enter")
        await it.until_seen('"fail:>0" ×')
        assert it.screen.project.query.text == "fail:>0"


async def test_tab_completes_terms_and_values_that_were_seen(server: ScriptedServer) -> None:
    server.answer(project(3))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/3", "[ ] review")
        await it.press("slash", *"unt", "tab", "tab")
        line = it.filter.query_one("#filter-text")
        assert line.value == "until:"  # type: ignore[attr-defined]
        await it.press("ctrl+u", *"-tag:re", "tab")
        assert line.value == "-tag:review"  # type: ignore[attr-defined]
        await it.press("ctrl+u", *"ending:", "tab", "tab")
        assert line.value == "ending:none"  # type: ignore[attr-defined]
        await it.until(lambda: it.filter._line is not None and "agent" in it.filter._line._seen)
        await it.press("ctrl+u", *"agent:sup", "tab")
        assert line.value == 'agent:"Support v3"'  # type: ignore[attr-defined]
        await it.press("ctrl+u", *"endi", "tab", "tab")
        assert line.value == "ending:answered", "where one text alone would do, what can follow it is next"  # type: ignore[attr-defined]
        await it.press("ctrl+u", *"tool(")
        await it.until(lambda: it.filter._line is not None and "tool" in it.filter._line._seen)
        await it.press("ctrl+u", *"tool(name:re", "tab")
        assert line.value == "tool(name:retrieval"  # type: ignore[attr-defined]
        await it.press(*" param.to", "tab")
        assert line.value == "tool(name:retrieval param.top_k:"  # type: ignore[attr-defined]
        await it.press("down")
        assert it.screen.focused is not line


async def test_an_empty_line_says_what_can_be_typed_and_f1_explains_it(server: ScriptedServer) -> None:
    server.answer(project(3))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/3", "words tag:x failed:>0")
        assert not it.has("F1: all terms")
        await it.press("slash")
        await it.until_seen("since:7d", "F1: all terms")
        await it.type("tag:a failed:>0")
        await it.until_gone("F1: all terms")
        await it.press("f1")
        await it.until_seen("Terms of the find line", "server · with one of these tags")
        assert not it.has("Everywhere")


async def test_a_list_is_sorted_by_a_letter_and_the_cursor_stays_on_its_conversation(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(180, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.press("down", "down")
        await it.until_followed()
        before = it.rows.at.conversation
        await it.press("o", "f")
        await it.until_seen("by failed calls ↓", "all read")
        await it.until(lambda: len(listed(it)) == 60)
        assert it.rows.at.conversation is not None
        assert before is not None
        assert it.rows.at.conversation.id == before.id
        assert [int(name.rpartition(" ")[2]) % 10 for name in listed(it)[:6]] == [0] * 6
        await it.press("o", "f")
        await it.until_seen("by failed calls ↑")
        await it.press("o", "o")
        await it.until_gone("by failed calls")
        assert not isinstance(it.rows.window, DerivedList)


async def test_far_down_the_cursor_stays_on_its_conversation_too(server: ScriptedServer) -> None:
    server.answer(project(300))
    async with browsing(server, size=(180, 36)) as it:
        await it.until_seen("Conversations 1/300")
        await it.press("G", "up")
        await it.until(lambda: it.rows.cursor == 298 and it.rows.at.conversation is not None)
        await it.until_followed()
        before = it.rows.at.conversation
        assert before is not None

        def stays(window: object) -> bool:
            now = it.rows.at.conversation
            return it.rows.window is not window and now is not None and now.id == before.id

        for order in ("by failed calls ↓", "by failed calls ↑", "by failed calls ↓"):
            window = it.rows.window
            await it.press("o", "f")
            await it.until_seen(order, "all read")
            await it.until(partial(stays, window))
            await it.until_followed()
            await it.until_gone("row not found")
        await it.until(lambda: it.rows.cursor > 130)  # it was not among the rows that were ready
        window = it.rows.window
        await it.press("o", "o")
        await it.until_seen("Conversations 299/300")
        await it.until(partial(stays, window))


async def test_much_is_read_when_it_is_said_so_and_escape_stops_it(server: ScriptedServer) -> None:
    live = project(300)
    server.answer(live)
    async with browsing(server, size=(180, 36)) as it:
        it.screen.project.facts.read_on_below = 0
        await it.until_seen("Conversations 1/300")
        await found(it, "failed:>1")
        await it.until_seen("in 40 read of 300", "R reads the rest, about")
        asked, goes_on = threading.Event(), threading.Event()

        def late(_request: Request, offset: int, _limit: int) -> Answer | None:
            asked.set()
            goes_on.wait(10)
            return None

        live.on_list = late
        await it.press("R")
        await it.until(asked.is_set)
        await it.press("escape")
        await it.until_seen("R reads the rest, about")
        goes_on.set()
        live.on_list = None
        await it.press("R")
        await it.until_seen("all read", "Conversations 1/30")


async def test_what_turns_out_to_be_much_is_not_read_without_being_asked_for(server: ScriptedServer) -> None:
    live = project(300)
    long = "All of it. " * 2_000
    for row in live.rows[60:]:
        row["chat_history"] = [message(long), *row["chat_history"]]
    server.answer(live)
    async with browsing(server, size=(180, 36)) as it:
        it.screen.project.facts.read_on_below = 400_000
        it.screen.project._page_size.shrink(20)
        await it.until_seen("Conversations 1/300")
        await found(it, "failed:>1")
        await it.until_seen(" · R reads ", ", about")
        await it.until(lambda: not (reading := it.screen.project.facts.reading) or not reading.is_running)
        assert len(server.list_requests) < 20
        await it.press("R")
        await it.until_seen("all read", "Conversations 1/30")


def dated_down(count: int, step: int = 1) -> LiveProject:
    """Newest first, or oldest first: a conversation an hour, each with a failed call."""
    now = datetime.now(UTC)
    rows = [
        {**with_calls(n, failed=1), "created_at": (now - timedelta(hours=n)).isoformat()} for n in range(1, count + 1)
    ]
    return LiveProject(rows[::step])


async def test_since_stops_reading_at_its_date_where_the_list_is_newest_first(server: ScriptedServer) -> None:
    server.answer(dated_down(3_000))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/3,000")
        await found(it, "failed:>0 since:5d")
        await it.until_seen("Conversations 1/119 ", "all read")
        await it.press("R")
        await it.until_quiet()
        coverage = it.screen.project.facts.coverage
        assert coverage is not None
        assert coverage.unread > 2_000, "what is older was not asked for"


async def test_since_reads_all_where_the_list_is_in_another_order(server: ScriptedServer) -> None:
    server.answer(dated_down(1_000, -1))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/1,000")
        await found(it, "failed:>0 since:5d")
        await it.until_seen("/119 ", "all read")  # the cursor is on what was found first, and newer ones come above it
        coverage = it.screen.project.facts.coverage
        assert coverage is not None
        assert coverage.is_complete


async def test_rows_that_do_not_come_are_said_and_the_rest_is_there(server: ScriptedServer) -> None:
    live = project(120)
    live.on_list = lambda _request, offset, limit: error(404, "Gone.") if offset <= 110 < offset + limit else None
    server.answer(live)
    async with browsing(server, size=(140, 36)) as it:
        await it.until_seen("Conversations 1/120")
        await found(it, "failed:>1")
        await it.until_seen("rows did not come", "R tries again")


async def test_what_is_exported_of_a_part_says_so(server: ScriptedServer, tmp_path: Path) -> None:
    server.answer(project(300))
    async with browsing(server, size=(180, 36)) as it:
        it.screen.project.facts.read_on_below = 0
        await it.until_seen("Conversations 1/300")
        await found(it, "failed:>1")
        await it.until_seen("4 match in 40 read of 300")
        await it.press("x")
        await it.until_seen("4 conversations (partial: of 40 of 300 conversations read)")


async def test_the_next_failed_call_is_that_of_the_list(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(180, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.press("o", "f")
        await it.until_seen("by failed calls ↓", "all read")
        facts = it.screen.project.facts
        assert (await facts.next_failed(0, 1)) is not None
        last = await facts.next_failed(59, 1)
        assert last is None


async def test_letters_and_esc_are_the_menus_also_where_the_focus_went_elsewhere(server: ScriptedServer) -> None:
    server.answer(project())
    async with browsing(server, size=(180, 36)) as it:
        await it.until_seen("Conversations 1/60")
        await it.press("o")
        await it.until_seen("Sort by")
        it.screen.set_focus(None)
        await it.press("escape")
        await it.until(lambda: "Sort by" not in it.text)
        it.screen.set_focus(it.rows)
        await it.press("o")
        await it.until_seen("Sort by")
        it.screen.set_focus(None)
        await it.press("f")
        await it.until_seen("by failed calls ↓")


async def test_a_day_is_gone_to_and_what_is_none_says_so(server: ScriptedServer) -> None:
    newest = datetime(2026, 11, 30, 12, tzinfo=UTC)
    days = [conversation(n, created_at=(newest - timedelta(days=n)).isoformat()) for n in range(400)]
    server.answer(LiveProject(days))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/400")
        await it.press("@")
        await it.type("soon")
        await it.press("enter")
        await it.until(lambda: "That is no day" in it.text)
        await it.press("ctrl+u")
        await it.type("2026-03-05")
        await it.press("enter")
        await it.until(lambda: it.rows.at.conversation is not None and it.rows.cursor > 200)
        made = it.rows.at.conversation.created_at if it.rows.at.conversation is not None else None
        assert made == datetime(2026, 3, 5, 12, tzinfo=UTC)


async def test_columns_tell_what_histories_say(server: ScriptedServer) -> None:
    server.answer(project(12))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/12")
        await it.press("z", "d")
        await it.until_seen("retrieval: INVALID_QUERY")
        assert "calls" in it.words_of("#heads")
        await it.press("d")
        assert not it.screen.query_one("#heads").display


async def test_while_the_scroll_bar_is_dragged_the_day_under_it_is_shown(server: ScriptedServer) -> None:
    newest = datetime(2026, 11, 30, 12, tzinfo=UTC)
    server.answer(
        LiveProject([conversation(n, created_at=(newest - timedelta(days=n)).isoformat()) for n in range(400)])
    )
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/400")
        region = it.rows.region
        x = region.right - 1
        await it.pilot.mouse_down(offset=(x, region.y))
        await it.until(lambda: "30 Nov" in it.words_of("#list-edge"))
        await it.pilot.hover(offset=(x, region.bottom - 1))
        await it.until(lambda: it.rows.in_view[0] > 380)
        day = newest - timedelta(days=it.rows.in_view[0])
        words = f"{day.day} {day:%b} 2025"
        await it.until(lambda: words in it.words_of("#list-edge"))
        await it.pilot.mouse_up(offset=(x, region.bottom - 1))
        await it.until(lambda: words not in it.words_of("#list-edge"))
        assert it.rows.cursor == 0, "dragging moves no cursor"


async def test_a_list_that_is_not_newest_first_says_so_and_stays(server: ScriptedServer) -> None:
    oldest = datetime(2025, 1, 1, tzinfo=UTC)
    server.answer(
        LiveProject([conversation(n, created_at=(oldest + timedelta(days=n)).isoformat()) for n in range(400)])
    )
    async with browsing(server, size=(120, 36), notices=True) as it:
        await it.until_seen("Conversations 1/400")
        asked = len(server.list_requests)
        await it.press("@", *"2025-08-01", "enter")
        await it.until(lambda: "not newest first" in " ".join(it.text.split()))
        assert it.rows.cursor == 0
        assert len(server.list_requests) - asked <= 20


async def test_reading_on_survives_refusals_and_resets(server: ScriptedServer) -> None:
    live = project(300)
    faults = [error(429, "Slowly.", ("Retry-After", "0")), Reply(drop=True), error(502, "Busy.")]
    live.on_list = lambda _request, offset, _limit: faults.pop() if offset and faults else None
    server.answer(live)
    async with browsing(server, size=(180, 36)) as it:
        await it.until_seen("Conversations 1/300")
        await found(it, "failed:>1")
        await it.until_seen("all read", "Conversations 1/30 ")
        assert not faults


async def test_pages_that_contradict_the_count_are_said_and_what_came_is_there(server: ScriptedServer) -> None:
    live = project(120)
    live.count = 200
    server.answer(live)
    async with browsing(server, size=(180, 36)) as it:
        await it.until_seen("Conversations 1/")
        await found(it, "failed:>1")
        await it.until_seen("12 match in 120 read of 200", "80 rows did not come: The server counts more")
        assert "all read" not in it.text


async def test_what_fails_for_good_is_counted_and_the_rest_is_read(server: ScriptedServer) -> None:
    live = project(120)
    live.on_list = lambda _request, offset, limit: error(404, "Gone.") if offset <= 55 < offset + limit else None
    server.answer(live)
    async with browsing(server, size=(180, 36)) as it:
        it.screen.project._page_size.shrink(40)
        await it.until_seen("Conversations 1/120")
        await found(it, "failed:>1")
        await it.until_seen("20 rows did not come", "in 100 read of 120")
