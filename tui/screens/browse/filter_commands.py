"""The part of the main screen that remembers: saved filters, searched texts, and the way back."""

from dataclasses import dataclass

from textual import on
from textual.message import Message

from tui.screens.browse.filter_keys import FilterKeys
from tui.screens.browse.layout import Pane
from tui.screens.browse.place_control import PlaceControl
from tui.store.saved.session import Session
from tui.terminal.text.clean import clean_line
from tui.widgets.filter_pane import FilterPane
from tui.widgets.lists.saved_list import SavedList
from tui.widgets.transcript.view import TranscriptView


@dataclass
class StateNews(Message):
    """What is remembered could not be read or written."""

    words: str


class SavedKeys(FilterKeys):
    """The keys of the saved filters, and everything that outlives a run."""

    session: Session
    place_control: PlaceControl

    def start_remembering(self) -> None:
        """Show what is remembered, and begin the way back."""
        self.show_saved()
        self.session.listen(self._tell)
        self.place_control.start()
        self.detail_control.start()
        if self.layout_wish.active is Pane.DETAIL:
            self.query_one(TranscriptView).focus()

    def show_saved(self) -> None:
        """Show the saved filters and offer the searched texts."""
        pane = self.query_one(FilterPane)
        pane.show_saved(self.session.filters)
        pane.show_history(self.session.texts)

    def remember_text(self, text: str) -> None:
        """A text was searched for."""
        self.session.remember_text(text)
        self.query_one(FilterPane).show_history(self.session.texts)

    def action_saved(self) -> None:
        """Save the present filter under a name, or choose one."""
        from tui.screens.dialogs.saved_filters import SavedFiltersScreen

        screen = SavedFiltersScreen(self.session, self.project.query, self.show_saved)
        self.app.push_screen(screen, lambda query: self.apply_filter(query) if query is not None else None)

    def action_apply_saved(self, digit: int) -> None:
        """Apply the saved filter of a digit."""
        entry = self.session.filters.at(digit)
        if entry is None:
            self.notify(f"There is no saved filter {digit}; s saves one.", timeout=3, markup=False)
            return
        self.apply_filter(entry.query)
        self.notify(clean_line(entry.name), timeout=2, markup=False)

    @on(SavedList.Applied)
    def _saved_applied(self, event: SavedList.Applied) -> None:
        entry = self.session.filters.find(event.name)
        if entry is not None:
            self.apply_filter(entry.query)

    @on(FilterPane.TextAccepted)
    def _text_accepted(self, event: FilterPane.TextAccepted) -> None:
        self.remember_text(event.text)

    @on(StateNews)
    def _state_news(self, event: StateNews) -> None:
        self.notify(clean_line(event.words, 500), severity="warning", timeout=10, markup=False)

    def _tell(self, words: str) -> None:
        """Comes from the thread that writes, too: posting a message is safe from there."""
        self.post_message(StateNews(words))
