"""Whether a text that nobody has said to be Markdown is: what an agent answers to another one mostly is."""

import re

_LOOKED_AT = 4 * 1024
"""Characters at the begin of a text that are looked at; all of it takes linear time."""

_ENOUGH = 2
_ANY = ("#", "**", "`", "~~~", "--", "- ", "* ", "+ ", "1", "](")
"""One of them is in whatever is Markdown."""

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_BELOW_HEAD = frozenset("|-: ")
_ITEM = re.compile(r" {0,3}(?:([-*+])|(\d{1,3})[.)]) \S")
_PART = re.compile(r"(?:\A|\n\n)#{2,6} \S.*(?:\n\n|\Z)")
"""The heading of a part with nothing directly around it."""

_SIGNS = (
    re.compile(r"(?:\A|\n)#{1,6} \S.*\n(?!#)"),
    re.compile(r"(?:^|[\s(])\*\*[^\s*][^*\n]*\*\*(?:$|[\s.,:;!?)])", re.MULTILINE),
    re.compile(r"(?:^|[\s(])`[^`\s](?:[^`\n]*[^`\s])?`(?:$|[\s.,:;!?)])", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]+\]\((?:https?:|/|#|\.)[^()\s]+\)"),
    re.compile(r"^> \S", re.MULTILINE),
)
"""A heading, strong words, code in a line, a link, a quotation."""

_CODE = re.compile(
    r"\A(?:#!|<[?!]|<[a-zA-Z]+[ >]|\{|\[\{)|^(?:from \S+ )?import \S|^(?:def|class) \w+.*:$"
    r"|^#(?:include|define|ifdef)\b|[;{]$|^ *\d+(?:\t|→|[:|] )|^(?:commit [0-9a-f]{7,}|diff --git )|^[\w./-]+:\d+:",
    re.MULTILINE,
)
"""What programs, markup languages, listings with numbers, logs of versions and lists of matches have."""


def is_markdown(text: str) -> bool:
    """Whether the text has several lines, enough of the signs of Markdown, and none of code outside fences."""
    begin = text[:_LOOKED_AT].strip()
    if "\n" not in begin or not any(sign in begin for sign in _ANY):
        return False
    found, outside = _by_lines(begin.replace("\r\n", "\n"))
    found += _ENOUGH * (_PART.search(outside) is not None)
    found += sum(sign.search(outside) is not None for sign in _SIGNS)
    return found >= _ENOUGH and _CODE.search(outside) is None


def _by_lines(text: str) -> tuple[int, str]:
    """How much is told by fences that are closed, tables and lists, and the text without what is in fences."""
    fence, fences, tables = "", 0, 0
    items: dict[str, int] = {}
    outside: list[str] = []
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if found is not None and not fence:
            fence = found[1]
        elif fence:
            if line.strip().startswith(fence) and not line.strip(f" {fence[0]}"):
                fence, fences = "", fences + 1
        else:
            outside.append(line)
            tables += "|" in line and "--" in line and _BELOW_HEAD.issuperset(line)
            item = _ITEM.match(line)
            if item is not None and (item[1] or int(item[2]) == items.get("1.", 0) + 1):
                sign = item[1] or "1."
                items[sign] = items.get(sign, 0) + 1
    lists = sum(count > 1 for count in items.values())
    return _ENOUGH * (fences + tables > 0) + lists, "\n".join(outside)
