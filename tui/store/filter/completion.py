"""What a line for finding can go on with: names of terms, their words, and values that were seen."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from tui.store.filter.printing import plain_value
from tui.store.filter.terms import CALL_TERMS, PARAMETER, TERMS, TermKind
from tui.store.filter.values import Kind

Seen = Callable[[str], Sequence[str]]
"""The values of a term that were seen, the likeliest first."""

_CALL = "tool("
_YES_NO = ("yes", "no")

PARAMETERS = "param"
"""Under which the names of input parameters were seen, which are terms inside a call."""

_NAME = re.compile(r"[\w.-]+")
"""Names that can stand in a line as they are."""


class Completion(Struct, frozen=True):
    """Texts that may stand where a word or value begins, at `start`; the rest of the line stays."""

    start: int
    texts: tuple[str, ...]


def completion(line: str, cursor: int, seen: Seen) -> Completion:
    """What may stand in the place of the word before the cursor."""
    start = _start_of(line, cursor)
    word = line[start:cursor]
    in_call = _is_in_call(line, start)
    terms = CALL_TERMS if in_call else TERMS
    name, colon, value = word.partition(":")
    if not colon:
        names = [f"{term}:" for term in terms if term.startswith(word)]
        names += [_CALL] if not in_call and word and _CALL.startswith(word) else []
        named = [f"{PARAMETER}{one}:" for one in seen(PARAMETERS) if _NAME.fullmatch(one)] if in_call else []
        named = named or ([PARAMETER] if in_call and len(word) < len(PARAMETER) else [])
        names += [one for one in named if one.startswith(word)]
        return Completion(start, tuple(names))
    if name not in terms:
        return Completion(start, ())
    begun = value.rpartition(",")[2]
    at = cursor - len(begun)
    told = begun.lstrip('"').casefold()
    values = _values(terms[name], "tool" if in_call and name == "name" else name, seen)
    return Completion(at, tuple(plain_value(one) for one in values if one.casefold().startswith(told)))


def may_become_term(line: str) -> bool:
    """Whether the last word of a line may still become a term, so that it is too early to search for it."""
    if not line or line[-1].isspace():
        return False
    word = line[_start_of(line, len(line)) :].lstrip("-(")
    return bool(word) and any(term.startswith(word) for term in (*(f"{name}:" for name in TERMS), _CALL))


def asks_of_calls(line: str) -> bool:
    """Whether a line is about tool calls, whose values are seen in histories alone."""
    return "tool:" in line or _CALL in line


def _values(kind: TermKind, name: str, seen: Seen) -> Sequence[str]:
    if kind.kind is Kind.YES_NO:
        return _YES_NO
    return kind.choices or seen(name)


def _start_of(line: str, cursor: int) -> int:
    """Where the word before the cursor begins; a blank in quotes parts no words."""
    start, quoted = 0, False
    for at, letter in enumerate(line[:cursor]):
        quoted ^= letter == '"'
        is_edge = letter.isspace() or letter == "(" or (letter == "-" and at == start)
        if is_edge and not quoted:
            start = at + 1
    return start


def _is_in_call(line: str, at: int) -> bool:
    opened = line.rfind(_CALL, 0, at)
    return opened >= 0 and line.count("(", opened, at) > line.count(")", opened, at)
