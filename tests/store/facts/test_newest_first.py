"""Where a list is newest first, what is read shows from which row on all are older than a moment."""

from hypothesis import given
from hypothesis import strategies as st

from tui.store.facts.newest_first import NewestFirst

TIMES = st.lists(st.none() | st.integers(0, 30).map(float), max_size=40)


@given(TIMES | TIMES.map(lambda times: sorted(filter(None, times), reverse=True)), st.data())
def test_no_row_that_is_wanted_lies_behind_the_end_of_a_list_that_is_newest_first(
    times: list[float | None], data: st.DataObject
) -> None:
    order, moment = NewestFirst(), float(data.draw(st.integers(0, 31)))
    size = data.draw(st.integers(1, 9))
    for start in data.draw(st.permutations(range(0, len(times), size))):
        order.take(start, times[start : start + size])
    end, plain = order.end(moment), [time for time in times if time is not None]
    is_ordered = len(plain) == len(times) and plain == sorted(plain, reverse=True)
    if not is_ordered:
        assert end is None
    elif plain and plain[-1] < moment:
        assert end is not None
        assert all(time < moment for time in plain[end:])
        assert end - sum(time >= moment for time in plain) <= size, "not a page more than is needed"
    else:
        assert end is None


def test_rows_that_were_known_say_nothing_new_and_rows_that_moved_are_known_where_they_are() -> None:
    order = NewestFirst()
    order.take(0, [9.0, 8.0])
    order.take(0, [9.0, 8.0, 3.0])
    assert order.end(5.0) == 3
    order.grow(2)
    assert order.end(5.0) == 5
    order.take(0, [11.0, 10.0, 9.0])
    order.take(4, [3.0, 2.0])
    assert order.end(3.0) == 6
    order.take(1, [10.0, 10.5])
    assert order.end(5.0) is None
    assert order.end(5.0) is None
