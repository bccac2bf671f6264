"""What of a Markdown text is markup on the screen, and what is text there though CommonMark would take it away.

The README shows this table, and the tests compare with it what is missing on the screen.
"""

from typing import NamedTuple


class Markup(NamedTuple):
    """One kind of markup, in the words of the README."""

    written: str
    shown: str
    """What the screen makes of it."""
    text: str
    """Where the same characters are text."""
    gone: tuple[str, ...]
    """Regular expressions of the characters that are missing on the screen."""


_FRAME = r"(?m:^[ >]*{} *$)"
"""A whole line of marks."""

MARKUP = (
    Markup(
        "`*a*`, `**a**`, `~~a~~`",
        "slanted, bold, struck through",
        "inside a word; between two marks of punctuation (there only `**` closes, before `. , : ; ! ? )`); to open, "
        "before `/ ) ] . ,`, and one `*` behind `\"` or `'`; to close, behind `( [ { <` or a `/` that begins a word; "
        "one `*` closes only on its line",
        (r"\*", "~~"),
    ),
    Markup("`_a_`, `__a__`", "slanted, bold; the underscores stay", "", ()),
    Markup("`` `a` ``", "as code", "", ("`+ ?", " ?`+")),
    Markup(
        "`[a](b)`",
        "`a (b)`; `a` alone where `b` is the same",
        "without words in the brackets; behind a word, unless `b` is an address or a path",
        (r"\[", r"\](?=\()", r"\]\(\S+\)"),
    ),
    Markup("`![a](b)`", "`[image: a] (b)`", "", (r"!(?=\[)",)),
    Markup("`<https://a.b>`, `<b>`", "as it is: addresses in brackets and HTML are text", "", ()),
    Markup(
        r"`\*`",
        "`*`",
        "before what would be no markup without it, before `_`, and at the end of a line",
        (r"\\(?=[!-/:-@\[-^`{-~])",),
    ),
    Markup("`&lt;`", "`<`", "", (r"&#?\w+;",)),
    Markup(
        "`# a`, or `a` above `===`",
        "as a heading; the line of `===` stays",
        "signs without words; several lines above `===`",
        ("#{1,6} ", " #+"),
    ),
    Markup("`> a`", "`│ a`", "`>>>` and more", (">",)),
    Markup("`- a`, `* a`", "`• a`", "the sign of `+ a` and the number of `1. a`", (r"[-*](?=\s|\Z)",)),
    Markup("code between ```` ``` ````", "`┊ code`", "", ("`{3,}", "~{3,}")),
    Markup(
        "there, what a terminal obeys",
        "its colours; a line that was written over as it was last",
        "all that is more than `ESC [`, numbers and a letter",
        (r"\^\[\[[0-?]{0,64}[ -/]{0,4}[@-~]", r"[^\n]*\^M"),
    ),
    Markup("four blanks before code", "`┊ code`", "where less indented text follows at once", ()),
    Markup(
        "`---`, `***`, `___`", "a line", "more of the signs; right below text", (r"(?m:(?<!\S)([-*_])(?: *\1){2} *$)",)
    ),
    Markup(
        "`| a | b |` above `|---|---|`",
        "a table",
        "a pipe in code, and what a row has beyond the last column: it stands in its last cell",
        (_FRAME.format(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|?"), r"\|"),
    ),
)
