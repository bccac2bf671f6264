"""The text of a message as lines, with a bound on what one message may cost."""

from dataclasses import dataclass

from tui.views.markdown.lines import MARKDOWN_LIMIT, markdown_lines, plain_lines
from tui.views.text import format as fmt
from tui.views.text.ink import Line
from tui.views.text.trace import Trace

LONG_FROM = 200
"""Lines from which a message is folded to its head."""

HEAD = 40
"""Lines of a long message that are shown while it is folded."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The lines to show of a text, and how many are not shown."""

    lines: list[Line]
    hidden: int = 0
    hidden_words: str = ""
    long: bool = False


def prose_lines(
    text: str, width: int, *, markdown: bool, typed: bool = False, trace: Trace | None = None
) -> list[Line]:
    """The whole text, as rendered Markdown or as it was written; `typed` where a person wrote it."""
    ended = text.rstrip()
    if not ended:
        return []
    lines = markdown_lines(ended, width, typed=typed, trace=trace) if markdown else plain_lines(ended, width, trace)
    if trace is not None:
        trace.texts[-1].written = text
    return lines


def prose_of(
    text: str, width: int, *, markdown: bool, folded: bool, typed: bool = False, trace: Trace | None = None
) -> Prose:
    """The text, or its head when it is long and folded.

    A text too large for Markdown is cut before it is laid out; what is hidden of it is counted in lines of the source.
    """
    if folded and len(text) > MARKDOWN_LIMIT:
        return _head_of_large(text, width, trace)
    lines = prose_lines(text, width, markdown=markdown, typed=typed, trace=trace)
    if len(lines) <= LONG_FROM:
        return Prose(lines)
    if not folded:
        return Prose(lines, long=True)
    hidden = len(lines) - HEAD
    return Prose(lines[:HEAD], hidden, fmt.plural(hidden, "more line"), long=True)


def _head_of_large(text: str, width: int, trace: Trace | None) -> Prose:
    lines = plain_lines(text[: HEAD * max(width, 1)], width, trace)[:HEAD]
    if trace is not None and lines:
        trace.texts[-1].written = text
    cut = _characters_of(text, lines)
    hidden = text.count("\n", cut) + 1
    left = len(text) - cut
    words = f"{fmt.plural(hidden, 'more line')} of the text, {fmt.thousands(left)} characters; too large for Markdown"
    return Prose(lines, hidden, words, long=True)


def _characters_of(text: str, lines: list[Line]) -> int:
    """About how many characters of the text the lines hold."""
    return min(len(text), sum(len(span.text) for line in lines for span in line) + len(lines))
