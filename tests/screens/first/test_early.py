"""What is painted before there is an application is what the application paints first, cell by cell."""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from textual.screen import Screen

from tests.hostile.payloads import HOSTILE
from tests.hostile.wire import findings
from tui.api.http.first_page import FirstPage, ReadPage
from tui.api.rows import decode_page
from tui.app import BrowserApp
from tui.config.secret import Secret
from tui.config.settings import Connection, Settings
from tui.screens.browse.layout import SMALLEST_HEIGHT, SMALLEST_WIDTH, Pane
from tui.screens.first.early import FirstPicture, start_of
from tui.screens.first.first_screen import Start
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.place import Arrangement, Place
from tui.store.saved.session import Session
from tui.terminal.adapter.compositor import VisibleCompositor
from tui.terminal.capabilities import Capabilities
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens
from tui.terminal.paint.skeleton import Skeleton
from tui.widgets.theme_choice import theme_for
from tui.widgets.themes import THEMES

CONNECTION = Connection(name="work", base_url="http://127.0.0.1:9/api/v1", project_id="p", token=Secret("t"))
AT = 1_790_000_000.0
Cells = list[tuple[str, int, str, str]]
"""Character, attributes and colours of a row of the screen."""


@dataclass(frozen=True)
class Case:
    """A start: what is asked for and remembered, what came, and in which terminal."""

    size: tuple[int, int] = (120, 36)
    theme: str | None = THEMES[0].name
    colours: Any = 16777216
    no_color: bool = False
    low_bandwidth: bool = False
    unicode: bool = True
    count: int | None = 200
    rows: Sequence[dict[str, Any]] = ({"id": "c0", "name": "Refund"},)
    query: ListFilter = field(default_factory=ListFilter)
    arrangement: Arrangement = field(default_factory=Arrangement)
    index: int | None = None
    steps: int = 0

    @property
    def terminal(self) -> Capabilities:
        return Capabilities(
            term="xterm-256color", colours=self.colours, no_color=self.no_color, unicode=self.unicode, bce=True
        )

    @property
    def settings(self) -> Settings:
        return Settings(connection=CONNECTION, theme=self.theme, low_bandwidth=self.low_bandwidth)

    @property
    def start(self) -> Start:
        return start_of(self.settings, self.session())

    def session(self) -> Session:
        session = Session()
        found = f"c{self.index}" if self.index is not None else ""
        session.place = Place(self.query, found, self.index or 0, self.arrangement)
        return session

    def read(self) -> ReadPage:
        body = {"count": self.count, "next": None, "results": list(self.rows)}
        return ReadPage(decode_page(json.dumps(body).encode()), AT)

    def early(self) -> Frame | None:
        return self.picture(self.start)

    def picture(self, start: Start) -> Frame | None:
        """What is painted, also where the cursor moves in it."""
        theme = theme_for(self.theme, self.terminal, None, low_bandwidth=self.low_bandwidth)
        picture = FirstPicture(start, self.read(), self.terminal, theme)
        painted = picture.drawn(*self.size)
        return picture.drawn(*self.size, self.steps) if painted is not None else None

    @property
    def shows_the_list(self) -> bool:
        return Pane.LIST in self.start.layout.widths(*self.size)


class _CameEarly(FirstPage):
    """A first page that has been read before there was an application."""

    def __init__(self, case: Case) -> None:
        session = case.session()
        super().__init__(CONNECTION, session.begin(case.settings).server, offset=session.first_row(case.settings))
        self._read = case.read()
        self._done = True


class _Watched(BrowserApp):
    """Keeps what its first frame shows."""

    first: Frame | None = None

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        compositor = screen._compositor
        if self.first is None and renderable is not None and isinstance(compositor, VisibleCompositor):
            pens = Pens(
                self.capabilities.colours,
                colourless=self.painter.is_colourless,
                dark=self.current_theme.dark,
                ascii_only=not self.capabilities.unicode,
            )
            self.first = Frame(pens, bce=True)
            self.first.resize(*screen.size)
            for region, strips in compositor.paint([screen.size.region], whole=True).pieces:
                for y, strip in enumerate(strips, region.y):
                    self.first.place(region.x, y, pens.row(strip._segments, region.width))
        super()._display(screen, renderable)


