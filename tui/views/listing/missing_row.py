"""What is said beside a row of the list that holds no conversation to read."""

from tui.store.filter.list_filter import ListFilter
from tui.store.listing.known import Rows
from tui.store.listing.rows import RepeatedRow, UnreadableRow
from tui.terminal.text.clean import clean_line
from tui.views.listing.advice import Keys
from tui.views.text.format import thousands
from tui.views.text.ink import Span

_NAME_LIMIT = 200
_RAW_SHOWN = 2_000
"""Characters of what cannot be read that are shown."""


def missing_row(window: Rows, index: int, keys: Keys, *, is_fetched: bool = True) -> list[Span]:
    """Why there is nothing to read at this row, in paragraphs; `is_fetched` says whether the list still is."""
    row, place = window.row(index), f"Row {thousands(index + 1)}"
    if isinstance(row, UnreadableRow):
        raw = row.record.raw
        begin = clean_line(raw[: 2 * _RAW_SHOWN].decode("utf-8", "replace"), _RAW_SHOWN)
        return [
            Span(f"{place} cannot be read", "failed"),
            Span(clean_line(row.record.reason, _NAME_LIMIT), "muted"),
            Span(begin, "text"),
        ]
    if isinstance(row, RepeatedRow):
        elsewhere = window.index_of(row.conversation.id)
        where = "" if elsewhere is None else f" It stands in row {thousands(elsewhere + 1)}."
        name = clean_line(row.conversation.name or row.conversation.id, _NAME_LIMIT)
        return [Span(f"{place} was sent twice by the server", "warning"), Span(f"The conversation is {name}.{where}")]
    if (error := window.failure_of(index)) is not None:
        said = f": {clean_line(error.detail, _NAME_LIMIT)}" if error.detail else ""
        words = f"{place} did not come; {keys.again} tries again."
        return [Span(words, "muted"), Span(f"{error.title}{said}", "muted")]
    if not is_fetched:
        return [Span(f"{place} is not here, and is fetched no more: it is of the filter before.", "muted")]
    return [Span(f"{place} is on its way …", "muted")]


def no_row(query: ListFilter, *, withheld: int) -> Span:
    """Why there is nothing to read where the list has no row; `withheld` are those that the server only counts."""
    words = "No conversation yet" if query.is_empty else "No conversation matches the filter"
    words = "No conversation came" if withheld else words
    return Span(f"{words}, so there is none to read.", "muted")
