"""The conversation as a document of blocks, laid out only where it is looked at; knows no terminal.

What the widget makes of it is named here and imported at its first use: the first frame has no conversation yet.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.views.text.pattern import BadPattern as BadPattern
    from tui.views.transcript.blocks import Look as Look
    from tui.views.transcript.document import Document as Document
    from tui.views.transcript.header import NoticeBlock as NoticeBlock
    from tui.views.transcript.matches import Marks as Marks
    from tui.views.transcript.matches import reveal as reveal
    from tui.views.transcript.overview import overview_marks as overview_marks
    from tui.views.transcript.search import Search as Search
    from tui.views.transcript.search import compile_query as compile_query
    from tui.views.transcript.search_line import TOO_SLOW as TOO_SLOW
    from tui.views.transcript.search_line import found_line as found_line
    from tui.views.transcript.search_line import notice_lines as notice_lines
    from tui.views.transcript.search_line import search_status as search_status
    from tui.views.transcript.search_line import status_room as status_room
    from tui.views.transcript.search_line import typing_line as typing_line
    from tui.views.transcript.tool_block import ToolBlock as ToolBlock
    from tui.views.transcript.turns import TurnBlock as TurnBlock
    from tui.views.transcript.viewport import Viewport as Viewport

_HOMES = {
    "Look": ".blocks", "Document": ".document", "NoticeBlock": ".header", "Marks": ".matches", "reveal": ".matches",
    "BadPattern": "..text.pattern", "Search": ".search", "compile_query": ".search", "found_line": ".search_line",
    "search_status": ".search_line", "typing_line": ".search_line", "ToolBlock": ".tool_block", "TurnBlock": ".turns",
    "Viewport": ".viewport", "overview_marks": ".overview", "notice_lines": ".search_line",
    "status_room": ".search_line", "TOO_SLOW": ".search_line",
}  # fmt: skip
"""The module of each name."""


def __getattr__(name: str) -> object:
    """Import what is named, once."""
    if name not in _HOMES:
        raise AttributeError(name)
    value = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = value
    return value
