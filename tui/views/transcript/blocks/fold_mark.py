"""The mark that says whether something is folded."""

from tui.views.text.ink import ASIDE, Span

OPEN, CLOSED = "▾", "▸"


def fold_mark(folded: bool) -> Span:
    """The mark that says whether something is folded."""
    return Span(f"{CLOSED if folded else OPEN} ", f"accent {ASIDE}")
