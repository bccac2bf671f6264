"""The line of the filter: what is typed in it, what that means, and what is wrong with it."""

from collections.abc import Callable, Sequence

from textual.widgets import Input, Label

from tui.store.filter.completion import Completion, asks_of_calls, completion, may_become_term
from tui.store.filter.list_filter import ListFilter, filter_of
from tui.store.filter.scanner import UnreadableLine
from tui.terminal.text.clean import clean_line
from tui.widgets.inputs.history_input import HistoryInput
from tui.widgets.inputs.line_signs import LineSigns

_SAYS_LIMIT = 200

_HINT = "words tag:x failed:>0  since:7d  F1: all terms"


class FilterLine:
    """An input, and a label below it, blank but where something is to be said: nothing else moves for a short word."""

    def __init__(self, query: ListFilter, begun: Callable[[bool], object]) -> None:
        """`begun` is called where the keys come to the line, so that values can be offered; whether those of calls."""
        self._begun = begun
        self._signs = LineSigns()
        self._seen: dict[str, tuple[str, ...]] = {}
        self._of_calls = False
        """Whether the values of calls are wanted, too."""
        self._refused = ""
        """A line that could not be read when Enter was pressed."""
        self.input = HistoryInput(
            _HINT, id="filter-text", signs=self._signs, complete=self._complete, typed=self._typed
        )
        self.input.value = query.line
        self.says = Label("", id="filter-says", markup=False)
        self._said = ""
        self._told: list[ListFilter] = []
        """What it was read as and told, and is to be shown for that reason."""

    @property
    def text(self) -> str:
        """What is typed."""
        return self.input.value.strip()

    @property
    def may_go_on(self) -> bool:
        """Whether the last word may still become a term, so that it is too early to search for it."""
        return may_become_term(self.input.value)

    def go_on(self) -> None:
        """Put the cursor where another word begins, behind all that is there."""
        line = self.input
        if self.text and not line.value.endswith(" "):
            with line.prevent(Input.Changed):
                line.value += " "
        line.cursor_position = len(line.value)

    def show(self, query: ListFilter) -> None:
        """Show this filter; a line that means the same stays as it was typed, and so does what was typed since it."""
        place = next((place for place, told in enumerate(self._told) if told is query), None)
        self._told = self._told[place + 1 :] if place is not None else []
        if place is None and self._read() != query:
            with self.input.prevent(Input.Changed):
                self.input.value = query.line
            self._say(None)

    def offer_values(self, term: str, values: Sequence[str]) -> None:
        """Values of a term that were seen, for completion; in a line to type in nothing stands that is not seen."""
        self._seen[term] = tuple(value for value in values if clean_line(value) == value)

    def at_once(self, present: ListFilter) -> ListFilter | None:
        """The filter, where it differs from the present one in what is checked here alone; else None."""
        self._refused = ""
        self._hint(is_typed=True)
        if not self._of_calls and asks_of_calls(self.text):
            self._of_calls = True
            self._begun(True)
        query = self._read()
        if isinstance(query, UnreadableLine) or query.rest == present.rest or query.server != present.server:
            return None
        self._told.append(query)
        return query

    def meaning(self) -> ListFilter | None:
        """The filter that is typed; None where it cannot be read, and that is said."""
        query = self._read()
        if isinstance(query, UnreadableLine):
            self._say(query)
            return None
        self._say(None)
        self._told.append(query)
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
        self._write("\n".join(clean_line(one, _SAYS_LIMIT) for one in words if one), is_mistake=error is not None)
        mistake = error.column if error is not None else None
        if self._signs.mistake != mistake:
            self._signs.mistake = mistake
            self.input.refresh()

    def _typed(self, is_typed: bool) -> None:
        self._hint(is_typed=is_typed)
        if is_typed:
            self._begun(self._of_calls)

    def _hint(self, *, is_typed: bool) -> None:
        """Where the keys go to the line and it is empty, say below it what of its hint has no room in it."""
        is_empty = is_typed and not self.text
        more = _beyond(_HINT, self.input.size.width) if is_empty else ""
        if (more or self._said) and (is_empty or self._signs.mistake is None):
            self._say(None)
            self._write(more, is_mistake=False)

    def _write(self, words: str, *, is_mistake: bool) -> None:
        if words != self._said:
            self._said = words
            self.says.update(words)
            self.says.set_class(is_mistake, "-mistake")

    def _complete(self, line: str, cursor: int) -> Completion:
        return completion(line, cursor, lambda term: self._seen.get(term, ()))


def _beyond(hint: str, width: int) -> str:
    """The parts of a hint that do not fit into so many cells, in one line."""
    parts = hint.split("  ")
    while parts and len("  ".join(parts)) > width:
        parts.pop()
    return " ".join(hint[len("  ".join(parts)) :].split())
