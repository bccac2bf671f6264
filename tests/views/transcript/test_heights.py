from hypothesis import given
from hypothesis import strategies as st

from tui.views.transcript.heights import Heights

_heights = st.lists(st.integers(0, 9), max_size=60)


@given(_heights, _heights, st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9)), max_size=30))
def test_sums_and_places_agree_with_a_plain_list(
    first: list[int], more: list[int], changes: list[tuple[int, int]]
) -> None:
    heights, naive = Heights(first), [*first, *more]
    for value in more:
        heights.append(value)
    for index, value in changes:
        if naive:
            heights.set(index % len(naive), value)
            naive[index % len(naive)] = value
    assert heights.total == sum(naive)
    assert [heights.before(index) for index in range(len(naive) + 1)] == [
        sum(naive[:index]) for index in range(len(naive) + 1)
    ]
    lines = [(index, line) for index, height in enumerate(naive) for line in range(height)]
    assert [heights.find(number) for number in range(len(lines))] == lines
