"""The line below a transcript that says what is searched for and where one is in it."""

from tui.terminal.text.clean import clean_line
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line, line_width, wrap_spans
from tui.views.transcript.search.search import Search

_SLASH = Span("/", "accent strong")
_NOTICE_ROWS = 3
_LEAST_INPUT = 10
"""Cells that are left to type in, whatever is to be said beside them."""

TOO_SLOW = "this pattern takes too long here, so not everything was searched"

_KEYS = ("n next", "N previous", "Esc ends")
_KEYS_ELSEWHERE = ("Tab reads",)


def search_status(search: Search, at: tuple[int, int] | None) -> str:
    """`3/17`; dots say that the search still runs, a plus that there are more matches than are counted."""
    more = "" if search.done else "…"
    if not search.total:
        return "too slow" if search.too_slow else "no match" if search.done else more
    total = f"{fmt.thousands(search.total)}{'+' if search.capped or search.too_slow else ''}{more}"
    return total if at is None else f"{fmt.thousands(search.number(*at))}/{total}"


def notice_lines(text: str, width: int) -> list[Line]:
    """What is wrong with a pattern, in a few lines above it."""
    if not text:
        return []
    lines = wrap_spans([Span(clean_line(text, _NOTICE_ROWS * width), "failed")], width - 2, [Span(" ")])
    if len(lines) > _NOTICE_ROWS:
        lines[_NOTICE_ROWS - 1].append(Span("…", "failed"))
    return lines[:_NOTICE_ROWS]


def status_room(status: str, width: int) -> int:
    """The cells that the status takes beside the input, the blank between them included."""
    return max(1, min(cell_width(status) + 2, width - _LEAST_INPUT - 1))


def typing_line(status: str, width: int, *, problem: bool) -> Line:
    """What stands beside the input: the slash before it and the status after it."""
    said = crop_line([Span(status, "failed" if problem else "strong")], status_room(status, width) - 1)
    return crop_line([_SLASH, Span(" " * (width - line_width(said) - 2)), *said], width)


def found_line(text: str, status: str, width: int, *, focused: bool) -> Line:
    """The search while the user reads on; its keys are told where they act, and as many as there is room for."""
    ink = "failed" if status.startswith(("no match", "bad pattern", "too slow")) else "strong"
    left = crop_line([_SLASH, Span(clean_line(text))], max(4, width - cell_width(status) - 3))
    line = [*left, Span("  "), Span(status, ink)]
    for key in _KEYS if focused else _KEYS_ELSEWHERE:
        if line_width(line) + cell_width(key) + 3 > width:
            break
        line.append(Span(f" · {key}", "muted"))
    return crop_line(line, width)
