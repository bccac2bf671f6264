"""Texts with `*` for any run of characters: as patterns of SQLite, and compared here."""

import re
from functools import lru_cache

from tui.store.filter.values import OneOf, Value

_SPECIAL = re.compile(r"([\\%_])")


def like(text: str, *, part: bool) -> str:
    """A text as a pattern for LIKE, escaped by backslashes; with `part` it may stand anywhere in what is searched."""
    folded = text.replace("\0", " ") if text.isascii() else text.casefold().replace("\0", " ")
    pattern = re.sub(r"\*+", "%", _SPECIAL.sub(r"\\\1", folded))
    return f"%{pattern}%" if part and "*" not in text else pattern


def fits(value: Value, text: str) -> bool:
    """Whether a whole text is one of those that a value says."""
    return isinstance(value, OneOf) and any(_pattern(one).search(text.casefold()) is not None for one in value.texts)


@lru_cache(maxsize=64)
def _pattern(text: str) -> "re.Pattern[str]":
    """Each star is matched for as few characters as will do and never taken back: no text takes longer than it is."""
    first, *rest = re.sub(r"\*+", "*", text.casefold()).split("*")
    if not rest:
        return re.compile(rf"\A{re.escape(first)}\Z", re.DOTALL)
    *middle, last = rest
    steps = "".join(rf"(?>.*?{re.escape(piece)})" for piece in middle)
    ending = rf".*{re.escape(last)}\Z" if last else ""
    return re.compile(rf"\A{re.escape(first)}{steps}{ending}", re.DOTALL)
