"""The budget of the line to the terminal and to the server: counts, no times, so they hold on any machine."""

import math
from collections.abc import Iterator

import pytest

from tests.bench.browser import QUIET, browser, browsing, has_rows, moved
from tests.bench.serving import Service
from tests.bench.wire import READ, Counts, count, idle


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with Service(600, long=True) as service:
        yield service


@pytest.fixture(scope="module")
def counted(service: Service) -> Counts:
    return count(service, steps=6)


@pytest.mark.parametrize("keys", [(), ("y",), ("P",), ("?",)], ids=["list", "choices", "projects", "help"])
def test_an_idle_screen_sends_nothing_and_costs_nothing(keys: tuple[str, ...]) -> None:
    with Service(100) as service:
        sent, cpu = idle(service, 1.5, *keys, times=8)  # a busy machine has something left to do
    assert sent == 0
    assert cpu < 20  # a timer that ticks would cost more


def test_a_step_in_the_list_sends_two_rows_at_most(counted: Counts) -> None:
    assert counted.step_in_view <= 120
    assert counted.step_scrolling <= 600  # one of four steps scrolls, and sends about 1,500


def test_the_detail_that_follows_the_cursor(counted: Counts) -> None:
    assert counted.rest <= 3_500


def test_reading_beside_the_list_and_changing_panes_send_little(counted: Counts) -> None:
    assert counted.reader_beside <= 2_000
    assert counted.focus <= 800


def test_entering_and_leaving_the_reader_sends_little_more_than_one_screen(counted: Counts) -> None:
    assert counted.enter <= 1.1 * counted.entered_screen
    assert counted.leave <= 1.1 * counted.left_screen


def test_entering_and_leaving_the_reader_is_one_frame(service: Service) -> None:
    with browser(service) as probe:
        probe.wait(r"↑\d")
        probe.press("enter", quiet=1)
        probe.wait(READ)
        probe.press("escape", quiet=1)
        assert [probe.press(key, quiet=0.5).frames for key in ("enter", "escape", "enter")] == [1, 1, 1]


def test_reading_line_by_line_costs_what_a_pager_costs(counted: Counts) -> None:
    if math.isnan(counted.less_line):
        pytest.skip("there is no less here")
    assert counted.reader_alone <= 2 * counted.less_line
    assert counted.reader_page <= 1.3 * counted.less_page


def test_a_fold_and_a_message_in_the_corner_send_what_they_change(counted: Counts) -> None:
    assert counted.fold <= 2_500
    assert counted.notice <= 800


def test_a_resize_and_the_start_send_little_more_than_one_screen(counted: Counts) -> None:
    assert counted.resize <= 1.2 * counted.resized_screen
    assert counted.start <= 1.5 * counted.start_screen


def test_the_end_of_the_list_is_fetched_alone() -> None:
    with Service(5_000) as service, browsing(service) as probe:
        service.asked()
        probe.press("end", until=moved(probe.screen), quiet=QUIET)
        probe.wait(has_rows)
        probe.drain(quiet=0.3)
        assert 1 <= service.asked().lists <= 2
