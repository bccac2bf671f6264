"""The keys, made from the bindings that are really there."""

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.keys import described_keys
from tui.screens.restricted import FORBIDDEN
from tui.widgets.choice_list import ChoiceList
from tui.widgets.conversation_list import ConversationList
from tui.widgets.filter_input import FilterInput
from tui.widgets.transcript import TranscriptView

if TYPE_CHECKING:
    from textual.dom import DOMNode

_WIDTH = 80
_EDGES = 7
"""Columns of border, padding and scroll bar."""


class HelpScreen(ModalScreen[None]):
    """All keys, by pane; any of its own closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close"),
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
        without = FORBIDDEN if getattr(browse.app, "restricted", False) else ()
        self._sections = [
            (title, [key for node in nodes for key in described_keys(node, without)]) for title, nodes in sections
        ]
        self._keys_width = max(len(names) for _, keys in self._sections for names, _ in keys) + 2

    def compose(self) -> ComposeResult:
        """One column of keys and words."""
        with VerticalScroll(id="help"):
            yield Static(id="help-text", markup=False)

    def on_resize(self) -> None:
        """What is too long goes on below its own column."""
        room = min(_WIDTH, self.size.width) - _EDGES - self._keys_width
        self.query_one("#help-text", Static).update(self._text(room))

    def _text(self, room: int) -> Content:
        lines: list[Content] = [
            Content("A reader: it sends nothing but GET. Esc closes this."),
            Content(""),
        ]
        for title, keys in self._sections:
            lines.append(Content.styled(title, "bold $accent"))
            for names, words in keys:
                first, *rest = wrap(words, max(8, room)) or [""]
                lines.append(Content.assemble((f"{names:<{self._keys_width}}", "bold"), first))
                lines += [Content(" " * self._keys_width + more) for more in rest]
            lines.append(Content(""))
        return Content("\n").join(lines)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#help").scroll_relative(y=by, animate=False)
