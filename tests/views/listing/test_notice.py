"""The words about a list: in place of rows, below them, and in the titles."""

import asyncio
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.servers import conversation
from tui.api.decode import decode_page
from tui.api.errors import (
    ApiError,
    BadRequest,
    Forbidden,
    NoProject,
    ServerFault,
    Unauthorized,
    UnknownHost,
    Unreachable,
)
from tui.api.page import Page
from tui.api.retry import Retrying
from tui.api.transfer import Transfer
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.window import ConversationWindow
from tui.views.listing.advice import Keys
from tui.views.listing.notice import ListState, banner_line, notice, notice_lines, retrying_words, switching_line
from tui.views.listing.title import fitted, list_title, loaded_words, title_parts
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import line_width, plain

CONNECTION = Connection(
    "https://x.example/api/v1", "3c90c3cc-0d44-4b50-8888-8dd25736052a", Secret("a-hidden-token"), name="acme"
)


async def window_of(answer: Callable[[int, int], Page]) -> ConversationWindow:
    """A window that has asked until nothing more is wanted."""
    changed = asyncio.Event()

    async def fetch(limit: int, offset: int, _: Transfer) -> Page:
        return answer(limit, offset)

    window = ConversationWindow(fetch, changed.set)
    running = asyncio.create_task(window.run())
    while window.is_loading or (window.count is None and window.failure is None):
        changed.clear()
        await asyncio.wait_for(changed.wait(), 10)
    running.cancel()
    return window


def page(rows: int, count: int) -> Page:
    """A page of rows out of `count`."""
    results = [conversation(number) for number in range(rows)]
    return decode_page(json.dumps({"count": count, "results": results}).encode())


def failing(error: ApiError) -> Callable[[int, int], Page]:
    """An answer that is an error."""

    def answer(_limit: int, _offset: int) -> Page:
        raise error

    return answer


def said(lines: list[Line]) -> str:
    """Paragraphs as one text."""
    return "\n".join(plain(line) for line in lines)


async def state_of(
    answer: Callable[[int, int], Page],
    query: ListFilter = ListFilter(),  # noqa: B008 - frozen
    retrying: Retrying | None = None,
) -> ListState:
    """All that the words depend on."""
    return ListState(await window_of(answer), query, CONNECTION, retrying)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            Forbidden("No.", status=403),
            ["No permission", "403: No.", "Ask an admin", "Asked: https://x.example/api/v1"],
        ),
        (NoProject("", status=404), ["The project was not found", "status 404", CONNECTION.project_id]),
        (Unauthorized("Bad token", status=401), ["The token is not accepted", "401: Bad token", "CLARIFEYE_TOKEN"]),
        (UnknownHost("x.example"), ["The host name is not known", "Check the base URL"]),
        (Unreachable("refused"), ["cannot be reached", "refused", "VPN", "Asked: x.example"]),
        (ServerFault("\x1b[31mboom\u202e", status=500), ["500: ", "boom"]),
    ],
)
async def test_a_failure_says_what_why_and_what_to_do(error: ApiError, words: list[str]) -> None:
    text = said(notice(await state_of(failing(error))))
    for one in words:
        assert one in text
    assert "\x1b" not in text
    assert "hidden" not in text


async def test_a_base_url_of_another_path_is_suspected_first_where_nothing_is_found() -> None:
    state = await state_of(failing(NoProject("", status=404)))
    assert "which does not end in" not in said(notice(state))
    in_a_region = replace(state, connection=CONNECTION._replace(region="eu"))
    assert "Check the region, then the project id." in said(notice(in_a_region))
    elsewhere = replace(state, connection=CONNECTION._replace(base_url="https://x.example"))
    assert "Check the base URL, which does not end in /api/v1" in said(notice(elsewhere))


async def test_nothing_stands_in_place_of_rows_that_are_there() -> None:
    assert notice(await state_of(lambda _limit, _offset: page(3, 3))) == []


