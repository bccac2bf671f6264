"""The filter: what reaches the server, what is cancelled, and how each part is seen and taken away."""

import itertools
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.widgets import Input

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, page_of, reply
from tui.demo.http import Answer, Request
from tui.demo.server import DemoServer
from tui.store.filter.list_filter import ListFilter
from tui.widgets import filter_pane
from tui.widgets.filter_pane import FilterPane
from tui.widgets.transcript.view import TranscriptView


def rows(*numbers: int) -> LiveProject:
    """A project of these conversations."""
    return LiveProject([conversation(number) for number in numbers])


def filter_of(request: Request) -> dict[str, list[str]]:
    """The parameters of a list call without its place in the list."""
    return {name: value for name, value in request.parameters.items() if name not in ("limit", "offset")}


async def started(it: Browsing) -> None:
    """The first rows are there, and the tags."""
    await it.until_seen("loaded", "review")


async def test_a_typed_word_is_one_request(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filter_pane, "_DEBOUNCE", 2.0)  # or a busy machine types too slowly
    server.answer(rows(1, 2, 3))
    async with browsing(server) as it:
        await started(it)
        before = len(server.list_requests)
        await it.press("slash")
        await it.type("refund")
        await it.until(lambda: len(server.list_requests) > before)
        await it.until_seen('"refund" ×')
        await it.until_quiet()
        assert [filter_of(request) for request in server.list_requests[before:]] == [{"text": ["refund"]}]


async def test_enter_sends_the_text_at_once_and_goes_to_the_list(server: ScriptedServer) -> None:
    server.answer(rows(1, 2, 3))
    async with browsing(server) as it:
        await started(it)
        await it.press("slash")
        await it.type("two words")
        await it.press("enter")
        await it.until(lambda: server.list_requests[-1].parameters.get("text") == ["two words"])
        assert it.rows.has_focus


PARTS: dict[str, tuple[dict[str, Any], dict[str, list[str]]]] = {
    "text": ({"text": "café & co"}, {"text": ["café & co"]}),
    "tags": ({"tags": ("a,b", "ü")}, {"tags": ["a,b", "ü"]}),
    "untagged": ({"untagged": True}, {"no_tags": ["true"]}),
    "archived": ({"archived": True}, {"include_archived": ["true"]}),
}
COMBINATIONS = [
    names
    for size in range(5)
    for names in itertools.combinations(PARTS, size)
    if not {"tags", "untagged"} <= {*names}  # nothing can match that, and nothing is asked
]


async def test_each_combination_reaches_the_server_as_it_is(server: ScriptedServer) -> None:
    server.answer(rows(1))
    async with browsing(server) as it:
        await started(it)
        for names in COMBINATIONS[1:]:
            wish: dict[str, Any] = {}
            expected: dict[str, list[str]] = {}
            for name in names:
                wish |= PARTS[name][0]
                expected |= PARTS[name][1]
            it.filter.post_message(FilterPane.FilterChanged(ListFilter(**wish)))
            await it.until(lambda expected=expected: filter_of(server.list_requests[-1]) == expected)  # type: ignore[misc]
            await it.until_quiet()


async def test_the_filter_given_at_the_start_is_the_first_that_is_asked(server: ScriptedServer) -> None:
    server.answer(rows(1))
    async with browsing(server, text="café & co", tags=("a,b", "ü"), archived=True) as it:
        await it.until_read("Question 1")
        await it.until_seen("[x] a,b", "[x] ü", "[x] include archived")
    expected = {"text": ["café & co"], "tags": ["a,b", "ü"], "include_archived": ["true"]}
    assert [filter_of(request) for request in server.list_requests] == [expected]


async def test_a_text_that_is_left_at_once_is_not_lost_to_the_next_key(server: ScriptedServer) -> None:
    server.answer(rows(1, 2, 3))
    async with browsing(server) as it:
        await started(it)
        await it.press("slash", *"refund", "escape", "u")
        await it.until_seen('"refund" × untagged ×')
        await it.press("c", "slash", *"refund", "down", "down", "space")
        await it.until_seen('"refund" × billing ×')
        await it.press("slash", *"s", "escape", "c")
        await it.until_gone('"refunds" ×')
        await it.until_quiet()
        assert it.screen.project.query.is_empty


