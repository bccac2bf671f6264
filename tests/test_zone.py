"""The zone in which times are shown and typed days begin."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.config.checks import Given, check_time_zone
from tui.config.errors import BadSetting
from tui.store.filter.dates import end_of
from tui.views.export.block_markdown import when_words
from tui.views.text import format as fmt
from tui.zone import ZONE

MOMENT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "EST5EDT")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    ZONE.choose(None)


@pytest.mark.parametrize(
    ("name", "shown", "called"),
    [
        (None, "1 Jul 2026 18:30", "EDT"),
        ("local", "1 Jul 2026 18:30", "EDT"),
        ("utc", "1 Jul 2026 22:30", "UTC"),
        ("Europe/Berlin", "2 Jul 2026 00:30", "CEST"),
        ("Asia/Dubai", "2 Jul 2026 02:30", "UTC+04"),
    ],
)
def test_times_are_shown_in_it_and_it_has_a_name(name: str | None, shown: str, called: str) -> None:
    ZONE.choose(name)
    assert (fmt.day_and_time(MOMENT), ZONE.name_at(MOMENT)) == (shown, called)


@pytest.mark.parametrize(
    ("name", "begin"), [("local", "2026-01-02T05:00"), ("UTC", "2026-01-02T00:00"), ("Asia/Tokyo", "2026-01-01T15:00")]
)
def test_typed_days_end_in_it_by_the_rules_of_their_season(name: str, begin: str) -> None:
    ZONE.choose(name)
    assert end_of("2026-01-01", ZONE.now()) == datetime.fromisoformat(f"{begin}+00:00").timestamp()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (None, "2026-07-01 22:30:00 UTC"),
        ("local", "2026-07-01 18:30:00 EDT"),
        ("Asia/Tokyo", "2026-07-02 07:30:00 JST"),
    ],
)
def test_files_are_in_utc_unless_one_is_chosen_and_say_which(name: str | None, written: str) -> None:
    ZONE.choose(name)
    assert when_words(MOMENT) == written


@pytest.mark.parametrize(
    "name", ["Europe", "Nowhere/Atall", "../etc/passwd", "/etc/localtime", "CES\0T", "", "\u202eUTC"]
)
def test_what_is_no_zone_is_refused_with_a_word(name: str) -> None:
    with pytest.raises(BadSetting, match="time zone"):
        check_time_zone(Given(name, "--time-zone"))


@pytest.mark.parametrize(
    ("name", "meant"),
    [("berlin", "Europe/Berlin"), ("Europe/Berlyn", "Europe/Berlin"), ("New York", "America/New_York")],
)
def test_what_may_have_been_meant_is_said(name: str, meant: str) -> None:
    with pytest.raises(BadSetting, match=f"Did you mean {meant}"):
        check_time_zone(Given(name, "--time-zone"))


async def test_the_title_names_it(server: ScriptedServer) -> None:
    server.answer(LiveProject([conversation(1)]))
    async with browsing(server, time_zone="Asia/Tokyo") as it:
        await it.until(lambda: it.words_of("#title").endswith("JST"))
