"""The saved filters on a screen of their own: save, apply, rename, delete, order, default, and share."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from tui.screens.keys import keys_of
from tui.screens.painting import paint_parts
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.filter_codec import as_flags
from tui.store.saved.saved_filters import DIGITS, MOST, SavedFilters
from tui.store.saved.session import Session
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.text.clean import clean_line
from tui.views.listing.chips import filter_words
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.lists.cursor_list import CursorList, more_below
from tui.widgets.lists.saved_list import SavedList

_FLAGS_LIMIT = 400
_NAME, _RENAME, _DELETE = "Save this filter", "Rename a saved filter", "Delete a saved filter"
_APPLY = "Saved filters: apply one"
"""What the dialogue is there to do at the time."""


class SavedFiltersScreen(PaintedScreen[ListFilter | None]):
    """Gives back the filter to apply, or None; `changed` is told whenever the saved ones have changed."""

    IS_DIALOGUE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s,n", "name", "save this filter", tooltip="Save the present filter under a name"),
        Binding("r", "rename", "rename"),
        Binding("d,delete", "delete", "delete"),
        Binding("asterisk", "default", "default", key_display="*", tooltip="Start with it when nothing else is asked"),
        Binding("y", "share", "copy as flags", tooltip="Copy it as a line of command-line flags"),
        Binding("K,shift+up", "move(-1)", "Move up", show=False),
        Binding("J,shift+down", "move(1)", "Move down", show=False),
        *(Binding(str(digit), f"apply({digit})", "Apply", show=False, system=True) for digit in range(1, DIGITS + 1)),
        Binding("escape,q", "dismiss", "close"),
    ]

    def __init__(self, session: Session, query: ListFilter, changed: Callable[[], None], begin: str = "") -> None:
        """`begin` is what comes first: `name` saves the present filter, the others act on the one that is in use."""
        super().__init__()
        self._begin = begin
        self._session = session
        self._query = query
        self._changed = changed
        self._renaming: str | None = None
        self._doomed: str | None = None

    def compose(self) -> ComposeResult:
        """The present filter with a line for its name, then the saved ones."""
        with Vertical(id="saved"):
            yield Static(id="saved-present", markup=False)
            yield FilterInput("a name for it, then Enter", id="saved-name")
            yield SavedList(id="saved-entries")
            yield Static(id="saved-flags", markup=False)
            yield KeyBar(id="saved-keys")

    def on_mount(self) -> None:
        """Begin in the list, or with the name where the present filter is to be saved."""
        self._show_title(_DELETE if self._begin == "delete" else _APPLY)
        paint_parts(self)
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        known = [entry.name for entry in self._filters.entries if entry.query == self._query]
        self._show(at=known[0] if known else None)
        self.set_focus(self._entries)  # at once, for keys that come quickly
        begins: dict[str, Callable[[], None]] = {
            "name": self.action_name,
            "rename": self.action_rename,
            "delete": self.action_delete,
            "default": self.action_default,
            "up": partial(self.action_move, -1),
            "down": partial(self.action_move, 1),
        }
        begins.get(self._begin, lambda: None)()

    @property
    def _filters(self) -> SavedFilters:
        return self._session.filters

    @property
    def _entries(self) -> SavedList:
        return self.query_one(SavedList)

    @property
    def _line(self) -> FilterInput:
        return self.query_one("#saved-name", FilterInput)

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_name(self) -> None:
        """Type a name for the present filter."""
        self._renaming = None
        if self._query.is_empty:
            self._say("There is no filter to save: everything is shown.")
            return
        self._type("")

    def action_rename(self) -> None:
        """Type another name for the one under the cursor."""
        self._renaming = self._entries.chosen
        if self._renaming is not None:
            self._type(self._renaming)

    def action_delete(self) -> None:
        """Delete the one under the cursor; the key has to be pressed twice."""
        chosen = self._entries.chosen
        if chosen is None:
            return
        if self._doomed != chosen:
            self._doomed = chosen
            self._say(f"d again deletes {clean_line(chosen)}.")
            return
        self._doomed = None
        self._change(lambda filters: filters.delete(chosen))

    def action_default(self) -> None:
        """Make the one under the cursor the default, or not any more."""
        entry = self._filters.default_entry
        ends = entry is not None and entry.name == self._entries.chosen
        # Not from what the file says: another program may have made it the default meanwhile.
        self._change_chosen(lambda filters, name: filters.start_with(None if ends else name))

    def action_move(self, by: int) -> None:
        """Give the one under the cursor another place, and with it another digit."""
        self._change_chosen(lambda filters, name: filters.move(name, by))

    def action_share(self) -> None:
        """Copy the one under the cursor, or else the present one, as flags."""
        from tui.screens.delivery import copy_out

        copy_out(self, "the flags", self._flags)

    def action_apply(self, digit: int) -> None:
        """Apply the one of that digit."""
        entry = self._filters.at(digit)
        if entry is not None:
            self.dismiss(entry.query)

    # -- what widgets tell -----------------------------------------------------------------------------------------

    @on(SavedList.Applied)
    def _applied(self, event: SavedList.Applied) -> None:
        entry = self._filters.find(event.name)
        if entry is not None:
            self.dismiss(entry.query)

    @on(SavedList.Moved)
    def _moved(self) -> None:
        self._doomed = None
        self._show_flags()

    @on(CursorList.BelowChanged)
    def _below_changed(self) -> None:
        self.query_one("#saved").border_subtitle = more_below(self.query_one(SavedList))

    @on(CursorList.Left)
    def _list_left(self, event: CursorList.Left) -> None:
        if event.direction < 0 and not self._query.is_empty:
            self.action_name()

    @on(FilterInput.Left)
    def _name_left(self) -> None:
        self._stop_typing()

    @on(FilterInput.Submitted)
    def _named(self) -> None:
        name, renamed = self._line.value, self._renaming
        if not name.strip():
            self._stop_typing()
            return
        taken = self._filters.find(name)
        if renamed is not None and taken is not None and taken.name != renamed:
            self._say(f"There is one called {clean_line(taken.name)} already.")
            return
        if renamed is not None:
            self._change(lambda filters: filters.rename(renamed, name))
        else:
            self._change(lambda filters: filters.save(name, self._query))
            if self._filters.find(name) is None:
                self._say(f"Not saved: {MOST} are the most that there can be.")
                return
            self._say(f"{'Replaced' if taken is not None else 'Saved'}: {clean_line(name.strip())}")
        saved = self._filters.find(name)
        self._show(at=saved.name if saved is not None else None)
        self._stop_typing()

    # -- around ----------------------------------------------------------------------------------------------------

    def _change_chosen(self, change: Callable[[SavedFilters, str], SavedFilters]) -> None:
        chosen = self._entries.chosen
        if chosen is not None:
            self._change(lambda filters: change(filters, chosen))
            self._show(at=chosen)

    def _change(self, change: Callable[[SavedFilters], SavedFilters]) -> None:
        self._session.change_filters(change)
        self._changed()
        self._show()

    def _show_title(self, words: str) -> None:
        self.query_one("#saved").border_title = words

    def _type(self, value: str) -> None:
        self._show_title(_NAME if self._renaming is None else _RENAME)
        self._line.display = True
        self._line.value = value
        self._line.cursor_position = len(value)
        self.screen.set_focus(self._line)

    def _stop_typing(self) -> None:
        self._renaming = None
        self._show_title(_APPLY)
        self._line.value = ""
        self._entries.focus()

    def _show(self, at: str | None = None) -> None:
        words = filter_words(self._query)
        self.query_one("#saved-present", Static).update(f"Now: {words}" if words else "Now: no filter")
        self._line.display = not self._query.is_empty
        self._entries.show_filters(self._filters, self._query, at=at)
        self._show_flags()

    def _flags(self) -> str:
        entry = self._filters.find(self._entries.chosen or "")
        return as_flags(entry.query if entry is not None else self._query)

    def _show_flags(self) -> None:
        self.query_one("#saved-flags", Static).update(clean_line(self._flags(), _FLAGS_LIMIT))

    def _show_keys(self) -> None:
        typing = isinstance(self.focused, FilterInput)
        self.query_one(KeyBar).show_keys(keys_of(self.active_bindings.values(), typing=typing))

    def _say(self, words: str) -> None:
        self.notify(words, timeout=4, markup=False)
