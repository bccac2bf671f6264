"""What is said in place of rows, and beside them: loading, nothing there, and what went wrong with what to do next."""

from typing import TYPE_CHECKING

from msgspec import Struct

from tui.api.errors import ApiError, BadRequest, Forbidden, NoProject, NotFound, Unauthorized, Unreachable
from tui.api.retry import Retrying
from tui.config.settings import Connection
from tui.store.filter.list_filter import ListFilter
from tui.store.listing.request import Failure
from tui.store.listing.window import ConversationWindow
from tui.terminal.text.clean import clean_line
from tui.views.listing.advice import IN_THE_LIST, WHOLE_KEY, Keys, hint
from tui.views.listing.chips import filter_words
from tui.views.listing.found import coverage_line, nothing_found
from tui.views.listing.waiting import transfer_words
from tui.views.text.format import plural, thousands
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import wrap_spans

if TYPE_CHECKING:
    from tui.store.reading_on import FoundRows

_DETAIL_LIMIT = 300
_BANNER_LIMIT = 80
_LONG_WAIT = 5
"""Seconds before a repetition from which on it is said that nobody has to wait for it."""


class ListState(Struct, frozen=True):
    """All that the words about a list depend on."""

    window: ConversationWindow
    query: ListFilter
    connection: Connection
    retrying: Retrying | None = None
    seeks_token: bool = False
    """Whether requests wait for a token that is accepted."""
    told: int | None = None
    """The total that a look for new conversations was told last."""
    look_failed: ApiError | None = None
    keys: Keys = IN_THE_LIST
    found: "FoundRows | None" = None
    """What is to be said of a list that facts make."""
    rows: int | None = None
    """How many rows the screen has to show, those included that are kept there for the cursor alone."""

    @property
    def has_rows(self) -> bool:
        """Whether anything is known of the list, be it from an earlier run."""
        return self.window.count is not None or (self.found is not None and self.found.known > 0)


def notice(state: ListState) -> list[Line]:
    """The paragraphs that stand in place of rows while there are none; none when there are rows."""
    window, found = state.window, state.found
    if state.rows:
        return []
    if found is not None and (window.count or (window.count is None and found.known)):
        return [] if found.matching else nothing_found(found, state.keys) or _empty_spans(state.query, state.keys)
    if window.count:
        return []
    if window.failure is not None:
        return _failure_spans(window.failure.error, state)
    if window.count is None:
        return _loading_spans(state)
    if window.withheld:
        return _withheld_spans(window.withheld, state.keys)
    return _empty_spans(state.query, state.keys)


def _loading_spans(state: ListState) -> list[list[Span]]:
    lines = [[Span("Loading conversations…", "muted")]]
    if state.retrying is not None:
        lines.append([Span(retrying_words(state.retrying, state.keys), "warning")])
    elif words := waiting_words(state):
        lines.append([Span(words, "warning")])
    return lines


def _withheld_spans(told: int, keys: Keys) -> list[list[Span]]:
    return [
        [Span("The server sent no conversation", "failed")],
        [Span(f"It counts {plural(told, 'conversation')} here, and its first page holds none of them.", "text")],
        [Span(f"Press {keys.again} to ask again. If it stays so, whoever runs the service should know.", "muted")],
    ]


def _empty_spans(query: ListFilter, keys: Keys) -> list[list[Span]]:
    if query.is_empty:
        words = f"This project has none that you may see. Press {keys.again} to look again, "
        return [
            [Span("No conversations yet", "text strong")],
            [Span(f"{words}{keys.lead}a to include archived ones.", "muted")],
        ]
    lines = [
        [Span("No conversation matches the filter", "text strong")],
        [Span(filter_words(query), "tag")],
        [Span(f"Press {keys.lead}c to clear the filter, or {keys.lead}⌫ to take its last part away.", "muted")],
    ]
    server = query.server
    if server.matches_nothing:
        lines.append([Span("Tags and “untagged only” together match nothing, so the server was not asked.", "warning")])
    if not server.archived:
        lines.append([Span(f"Archived conversations are not searched: {keys.lead}a includes them.", "muted")])
    return lines


def _failure_spans(error: ApiError, state: ListState) -> list[list[Span]]:
    connection = state.connection
    lines = [[Span(error.title, "failed")]]
    if error.detail:
        status = f"{error.status}: " if error.status is not None else ""
        lines.append([Span(f"{status}{clean_line(error.detail, _DETAIL_LIMIT)}", "text")])
        if len(error.detail) > _DETAIL_LIMIT and not state.keys.lead:
            lines.append([Span(f"{WHOLE_KEY} shows all of it.", "muted")])
    elif error.status is not None:
        lines.append([Span(f"The server answered with status {error.status}.", "text")])
    lines.append([Span(hint(error, connection, state.query, state.keys), "muted")])
    if isinstance(error, NotFound | Unauthorized | Forbidden):
        lines.append([Span(f"Asked: {clean_line(connection.base_url)}, project {connection.project_id}", "muted")])
    elif isinstance(error, Unreachable):
        lines.append([Span(f"Asked: {clean_line(connection.base_url.partition('://')[2].partition('/')[0])}", "muted")])
    return lines


