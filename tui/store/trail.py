"""The way back: the places where the user was before each step that led elsewhere, and those gone back from."""

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from tui.store.filter.list_filter import ListFilter
    from tui.store.saved.place import Place

MOST_PLACES = 500
"""Places that are kept in each direction; those that are furthest away go first."""

P = TypeVar("P")
"""A place: whatever can be compared and gone to."""


class Aside(NamedTuple):
    """A conversation that stands in no list, as it was left for the first one of the list."""

    ahead_id: str
    """The conversation that was gone on to."""
    place: "Place"

    def is_before(self, conversation_id: str | None, query: "ListFilter") -> bool:
        """Whether the one before this conversation, in the list of this filter, is the one that stands in none."""
        return conversation_id == self.ahead_id and query == self.place.query


class Trail(Generic[P]):
    """Places behind and ahead of the one where the user is, which is no part of it and is told with each step.

    With that place between them no two neighbours are equal.
    """

    def __init__(self, most: int = MOST_PLACES) -> None:
        self._most = most
        self._behind: list[P] = []
        self._ahead: list[P] = []

    def leave(self, here: P) -> None:
        """The user goes elsewhere from here; what was ahead is no longer."""
        self._ahead.clear()
        self._put(self._behind, here)

    def back(self, here: P) -> P | None:
        """The place before this one, which is ahead from there; None where there is none."""
        return self._step(self._behind, here, self._ahead)

    def forward(self, here: P) -> P | None:
        """The place that was gone back from; None where there is none."""
        return self._step(self._ahead, here, self._behind)

    def _step(self, source: list[P], here: P, target: list[P]) -> P | None:
        while source and source[-1] == here:
            source.pop()  # the step from there led nowhere
        if not source:
            return None
        self._put(target, here)
        return source.pop()

    def _put(self, places: list[P], place: P) -> None:
        if not places or places[-1] != place:
            places.append(place)
            del places[: -self._most]