def first_frame(case: Case) -> tuple[Frame, dict[str, Any]]:
    """What the application paints first, and where its parts are."""

    async def start() -> tuple[Frame, dict[str, Any]]:
        with patch.dict(os.environ, {"NO_COLOR": "1"} if case.no_color else {}):
            skeleton = Skeleton(-1, -1, None)
            skeleton.steps = case.steps
            app = _Watched(
                case.settings, _CameEarly(case), session=case.session(), capabilities=case.terminal, skeleton=skeleton
            )
        async with app.run_test(size=case.size) as pilot:
            while app.first is None:
                await pilot.pause()
            parts = {name: app.query_one(name).region for name in ("#title", "#list-edge", "ConversationList")}
            if app.query_one("ChipBar").display:
                parts["ChipBar"] = app.query_one("ChipBar").region
            return app.first, parts

    return asyncio.run(start())


def seen(frame: Frame, y: int, begin: int = 0, end: int | None = None) -> Cells:
    row = frame._target[y][begin:end]
    return [
        (character, pen.attributes, pen.foreground if character.strip() else "", pen.background)
        for character, pen in row
    ]


def text(frame: Frame, y: int) -> str:
    return "".join(character[:1] or " " for character, *_ in seen(frame, y))


def assert_same(case: Case) -> None:
    early = case.early()
    assert (early is not None) == case.shows_the_list
    if early is None:
        return
    first, parts = first_frame(case)
    for name, region in parts.items():
        for y in range(region.y, region.bottom):
            mine, theirs = seen(early, y, region.x, region.right), seen(first, y, region.x, region.right)
            assert mine == theirs, (name, y, text(early, y), text(first, y))
    for y in range(1, case.size[1] - 1):
        pairs = zip(text(early, y), text(first, y), strict=True)
        assert all(mine in (theirs, " ") for mine, theirs in pairs), (y, text(early, y), text(first, y))


names = st.one_of(st.text(max_size=60), st.sampled_from([payload.text for payload in HOSTILE]))
records = st.fixed_dictionaries(
    {"name": st.none() | names},
    optional={
        "tags": st.lists(names, max_size=4),
        "agent_settings_name": names,
        "created_at": st.sampled_from(["2026-09-21T14:00:00Z", "2020-01-01", "odd", 7]),
        "message_count": st.integers(0, 10**9),
        "tool_call_count": st.integers(0, 2000),
        "tokens": st.fixed_dictionaries({"input": st.integers(0, 10**9), "output": st.integers(0, 10**9)}),
        "is_archived": st.booleans(),
        "is_shared": st.booleans(),
        "archived_at": st.just("2026-01-02T03:04:05Z"),
    },
)
arrangements = st.builds(
    Arrangement,
    active=st.sampled_from(["", Pane.LIST.value, Pane.DETAIL.value, Pane.FILTER.value]),
    filter_hidden=st.booleans(),
    zoomed=st.booleans(),
    wider=st.integers(-60, 120),
    rail_hidden=st.booleans(),
    rail_wider=st.integers(-60, 120),
    density=st.sampled_from(["", "rows", "columns"]),
)


def numbered(found: Sequence[dict[str, Any]], begin: int) -> list[dict[str, Any]]:
    return [{"id": f"c{number}", **record} for number, record in enumerate(found, begin)]


