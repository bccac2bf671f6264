"""The title bar and the titles of the panes."""

from datetime import UTC, datetime

from tui.config.settings import Connection
from tui.store.window import ConversationWindow
from tui.terminal.clean import clean_line
from tui.views.format import clock, plural, thousands
from tui.views.ink import Line, Span

_PER_PAGE = 100
"""Rows of a page as people count them; requests may be smaller."""


def title_left(connection: Connection) -> Line:
    """What is being read, and as whom."""
    line: Line = [Span("clarifeye-tui", "title")]
    for word in (connection.name, connection.region):
        if word:
            line += [Span(" · ", "muted"), Span(clean_line(word, 60), "text")]
    if connection.impersonate:
        line += [Span(" · ", "muted"), Span(f"asked as {clean_line(connection.impersonate, 60)}", "warning")]
        line += [Span(" (not confirmed by the service)", "muted")]
    return line


def title_right(window: ConversationWindow, cursor: int) -> Line:
    """How many there are, which page is being looked at, and how fresh it is."""
    if window.count is None:
        return [Span("loading…" if window.is_loading else "", "muted")]
    words = [plural(window.count, "conversation")]
    if window.count > _PER_PAGE:
        words.append(f"page {thousands(cursor // _PER_PAGE + 1)}/{thousands((window.count - 1) // _PER_PAGE + 1)}")
    if window.fetched_at is not None:
        words.append(clock(datetime.fromtimestamp(window.fetched_at, UTC)))
    return [Span(" · ".join(words), "muted")]


def list_title(window: ConversationWindow, cursor: int) -> str:
    """The position and the total for the border of the list."""
    if not window.count:
        return "Conversations"
    return f"Conversations {thousands(cursor + 1)}/{thousands(window.count)}"


def loaded_words(window: ConversationWindow) -> str:
    """That more of the list is on its way, or how much of it is here."""
    if not window.count:
        return ""
    if window.is_loading:
        return "loading…"
    loaded = window.loaded
    return "all loaded" if loaded >= window.count else f"{thousands(loaded)} loaded"
