"""A page that is asked for, and one that did not come."""

from dataclasses import dataclass

from tui.api.errors import ApiError


@dataclass(frozen=True, slots=True)
class Request:
    """A page under way; `again` where all of it is known and only checked."""

    offset: int
    limit: int
    again: bool = False

    @property
    def rows(self) -> range:
        """The indexes it asks for."""
        return range(self.offset, self.offset + self.limit)

    def touches(self, first: int, last: int) -> bool:
        """Whether it asks for any of the rows from first to last."""
        return self.offset <= last and first < self.offset + self.limit


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that did not come; it is asked for again on request only."""

    request: Request
    error: ApiError
