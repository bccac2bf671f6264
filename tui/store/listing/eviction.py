"""Keeps the list within its memory; what is let go is fetched again when it is looked at.

Far histories go first, then far rows, and only then, where single conversations are very heavy, those nearby.
"""

from tui.store.listing.sparse_rows import Places

BUDGET = 26 * 1024 * 1024
"""Bytes of rows and undecoded histories that are kept at most."""

_AIM = 3 / 4
"""What an eviction leaves, as a part of the budget, so that not every page makes one."""

_NEAR = 100
"""Rows from the middle of the screen that count as near."""


def evict(places: Places, center: int, budget: int = BUDGET) -> None:
    """Bring the cost under the budget, farthest from the index `center` first."""
    if places.cost <= budget:
        return
    farthest_first = sorted(places, key=lambda index: -abs(index - center))
    near = [index for index in farthest_first if abs(index - center) <= _NEAR]
    far = farthest_first[: len(farthest_first) - len(near)]
    aim = int(budget * _AIM)
    for indexes in (far, near):
        for let_go in (places.drop_history, places.drop_row):
            for index in indexes:
                if places.cost <= aim:
                    return
                let_go(index)