async def test_an_empty_list_depends_on_the_filter() -> None:
    def nothing(_limit: int, _offset: int) -> Page:
        return page(0, 0)

    assert "No conversations yet" in said(notice(await state_of(nothing)))
    text = said(notice(await state_of(nothing, ListFilter("refund", ("vip",), untagged=True))))
    for words in (
        "No conversation matches the filter",
        '"refund", vip, untagged',
        "Press c",
        "match nothing",
        "a includes",
    ):
        assert words in text


async def test_a_retry_is_said_where_there_is_room_for_it() -> None:
    retrying = Retrying("Too many requests", 3.2, 2)
    assert retrying_words(retrying) == "Too many requests. Trying again in 3 s (try 2 of 4)."
    assert "Trying again in 1 s" in retrying_words(replace(retrying, seconds=0.2))
    assert "Trying again now (try 2 of 4)." in retrying_words(replace(retrying, seconds=0.0))
    said = replace(retrying, detail="60 a minute\x1b[2J are the most.")
    assert retrying_words(said) == "Too many requests: 60 a minute^[[2J are the most. Trying again in 3 s (try 2 of 4)."
    with_rows = await state_of(lambda _limit, _offset: page(3, 3), retrying=retrying)
    assert "Trying again in 3 s" in plain(banner_line(with_rows))


async def test_a_filter_on_its_way_and_one_that_failed_are_told_apart() -> None:
    state = await state_of(failing(ServerFault("boom", status=500)))
    assert plain(switching_line(state)) == (
        "✕ The filter was not applied. The service has a fault (500): boom · r tries again, ! shows all"
    )
    refused = replace(await state_of(failing(BadRequest("no", status=400))), query=ListFilter(text="x"))
    assert plain(switching_line(refused)).endswith("r tries again, c clears the filter, ! shows all")


TYPING = Keys("Ctrl-R", "Esc, then ")


async def test_while_a_line_has_the_keys_they_are_named_as_they_are_pressed_there() -> None:
    state = replace(await state_of(failing(BadRequest("no", status=400))), keys=TYPING)
    filtered = replace(state, query=ListFilter(text="x"))
    assert "Press Ctrl-R to try again." in said(notice(state))
    assert "Change the filter, or clear it with Esc, then c." in said(notice(filtered))
    assert plain(switching_line(filtered)).endswith(" · Ctrl-R tries again, Esc, then c clears the filter")
    nothing = replace(await state_of(lambda *_: page(0, 0)), keys=TYPING)
    assert "Press Ctrl-R to look again, Esc, then a to include archived ones." in said(notice(nothing))
    found = replace(nothing, query=ListFilter(text="x"))
    assert "Press Esc, then c to clear the filter" in said(notice(found))
    assert "Esc, then a includes them." in said(notice(found))


async def test_what_is_cut_of_what_a_server_says_is_shown_whole_with_a_key() -> None:
    long = "There is much to be said about this. " * 20
    state = await state_of(failing(ServerFault(long, status=500)))
    assert long not in said(notice(state))
    assert "! shows all of it." in said(notice(state))
    assert "shows all" not in said(notice(replace(state, keys=TYPING)))
    good = await state_of(lambda _limit, _offset: page(3, 3))
    assert "these are still the rows of the filter before" in plain(switching_line(good))
    assert banner_line(good) == []


@given(st.lists(st.text(max_size=80), max_size=5), st.integers(1, 120))
def test_a_notice_never_leaves_its_width(paragraphs: list[str], width: int) -> None:
    lines = notice_lines([[Span(text.replace("\n", " "))] for text in paragraphs], width)
    assert all(line_width(line) <= max(4, width) for line in lines)


def title(window: ConversationWindow, width: int, connection: Connection = CONNECTION, *remark: str) -> tuple[str, str]:
    """Both ends of the title of so many columns."""
    words = (remark[0], remark[1]) if remark else ("", "")
    left, right = fitted(title_parts(connection, window, words), width)
    assert line_width(left) + line_width(right) < width
    return plain(left), plain(right)