async def test_switches_and_tags_by_key_reach_the_server(server: ScriptedServer) -> None:
    server.answer(rows(1, 2))
    async with browsing(server) as it:
        await started(it)
        await it.press("a")
        await it.until(lambda: filter_of(server.list_requests[-1]) == {"include_archived": ["true"]})
        await it.press("u")
        await it.until(
            lambda: filter_of(server.list_requests[-1]) == {"include_archived": ["true"], "no_tags": ["true"]}
        )
        await it.press("u", "a", "t", *"rev")
        await it.until_gone("[ ] billing")
        await it.press("enter")
        await it.until(lambda: filter_of(server.list_requests[-1]) == {"tags": ["review"]})
        await it.until_seen("[x] review", "[ ] billing")


async def test_tags_are_switched_in_the_list_of_tags(server: ScriptedServer) -> None:
    server.answer(rows(1, 2))
    async with browsing(server) as it:
        await started(it)
        await it.press("t", "down", "space", "down", "enter")
        await it.until(lambda: filter_of(server.list_requests[-1]) == {"tags": ["billing", "review"]})
        await it.until_seen("[x] billing", "[x] review", "billing × review ×")
        await it.press("up", "enter")
        await it.until(lambda: filter_of(server.list_requests[-1]) == {"tags": ["review"]})


async def test_a_further_word_is_typed_behind_those_that_are_there(server: ScriptedServer) -> None:
    server.answer(rows(1, 2))
    async with browsing(server, text="refund") as it:
        await started(it)
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.focused, Input))
        await it.type("late")
        await it.press("enter")
        await it.until(lambda: filter_of(server.list_requests[-1]) == {"text": ["refund late"]})
        await it.until_seen('"refund late" ×')


