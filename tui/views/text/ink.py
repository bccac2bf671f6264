"""The words of what is shown: spans of text, each with the name of its ink.

A view never names a colour. It names inks; `widgets.palette` turns them into styles of the current theme, so that a
change of theme lays nothing out again. Several inks are joined by a space, the later one on top: "text strong".
"""

from typing import NamedTuple

INKS = (
    "text", "muted", "accent", "strong", "em", "strike", "underline",
    "code", "link", "heading", "quote", "fence", "rule",
    "user", "agent", "tool", "reasoning", "other",
    "failed", "guessed", "warning", "success", "tag", "archived",
    "key", "string", "number", "literal", "punctuation",
    "syntax-keyword", "syntax-name", "syntax-string", "syntax-number", "syntax-comment", "syntax-operator",
    "added", "removed", "hunk", "diff-header",
    "term-grey", "term-red", "term-green", "term-yellow", "term-blue", "term-magenta", "term-cyan",
    "match", "match-current", "cursor", "title",
)  # fmt: skip
"""Every ink there is; the palette gives a style to each and a test checks that."""


class Span(NamedTuple):
    """A run of cleaned text in one ink."""

    text: str
    ink: str = "text"


Line = list[Span]
"""One line of the screen; it holds no line feed and is at most as wide as it was laid out for."""


ASIDE = "aside"
"""Put behind an ink: words of ours in the middle of a text, which are no part of it."""

QUOTE_BAR, CODE_BAR = Span("│ ", "quote"), Span("┊ ", "fence")
"""Beside a quotation, and beside code."""

WRAPPED = Span("↪ ", "muted")
"""Before what is no line of its own in code or output, but the rest of the one above."""
