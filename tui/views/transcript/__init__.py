"""The conversation as a document of blocks, laid out only where it is looked at; knows no terminal.

What the widget makes of it is named here and imported at its first use: the first frame has no conversation yet.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.views.text.pattern import BadPattern as BadPattern
    from tui.views.transcript.ahead import places_ahead as places_ahead
    from tui.views.transcript.blocks.notice import NoticeBlock as NoticeBlock
    from tui.views.transcript.blocks.tool_block import ToolBlock as ToolBlock
    from tui.views.transcript.blocks.turns import TurnBlock as TurnBlock
    from tui.views.transcript.document import Document as Document
    from tui.views.transcript.overview import Overview as Overview
    from tui.views.transcript.search.matches import Marks as Marks
    from tui.views.transcript.search.matches import is_shown as is_shown
    from tui.views.transcript.search.matches import reveal as reveal
    from tui.views.transcript.search.query import compile_query as compile_query
    from tui.views.transcript.search.search import Search as Search
    from tui.views.transcript.search.search_line import TOO_SLOW as TOO_SLOW
    from tui.views.transcript.search.search_line import found_line as found_line
    from tui.views.transcript.search.search_line import notice_lines as notice_lines
    from tui.views.transcript.search.search_line import search_status as search_status
    from tui.views.transcript.search.search_line import status_room as status_room
    from tui.views.transcript.search.search_line import typing_line as typing_line
    from tui.views.transcript.verdict_lines import opinion_words as opinion_words
    from tui.views.transcript.verdict_lines import show_in as show_in
    from tui.views.transcript.viewport import Viewport as Viewport

_NAMES = {
    ".ahead": ("places_ahead",),
    ".document": ("Document",),
    ".blocks.notice": ("NoticeBlock",),
    ".search.matches": ("Marks", "is_shown", "reveal"),
    "..text.pattern": ("BadPattern",),
    ".search.query": ("compile_query",),
    ".search.search": ("Search",),
    ".search.search_line": ("found_line", "search_status", "typing_line", "notice_lines", "status_room", "TOO_SLOW"),
    ".blocks.tool_block": ("ToolBlock",),
    ".blocks.turns": ("TurnBlock",),
    ".verdict_lines": ("opinion_words", "show_in"),
    ".viewport": ("Viewport",),
    ".overview": ("Overview",),
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names}
"""The module of each name."""


def __getattr__(name: str) -> object:
    """Import what is named, once."""
    if name not in _HOMES:
        raise AttributeError(name)
    value = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = value
    return value
