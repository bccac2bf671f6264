"""The line of the filter: what is typed in it, what that means, and what is wrong with it."""

from collections.abc import Sequence

from textual.widgets import Input, Label

from tui.store.filter.completion import Completion, completion, may_become_term
from tui.store.filter.list_filter import ListFilter, filter_of
from tui.store.filter.scanner import UnreadableLine
from tui.terminal.text.clean import clean_line
from tui.widgets.inputs.history_input import HistoryInput
from tui.widgets.inputs.line_signs import LineSigns

_SAYS_LIMIT = 200


class FilterLine:
    """An input, and a label below it that is there while the line cannot be read."""

    def __init__(self, query: ListFilter) -> None:
        self._signs = LineSigns()
        self._seen: dict[str, tuple[str, ...]] = {}
        self._refused = ""
        """A line that could not be read when Enter was pressed."""
        self.input = HistoryInput("words tag:x failed:>0", id="filter-text", signs=self._signs, complete=self._complete)
        self.input.value = query.line
        self.says = Label("", id="filter-says", markup=False)
        self.says.display = False

    @property
    def text(self) -> str:
        """What is typed."""
        return self.input.value.strip()

    @property
    def may_go_on(self) -> bool:
        """Whether the last word may still become a term, so that it is too early to search for it."""
        return may_become_term(self.input.value)

    def show(self, query: ListFilter) -> None:
        """Show this filter; a line that means the same stays as it was typed."""
        if self._read() != query:
            with self.input.prevent(Input.Changed):
                self.input.value = query.line
            self._say(None)

    def offer_values(self, term: str, values: Sequence[str]) -> None:
        """Values of a term that were seen, for completion; in a line to type in nothing stands that is not seen."""
        self._seen[term] = tuple(value for value in values if clean_line(value) == value)

    def at_once(self, present: ListFilter) -> ListFilter | None:
        """The filter, where it differs from the present one in what is checked here alone; else None."""
        self._refused = ""
        query = self._read()
        if isinstance(query, UnreadableLine) or query.rest == present.rest or query.server != present.server:
            return None
        return query

    def meaning(self) -> ListFilter | None:
        """The filter that is typed; None where it cannot be read, and that is said."""
        query = self._read()
        if isinstance(query, UnreadableLine):
            self._say(query)
            return None
        self._say(None)
        return query

    def submitted(self) -> ListFilter | None:
        """The filter on Enter; a line that cannot be read is searched as it stands at the second time."""
        query = self.meaning()
        if query is None and self._refused == self.text:
            self._say(None)
            query = ListFilter(text=" ".join(self.text.split()))
        self._refused = self.text if query is None else ""
        return query

    def _read(self) -> ListFilter | UnreadableLine:
        try:
            return filter_of(self.text)
        except UnreadableLine as error:
            return error

    def _say(self, error: UnreadableLine | None) -> None:
        """Say below the line what is wrong with it, and mark the place."""
        words = [error.title, error.hint, "Enter twice searches it as it stands"] if error is not None else []
        self.says.update("\n".join(clean_line(one, _SAYS_LIMIT) for one in words if one))
        self.says.display = error is not None
        mistake = error.column if error is not None else None
        if self._signs.mistake != mistake:
            self._signs.mistake = mistake
            self.input.refresh()

    def _complete(self, line: str, cursor: int) -> Completion:
        return completion(line, cursor, lambda term: self._seen.get(term, ()))
