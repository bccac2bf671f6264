"""The one Markdown parser of the screen: CommonMark's blocks and tables, with nothing hidden.

It makes blocks only; the text in them is read by `inline`. HTML is text here and definitions of links are not taken
away, so that everything that was written is seen.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from tui.views.markdown.cells import table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

Rule = Callable[["StateBlock", int, int, bool], bool]

MAX_NESTING = 40
"""Levels of nesting that are parsed; the parser drops what lies deeper, so nobody may render that."""

SIGNS_OF_RULE = 3
"""A line of more signs may belong to a table that a program printed: it stays as it is."""

ALIGNED = "aligned"
"""The type of a token of text in which nothing is markup."""


_SIGNS = {"fence": "`~", "blockquote": ">", "hr": "-*_", "list": "-*+0123456789", "heading": "#"}
"""What a line begins with where a rule may hold: every line of a text is looked at for each of them."""


@cache
def _usual() -> Any:
    """The rules of the package, which is imported when the first Markdown is shown."""
    from markdown_it import rules_block

    return rules_block


def _only_at(signs: str, rule: Rule) -> Rule:
    first = frozenset(signs)

    def guarded(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return at < len(state.src) and state.src[at] in first and rule(state, start, end, silent)

    return guarded


def _heading(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The usual rule; signs with no words behind them are text, which ends what is above it all the same."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return (silent or line.strip("# \t") != "") and bool(_usual().heading(state, start, end, silent))


def _quotation(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The usual rule; three signs are text, which ends what is above: a prompt, or where two versions clash."""
    if state.src.startswith(">>>", state.bMarks[start] + state.tShift[start]):
        return silent
    return bool(_usual().blockquote(state, start, end, silent))


def _code(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The usual rule; what goes over into text is a part of it, as in a table of numbers, and keeps its blanks."""
    if not state.is_code_block(start) or not _usual().code(state, start, end, silent):
        return False
    below = state.line
    if below >= end or state.isEmpty(below) or state.sCount[below] < state.blkIndent:
        return True
    under = state.src[state.bMarks[below] : state.eMarks[below]].strip()
    is_rule_of_table = len(under) > SIGNS_OF_RULE and not under.strip("-")
    ends = state.md.block.ruler.getRules("paragraph")
    if not is_rule_of_table and any(rule(state, below, end, True) for rule in ends):
        return True
    state.tokens[-1].type = ALIGNED
    state.tokens[-1].content = state.getLines(start, below, state.blkIndent, False)
    return True


def _paragraph(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The usual rule; the blanks before the first line stay, since what a program prints is aligned by them."""
    _usual().paragraph(state, start, end, silent)
    lines = state.getLines(start, state.line, state.blkIndent, False)
    state.tokens[-2].content = lines.rstrip()
    return True


def _has_signs_below(state: "StateBlock", start: int, end: int) -> bool:
    for line in range(start + 1, end):
        if state.isEmpty(line):
            return False
        if state.src[state.bMarks[line] + state.tShift[line]] in "-=":
            return True
    return False


def _underlined(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """The usual rule for headings above a line of signs; that line stays, and above it stands one line, not several.

    So the rule in a table that a program printed is no more lost than the line between two versions of a file.
    """
    if not _has_signs_below(state, start, end) or not _usual().lheading(state, start, end, silent):
        return False
    opening, text, closing = state.tokens[-3:]
    text.content = state.getLines(start, state.line, state.blkIndent, False).rstrip()
    text.map = [start, state.line]
    if text.content.count("\n") > 1:
        opening.type, opening.tag, closing.type, closing.tag = "paragraph_open", "p", "paragraph_close", "p"
    return True


@lru_cache(maxsize=2)
def parser(*, typed: bool = False) -> "MarkdownIt":
    """The shared parser; it is made, and its package imported, when the first Markdown is shown.

    What a person has typed (`typed`) is often no Markdown: there, only fences and tables are taken for it.
    """
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable("table")
    made.disable(["inline", "reference", "html_block"])
    rules = made.block.ruler
    rules.at("table", table, {"alt": ["paragraph", "reference"]})
    rules.at("paragraph", _paragraph)
    usual = _usual()
    ours = {
        "fence": usual.fence,
        "blockquote": _quotation,
        "hr": usual.hr,
        "list": usual.list_block,
        "heading": _heading,
    }
    for name, rule in ours.items():
        # As in the package: what ends what.
        inside = ["paragraph", "reference", "blockquote", *(["list"] if name not in ("list", "heading") else [])]
        rules.at(name, _only_at(_SIGNS[name], rule), {"alt": inside})
    if typed:
        made.disable(["code", "blockquote", "hr", "list", "heading", "lheading"])
        return made
    rules.at("code", _code)
    rules.at("lheading", _underlined)
    return made
