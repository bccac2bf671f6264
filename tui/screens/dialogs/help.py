"""Text to scroll in, found by its words: the keys, made from the bindings that are there, or what went wrong."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.screens.keys import described_keys, left_out, second_keys
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.process.messages import SaidWords
from tui.terminal.text.clean import clean_line
from tui.views.listing.advice import ToldError
from tui.views.listing.row import SIGNS
from tui.views.text import format as fmt
from tui.views.text.wrap import wrap_offsets
from tui.views.transcript.overview import FAILED_MARK, FEEDBACK_MARK, MATCH_MARK, QUESTION_MARK, TOOL_MARK
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.history_input import HistoryInput
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.lists.choice_list import ChoiceList
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from textual.dom import DOMNode

_SIGNS = (
    (QUESTION_MARK, "On the map at the right edge: a question"),
    (TOOL_MARK, "On the map: a tool call"),
    (FAILED_MARK, "On the map: a failed tool call"),
    (FEEDBACK_MARK, "On the map: feedback"),
    (MATCH_MARK, "On the map: something found by the search"),
)
_TERMS = "Terms of the find line: the server checks the bold ones, we the italic ones, by what was read"
_WIDTH = 80
_HEAD = 2
"""Lines above the sections."""
_TOLD = "A reader: it sends nothing but GET. / finds a key, Esc closes this.\nIt moves with j k, Space b, d u, g G."
_EDGES = 7
"""Columns of border, padding and scroll bar."""


class TextSection(NamedTuple):
    """Words under a title, each row with what stands before it."""

    title: str
    rows: list[tuple[str, str]]


class HelpScreen(PaintedScreen[None]):
    """Sections below a sentence; / finds a row by its words."""

    IS_DIALOGUE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,exclamation_mark", "dismiss", "Close"),
        Binding("slash", "search", "Find words", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("space,pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("b,pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("d,ctrl+d", "page(0.5)", "Half a page down", show=False),
        Binding("u,ctrl+u", "page(-0.5)", "Half a page up", show=False),
        Binding("g,home", "end(-1)", "Begin", show=False),
        Binding("G,end", "end(1)", "End", show=False),
    ]

    def __init__(self, head: str, sections: Sequence[TextSection]) -> None:
        super().__init__()
        self._head = head
        self._sections = sections
        names = [len(name) for section in sections for name, _ in section.rows]
        self._names_width = max(names, default=0) + 2

    def compose(self) -> ComposeResult:
        """One column of keys and words."""
        with VerticalScroll(id="help"):
            yield FilterInput("words to find", id="help-search")
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
        room = min(_WIDTH, self.size.width) - _EDGES - self._names_width
        self.query_one("#help-text", Static).update(self._text(room))

    def _text(self, room: int) -> Content:
        lines = [Content(self._head), Content("")]
        wanted = self.query_one(FilterInput).value.strip().casefold()
        for title, all_rows in self._sections:
            rows = [(name, words) for name, words in all_rows if wanted in f"{name} {words}".casefold()]
            if not rows:
                continue
            lines.append(Content.styled(title, "bold $accent"))
            for name, words in rows:
                first, *rest = (words[start:end] for start, end in wrap_offsets(words, max(8, room), max(8, room)))
                lines.append(Content.assemble((f"{name:<{self._names_width}}", "bold"), first))
                lines += [Content(" " * self._names_width + more) for more in rest]
            lines.append(Content(""))
        if wanted and len(lines) == _HEAD:
            lines.append(Content("nothing found"))
        return Content("\n").join(lines)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one("#help").scroll_relative(y=by, animate=False)

    def action_page(self, pages: float) -> None:
        """Scroll by pages, of which a line stays in view."""
        self.action_scroll(int(pages * max(1, self.query_one("#help").size.height - 1)))

    def action_end(self, direction: int) -> None:
        """Go to the end (1) or to the begin (-1)."""
        text = self.query_one("#help")
        text.scroll_to(y=text.max_scroll_y if direction > 0 else 0, animate=False)


def help_on(
    app: App[Any], pages: "Iterable[tuple[str, type[DOMNode]]]", further: Sequence[TextSection] = ()
) -> HelpScreen:
    """The keys of pages that open over the main screen, each under its name, and what else is to be known of them."""
    keys = [TextSection(name, described_keys(page, left_out(app, page))) for name, page in pages]
    return HelpScreen("Esc closes this.", [*keys, *further])


def help_for(
    browse: "DOMNode", finding: "type[DOMNode]", pages: "Sequence[tuple[str, type[DOMNode]]]" = ()
) -> HelpScreen:
    """All keys, those of the focused pane first; `finding` is the pane that has those of the list and the filter.

    At the end those of the pages that open over the main screen, each with its name.
    """
    sections: list[tuple[str, list[type[DOMNode]]]] = [
        ("Everywhere", [type(browse), type(browse.app)]),
        ("In the list", [ConversationList]),
        ("In the list and the filter", [finding]),
        ("In the conversation", [TranscriptView]),
        ("In the filter", [ChoiceList]),
        ("While typing a search", [SearchInput]),
        ("While typing", [FilterInput]),
        *((name, [page]) for name, page in pages),
    ]
    focused = browse.screen.focused if browse.screen is not None else None
    sections.sort(key=lambda section: not any(isinstance(focused, kind) for kind in section[1]))
    signs = [(mark.text, words) for mark, words in _SIGNS]
    told = [
        TextSection(
            title,
            [key for node in nodes for key in described_keys(node, left_out(browse.app, node))]
            + (signs if TranscriptView in nodes else []),
        )
        for title, nodes in sections
    ]
    parts = [browse if isinstance(browse, node) else node for _, nodes in sections for node in nodes]
    keymaps = [part.keymap for part in parts if hasattr(part, "keymap")]
    told += [TextSection(*behind) for keymap in keymaps for behind in second_keys(keymap)]
    told.append(TextSection("Signs in the list", list(SIGNS)))
    terms = [TextSection(_TERMS, _terms()), TextSection("Within tool( ), one call that is all of it", _call_terms())]
    told = [*terms, *told] if isinstance(focused, HistoryInput) else [*told, *terms]
    return HelpScreen(_TOLD, told)


def errors_in_full(errors: Sequence[ToldError]) -> HelpScreen:
    """What went wrong: of what a server said nothing is cut here."""
    return HelpScreen("What went wrong, in full; Esc closes this.", [_section_of(told) for told in errors])


def messages_again(said: Sequence[SaidWords]) -> HelpScreen:
    """What the program has said, each with its time."""
    rows = [(fmt.clock(datetime.fromtimestamp(one.at, UTC)), clean_line(one.words)) for one in said]
    return HelpScreen("What was said in this run, the newest first; Esc closes this.", [TextSection("Messages", rows)])


def _section_of(told: ToldError) -> TextSection:
    status = f" ({told.error.status})" if told.error.status is not None else ""
    words = [clean_line(one) for one in (told.error.detail, told.hint) if one]
    return TextSection(clean_line(f"{told.what}: {told.error.title}{status}"), [("", one) for one in words])


def _terms() -> list[tuple[str, str]]:
    from tui.store.filter.terms import TERMS

    return [(f"{term.name}:", f"{term.checked.value} · {term.meaning}") for term in TERMS.values()]


def _call_terms() -> list[tuple[str, str]]:
    from tui.store.filter.terms import CALL_TERMS, PARAMETER

    return [
        *((f"{term.name}:", term.meaning) for term in CALL_TERMS.values()),
        (f"{PARAMETER}NAME:", "the value of an input parameter"),
    ]
