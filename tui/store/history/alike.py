"""Which failures are the same in other words: those that differ only in what belongs to one call."""

import re
from functools import lru_cache

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_SAME = re.compile(
    rf"""
    (?P<quoted>(?<!\w)(?:"[^"\n]*"|'[^'\n]*'|`[^`\n]*`)(?!\w)|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»)
    | (?P<path>\b[a-z][a-z0-9+.-]{{1,15}}://[^\s"'<>)\]]+
        | (?<![\w/\\])(?:[A-Za-z]:|~|\.{{1,2}})?(?:[/\\][\w.@+-]+){{1,64}}[/\\]?)
    | (?P<date>\b\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d)\b)?)?
        | \b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b | \b\d{{1,2}}:\d\d(?::\d\d(?:[.,]\d+)?)?\b
        | \b\d{{1,2}}\ (?:{_MONTHS})[a-z]{{0,6}}(?:\ \d{{4}})?\b
        | \b(?:{_MONTHS})[a-z]{{0,6}}\ \d{{1,2}}(?:,?\ \d{{4}})?\b)
    | (?P<number>(?<![\w-])[#]?[\w-]*\d[\w-]*(?:[.,]\d[\w-]*){{0,32}})
    """,
    re.VERBOSE,
)
_SIGNS = {"quoted": "“…”", "path": "/…", "date": "‹date›", "number": "#"}
_LONGEST = 400
"""Characters that are looked at."""


@lru_cache(maxsize=4096)
def alike(text: str | None) -> str:
    """The words of a failure without its numbers, ids, quoted strings, dates and paths; equal for failures alike."""
    told = " ".join((text or "")[:_LONGEST].split())
    return _SAME.sub(lambda found: _SIGNS[found.lastgroup or "number"], told)