async def test_what_is_typed_while_a_filter_is_on_its_way_stays(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer(rows(1, 2))
    async with browsing(server, size=(120, 36)) as it:
        await it.until_seen("Conversations 1/2")
        line, apply = it.filter.query_one("#filter-text", Input), it.screen.context.list.apply

        def apply_behind_a_key(query: ListFilter) -> None:
            if query.line == "agent:s":
                line.insert_text_at_cursor("u")
            apply(query)

        monkeypatch.setattr(it.screen.context.list, "apply", apply_behind_a_key)
        await it.press("/", *"agent:s")
        await it.until(lambda: line.value == "agent:su" and it.screen.project.query.line == "agent:su")
        await it.press("p")
        assert line.value == "agent:sup"


async def test_what_was_typed_to_find_a_tag_is_gone_the_next_time(server: ScriptedServer) -> None:
    server.answer(rows(1))
    async with browsing(server) as it:
        await started(it)
        await it.press("t", *"zzz")
        await it.until_seen("no tag like that")
        await it.press("escape")
        await it.until_seen("[ ] review")


async def test_where_nothing_matches_enter_stays_in_the_list(server: ScriptedServer) -> None:
    server.answer(narrowed(dated(3)))
    async with browsing(server, size=(80, 24), text="nonsense") as it:
        await it.until_seen("No conversation matches the filter")
        await it.press("enter")
        await it.until(lambda: [notice.message for notice in it.app._notifications] == ["There is nothing to read."])
        assert it.rows.has_focus


async def test_a_tag_that_nobody_has_is_said(server: ScriptedServer) -> None:
    server.answer(rows(1))
    async with browsing(server) as it:
        await started(it)
        await it.press("t", *"zzz")
        await it.until_seen("no tag like that")


async def test_without_the_tags_call_the_tags_of_loaded_rows_serve_and_it_says_so(server: ScriptedServer) -> None:
    project = LiveProject([conversation(1, tags=["vip"]), conversation(2, tags=["vip", "late"])], tags=None)
    server.answer(project)
    async with browsing(server) as it:
        await it.until_seen("of loaded rows", "[ ] vip", "[ ] late")
        assert it.text.index("vip", it.text.index("of loaded rows")) < it.text.index("[ ] late")


async def test_what_a_new_filter_makes_obsolete_is_cancelled_and_its_late_answer_dropped(
    server: ScriptedServer,
) -> None:
    gate = threading.Event()

    def answer(request: Request, _offset: int, _limit: int) -> Answer | None:
        match request.parameters.get("text"):
            case ["slow"]:
                return page_of([conversation(666)], hold=gate)
            case ["quick"]:
                return page_of([conversation(7)])
        return None

    project = rows(1, 2, 3)
    project.on_list = answer
    server.answer(project)
    async with browsing(server) as it:
        await started(it)
        await it.press("slash", *"slow", "enter")
        await it.until(lambda: server.list_requests[-1].parameters.get("text") == ["slow"])
        await it.until_seen("Filtering… these are still the rows of the filter before", "Conversation 3")
        await it.press("slash", "ctrl+a", "ctrl+k", *"quick", "enter")
        await it.until_seen("Conversation 7", "1 conversation ")
        gate.set()
        await it.press("r")
        await it.until(lambda: len(server.list_requests) >= 4)
        await it.until_quiet()
        assert not it.has("666")
        assert it.has("quick")


async def test_chips_go_by_click_by_key_and_all_at_once(server: ScriptedServer) -> None:
    server.answer(rows(1, 2))
    async with browsing(server, tags=("billing", "review"), text="refund", archived=True) as it:
        await it.until_seen('"refund" × billing × review × +1')
        x, y = it.find("billing ×")
        await it.click(x + 8, y)
        await it.until_gone("billing ×")
        assert filter_of(server.list_requests[-1])["tags"] == ["review"]
        await it.press("backspace")
        await it.until_gone("with archived ×")
        await it.press("c")
        await it.until(lambda: filter_of(server.list_requests[-1]) == {})
        await it.until_gone("×")
        assert it.filter.query_one("#filter-text").value == ""  # type: ignore[attr-defined]  # an input


async def test_the_cursor_stays_on_its_conversation_when_the_new_filter_has_it(server: ScriptedServer) -> None:
    project = rows(*range(1, 30))
    narrow = [conversation(number) for number in (3, 9, 12)]
    project.on_list = lambda request, _offset, _limit: page_of(narrow) if "text" in request.parameters else None
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press(*["down"] * 8)
        await it.until_read("Question 9")
        await it.press("slash", *"x", "enter")
        await it.until_seen("Conversations 2/3")
        await it.press("c")
        await it.until_seen("Conversations 9/29")


def dated(count: int) -> list[dict[str, Any]]:
    """Conversations 1 to `count`, the newest first."""
    newest = datetime(2025, 3, 12, tzinfo=UTC)
    return [
        conversation(number, created_at=(newest - timedelta(hours=number)).isoformat())
        for number in range(1, count + 1)
    ]


def narrowed(everything: list[dict[str, Any]], *numbers: int) -> LiveProject:
    """A project of which any text finds the conversations of these numbers."""
    narrow = page_of([everything[number - 1] for number in numbers])
    return LiveProject(everything, on_list=lambda request, *_: narrow if "text" in request.parameters else None)


async def test_without_the_filter_the_cursor_is_on_its_conversation_however_far_down(server: ScriptedServer) -> None:
    server.answer(narrowed(dated(1_000), 3, 777))
    async with browsing(server, text="zzz") as it:
        await it.until(lambda: it.rows.count)
        await it.press("down")
        await it.until_read("Question 777")
        asked = len(server.list_requests)
        await it.press("c")
        await it.until_seen("Conversations 777/1,000", "Conversation 777")
        await it.until_read("Question 777")
        sought = [request for request in server.list_requests[asked:] if request.parameters["limit"] == ["1"]]
        assert 0 < len(sought) <= 10
        await it.press("down")
        await it.until_read("Question 778")


async def test_who_moves_on_before_the_row_has_arrived_is_not_taken_back_to_it(server: ScriptedServer) -> None:
    project, gate = narrowed(dated(1_000), 3, 777), threading.Event()
    narrow = project.on_list
    assert narrow is not None

    def slow(request: Request, offset: int, limit: int) -> Answer | None:
        if offset < 500 or limit == 1:
            return narrow(request, offset, limit)
        rows = project.rows[offset : offset + limit]
        return page_of(rows, count=1_000, hold=gate)

    project.on_list = slow
    server.answer(project)
    async with browsing(server, text="zzz") as it:
        await it.until(lambda: it.rows.count)
        await it.press("down")
        await it.until_read("Question 777")
        await it.press("c")
        await it.until_seen("Conversations 777/1,000")
        await it.press("down")
        gate.set()
        await it.until_read("Question 778")
        await it.until_seen("Conversations 778/1,000")


async def test_another_filter_ends_the_search_for_a_row_in_the_list_of_the_one_before(server: ScriptedServer) -> None:
    project, gate, answered = narrowed(dated(1_000), 3, 777), threading.Event(), threading.Event()
    narrow = project.on_list
    assert narrow is not None

    def held(request: Request, offset: int, limit: int) -> Answer | None:
        if "include_archived" in request.parameters:
            return page_of(project.rows[:1], hold=answered)
        return page_of(project.rows[offset : offset + 1], count=1_000, hold=gate) if limit == 1 else None

    def on_list(request: Request, offset: int, limit: int) -> Answer | None:
        return held(request, offset, limit) or narrow(request, offset, limit)

    project.on_list = on_list
    server.answer(project)
    async with browsing(server, text="zzz") as it:
        await it.until(lambda: it.rows.count)
        await it.press("down")
        await it.until_read("Question 777")
        await it.press("c")
        await it.until_seen("finding its row")
        await it.press("a")
        await it.until_seen("Filtering…")
        gate.set()
        await it.until(lambda: all(worker.is_finished for worker in it.screen.workers if worker.group == "find"))
        assert it.rows.cursor == 0
        answered.set()
        await it.until_seen("Conversations 1/1", "row not found")


async def test_who_moves_on_before_the_list_of_another_filter_has_come_stays_there(server: ScriptedServer) -> None:
    project, gate = LiveProject(dated(30)), threading.Event()
    project.on_list = lambda request, _offset, _limit: (
        page_of(project.rows, hold=gate) if "include_archived" in request.parameters else None
    )
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("a")
        await it.until_seen("Filtering…")
        await it.press("down", "down", "enter")
        await it.until_read("Question 3")
        gate.set()
        await it.until_gone("Filtering…")
        await it.until_seen("─ 3/30 ")
        await it.until_followed()
        assert "Question 3" in it.words_of("TranscriptView")


async def test_a_filter_that_was_never_answered_tells_nothing_of_what_is_read(server: ScriptedServer) -> None:
    project, gate = LiveProject(dated(30)), threading.Event()

    def on_list(request: Request, _offset: int, _limit: int) -> Answer | None:
        if "text" not in request.parameters:
            return None
        return page_of(project.rows[20:], hold=None if "include_archived" in request.parameters else gate)

    project.on_list = on_list
    server.answer(project)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.press("slash", *"nonsense", "enter")
        await it.until_seen("Filtering…")
        await it.press("a")
        await it.until_seen("Conversations 1/10")
        await it.until_read("Question 21")
        gate.set()


async def test_a_row_that_nobody_fetches_any_more_is_not_said_to_be_on_its_way(server: ScriptedServer) -> None:
    rows = [conversation(number) for number in range(1, 1_001)]
    refused = LiveProject(rows, on_list=lambda request, *_: error(400, "No.") if "text" in request.parameters else None)
    server.answer(refused)
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until_quiet()
        await it.press("slash", *"zzz", "enter")
        await it.until_seen("The filter was not applied")
        await it.press("end")
        await it.until_read("Row 1,000 is not here, and is fetched no more")
        await it.press("c")
        await it.until_read("Question 1")
        await it.press("end")
        await it.until_read("Question 1000")


async def test_a_conversation_whose_row_is_not_found_is_read_on(server: ScriptedServer) -> None:
    server.answer(narrowed([conversation(number) for number in range(1, 1_001)], 3, 777))
    async with browsing(server, text="zzz") as it:
        await it.until(lambda: it.rows.count)
        await it.press("down")
        await it.until_read("Question 777")
        await it.press("c")
        await it.until_seen("Conversations 1/1,000", "row not found · turn")
        await it.until_read("Question 777")
        await it.press("down")
        await it.until_read("Question 2")
        await it.until_gone("row not found")


async def test_an_order_that_the_service_does_not_keep_misleads_nobody(server: ScriptedServer) -> None:
    everything = dated(1_000)
    everything[40:] = reversed(everything[40:])
    server.answer(narrowed(everything, 3, 777))
    async with browsing(server, text="zzz") as it:
        await it.until(lambda: it.rows.count)
        await it.press("down")
        await it.until_read("Question 264")
        await it.press("c")
        await it.until_seen("row not found · turn")
        await it.until_read("Question 264")


async def test_who_moves_on_is_not_taken_back(server: ScriptedServer) -> None:
    project, gate = narrowed(dated(1_000), 3, 777), threading.Event()
    narrow = project.on_list
    assert narrow is not None

    def held(request: Request, offset: int, limit: int) -> Answer | None:
        return reply({"count": 1_000, "results": []}, hold=gate) if limit == 1 else narrow(request, offset, limit)

    project.on_list = held
    server.answer(project)
    async with browsing(server, text="zzz") as it:
        await it.until(lambda: it.rows.count)
        await it.press("down")
        await it.until_read("Question 777")
        await it.press("c")
        await it.until_seen("finding its row")
        await it.press("down")
        await it.until_read("Question 2")
        gate.set()
        await it.until_quiet()
        assert it.rows.cursor == 1


async def test_where_nothing_matches_nothing_is_shown_and_what_was_read_comes_back(server: ScriptedServer) -> None:
    server.answer(narrowed(dated(300)))
    async with browsing(server, size=(80, 24)) as it:
        await it.until_seen("Conversations 1/300")
        await it.press("end")
        await it.until_read("Question 300")
        await it.press("slash", *"nonsense", "enter")
        await it.until_seen("No conversation matches the filter, so there is none to read.")
        assert not it.has("Question 300")
        await it.press("c")
        await it.until_seen("Conversations 300/300")
        await it.until_read("Question 300")


async def test_title_and_rows_agree_where_all_but_what_the_cursor_keeps_has_gone(server: ScriptedServer) -> None:
    server.answer(rows(1))
    async with browsing(server, size=(80, 24)) as it:
        await it.until_seen("Conversations 1/1")
        await it.press("o", "t")
        await it.until_seen("1/1 · by tokens ↓")
        await it.until_quiet()
        server.answer(rows())
        await it.press("r")
        await it.until_seen("0 conversations")
        await it.until_seen("Conversation 1", "1/1 · by tokens ↓")
        assert not it.has("No conversations yet")


async def test_chips_tell_the_filter_and_the_title_does_not_say_it_again(server: ScriptedServer) -> None:
    server.answer(rows(1))
    async with browsing(server, size=(100, 30), tags=("vip",)) as it:
        await it.until_seen("vip ×")
        assert "vip" not in it.words_of("#list-edge")


async def test_how_many_tags_are_below_is_told_in_the_border_and_cuts_no_name(server: ScriptedServer) -> None:
    tags = [f"a tag of many {number:02}" for number in range(40)]
    server.answer(LiveProject([conversation(1)], tags=tags))
    async with browsing(server) as it:
        await it.until_seen(" more ↓", tags[0])
        in_view = sum(tag in it.text for tag in tags)
        assert f" {40 - in_view} more ↓" in it.words_of("#filter-edge")
        await it.press("t", "down", "end")
        await it.until_seen(tags[-1])
        await it.until(lambda: "more" not in it.words_of("#filter-edge"))


async def test_filters_of_the_demo_narrow_the_list(demo: DemoServer) -> None:
    async with browsing(demo) as it:
        await it.until_seen("Conversations 1/2,", "[ ] billing")
        everything = it.rows.count
        await it.press("a")
        await it.until(lambda: it.rows.count > everything)
        await it.press("u")
        await it.until(lambda: 0 < it.rows.count < everything)
        await it.until_seen("untagged × with archived ×")


async def test_a_list_filtered_by_text_opens_its_conversations_at_the_match(demo: DemoServer) -> None:
    async with browsing(demo) as it:
        await it.until_seen("loaded")
        await it.press("slash", *"gothenburg", "enter")
        await it.until_seen("1/")
        await it.until(lambda: it.screen.query_one(TranscriptView).reader.finder.text == "gothenburg")
        await it.until(lambda: it.screen.query_one(TranscriptView).reader.finder.done)
        await it.press("c")
        await it.until(lambda: not it.screen.query_one(TranscriptView).reader.finder.text)


async def test_without_colours_brackets_tell_a_hint_from_what_was_typed(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server) as it:
        await it.until_seen("(words tag:x failed:>0", "(find a tag)")
