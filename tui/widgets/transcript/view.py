"""The reader of a conversation: a full pane of its history with keys and mouse."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.transcript.base import TranscriptBase
from tui.widgets.transcript.select import TranscriptSelect


def _shown(keys: str, action: str, words: str, help_words: str, display: str | None = None) -> Binding:
    """A key of the footer, where words are few; the help has room for more."""
    return Binding(keys, action, words, key_display=display, tooltip=help_words)


def _known(keys: str, action: str, words: str) -> Binding:
    """A key that the help lists and the footer leaves out."""
    return Binding(keys, action, words, show=False)


class TranscriptView(TranscriptSelect):
    """Shows one conversation with its turns, tool calls and tokens; lays out only what is looked at."""

    class ConversationStep(Message):
        """The next (1) or previous (-1) conversation is wanted."""

        def __init__(self, view: TranscriptBase, step: int) -> None:
            super().__init__()
            self.view = view
            self.step = step

        @property
        def control(self) -> TranscriptBase:
            """The transcript."""
            return self.view

    class Left(Message):
        """Somebody wants out of the transcript."""

        def __init__(self, view: TranscriptBase) -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> TranscriptBase:
            """The transcript."""
            return self.view

    FIRST_KEYS: ClassVar[tuple[str, ...]] = ("search", "copy")
    """The actions that the line of keys shows before all others, those of the screen among them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _known("j,down", "line(1)", "next line"),
        _known("k,up", "line(-1)", "previous line"),
        _known("pagedown,space", "page(1)", "next page"),
        _known("pageup,b", "page(-1)", "previous page"),
        _known("ctrl+d", "half_page(1)", "half a page down"),
        _known("ctrl+u", "half_page(-1)", "half a page up"),
        _known("g,home", "first", "begin; 3g: turn 3"),
        _known("G,end", "last", "end; 3G: turn 3"),
        _shown("right_square_bracket", "next('turn',1)", "turn", "next turn", "]"),
        _known("left_square_bracket", "next('turn',-1)", "previous turn"),
        _known("J", "next('message',1)", "next message"),
        _known("K", "next('message',-1)", "previous message"),
        _known("right_curly_bracket", "next('tool',1)", "next tool call"),
        _known("left_curly_bracket", "next('tool',-1)", "previous tool call"),
        _shown("e", "next('failed',1)", "failed", "next failed tool call"),
        _known("E", "next('failed',-1)", "previous failed tool call"),
        _shown(
            "enter,o", "toggle_fold", "fold", "fold or unfold; show more of a window; decode JSON in a string", "Enter"
        ),
        _known("h,left", "fold(True)", "fold"),
        _known("l,right", "fold(False)", "unfold"),
        _known("asterisk", "siblings", "fold or unfold all siblings"),
        _known("plus", "depth(True)", "unfold all values; 2+: two levels"),
        _known("minus", "depth(False)", "fold all values"),
        _known("vertical_line", "table", "list as a table"),
        _known("w", "whole", "show all of a long list or text"),
        _shown("T", "tools", "tool calls", "all tool calls: closed, with parameters, with everything"),
        _shown("F", "focused", "focus", "questions and final answers only, or all"),
        _shown("R", "reasoning", "reasoning", "all reasoning: folded or open"),
        _known("M", "markdown", "raw text or Markdown"),
        _shown("slash", "search", "search", "search in the conversation, folded parts too", "/"),
        _known("n", "match(1)", "next match"),
        _known("N", "match(-1)", "previous match"),
        _known("greater_than_sign", "conversation(1)", "next conversation"),
        _known("less_than_sign", "conversation(-1)", "previous conversation"),
        _known("escape", "leave", "clear the search, then leave"),
        *(Binding(str(digit), f"digit({digit})", "count", show=False, system=True) for digit in range(10)),
    ]

    def action_conversation(self, step: int) -> None:
        """Ask for a neighbouring conversation."""
        self.post_message(self.ConversationStep(self, step * self.take_count()))

    def action_leave(self) -> None:
        """Forget a selection, else a count, else end a search, else ask to leave."""
        if self.clear_selection():
            return
        if self._count:
            self._count = ""
        elif self.searching:
            self.clear_search()
        else:
            self.post_message(self.Left(self))
