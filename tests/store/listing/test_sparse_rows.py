"""Pages put in their places: what the latest answer says stands, and nothing stands twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.listing.table import page_of
from tui.store.listing.eviction import evict
from tui.store.listing.rows import ListedConversation, RepeatedRow, Row, UnreadableRow
from tui.store.listing.sparse_rows import Places

ids = st.sampled_from([None, *(f"c{number}" for number in range(30))])
puts = st.tuples(
    st.integers(0, 60), st.lists(ids, max_size=12), st.none() | st.integers(94, 106), st.booleans(), st.booleans()
)


def told(row: Row | None) -> str | None:
    match row:
        case ListedConversation(conversation=conversation) | RepeatedRow(conversation=conversation):
            return conversation.id
        case _:
            return None


@settings(max_examples=300, deadline=None)
@given(st.lists(puts, max_size=15), st.integers(0, 60), st.integers(0, 100_000))
def test_every_answer_stands_where_it_says_and_the_rest_moves_as_declared(
    answers: list[tuple[int, list[str | None], int | None, bool, bool]], center: int, budget: int
) -> None:
    places, totals = Places(), set[int]()
    for offset, page_ids, total, again, epoch in answers:
        if epoch:
            places.new_epoch()
        before = {index: told(places.get(index)) for index in places}
        shift = places.put(offset, page_of(page_ids, 100), total, again=again)
        moves = {0, *(total - other for other in totals)} if total is not None else {0}
        assert 0 <= shift <= max(moves) or min(moves) <= shift <= 0
        page = range(offset, offset + len(page_ids))
        assert [told(places.get(index)) for index in page] == page_ids
        for index in places:
            if index not in page:
                assert told(places.get(index)) in {before.get(index - move) for move in {shift, *moves}}
        totals |= {total} if total is not None else set()
        check_books(places)
    evict(places, center, budget)
    assert places.cost <= budget
    check_books(places)


def check_books(places: Places) -> None:
    listed = [row.conversation.id for index in places if isinstance(row := places.get(index), ListedConversation)]
    assert len(listed) == len(set(listed))
    cost = 0
    for index in places:
        row = places.get(index)
        assert row is not None
        cost += row.cost
        if isinstance(row, ListedConversation):
            assert places.index_of(row.conversation.id) == index
    assert places.cost == cost
    assert len(places) == len(list(places))
    assert places.last() == max(places, default=-1)


def shown(places: Places, rows: int) -> list[str | None]:
    return [told(places.get(index)) for index in range(rows)]


def test_a_shift_that_the_total_confirms_moves_what_is_older() -> None:
    places = Places()
    places.put(0, page_of(["a", "b", "c"], 10), 10, again=False)
    places.new_epoch()
    assert places.put(3, page_of(["b", "c", "d"], 12), 12, again=False) == 2
    assert shown(places, 6) == [None, None, "a", "b", "c", "d"]


def test_rows_of_different_ages_move_each_by_what_has_come_since() -> None:
    places = Places()
    places.put(2, page_of(["a", "b"], 10), 10, again=False)
    places.put(7, page_of(["f"], 12), 12, again=False)
    assert places.put(7, page_of(["b", "c"], 14), 14, again=False) == 4
    assert shown(places, 10) == [None] * 6 + ["a", "b", "c", "f"]


def test_rows_that_came_in_between_move_what_is_below_them() -> None:
    places = Places()
    places.put(0, page_of(["a", "b", "c", "d"], 10), 10, again=False)
    assert places.put(3, page_of(["c", "d"], 13), 13, again=False) == 1
    assert shown(places, 5) == [None, "a", "b", "c", "d"]


def test_a_record_without_an_id_has_its_place() -> None:
    places = Places()
    places.put(0, page_of([None, "a", None], 3), None, again=False)
    assert isinstance(places.get(0), UnreadableRow)
    assert isinstance(places.get(2), UnreadableRow)
    assert places.index_of("a") == 1


def test_letting_a_history_go_keeps_the_row() -> None:
    places = Places()
    places.put(0, page_of(["a"], 1), None, again=False)
    before = places.cost
    places.drop_history(0)
    row = places.get(0)
    assert isinstance(row, ListedConversation)
    assert row.raw is None
    assert places.cost < before
    places.drop_history(0)
    check_books(places)
