"""Conversations that alone can match: a filter asks what is told beside the facts, and that names them by their ids."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from tui.api.errors import BadRequest, Forbidden, NotFound
from tui.api.page import Page, Record
from tui.store.facts.coverage import Coverage
from tui.store.facts.schema import BESIDE, BesideValue
from tui.store.filter.division import Division
from tui.store.filter.expression import All, AnyOf, Node, Term
from tui.store.filter.patterns import fits
from tui.store.told_beside import ToldBeside

Fetch = Callable[[str], Awaitable[Record]]

_MOST = 500
"""Conversations that are asked for one by one; where there are more, pages of the list come sooner."""

_ASKED = {
    "verdict": ("opinions", "label"),
    "by-reviewer": ("opinions", "reviewer"),
    "feedback": ("feedback", "word"),
}
"""The table, and the column of it, that a term compares."""

_TOLD = {"reviewed": ("opinions", "label"), "flagged": ("opinions", "flagged"), "note": ("opinions", "note")}
"""The same of terms that fit none of which that column has nothing."""


def _named(node: Node, beside: ToldBeside) -> list[str] | None:
    match node:
        case Term(value=False):
            return None
        case Term(name=name, value=value) if name in _ASKED:
            table, column = _ASKED[name]
            return _told(table, column, beside, lambda told: fits(value, str(told or "")))
        case Term(name=name) if name in _TOLD:
            return _told(*_TOLD[name], beside, bool)
        case AnyOf(inner=inner):
            every = [_named(one, beside) for one in inner]
            known = [ids for ids in every if ids is not None]
            return list(dict.fromkeys(one for ids in known for one in ids)) if len(known) == len(every) else None
        case All(inner=inner):
            several = [ids for one in inner if (ids := _named(one, beside)) is not None]
            in_all = set(several[0]).intersection(*several[1:]) if several else set[str]()
            return [one for one in several[0] if one in in_all] if several else None
        case _:
            return None


def _told(table: str, column: str, beside: ToldBeside, is_it: Callable[[BesideValue], bool]) -> list[str] | None:
    place = BESIDE[table].index(column) - len(BESIDE[table])
    return beside.named(table, lambda row: is_it(row[place]))


class NamedConversations:
    """What has passed by of them, as if they were a list of the server with one row a page."""

    def __init__(self, ids: Sequence[str], fetch: Fetch, passed: set[str], like: Coverage) -> None:
        """`fetch` takes note of what it brings, `passed` of which came; they weigh about as much as those of `like`."""
        self.ids = tuple(ids)
        missing = [range(place, place + 1) for place, one in enumerate(self.ids) if one not in passed]
        self.coverage = Coverage(len(self.ids), missing, size=like.size, sized=like.sized)
        self._fetch = fetch
        self._passed = passed

    async def page(self, _limit: int, offset: int) -> Page:
        """The conversation at this place; one that is not there, or not for the user to see, matches nothing.

        Raises:
            ApiError: it did not come.
        """
        records: tuple[Record, ...] = ()
        if self.ids:
            with suppress(NotFound, Forbidden, BadRequest):
                records = (await self._fetch(self.ids[offset]),)
            self._passed.add(self.ids[offset])
        page = Page(len(self.ids), records)
        self.coverage.take(offset, 1, min(1, len(self.ids)), page.size, len(self.ids))
        return page


def named_by(
    division: Division, beside: ToldBeside, fetch: Fetch, passed: set[str], listed: Coverage
) -> NamedConversations | None:
    """All that may match, in the order in which they were told; None where others may match, too.

    None as well where the list tells sooner: `listed` of it has passed by.
    """
    ids = _named(division.here, beside) if not (division.server.text or listed.is_complete) else None
    return NamedConversations(ids, fetch, passed, listed) if ids is not None and len(ids) <= _MOST else None
