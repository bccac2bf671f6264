"""From what is typed to an expression, by recursive descent.

    any   = all { "|" all }                 | stands alone, between blanks
    all   = { one }
    one   = [ "-" ] ( "(" any ")" | "tool(" any ")" | name ":" value { "," value } )  |  word

A bracket groups only where it begins a token and holds a term or `|`; a name is a term's only where a value stands
directly behind its colon. Everything else is words, so that what people paste is searched as it is.
"""

import re

from tui.store.filter.expression import EVERYTHING, All, AnyOf, Call, Extent, Node, Not, Term, Word
from tui.store.filter.scanner import QUOTE, Scanner, UnreadableLine, quoted_at, values_at
from tui.store.filter.terms import TermKind, nearest, term_kind
from tui.store.filter.values import BadValue, Kind, OneOf, Value, moment, number, yes_no

LONGEST = 2_000
"""Characters of a line."""
_DEEPEST = 20
_NAME = re.compile(r"[a-z][A-Za-z0-9_.-]*(?=:)")
_NAME_AHEAD = re.compile(r"(?:^|[\s(-])([a-z][A-Za-z0-9_.-]*):[^\s)]")
_CALL_AHEAD = re.compile(r"(?:^|[\s(-])tool\(")
_BAR_AHEAD = re.compile(r"(?:^|\s)\|(?:\s|$)")
_CALL = "tool("


def parse(line: str) -> Node:
    """The expression that a line means; an empty one is everything.

    Raises:
        UnreadableLine: it cannot be read; says where and what would help.
    """
    if len(line) > LONGEST:
        raise UnreadableLine(f"The line is longer than {LONGEST:,} characters", LONGEST)
    reader = Scanner(line)
    node = _any(reader)
    _refuse_words(node, at_top=True)
    return node


def _any(line: Scanner) -> Node:
    start = line.at
    parts = [_all(line)]
    while line.alternates:
        bar = line.at
        line.at += 1
        parts.append(_all(line))
        if EVERYTHING in parts[-2:]:
            raise UnreadableLine("Something is missing beside |", bar, "It stands between two terms.")
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts), Extent(start, line.at))


def _all(line: Scanner) -> Node:
    start = line.at
    parts: list[Node] = []
    while True:
        line.skip_blanks()
        if line.ended or line.closes or line.alternates:
            break
        if (part := _one(line)) is not None:
            parts.append(part)
    return parts[0] if len(parts) == 1 else All(tuple(parts), Extent(start, line.at))


def _one(line: Scanner) -> Node | None:
    start = line.at
    if line.starts("-") and _negates(line):
        line.at += 1
        inner = _bracket(line) or _term(line)
        if inner is None:
            raise UnreadableLine(
                "The server cannot search for words that must not occur", start, "Only terms can follow a dash."
            )
        return Not(inner, Extent(start, line.at))
    return _bracket(line) or _term(line) or _word(line)


def _negates(line: Scanner) -> bool:
    """Whether the dash here stands before something that it could negate; `--flag`, `->` and `-5` are words."""
    behind = line.text[line.at + 1 : line.at + 2]
    return behind.isalpha() or behind == "(" or (behind == QUOTE and QUOTE in line.text[line.at + 2 :])


def _bracket(line: Scanner) -> Node | None:
    """A group, or a call that is all of something; None where no bracket groups here."""
    start = line.at
    is_call = line.starts(_CALL) and not line.in_call
    opening = _CALL if is_call else "("
    if not line.starts(opening):
        return None
    closing = _closing(line.text, start + len(opening) - 1)
    if not is_call and not _groups(line.text[start + 1 : closing if closing >= 0 else None], in_call=line.in_call):
        return None
    if closing < 0:
        raise UnreadableLine("A bracket is not closed", start)
    if line.depth >= _DEEPEST:
        raise UnreadableLine("There are too many brackets in brackets", start)
    line.at += len(opening)
    line.depth += 1
    line.in_call = line.in_call or is_call
    inner = _any(line)
    if not line.closes:
        raise UnreadableLine("A bracket is not closed", start)
    line.at += 1
    line.depth -= 1
    line.in_call = line.in_call and not is_call
    if inner == EVERYTHING:
        raise UnreadableLine("There is nothing in the brackets", start)
    _refuse_words(inner, at_top=False)
    if not is_call:
        return inner
    return Call(inner, Extent(start, line.at))


