"""The keys, made from the bindings that are really there."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.keys import described_keys
from tui.widgets.choice_list import ChoiceList
from tui.widgets.conversation_list import ConversationList
from tui.widgets.filter_input import FilterInput
from tui.widgets.transcript import TranscriptView

if TYPE_CHECKING:
    from textual.dom import DOMNode

_KEYS_WIDTH = 22


class HelpScreen(ModalScreen[None]):
    """All keys, by pane; any of its own closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, browse: "DOMNode") -> None:
        super().__init__()
        self._sections: list[tuple[str, type[DOMNode]]] = [
            ("Everywhere", type(browse)),
            ("In the list", ConversationList),
            ("In the conversation", TranscriptView),
            ("In the filter", ChoiceList),
            ("While typing", FilterInput),
        ]

    def compose(self) -> ComposeResult:
        """One column of keys and words."""
        with VerticalScroll(id="help"):
            yield Static(self._text(), markup=False)

    def _text(self) -> Content:
        lines: list[Content] = [
            Content("A reader: it sends nothing but GET. Esc closes this."),
            Content(""),
        ]
        for title, node in self._sections:
            lines.append(Content.styled(title, "bold $accent"))
            for names, words in described_keys(node):
                lines.append(Content.assemble((f"  {names:<{_KEYS_WIDTH}}", "bold"), f" {words}"))
            lines.append(Content(""))
        return Content("\n").join(lines)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#help").scroll_relative(y=by, animate=False)
