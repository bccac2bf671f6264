"""The filter: a line of words and terms, and what of it has a place of its own: tags, untagged, archived."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Label

from tui.store.filter.list_filter import ListFilter
from tui.store.saved.saved_filters import SavedFilters
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.history_input import HistoryInput
from tui.widgets.lists.choice_list import Choice, ChoiceList
from tui.widgets.lists.cursor_list import CursorList
from tui.widgets.lists.saved_list import SavedList
from tui.widgets.palette import PLAIN, Palette

if TYPE_CHECKING:
    from tui.widgets.filter_line import FilterLine

_DEBOUNCE = 0.3
"""Seconds without a key before typed text is sent."""

_TALL = 18
"""Lines from which the saved filters have room."""

_UNTAGGED, _ARCHIVED = "untagged", "archived"
"""The switches, by the fields of the filter."""

TAGS_TO_COME = "once the list is here"
"""What is said in place of tags that nobody has asked for yet."""


class FilterPane(Vertical):
    """Shows the filter and tells of every change; the screen gives it the filter back."""

    BLANK: ClassVar[bool] = True
    """Nothing of its own is to be seen: Textual need not look for borders and paddings in it."""

    @dataclass
    class FilterChanged(Message):
        """The user wants another filter."""

        query: ListFilter

    @dataclass
    class TextAccepted(Message):
        """The user has typed a text to search for, to the end."""

        text: str

    @dataclass
    class Left(Message):
        """The user is done here."""

    def __init__(self, query: ListFilter, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._query = query
        self._tags: tuple[str, ...] = ()
        self._note = ""
        self._no_tags = TAGS_TO_COME
        self._debounce: Timer | None = None
        self._saved = SavedFilters()
        self._texts: Sequence[str] = ()
        self._palette = PLAIN
        self._filled = asyncio.Event()
        self._wants_focus = ""
        self._line: FilterLine | None = None
        self.completes: Callable[[bool], object] = lambda _: None
        """Called where a line is begun to be typed, for values that it can be completed by; whether those of calls."""

    def on_mount(self) -> None:
        """Come after the first frame, which it would make wait for longer than all the rest of the screen."""
        self.call_after_refresh(self._fill)

    async def _fill(self) -> None:
        """Two lines to type in, the tags, the switches, and the saved filters."""
        from tui.widgets.filter_line import FilterLine

        self._line = FilterLine(self._query, lambda of_calls: self.completes(of_calls))
        self.offer_values("tag", self._tags)
        await self.mount_all(
            [
                Label("find", classes="heading"),
                self._line.input,
                self._line.says,
                Label("tags (any of)", classes="heading", id="tags-heading"),
                FilterInput("find a tag", id="tag-search"),
                ChoiceList(id="tag-choices"),
                Label("also", classes="heading"),
                ChoiceList(id="switches"),
                Label("saved filters", classes="heading", id="saved-heading"),
                SavedList(id="saved-filters"),
            ]
        )
        if not self.children:
            return  # the program is left already
        self._filled.set()
        self.set_palette(self._palette)
        self.show_history(self._texts)
        self.on_resize()
        self._show()
        if self._wants_focus:
            self.screen.set_focus(self.query_one(self._wants_focus))
            self._wants_focus = ""

    @property
    def awaited(self) -> asyncio.Event | None:
        """Set once the part is there that is to have the focus, if one is."""
        return self._filled if self._wants_focus else None

    # -- data down -------------------------------------------------------------------------------------------------

    def show_query(self, query: ListFilter) -> None:
        """Show this filter."""
        self._query = query
        if not self._filled.is_set():
            return
        if self._line is not None and not (self._line.input.has_focus and self._debounce is not None):
            self._line.show(query)
        self._show()

    def show_tags(self, tags: Sequence[str], note: str, no_tags: str) -> None:
        """Offer these tags; `note` says where they are from when that matters, `no_tags` why there are none."""
        self._tags, self._note = tuple(tags), note
        self.offer_values("tag", self._tags)
        self.say_of_tags(no_tags)

    def say_of_tags(self, no_tags: str) -> None:
        """Say this where there are none; those that are offered stay."""
        self._no_tags = no_tags
        self._show()

    def show_saved(self, filters: SavedFilters) -> None:
        """Offer these filters."""
        self._saved = filters
        self._show()

    def show_history(self, texts: Sequence[str]) -> None:
        """Offer these texts, the newest last."""
        self._texts = texts
        if self._filled.is_set():
            self.query_one("#filter-text", HistoryInput).offer(texts)

    def set_palette(self, palette: Palette) -> None:
        """Paint in the styles of another theme."""
        self._palette = palette
        for part in self.query(CursorList):
            part.set_palette(palette)

    def on_resize(self) -> None:
        """The saved filters are there where there is room for them; their digits work all the same."""
        for part in self.query("#saved-heading, #saved-filters"):
            part.display = self.size.height >= _TALL

    def _show(self) -> None:
        if not self._filled.is_set():
            return
        wanted = self.query_one("#tag-search", Input).value.strip().casefold()
        chosen = self._query.tags
        unlisted = [tag for tag in chosen if tag not in self._tags]
        choices = [Choice(tag, tag, tag in chosen) for tag in (*unlisted, *self._tags) if wanted in tag.casefold()]
        empty = "no tag like that" if wanted and self._tags else self._no_tags
        self.query_one("#tag-choices", ChoiceList).show_choices(choices, empty)
        heading = f"tags ({self._note})" if self._note and self._tags else "tags (any of)"
        self.query_one("#tags-heading", Label).update(heading)
        untagged = Choice(_UNTAGGED, "untagged only", self._query.untagged)
        switches = [untagged, Choice(_ARCHIVED, "include archived", self._query.archived)]
        self.query_one("#switches", ChoiceList).show_choices(switches)
        self.query_one(SavedList).show_filters(self._saved, self._query)

    # -- facts up --------------------------------------------------------------------------------------------------

    def focus_text(self, *, goes_on: bool = False) -> None:
        """Begin to type a text; where it `goes_on`, a further word behind what is there."""
        if goes_on and self._line is not None:
            self._line.go_on()
        self._focus("#filter-text")

    def focus_tags(self) -> None:
        """Begin to look for a tag."""
        self._focus("#tag-search")

    def focus_choices(self) -> None:
        """Go over the tags: there keys are commands, and nothing is typed."""
        self._focus("#tag-choices")

    def _focus(self, part: str) -> None:
        if self._filled.is_set():
            self.screen.set_focus(self.query_one(part))  # at once: what is typed next belongs there
        else:
            self._wants_focus = part

    @on(Input.Changed, "#filter-text")
    def _text_typed(self) -> None:
        """What is checked here acts at once; what the server is asked for waits until typing rests."""
        self._stop_timer()
        query = self._line.at_once(self._query) if self._line is not None else None
        if query is not None:
            self._take(query)
        else:
            self._debounce = self.set_timer(_DEBOUNCE, self._rested)

    def _rested(self) -> None:
        """Nothing was typed for a moment; what may still become a term is waited for."""
        if self._line is not None and not self._line.may_go_on:
            self._send_text()

    @on(events.DescendantBlur, "#filter-text")
    def _text_left(self) -> None:
        """Whoever goes elsewhere is done with the text: what they change there comes on top of it."""
        if self._debounce is not None:
            self._send_text()

    @on(Input.Submitted, "#filter-text")
    def _text_submitted(self) -> None:
        self._stop_timer()
        query = self._line.submitted() if self._line is not None else None
        if query is None:
            return
        self._take(query)
        self._accept_text()
        self.post_message(self.Left())

    def _accept_text(self) -> None:
        line = self._line.text if self._line is not None else ""
        if line or self._query.text:
            self.post_message(self.TextAccepted(line))

    def _send_text(self) -> None:
        """Tell what the line means, if it can be read."""
        self._stop_timer()
        query = self._line.meaning() if self._line is not None else None
        if query is not None:
            self._take(query)

    def _stop_timer(self) -> None:
        if self._debounce is not None:
            self._debounce.stop()
            self._debounce = None

    def _take(self, query: ListFilter) -> None:
        if query != self._query:
            self._query = query
            self.post_message(self.FilterChanged(query))

    def offer_values(self, term: str, values: Sequence[str]) -> None:
        """Values of a term that were seen, for completion."""
        if self._line is not None:
            self._line.offer_values(term, values)

    @on(Input.Changed, "#tag-search")
    def _tag_searched(self) -> None:
        self._show()

    @on(Input.Submitted, "#tag-search")
    def _tag_submitted(self) -> None:
        """Enter switches the only, or first, tag that matches."""
        choices = self.query_one("#tag-choices", ChoiceList).choices
        if choices and self.query_one("#tag-search", Input).value.strip():
            self._switch_tag(choices[0].value, not choices[0].on)
            self.query_one("#tag-search", Input).value = ""

    @on(ChoiceList.Toggled, "#tag-choices")
    def _tag_toggled(self, event: ChoiceList.Toggled) -> None:
        self._switch_tag(event.value, event.on)

    def _switch_tag(self, tag: str, on_now: bool) -> None:
        tags = tuple(other for other in self._query.tags if other != tag)
        self.post_message(self.FilterChanged(replace(self._query, tags=(*tags, tag) if on_now else tags)))

    @on(ChoiceList.Toggled, "#switches")
    def _switched(self, event: ChoiceList.Toggled) -> None:
        self.post_message(self.FilterChanged(replace(self._query, **{event.value: event.on})))

    @on(FilterInput.Left)
    def _input_left(self, event: FilterInput.Left) -> None:
        if event.direction == 0:
            self.query_one("#tag-search", Input).value = ""  # what narrows the tags is for once
            self._send_text()
            self._accept_text()
            self.post_message(self.Left())
        else:
            self._step_focus(event.input.id or "", event.direction)

    @on(CursorList.Left)
    def _list_left(self, event: CursorList.Left) -> None:
        self._step_focus(event.rows.id or "", event.direction)

    def _step_focus(self, current: str, direction: int) -> None:
        order = ["filter-text", "tag-search", "tag-choices", "switches", "saved-filters"]
        target = order.index(current) + direction
        if 0 <= target < len(order) and self.query_one(f"#{order[target]}").display:
            self.query_one(f"#{order[target]}").focus()