def _groups(text: str, *, in_call: bool) -> bool:
    """Whether brackets with this in them are more than a part of words: it holds a term, a call, or `|` by itself."""
    if any(term_kind(found[1], in_call=in_call) for found in _NAME_AHEAD.finditer(text)):
        return True
    return _BAR_AHEAD.search(text) is not None or (not in_call and _CALL_AHEAD.search(text) is not None)


def _closing(text: str, at: int) -> int:
    """Where the bracket that opens at a place closes, or -1; what is quoted does not count."""
    depth = 0
    while at < len(text):
        letter = text[at]
        if letter == QUOTE and text[at - 1] in ":,( -":
            closing = text.find(QUOTE, at + 1)
            at = closing if closing > 0 else at
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at
        at += 1
    return -1


def _term(line: Scanner) -> Node | None:
    """A term, or None where there is none."""
    start = line.at
    found = _NAME.match(line.text, start)
    behind = line.text[found.end() + 1 : found.end() + 2] if found else ""
    if found is None or not behind or behind.isspace() or (line.depth and behind == ")"):
        return None
    name = found[0]
    kind = term_kind(name, in_call=line.in_call)
    if kind is None:
        if behind not in "/:\\" and (meant := nearest(name, in_call=line.in_call)) is not None:
            rest = line.text[found.end() :].split(maxsplit=1)[0]
            raise UnreadableLine(f"There is no term {name}:", start, f"{meant}{rest} ?")
        return None
    line.at = found.end() + 1
    values = values_at(line)
    try:
        value = _value(kind, values)
    except BadValue as error:
        raise UnreadableLine(f"{name}: {error}", found.end() + 1) from None
    return Term(name, value, Extent(start, line.at))


def _value(kind: TermKind, texts: tuple[str, ...]) -> Value:
    if kind.kind in (Kind.WHOLE, Kind.PART):
        return OneOf(texts)
    if kind.kind is Kind.CHOICE:
        chosen = tuple(text.lower() for text in texts)
        if wrong := [text for text in chosen if text not in kind.choices]:
            raise BadValue(f"takes {', '.join(kind.choices)}; not {wrong[0]}")
        return OneOf(chosen)
    if len(texts) > 1:
        raise BadValue("takes one value")
    if kind.kind is Kind.YES_NO:
        return yes_no(texts[0])
    if kind.kind is Kind.DATE:
        return moment(texts[0])
    if kind.kind is not Kind.ANY:
        return number(texts[0], kind.kind)
    try:
        return number(texts[0], Kind.NUMBER) if texts[0].lower() not in {"yes", "no"} else OneOf(texts)
    except BadValue:
        return OneOf(texts)


def _word(line: Scanner) -> Node | None:
    """One word; in quotes also with blanks, and None where there is nothing in them."""
    start = line.at
    if line.starts(QUOTE) and QUOTE in line.text[start + 1 :]:
        text = quoted_at(line)
        if line.ended or line.text[line.at].isspace() or line.closes:
            words = " ".join(text.split())
            return Word(words, Extent(start, line.at)) if words else None
        line.at = start
    open_brackets = 0
    while not line.ended and not line.text[line.at].isspace():
        letter = line.text[line.at]
        open_brackets += letter == "("
        if letter == ")" and line.depth and not open_brackets:
            break
        open_brackets -= letter == ")" and open_brackets > 0
        line.at += 1
    return Word(line.text[start : line.at], Extent(start, line.at))


def _refuse_words(node: Node, *, at_top: bool) -> None:
    """Words are the server's: it knows neither `or` nor `not`, and no words in a call.

    Raises:
        UnreadableLine: there is a word in an alternative, in brackets or in a call.
    """
    match node:
        case Word() if not at_top:
            raise UnreadableLine(
                "The server cannot search words in |, in brackets or in tool( )", node.place.start, "Words stand alone."
            )
        case All():
            for inner in node.inner:
                _refuse_words(inner, at_top=at_top and isinstance(inner, Word))
        case AnyOf():
            for inner in node.inner:
                _refuse_words(inner, at_top=False)
        case Not() | Call():
            _refuse_words(node.inner, at_top=False)
        case _:
            pass
