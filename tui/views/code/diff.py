"""Unified diffs: what each line of one is, read by the counts of its hunks, so that nothing else is taken for one."""

import re
from collections.abc import Sequence

LANGUAGES = frozenset({"diff", "udiff", "patch"})
"""Names behind a fence that say that a text is a diff."""

ADDED, REMOVED, HUNK, HEADER = "added", "removed", "hunk", "diff-header"

_HUNK = re.compile(r"@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")
_HAS_HUNK = re.compile(rf"^{_HUNK.pattern}", re.MULTILINE)
_HEADERS = ("diff --git ", "index ", "new file mode ", "deleted file mode ", "rename ", "similarity index ")
_OLD, _NEW = "--- ", "+++ "
_IN_HUNK = frozenset({"+", "-", " ", "", "\\"})
"""What a line of a hunk begins with; blanks at its end may have been cut off."""


def is_diff(text: str) -> bool:
    """Whether there is a hunk in it."""
    return "@@ -" in text and _HAS_HUNK.search(text) is not None


def diff_inks(lines: Sequence[str], *, declared: bool = False) -> list[str]:
    """The ink of each line, nothing for what is no part of a diff.

    Of what is `declared` to be one, signs count outside hunks, too.
    """
    inks: list[str] = []
    old = new = 0
    for number, line in enumerate(lines):
        sign = line[:1]
        if (old > 0 or new > 0) and sign in _IN_HUNK:
            inks.append({"+": ADDED, "-": REMOVED}.get(sign, ""))
            old -= sign in ("-", " ", "")
            new -= sign in ("+", " ", "")
            continue
        old = new = 0  # the hunk may have been shorter than it says
        if found := _HUNK.match(line):
            old, new = (1 if count is None else int(count) for count in found.groups())
            inks.append(HUNK)
        elif _is_header(lines, number):
            inks.append(HEADER)
        else:
            inks.append({"+": ADDED, "-": REMOVED, "@": HUNK}.get(sign, "") if declared else "")
    return inks


def _is_header(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    if line.startswith(_OLD):
        return lines[number + 1 : number + 2] != [] and lines[number + 1].startswith(_NEW)
    if line.startswith(_NEW):
        return number > 0 and lines[number - 1].startswith(_OLD)
    return line.startswith(_HEADERS[0]) or (
        line.startswith(_HEADERS[1:]) and number > 0 and lines[number - 1].startswith(_HEADERS)
    )
