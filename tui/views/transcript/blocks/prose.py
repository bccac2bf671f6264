"""The text of a message as lines, with a bound on what one message may cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.terminal.text.clean import clean
from tui.views.markdown.lines import markdown_lines, plain_lines, slices_as_lines
from tui.views.text import format as fmt
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.pages import is_large, page_count, page_numbered
from tui.views.text.trace import Trace
from tui.views.transcript.blocks.text_pages import fold_mark
from tui.views.transcript.modes import Look

LONG_FROM = 200
"""Lines from which a message is folded to its head."""

HEAD = 40
"""Lines of a long message that are shown while it is folded."""

_SURELY_LONG = 2 * LONG_FROM
"""Rows of a source from which it is long however it is laid out: a few marks take up rows and show nothing."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The lines to show of a text, and how many are not shown."""

    lines: list[Line]
    hidden: int = 0
    hidden_words: str = ""
    long: bool = False
    leads: Mapping[int, int] = field(default_factory=dict)
    """The pages of a large text that some of the lines lead to."""


def prose_lines(text: str, look: Look, inset: int, *, markdown: bool, typed: bool = False) -> list[Line]:
    """The whole text, as rendered Markdown or as it was written; `typed` where a person wrote it.

    For texts that are not large. It stands behind `inset` cells of the look.
    """
    ended, prose = text.rstrip(), look.prose - inset
    if not ended:
        return []
    if markdown:
        lines = markdown_lines(ended, look.width - inset, prose, typed=typed, trace=look.trace)
    else:
        lines = plain_lines(ended, prose, look.trace)
    if look.trace is not None:
        look.trace.texts[-1].written = text
    return lines


def prose_of(
    text: str,
    look: Look,
    inset: int,
    *,
    markdown: bool,
    folded: bool = False,
    typed: bool = False,
    page: int = 0,
) -> Prose:
    """The text, or its head when it is long and folded; of what is surely long no more is laid out than its head.

    What is hidden of such a text is counted in lines of the source. Of a large text one page is shown. It stands
    behind `inset` cells of the look.
    """
    width = look.prose - inset
    if is_large(text):
        if not folded:
            return _page_of(text, width, page, look.trace)
        lines = plain_lines(text[: HEAD * max(width, 1)], width, look.trace)[:HEAD]
        cut = min(len(text), sum(len(span.text) for line in lines for span in line) + len(lines))
        return _headed(text, cut, lines, look.trace, "; too large for Markdown")
    if folded and (cut := _end_of_head(text, width)):
        lines = prose_lines(text[:cut], look, inset, markdown=markdown, typed=typed)
        return _headed(text, cut, lines, look.trace)
    lines = prose_lines(text, look, inset, markdown=markdown, typed=typed)
    if len(lines) <= LONG_FROM:
        return Prose(lines)
    if not folded:
        return Prose(lines, long=True)
    hidden = len(lines) - HEAD
    return Prose(lines[:HEAD], hidden, fmt.plural(hidden, "more line"), long=True)


def _page_of(text: str, width: int, number: int, trace: Trace | None) -> Prose:
    page, count = page_numbered(text, number), page_count(text)
    written = text[page.start : page.end]
    cleaned = clean(written)
    traced = None if trace is None else trace.text(written, cleaned)
    if traced is not None:
        traced.before, traced.after = text[: page.start], text[page.end :]
    lines: list[Line] = []
    leads: dict[int, int] = {}
    at = f"page {page.number + 1} of {count}"
    if page.number:
        words = f"… {fmt.thousands(page.start)} characters before this ({at}: Enter turns back)"
        leads[0] = page.number - 1
        lines.append([fold_mark(True), Span(words, f"muted {ASIDE}") if traced is None else traced.begin(words)])
    lines += slices_as_lines(cleaned, 0, len(cleaned.removesuffix("\n")), width, traced)
    if page.end < len(text):
        words = f"… {fmt.thousands(len(text) - page.end)} more characters ({at}: Enter turns to the next)"
        leads[len(lines)] = page.number + 1
        lines.append([fold_mark(True), Span(words, f"muted {ASIDE}") if traced is None else traced.rest(words)])
    return Prose(lines, long=page.end == len(text), leads=leads)


def _headed(text: str, cut: int, lines: list[Line], trace: Trace | None, why: str = "") -> Prose:
    if trace is not None and lines:
        trace.texts[-1].after = text[len(trace.texts[-1].written) :]
    rest = text[cut:].strip()
    hidden = rest.count("\n") + 1
    words = f"{fmt.plural(hidden, 'more line')} of the text, {fmt.thousands(len(rest))} characters{why}"
    return Prose(lines, hidden, words, long=True)


def _end_of_head(text: str, width: int) -> int:
    """Where the head of a text ends that is surely long; 0 for other texts."""
    if len(text) // width + text.count("\n") < _SURELY_LONG:
        return 0
    rows = at = cut = 0
    for line in text.split("\n"):
        if line.strip():
            rows += 1 + len(line) // width
        if not cut and rows >= HEAD:
            cut = at + min(len(line), HEAD * width)
        if rows > _SURELY_LONG:
            return cut
        at += len(line) + 1
    return 0
