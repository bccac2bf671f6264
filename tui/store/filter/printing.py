"""From an expression back to a line that means the same: what is printed and read again is the same expression."""

import re
from collections.abc import Sequence
from contextlib import suppress
from types import UnionType

from tui.store.filter.expression import All, AnyOf, Call, Node, Not, Term, Word, conjuncts, words_of
from tui.store.filter.parser import parse
from tui.store.filter.scanner import UnreadableLine
from tui.store.filter.values import Ago, OneOf, Range, Value

_PLAIN_VALUE = re.compile(r"[^\s\",()|]+")


def line_of(node: Node) -> str:
    """The line that means this expression; empty for everything."""
    match node:
        case Word():
            return node.text if _reads_as_word(node.text) else _quoted(node.text)
        case Term():
            return f"{node.name}:{_value_words(node.value)}"
        case Call():
            return f"tool({line_of(node.inner)})"
        case Not():
            return f"-{_bracketed(node.inner, All | AnyOf)}"
        case All():
            return " ".join(_bracketed(part, All | AnyOf) for part in node.inner)
        case AnyOf():
            return " | ".join(_bracketed(part, AnyOf) for part in node.inner)


def line_of_all(parts: Sequence[Node]) -> str:
    """The line that means all of these; empty for none."""
    return line_of(parts[0] if len(parts) == 1 else All(tuple(parts)))


def plain_value(text: str) -> str:
    """A text as the value of a term: in quotes where it needs them."""
    return text if _PLAIN_VALUE.fullmatch(text) else _quoted(text)


def words_line(text: str) -> str:
    """The line that searches a text: as it stands where that is read as words, else in quotes."""
    with suppress(UnreadableLine):
        node = parse(text)
        if words_of(node) == text and all(isinstance(part, Word) for part in conjuncts(node)):
            return text
    return _quoted(text)


def _bracketed(node: Node, kinds: type | UnionType) -> str:
    """The line of a part, in brackets where it would be read as something else without them."""
    return f"({line_of(node)})" if isinstance(node, kinds) else line_of(node)


def _value_words(value: Value) -> str:
    match value:
        case OneOf():
            return ",".join(map(plain_value, value.texts))
        case Range() | Ago():
            return value.words
        case _:
            return "yes" if value else "no"


def _reads_as_word(text: str) -> bool:
    if '"' in text[:2]:
        return False  # a quote in another word might close it
    try:
        return parse(text) == Word(text)
    except UnreadableLine:
        return False


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
