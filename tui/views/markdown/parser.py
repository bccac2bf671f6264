"""The one Markdown parser: CommonMark, tables and strikethrough, with nothing hidden."""

import re
import sys
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

MAX_NESTING = 40
"""Levels of nesting that are parsed; the parser drops what lies deeper, so nobody may render that."""

_MOST_BRACKETS = 2_000
_MOST_CELLS = 8_000
_CELLS = "cells of tables"
"""Under this name a parser counts them while it parses a text."""

_REPLACEMENT = "\ufffd"

_DUNDER = re.compile(r"__\w{1,60}?__(?!\w)", re.ASCII)
"""A name such as `__init__`; a bound keeps the search for one from growing with the text."""


class TooIntricate(ValueError):
    """Tables have more cells than can be rendered while somebody waits."""


def is_intricate(text: str) -> bool:
    """Whether links in the text would take the parser seconds; of tables it finds that out itself."""
    return text.count("[") > _MOST_BRACKETS


def limit_tables(made: "MarkdownIt") -> None:
    """Let a parser raise TooIntricate at tables with too many cells, before it makes them.

    A few KB may hold very many, since a row that is shorter than the header is filled up. The parser itself counts
    best: it knows what is a table, and what only looks like one in a block of code.
    """
    made.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The usual rule, which is given no more rows than it may make cells of."""
    from markdown_it.rules_block import table

    if silent or start + 2 > end:
        return table(state, start, end, silent)
    below = state.src[state.bMarks[start + 1] + state.tShift[start + 1] : state.eMarks[start + 1]]
    columns = below.strip(" \t|").count("|") + 1
    cells = state.env.get(_CELLS, 0)
    stop = min(end, start + 2 + max(0, _MOST_CELLS - cells) // columns)
    if not table(state, start, stop, False):
        return False
    if state.line == stop < end:
        raise TooIntricate
    state.env[_CELLS] = cells + columns * (state.line - start - 1)
    return True


def _line_break(state: "StateInline", silent: bool) -> bool:
    """A line feed is a break, and the spaces after it stay: people paste output that is aligned by them."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        state.push("softbreak", "br", 0)
    state.pos += 1
    return True


def _emphasis(state: "StateInline", silent: bool, *, typed: bool) -> bool:
    """Emphasis only around whole words: `2*3*4` and `__init__` are what they are, though CommonMark would emphasize.

    In what a person has typed only two marks are meant: a single one is more often a star than emphasis.
    """
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    from markdown_it.rules_inline.state_inline import Delimiter

    name = _DUNDER.match(state.src, state.pos)
    if name is not None and (state.pos == 0 or not state.src[state.pos - 1].isalnum()):
        state.pending += name.group()
        state.pos = name.end()
        return True
    scanned = state.scanDelims(state.pos, False)
    if typed and scanned.length != 2:
        state.pending += marker * scanned.length
        state.pos += scanned.length
        return True
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), scanned.length, place, -1, scanned.can_open, scanned.can_close))
    state.pos += scanned.length
    return True


def _entity(state: "StateInline", silent: bool) -> bool:
    """A reference to a character; one to a control character shows it, where the usual rule puts a replacement."""
    from markdown_it.rules_inline.entity import entity

    if not entity(state, silent):
        return False
    if not silent and state.tokens[-1].content == _REPLACEMENT:
        state.tokens[-1].content = _referred(state.tokens[-1].markup)
    return True


def _referred(reference: str) -> str:
    digits = reference.strip("&#;").lower()
    if not digits.removeprefix("x"):
        return _REPLACEMENT
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return clean(chr(code)) if code <= sys.maxunicode else reference


@lru_cache(maxsize=2)
def parser(*, typed: bool = False) -> "MarkdownIt":
    """The shared parser; it is made, and its package imported, when the first Markdown is shown.

    What a person has typed (`typed`) is often no Markdown: there, less is taken for markup.

    HTML is text here and link definitions are not taken away, so that everything that was written is seen; any address
    makes a link, because its target is shown as it is and nobody follows it unasked.
    """
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    made.enable(["table", "strikethrough"]).disable("reference")
    limit_tables(made)
    made.inline.ruler.at("newline", _line_break)
    made.inline.ruler.at("emphasis", partial(_emphasis, typed=typed))
    made.inline.ruler.at("entity", _entity)
    if typed:
        made.disable(["strikethrough", "entity", "escape"])
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # the documented way to change it
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return made
