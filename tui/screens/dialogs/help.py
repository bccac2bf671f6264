"""The keys, made from the bindings that are really there."""

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.screens.keys import described_keys, left_out
from tui.terminal.adapter.screen import PaintedScreen
from tui.views.transcript.overview import FAILED_MARK, MATCH_MARK, QUESTION_MARK, TOOL_MARK
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.lists.choice_list import ChoiceList
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from textual.dom import DOMNode

_SIGNS = (
    (QUESTION_MARK, "On the map at the right edge: a question"),
    (TOOL_MARK, "On the map: a tool call"),
    (FAILED_MARK, "On the map: a failed tool call"),
    (MATCH_MARK, "On the map: something found by the search"),
)
_WIDTH = 80
_HEAD = 2
"""Lines above the sections."""
_EDGES = 7
"""Columns of border, padding and scroll bar."""


class HelpScreen(PaintedScreen[None]):
    """All keys, those of the focused pane first; / finds one by its words."""

    IS_DIALOGUE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close"),
        Binding("slash", "search", "Find a key", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, browse: "DOMNode") -> None:
        super().__init__()
        sections: list[tuple[str, list[type[DOMNode]]]] = [
            ("Everywhere", [type(browse), type(browse.app)]),
            ("In the list", [ConversationList]),
            ("In the conversation", [TranscriptView]),
            ("In the filter", [ChoiceList]),
            ("While typing", [FilterInput]),
        ]
        focused = browse.screen.focused if browse.screen is not None else None
        sections.sort(key=lambda section: not any(isinstance(focused, kind) for kind in section[1]))
        self._sections = [
            (title, [key for node in nodes for key in described_keys(node, left_out(browse.app, node))])
            for title, nodes in sections
        ]
        signs = [(mark.text, words) for mark, words in _SIGNS]
        for (_, nodes), (_, keys) in zip(sections, self._sections, strict=True):
            keys += signs if TranscriptView in nodes else []
        self._keys_width = max(len(names) for _, keys in self._sections for names, _ in keys) + 2

    def compose(self) -> ComposeResult:
        """One column of keys and words."""
        with VerticalScroll(id="help"):
            yield FilterInput("a key, or a word of what it does", id="help-search")
            yield Static(id="help-text", markup=False)

    def on_mount(self) -> None:
        """The keys scroll until the user searches."""
        self.query_one(FilterInput).display = False
        self.query_one("#help").focus()

    def on_resize(self) -> None:
        """What is too long goes on below its own column."""
        self._show()

    def action_search(self) -> None:
        """Begin to type what is looked for."""
        search = self.query_one(FilterInput)
        search.display = True
        search.focus()
        self.query_one("#help").scroll_home(animate=False)

    @on(FilterInput.Changed)
    def _typed(self) -> None:
        self._show()

    @on(FilterInput.Submitted)
    def _found(self) -> None:
        self.query_one("#help").focus()

    @on(FilterInput.Left)
    def _left(self, event: FilterInput.Left) -> None:
        if event.direction:
            self.action_scroll(event.direction)
            return
        event.input.value = ""
        event.input.display = False
        self.query_one("#help").focus()

    def _show(self) -> None:
        room = min(_WIDTH, self.size.width) - _EDGES - self._keys_width
        self.query_one("#help-text", Static).update(self._text(room))

    def _text(self, room: int) -> Content:
        lines: list[Content] = [
            Content("A reader: it sends nothing but GET. / finds a key, Esc closes this."),
            Content(""),
        ]
        wanted = self.query_one(FilterInput).value.strip().casefold()
        for title, all_keys in self._sections:
            keys = [(names, words) for names, words in all_keys if wanted in f"{names} {words}".casefold()]
            if not keys:
                continue
            lines.append(Content.styled(title, "bold $accent"))
            for names, words in keys:
                first, *rest = wrap(words, max(8, room)) or [""]
                lines.append(Content.assemble((f"{names:<{self._keys_width}}", "bold"), first))
                lines += [Content(" " * self._keys_width + more) for more in rest]
            lines.append(Content(""))
        if len(lines) == _HEAD:
            lines.append(Content("nothing found"))
        return Content("\n").join(lines)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#help").scroll_relative(y=by, animate=False)
