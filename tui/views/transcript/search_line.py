"""The line below a transcript that says what is searched for and where one is in it."""

from tui.terminal.clean import clean_line
from tui.views import format as fmt
from tui.views.ink import Line, Span
from tui.views.transcript.search import Search
from tui.views.wrap import cell_width, crop_line

_SLASH = Span("/", "accent strong")
_KEYS = " · n next · N previous · Esc ends"


def search_status(search: Search, at: tuple[int, int] | None) -> str:
    """`3/17`; dots say that the search still runs, a plus that there are more matches than are counted."""
    more = "" if search.done else "…"
    if not search.total:
        return "no match" if search.done else more
    total = f"{fmt.thousands(search.total)}{'+' if search.capped else ''}{more}"
    return total if at is None else f"{fmt.thousands(search.number(*at))}/{total}"


def typing_line(status: str, width: int, *, problem: bool) -> Line:
    """What stands beside the input: the slash before it and the status after it."""
    room = max(1, width - cell_width(status) - 2)
    return crop_line([_SLASH, Span(" " * room), Span(status, "failed" if problem else "strong")], width)


def found_line(text: str, status: str, width: int) -> Line:
    """The search while somebody reads on."""
    ink = "failed" if status.startswith(("no match", "bad pattern")) else "strong"
    left = crop_line([_SLASH, Span(clean_line(text))], max(4, width - cell_width(status) - 3))
    return crop_line([*left, Span("  "), Span(status, ink), Span(_KEYS, "muted")], width)