@st.composite
def cases(draw: st.DrawFn, *, moves: bool = False) -> Case:
    found = draw(st.lists(records, min_size=1, max_size=12))
    index = draw(st.none() | st.integers(0, len(found) - 1))
    offset = max(0, index - 13) if index is not None else 0
    begun = index or 0
    width = draw(st.integers(SMALLEST_WIDTH, 200))
    return Case(
        size=(width, draw(st.integers(SMALLEST_HEIGHT, 60))),
        theme=draw(st.sampled_from([None, *(theme.name for theme in THEMES)])),
        colours=draw(st.sampled_from([0, 16, 256, 16777216])),
        no_color=draw(st.booleans()),
        low_bandwidth=draw(st.booleans()),
        unicode=draw(st.booleans()),
        count=draw(st.integers(len(found), 10**6)),
        rows=numbered(found, offset),
        query=ListFilter(draw(st.sampled_from(["", "a b"])), tuple(draw(st.lists(names, max_size=3)))),
        arrangement=draw(arrangements),
        index=index,
        steps=draw(st.integers(-begun, len(found) - 1 - begun)) if moves else 0,
    )


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
@example(Case(theme="clarifeye-ansi-light", no_color=True))
def test_the_first_frame_changes_nothing_in_title_and_list(case: Case) -> None:
    assert_same(case)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(moves=True))
def test_a_cursor_that_was_moved_before_is_there_in_the_first_frame(case: Case) -> None:
    if case.steps and case.start.layout.active is not Pane.LIST:
        assert case.early() is None
    else:
        assert_same(case)


@pytest.mark.parametrize("steps", [-1, 2, 100])
def test_the_cursor_moves_to_no_row_that_is_not_here(steps: int) -> None:
    assert few().early() is not None
    assert few(steps=steps).early() is None


def few(**fields: Any) -> Case:
    return Case(rows=numbered([{"name": "a"}, {"name": "b"}], 0), **fields)


@pytest.mark.parametrize(
    "case",
    [
        Case(rows=()),
        Case(rows=(), count=0),
        few(size=(39, 36)),
        few(size=(120, 11)),
        few(size=(79, 36), arrangement=Arrangement(active=Pane.DETAIL.value)),
        few(arrangement=Arrangement(active=Pane.DETAIL.value, zoomed=True)),
        few(index=7),
        few(theme="nord"),
        few(query=ListFilter(rest="failed:>0")),
        few(arrangement=Arrangement(sort="failed")),
        few(arrangement=Arrangement(sort="failed", turned=True), index=0),
    ],
    ids=[
        "no row came",
        "empty",
        "narrow",
        "low",
        "reading alone",
        "zoomed",
        "the row is elsewhere",
        "another theme",
        "checked here",
        "sorted here",
        "sorted here, at a row",
    ],
)
def test_what_cannot_be_shown_early_waits(case: Case) -> None:
    assert case.early() is None


def test_placeholders_stand_where_rows_are_on_their_way() -> None:
    case = Case(size=(150, 60), rows=numbered([{"name": "a"}] * 40, 0), arrangement=Arrangement(density="columns"))
    early = case.early()
    assert early is not None
    assert "⋯ 41" in text(early, 43)
    assert_same(case)


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"size": (200, 40), "arrangement": Arrangement(density="columns")},
        {"size": (100, 24), "colours": 256},
        {"size": (160, 40), "arrangement": Arrangement(filter_hidden=True), "colours": 16},
        {"size": (40, 40), "low_bandwidth": True, "theme": None},
        {"no_color": True, "unicode": False},
        {"arrangement": Arrangement(filter_hidden=True, wider=20), "index": 1},
        {"arrangement": Arrangement(zoomed=True), "theme": "clarifeye-light"},
    ],
    ids=["wide", "columns", "two panes", "no filter", "small", "colourless", "at a row", "zoomed"],
)
def test_nothing_that_strangers_wrote_commands_the_terminal(state: dict[str, Any]) -> None:
    payloads = [*HOSTILE]
    for begin in range(0, len(payloads), 11):
        some = payloads[begin : begin + 11]
        rows = [
            {"name": one.marked("na"), "tags": [one.text], "agent_settings_name": one.text, "created_at": one.text}
            for one in some
        ]
        query = ListFilter(some[0].text, (some[-1].text,))
        connection = CONNECTION._replace(name=some[0].text, impersonate=some[-1].text)
        case = Case(**{"size": (200, 40), **state}, rows=numbered(rows, 0), query=query)
        early = case.picture(case.start._replace(connection=connection))
        assert early is not None
        raw = early.flush().encode()
        assert not findings(raw)
        shown = [one.marker("na").encode() in raw for one in some]
        assert any(shown) if state else all(shown)
