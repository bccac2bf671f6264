"""How many rows are said to be there, and whether that is a guess, where the server does not tell."""

import json
from typing import Any

import pytest

from tests.servers import conversation
from tui.api.decode import decode_page
from tui.store.listing.total import Total


def test_a_guess_stays_one_where_a_list_has_become_shorter_and_grows_again() -> None:
    total = Total()
    total.take(None, 0, 40, 40)
    total.take(None, 40, 40, 40)
    assert (total.count, total.at_least) == (120, 80)
    total.end_at(None, 30)
    assert (total.count, total.at_least) == (30, None)
    total.take(None, 0, 40, 40)
    assert (total.count, total.at_least) == (80, 40)


NONE_THAT_HOLDS: list[Any] = [
    10**12,
    2**31 * 100,
    2**63,
    10**400,
    50_000_001,
    -1,
    -300,
    12.7,
    1e300,
    True,
    None,
    "many",
    "-5",
    "1_000",
    "",
    [300],
    {},
]


@pytest.mark.parametrize("told", NONE_THAT_HOLDS)
def test_a_number_that_no_list_has_is_not_shown_nor_another_in_its_place(told: Any) -> None:
    rows = [conversation(number) for number in range(40)]
    page = decode_page(json.dumps({"count": told, "next": None, "results": rows}).encode(), 40)
    assert page.count is None
    total = Total()
    total.take(page.count, 0, 40, 40)
    assert (total.count, total.at_least, total.told) == (80, 40, None)
    total.take(page.count, 40, 40, 12)
    assert (total.count, total.at_least, total.told) == (80, 52, None)
    total.end_at(page.count, 52)
    assert (total.count, total.at_least, total.told) == (52, None, None)


@pytest.mark.parametrize(("told", "read"), [(300, 300), (300.0, 300), ("300", 300), (0, 0), (50_000_000, 50_000_000)])
def test_a_whole_number_is_one_however_it_is_written(told: Any, read: int) -> None:
    page = decode_page(json.dumps({"count": told, "next": None, "results": []}).encode(), 40)
    assert page.count == read


def test_what_is_told_is_the_last_word_of_the_server_and_none_where_its_pages_go_beyond_it() -> None:
    total = Total()
    seen = []
    for offset, told in ((0, 300), (40, 310), (80, 10), (80, 310)):
        total.take(told, offset, 40, 40)
        seen.append((total.told, total.at_least))
    assert seen == [(300, None), (310, None), (None, 120), (310, None)]
