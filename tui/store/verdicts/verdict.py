"""A verdict as plain values: on what, which, why, by whom, and of which version of the conversation."""

from datetime import UTC, datetime
from typing import NamedTuple


class Subject(NamedTuple):
    """What is judged: a conversation, or one turn of it."""

    conversation: str
    query_id: int | None = None
    """The turn, as the API counts it; None for the whole conversation."""


class Opinion(NamedTuple):
    """What a reviewer says of a subject; all of it empty is no opinion at all."""

    label: str = ""
    reasons: tuple[str, ...] = ()
    note: str = ""
    flagged: bool = False


class Evidence(NamedTuple):
    """Where in the conversation it shows, as the reviewer saw it: for reports, which cannot look."""

    turn: int = 0
    """The number of the turn; 0 where none is meant, or it is not known."""
    failed: str = ""
    """The first failed call of what is judged, in words."""


NO_EVIDENCE = Evidence()


class Verdict(NamedTuple):
    """One line of the file: an opinion, and what it was formed on."""

    id: str
    project: str
    subject: Subject
    opinion: Opinion
    reviewer: str
    at: datetime
    """With its zone; later than that of each line of this reviewer that was known then, whatever the clock says."""
    updated_at: str = ""
    """When the conversation, as the reviewer saw it, was changed last; as the API writes it, empty where unknown."""
    filter: str = ""
    """The line for finding under which it was judged."""
    evidence: Evidence = NO_EVIDENCE

    def is_of_another_version(self, updated_at: str) -> bool:
        """Whether the conversation has changed since it was judged; unknown is no change."""
        return bool(self.updated_at and updated_at) and self.updated_at != updated_at


def version_of(updated_at: datetime | None) -> str:
    """The moment of a conversation's last change in one form, whatever it was read from; empty where unknown."""
    return updated_at.astimezone(UTC).isoformat(timespec="milliseconds") if updated_at is not None else ""


class Undo(NamedTuple):
    """One line of the file: another line does not count any more."""

    id: str
    project: str
    undoes: str
    """The id of the other line."""
    reviewer: str
    at: datetime


Line = Verdict | Undo
