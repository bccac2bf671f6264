"""What of a paragraph is not shown as it was written: places in it, and what stands there on the screen."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.views.markdown.controls import shown as cleaned
from tui.views.text.ink import Line, Span

CODE = "code"


class Mark(NamedTuple):
    """A piece of the text that is markup; what is between two of them is shown as it is."""

    start: int
    end: int
    shown: str = ""
    """What stands in its place, which is nothing for most."""
    ink: str = ""
    """The ink of that, if it is not the one around it."""
    push: str = ""
    """The ink that begins here."""
    pop: bool = False
    """Whether the ink that began last ends here."""


def spans_of(text: str, marks: Iterable[Mark], ink: str, places: list[tuple[int, int]] | None = None) -> Line:
    """The text as cleaned spans, its marks carried out; a line feed in them is a line end.

    For each span `places` takes in from where to where in the text it comes.
    """
    spans: Line = []
    places = [] if places is None else places
    inks = [ink]
    at = 0
    for mark in marks:
        if mark.start < at:
            continue
        if mark.start > at:
            spans.append(Span(_clean(text[at : mark.start]), inks[-1]))
            places.append((at, mark.start))
        if mark.push:
            inks.append(_on_top(inks[-1], mark.push))
        if mark.shown:
            spans.append(Span(_clean(mark.shown), mark.ink or inks[-1]))
            places.append((mark.start, mark.end))
        if mark.pop:
            inks.pop()
        at = mark.end
    if at < len(text):
        spans.append(Span(_clean(text[at:]), inks[-1]))
        places.append((at, len(text)))
    return spans


def _on_top(below: str, ink: str) -> str:
    if ink == CODE:
        return ink
    return below if ink in below.split() else f"{below} {ink}"


def _clean(text: str) -> str:
    """All ASCII was cleaned on the way to the parser; beyond it a mark may have parted what belongs together."""
    return text if text.isascii() else cleaned(text)
