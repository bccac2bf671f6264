"""Links and pictures: what stands behind the closing bracket of one, and which brackets are none."""

import re
from typing import NamedTuple

_DEEPEST = 3
"""Parentheses inside an address: CommonMark asks for so many, and with more each would be looked through for long."""

_BLANKS = re.compile(r"[ \t]*\n?[ \t]*")
_IN_BRACKETS = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_PLAIN = re.compile(r"(?:[^\x00-\x20\x7f()\\]|\\[^\x00-\x20\x7f]|\\(?=[\x00-\x20\x7f]|$))+|[()]")
_TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)", re.DOTALL)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/#.?]|www\.")


class Target(NamedTuple):
    """Where a link leads: the address, all that was written in the parentheses, and the place behind them."""

    address: str
    words: str
    end: int


def target_at(text: str, at: int) -> Target | None:
    """What `(address "title")` says; None where nothing of that kind stands there."""
    if not text.startswith("(", at):
        return None
    begin = _past_blanks(text, at + 1)
    end, address = _address_at(text, begin)
    behind = _past_blanks(text, end)
    found = _TITLE.match(text, behind) if behind > end > begin else None
    if found is not None:
        behind = _past_blanks(text, found.end())
    return Target(address, text[begin:behind].strip(), behind + 1) if text.startswith(")", behind) else None


def is_link(text: str, opening: int, closing: int, target: Target) -> bool:
    """Whether brackets with a parenthesis behind them are a link, and not `handlers[name](event)` or `[](x)`."""
    if not text[opening + 1 : closing].strip():
        return False
    before = text[opening - 1] if opening else " "
    inside_code = before.isalnum() or before in "_)]"
    return not inside_code or _ADDRESS.match(target.address) is not None


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found is not None else at


def _address_at(text: str, at: int) -> tuple[int, str]:
    """Where the address ends, and what it is; it may be empty."""
    found = _IN_BRACKETS.match(text, at)
    if found is not None:
        return found.end(), found[1]
    depth, end = 0, at
    while (piece := _PLAIN.match(text, end)) is not None:
        if piece.group() == "(":
            depth += 1
        elif piece.group() == ")":
            depth -= 1
        if depth < 0 or depth > _DEEPEST:
            break
        end = piece.end()
    return (end, text[at:end]) if depth <= 0 else (at, "")