def waiting_words(state: ListState) -> str:
    """What takes so long: an answer that was too large, or one that does not come; nothing where all is well."""
    window = state.window
    if state.seeks_token:
        return "Waiting for a token that is accepted."
    if window.fewer is not None:
        return f"The answer is too large: asking for fewer, {plural(window.fewer, 'conversation')} at once."
    return transfer_words(window.transfer, state.keys.again) if window.transfer is not None else ""


def retrying_words(retrying: Retrying, keys: Keys = IN_THE_LIST) -> str:
    """That a request is sent again, and when."""
    when = f"in {max(1, round(retrying.seconds))} s" if retrying.seconds > 0 else "now"
    key = f" {keys.again} tries now." if retrying.seconds >= _LONG_WAIT else ""
    said = f": {clean_line(retrying.detail, _BANNER_LIMIT).rstrip('.')}" if retrying.detail else ""
    return f"{retrying.reason}{said}. Trying again {when} (try {retrying.attempt} of 4).{key}"


def failure_words(failure: Failure) -> str:
    """A page that did not come, in one line."""
    if isinstance(failure.error, NoProject):
        return error_words(failure.error)
    return f"{rows_words(failure)}: {error_words(failure.error)}"


def tags_words(error: ApiError, keys: Keys) -> str:
    """Why the service told no tags, and which key asks again."""
    status = f" ({error.status})" if error.status is not None else ""
    return f"{error.title}{status}; {keys.again} asks again."


def rows_words(failure: Failure) -> str:
    """Which rows did not come."""
    first, last = failure.request.rows.start + 1, failure.request.rows.stop
    return f"Rows {thousands(first)}–{thousands(last)}" if first < last else f"Row {thousands(last)}"


def error_words(error: ApiError) -> str:
    """What went wrong, in one line."""
    said = f": {clean_line(error.detail, _BANNER_LIMIT)}" if error.detail else ""
    status = f" ({error.status})" if error.status is not None else ""
    return f"{error.title}{status}{said}"


def _failed(words: str, error: ApiError, state: ListState) -> Line:
    """What went wrong, and at the end, which is never cut off, what to press."""
    keys = f" · {state.keys.again} tries again"
    if isinstance(error, BadRequest) and not state.query.is_empty:
        keys += f", {state.keys.lead}c clears the filter"
    if error.detail and not state.keys.lead:
        keys += f", {WHOLE_KEY} shows all"
    return [Span("✕ ", "failed"), Span(words, "text"), Span(keys, "text")]


def banner_line(state: ListState) -> Line:
    """One line below the rows when something is to be known about them; empty when not."""
    if state.retrying is not None and state.has_rows:
        return [Span(retrying_words(state.retrying, state.keys), "warning")]
    if state.window.failure is not None and state.has_rows:
        failure = state.window.failure
        return _failed(failure_words(failure), failure.error, state)
    if state.has_rows and (words := waiting_words(state)):
        return [Span(words, "warning")]
    if state.window.keeps_changing:
        return [Span(f"The list keeps changing · {state.keys.again} looks again", "warning")]
    if state.rows and state.found is not None and state.found.is_complete and not state.found.matching:
        return [Span("None matches any more; this one stays as long as the cursor is on it", "text")]
    if state.found is not None and (line := coverage_line(state.found, state.keys)):
        return line
    new = state.window.new_at_top
    if new:
        return [Span(f"{thousands(new)} new at the top · {state.keys.again} to load", "accent")]
    return _watch_line(state)


def _watch_line(state: ListState) -> Line:
    """What a look for new conversations has found; nothing when all is as it was."""
    if state.look_failed is not None:
        whole = f" · {WHOLE_KEY} shows all" if not state.keys.lead else ""
        words = f"The last look for new ones failed: {error_words(state.look_failed)}"
        return [Span(words, "warning"), Span(whole, "text")]
    before = state.window.told
    if state.told is None or before is None or state.told == before:
        return []
    more = state.told - before
    words = f"{thousands(more)} new" if more > 0 else f"{thousands(-more)} fewer now"
    return [Span(f"{words} · {state.keys.again} to load", "accent")]


def switching_line(state: ListState) -> Line:
    """One line below the rows of the filter before, until the new filter's first answer."""
    if state.window.failure is not None:
        error = state.window.failure.error
        return _failed(f"The filter was not applied. {error_words(error)}", error, state)
    if state.retrying is not None:
        return [Span(retrying_words(state.retrying, state.keys), "warning")]
    if words := waiting_words(state):
        return [Span(words, "warning")]
    return [Span("Filtering… these are still the rows of the filter before", "muted")]


def notice_lines(paragraphs: list[Line], width: int) -> list[Line]:
    """A notice as lines of at most `width` cells, the first of them empty."""
    return [[], *(line for paragraph in paragraphs for line in wrap_spans(paragraph, max(4, width)))]
