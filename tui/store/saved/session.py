"""What is remembered of a project between two starts: saved filters, searched texts, and the place."""

from collections.abc import Callable

from tui.config.settings import AskedFilter, Settings
from tui.store.filter.list_filter import ListFilter, filter_of
from tui.store.saved.place import Place, place_from
from tui.store.saved.saved_filters import SavedFilters, saved_filters_from
from tui.store.saved.saver import Saver
from tui.store.saved.state_file import Content, StateFile
from tui.store.saved.text_history import history_from, remember

_BEFORE = 13
"""Rows that are asked for before the remembered one: it may become the last one in view."""

_FILTERS, _TEXTS, _PLACE, _LOOK = "filters", "texts", "place", "look"


class Session:
    """Owns the state of one profile and project; without a file it remembers nothing beyond this run."""

    def __init__(self, file: StateFile | None = None) -> None:
        self._listener: Callable[[str], None] | None = None
        self._unsaid: list[str] = []
        content: Content = {}
        if file is not None:
            content, notice = file.read()
            if notice:
                self._unsaid.append(notice)
        self._saver = Saver(file, self.tell) if file is not None else None
        self._filters = saved_filters_from(content.get(_FILTERS))
        self._texts = history_from(content.get(_TEXTS))
        self.place = place_from(content.get(_PLACE))
        """Where the last run was; None at the very first start."""
        self.last_read: tuple[str, int] | None = None
        """The conversation and turn that were read last in this run."""
        self.look = look if isinstance(look := content.get(_LOOK), str) else ""
        """What the terminal's background was: "dark", "light", or nothing where it never told."""

    @property
    def filters(self) -> SavedFilters:
        """The saved filters."""
        return self._filters

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that were searched for, the newest last."""
        return self._texts

    def listen(self, listener: Callable[[str], None]) -> None:
        """Tell what went wrong from here on, and what has gone wrong so far; called from any thread."""
        self._listener = listener
        unsaid, self._unsaid = self._unsaid, []
        for words in unsaid:
            listener(words)

    def tell(self, words: str) -> None:
        """What is remembered could not be read or written: say so, now or once somebody listens; from any thread."""
        if self._listener is None:
            self._unsaid.append(words)
        else:
            self._listener(words)

    def change_filters(self, change: Callable[[SavedFilters], SavedFilters]) -> None:
        """Save, rename or delete a filter, here and in what other instances have saved meanwhile."""
        self._filters = change(self._filters)

        def write(content: Content) -> None:
            content[_FILTERS] = change(saved_filters_from(content.get(_FILTERS))).content()

        self._add(write)

    def remember_text(self, text: str) -> None:
        """Take note of a text that was searched for."""
        texts = remember(self._texts, text)
        if texts == self._texts:
            return
        self._texts = texts

        def write(content: Content) -> None:
            content[_TEXTS] = list(remember(history_from(content.get(_TEXTS)), text))

        self._add(write)

    def remember_place(self, place: Place, *, turn: int = 0) -> None:
        """Take note of where the user is; nothing is written when that has not changed."""
        self.last_read = (place.reading.conversation_id, turn) if place.reading.conversation_id else None
        if place != self.place:
            self.place = place
            self._set(_PLACE, place.content())

    def remember_look(self, look: str) -> None:
        """Take note of the terminal's background."""
        if look != self.look:
            self.look = look
            self._set(_LOOK, look)

    def begin(self, settings: Settings) -> ListFilter:
        """The filter to start with: what was asked for, else that of the last run, else the default one.

        Raises:
            UnreadableLine: what was asked for cannot be read.
        """
        if settings.fresh:
            self.place = None
        if any(settings.asked) or settings.open_id is not None:
            asked = asked_filter(settings.asked)
            if self.place is not None and asked != self.place.query:
                self.place = Place(query=asked, arrangement=self.place.arrangement)
            return asked
        if self.place is not None:
            return self.place.query
        default = self._filters.default_entry
        return default.query if default is not None else ListFilter()

    def first_row(self, settings: Settings) -> int:
        """The row from which on the list is asked for first, so that what is remembered is among its rows."""
        place = self.goal(settings)
        if place is None or place.query.rest or place.arrangement.sort:
            return 0  # a row of a list that is made here is another one of the server's
        return max(0, place.index - _BEFORE)

    def goal(self, settings: Settings) -> Place | None:
        """The place whose conversation a start goes back to; None where it begins elsewhere."""
        place = self.place
        return place if settings.open_id is None and place is not None and place.conversation_id else None

    def close(self, seconds: float = 1.0) -> None:
        """Write what is not yet written; a stuck disk is not waited for."""
        if self._saver is not None:
            self._saver.flush(seconds)

    def _add(self, change: Callable[[Content], None]) -> None:
        if self._saver is not None:
            self._saver.add(change)

    def _set(self, name: str, value: object) -> None:
        if self._saver is not None:
            self._saver.set(name, lambda content: content.__setitem__(name, value))


def asked_filter(asked: AskedFilter) -> ListFilter:
    """The filter that a command line asks for.

    Raises:
        UnreadableLine: its line cannot be read.
    """
    found = ListFilter(asked.text or "", asked.tags, asked.untagged, asked.archived)
    return found.joined(filter_of(asked.line)) if asked.line else found