async def test_titles_count_rows_and_say_what_is_here_and_of_when_it_is() -> None:
    window = await window_of(lambda limit, _offset: page(min(limit, 40), 1284))
    assert list_title(window.count, 211, window.at_least) == "Conversations 212/1,284"
    assert title(window, 120)[1].startswith("1,284 conversations · as of ")
    assert loaded_words(window) == f"{window.loaded} loaded"
    whole = await window_of(lambda _limit, _offset: page(1, 1))
    assert title(whole, 120)[1].startswith("1 conversation · as of ")
    assert loaded_words(whole) == "all loaded"


async def test_a_total_that_nobody_tells_truly_is_said_to_be_a_least_one() -> None:
    for lie in (-1, 10):
        window = await window_of(lambda limit, _offset, lie=lie: page(min(limit, 40), lie))  # type: ignore[misc]
        assert list_title(window.count, 0, window.at_least) == "Conversations 1/40+"
        assert title(window, 120)[1].startswith("at least 40 conversations · as of ")
    whole = await window_of(lambda _limit, _offset: page(3, -1))
    assert list_title(whole.count, 0, whole.at_least) == "Conversations 1/3"
    assert title(whole, 120)[1].startswith("3 conversations · as of ")


ASKED_AS = Connection(
    "https://x", "p", Secret("a-hidden-token"), name="acme", impersonate="me@x.example\x1b", region="eu"
)


async def test_the_title_says_as_whom_and_that_nobody_confirmed_it() -> None:
    window = await window_of(lambda _limit, _offset: page(1, 1))
    assert title(window, 120)[0] == " clarifeye-tui · acme"
    words = title(window, 130, ASKED_AS)[0]
    assert words.startswith(" clarifeye-tui · acme · eu · asked as me@x.example")
    assert words.endswith("(not confirmed by the service)")
    assert "\x1b" not in words


async def test_where_room_is_short_the_title_keeps_as_whom_the_remark_and_the_project() -> None:
    window = await window_of(lambda limit, _offset: page(min(limit, 40), 1284))
    mouse = ("the mouse selects in the terminal, m takes it back", "m takes the mouse back")
    for width in range(40, 140):
        left, right = title(window, width, ASKED_AS)
        assert "acme" in left
        assert "asked as me@x.example" in left
        assert ("as of" in right) <= ("1,284 conversations" in right)
        left, _ = title(window, width, CONNECTION, *mouse)
        assert "acme" in left
        assert mouse[0] in left or mouse[1] in left
        left, _ = title(window, width, ASKED_AS, *mouse)
        assert "acme" in left
        assert "as me@" in left
        assert width < 60 or "m takes" in left
    assert "1,284 conversations" in title(window, 80, ASKED_AS)[1]


async def test_feedback_that_waits_comes_before_what_is_worth_less() -> None:
    window = await window_of(lambda limit, _offset: page(min(limit, 40), 2136))
    connection = CONNECTION._replace(name="demo", region="local")
    for width in range(60, 140):
        left, right = (plain(end) for end in fitted(title_parts(connection, window, to_review=108), width))
        assert "demo" in left
        assert "108 to review" in right or "feedback to review in 108" in right
        assert "2,136 conversations" in right
        assert width < 80 or ("local" in left and "as of" in right)
    assert "feedback to review in 108" in right
    assert "clarifeye-tui" in left


async def _never(*_: object) -> Page:
    raise AssertionError("asked")


@given(st.text(max_size=70), st.text(max_size=70), st.integers(12, 200))
def test_a_title_never_leaves_its_width(name: str, whom: str, width: int) -> None:
    window = ConversationWindow(_never, lambda: None)
    title(window, width, ASKED_AS._replace(name=name, impersonate=whom), "a remark", "short")
