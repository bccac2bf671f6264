import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.api.errors import RowsWithheld, ServerFault
from tui.store.facts.coverage import Coverage


def test_pages_cover_what_they_hold_and_what_failed_is_asked_for_again() -> None:
    coverage = Coverage()
    coverage.take(0, 40, 40, 4_000, 200)
    assert coverage.missing == [range(40, 200)]
    assert coverage.bytes_left == 16_000
    coverage.fail(range(100, 140), ServerFault())
    assert (coverage.unread, coverage.vain) == (160, 40)
    coverage.take(40, 60, 60, 6_000, 200)
    coverage.take(140, 60, 60, 6_000, 200)
    assert not coverage.is_complete
    coverage.hope()
    assert coverage.missing == [range(100, 140)]
    coverage.take(100, 40, 40, 4_000, 200)
    assert coverage.is_complete


def test_two_requests_never_ask_for_the_same() -> None:
    coverage = Coverage(200, [range(40, 200)])
    first = coverage.next(50, [])
    assert first == range(40, 90)
    assert coverage.next(50, [first]) == range(90, 140)
    assert coverage.next(50, [range(50, 60)]) == range(40, 50)
    assert coverage.next(50, [range(40, 200)]) is None


def test_an_empty_page_is_the_end_and_what_is_counted_behind_it_is_said_to_be_missing() -> None:
    coverage = Coverage()
    coverage.take(0, 40, 40, 4_000, 200)
    coverage.take(40, 40, 0, 0, 200)
    assert coverage.next(40, []) is None
    assert (coverage.is_complete, coverage.vain) == (False, 160)
    assert isinstance(coverage.failed[0][1], RowsWithheld)
    coverage.take(0, 40, 40, 4_000, 40)
    assert coverage.is_complete, "they are counted no more"


def test_an_empty_page_without_a_count_is_the_end() -> None:
    coverage = Coverage()
    coverage.take(0, 40, 40, 4_000, None)
    coverage.take(40, 40, 0, 0, None)
    assert coverage.is_complete


@pytest.mark.parametrize("where", ["top", "anywhere"])
@given(seed=st.integers(0, 10_000), limit=st.integers(1, 9))
def test_no_row_is_left_out_while_others_come_and_go(where: str, seed: int, limit: int) -> None:
    """Rows come in while pages are read, or go; whoever stayed the whole time has been read in the end."""
    chance = random.Random(seed)
    rows = list(range(30))
    stayed, seen, coverage, fresh = set(rows), set(), Coverage(), 1_000
    for turn in range(400):
        asked = coverage.next(limit, []) if coverage.total is not None else range(limit)
        if asked is None:
            break
        page = rows[asked.start : asked.start + len(asked)]
        seen.update(page)
        coverage.take(asked.start, len(asked), len(page), len(page), len(rows))
        if turn < 12 and chance.random() < 0.5:
            if chance.random() < 0.5 and len(rows) > 5:
                stayed.discard(rows.pop(chance.randrange(len(rows))))
            else:
                rows.insert(0 if where == "top" else chance.randrange(len(rows) + 1), fresh)
                fresh += 1
    assert coverage.is_complete
    missed = stayed - seen
    assert len(missed) <= (0 if where == "top" else 12)


@given(seed=st.integers(0, 10_000), limit=st.integers(1, 9))
def test_what_is_read_from_a_date_on_stays_read_while_others_come_and_go(seed: int, limit: int) -> None:
    chance, moment = random.Random(seed), 25
    rows = list(range(60, 0, -1))
    stayed, seen, coverage = set(range(moment, 61)), set[int](), Coverage()

    def read(asked: range) -> None:
        page = rows[asked.start : asked.stop]
        seen.update(page)
        coverage.take(asked.start, len(asked), len(page), len(page), len(rows))
        coverage.order.take(asked.start, list(map(float, page)))

    def read_all(changes: int) -> int:
        pages = 0
        while (asked := coverage.since(moment).next(limit, [])) is not None:
            read(asked)
            pages += 1
            if pages <= changes and chance.random() < 0.5:
                change()
        return pages

    def change() -> None:
        if chance.random() < 0.5:
            stayed.discard(rows.pop(chance.randrange(len(rows))))
        else:
            rows.insert(0, max(rows) + 1)

    read(range(limit))
    read_all(12)
    change()
    read(range(limit))
    assert read_all(0) <= 3, "not all that is older"
    assert coverage.since(moment).is_complete
    assert stayed <= seen
