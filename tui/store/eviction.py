"""Keeps the list within its memory: first far histories go, then far rows; both are fetched again when looked at."""

from tui.store.placing import Places

BUDGET = 48 * 1024 * 1024
"""Bytes of rows and undecoded histories that are kept at most."""

_AIM = 3 / 4
"""What an eviction leaves, as a part of the budget, so that not every page makes one."""


def evict(places: Places, center: int, budget: int = BUDGET) -> None:
    """Bring the cost under the budget, farthest from the index `center` first."""
    if places.cost <= budget:
        return
    farthest_first = sorted(places, key=lambda index: -abs(index - center))
    aim = int(budget * _AIM)
    for index in farthest_first:
        if places.cost <= aim:
            return
        places.drop_history(index)
    for index in farthest_first:
        if places.cost <= aim:
            return
        places.drop([index])
