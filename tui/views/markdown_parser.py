"""The one Markdown parser: CommonMark, tables and strikethrough, with nothing hidden."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

MAX_NESTING = 40
"""Levels of nesting that are parsed; the parser drops what lies deeper, so nobody may render that."""


def _line_break(state: "StateInline", silent: bool) -> bool:
    """A line feed is a break, and the spaces after it stay: people paste output that is aligned by them."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        state.push("softbreak", "br", 0)
    state.pos += 1
    return True


@lru_cache(maxsize=1)
def parser() -> "MarkdownIt":
    """The shared parser; it is made, and its package imported, when the first Markdown is shown.

    HTML is text here and link definitions are not taken away, so that everything that was written is seen; any address
    makes a link, because its target is shown as it is and nobody follows it unasked.
    """
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    made.enable(["table", "strikethrough"]).disable("reference")
    made.inline.ruler.at("newline", _line_break)
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # the documented way to change it
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return made
