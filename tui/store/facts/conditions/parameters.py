"""Conditions on parameters: on a row that holds those of many calls, and on that of one call.

Most rows hold values of one kind, of which the JSON tells what is asked as it stands. Others are taken apart.
"""

import re

from tui.store.facts.conditions.values import Values
from tui.store.facts.held import INTEGERS, OTHERS, REALS, ROW_BITS, TEXTS, YES_OR_NO
from tui.store.filter import patterns
from tui.store.filter.values import OneOf, Range, Value

_AS_IT_STANDS = re.compile(r"[A-Za-z0-9 _.:/@+-]+")
"""What JSON never escapes and puts between no two values."""


def row_fits(values: Values, row: str, value: Value, *, unknown_fits: bool) -> str:
    """That one of the values in a row of `parameters` fits; with `unknown_fits` also one that was cut."""
    exact = _exact(values, row, value, unknown_fits=unknown_fits)
    match value:
        case Range() if value.low is not None and value.low == value.high and not (value.low_open or value.high_open):
            return _equals(values, row, value, exact)
        case Range():
            told = _between(values, row, value, exact)
            return f"(CASE WHEN {row}.kind >= {OTHERS} THEN {exact} ELSE {told} END)" if unknown_fits else told
        case OneOf():
            return _is_one_of(values, row, value, exact, unknown_fits=unknown_fits)
        case _:
            return exact


def call_fits(values: Values, call: str, name: str, value: Value) -> str:
    """That a call has this value as parameter `name`, a number: null where it was cut, 0 where there is none."""
    kind, held = element("p.held", place_of(call))
    fits = element_fits(values, kind, held, value)
    # 2 stands for null, which is also what is selected where there is no such row. What is null counts as not there.
    ask = f"SELECT coalesce({fits}, 2) FROM parameters AS p WHERE {of_call('p', call, name)}"
    return f"nullif(coalesce(({ask}), 0), 2)"


def element_fits(values: Values, kind: str, held: str, value: Value) -> str:
    """That an element, told by its type and its value, fits: null where it was cut, 0 where there is none."""
    fits = _element_fits(values, worded(kind, held), value)
    return f"(CASE WHEN coalesce({kind}, 'null') IN ('null', 'object') THEN 0 ELSE {fits} END)"


def surely_fits(values: Values, kind: str, held: str, value: Value) -> str:
    """The same where what was cut counts as none; the type is looked at last, of the few whose value fits."""
    has_type = f"{kind} IN ('integer', 'real', 'text')"
    fits = f"({_element_fits(values, held, value)} AND {has_type})"
    words = [one for one in ("true", "false") if isinstance(value, OneOf) and patterns.fits(value, one)]
    return f"({fits} OR {kind} IN ({', '.join(map(repr, words))}))" if words else fits


def of_call(row: str, call: str, name: str) -> str:
    """That a row of `parameters` holds what a call has as parameter `name`, a number."""
    return (
        f"{row}.name = {name} AND {row}.conversation = {call}.conversation AND {row}.part = {call}.number >> {ROW_BITS}"
    )


def place_of(call: str) -> str:
    """The path in `held` at which a call's value stands."""
    return f"'$[' || ({call}.number & {(1 << ROW_BITS) - 1}) || ']'"


def element(held: str, path: str) -> tuple[str, str]:
    """The type that JSON has, and the value, of the element at a path in `held`."""
    return f"json_type({held}, {path})", f"json_extract({held}, {path})"


def worded(kind: str, held: str) -> str:
    """The value of such an element, true and false in words; null of what was cut, and where there is none."""
    return (
        f"(CASE {kind} WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'array' THEN NULL "
        f"WHEN 'object' THEN NULL ELSE {held} END)"
    )


EACH = "j.type", "j.value"
"""The same of an element `j` that JSON is taken apart to."""


def _element_fits(values: Values, held: str, value: Value) -> str:
    fits = values.fits(held, value)
    if isinstance(value, Range):
        fits = f"({fits} AND typeof({held}) != 'text')"  # all texts are greater than any number
        if value.low == value.high:
            fits = f"({fits} OR {values.fits(held, _typed(value))})"
    return fits


def _typed(value: Range) -> OneOf:
    """What was typed, as a text."""
    return OneOf((value.words.lstrip("="),))


def _exact(values: Values, row: str, value: Value, *, unknown_fits: bool) -> str:
    """What is null counts as not there."""
    fits = _element_fits(values, worded(*EACH), value)
    fits = f"coalesce({fits}, 1)" if unknown_fits else fits
    return f"EXISTS (SELECT 1 FROM json_each({row}.held) AS j WHERE j.type NOT IN ('null', 'object') AND {fits})"


def _equals(values: Values, row: str, value: Range, exact: str) -> str:
    """A number, or the text that was typed: `5` is found in both."""
    assert value.low is not None
    integer = value.low == int(value.low)
    as_number = values.like(f"{row}.held", f"* {int(value.low)} *") if integer else "0"
    as_text = _as_text(values, row, _typed(value).texts[0])
    return f"(CASE {row}.kind WHEN {INTEGERS} THEN {as_number} WHEN {TEXTS} THEN {as_text or exact} ELSE {exact} END)"


def _between(values: Values, row: str, value: Range, exact: str) -> str:
    """By the least and the greatest number, where those tell it."""
    least, greatest = values.fits(f"{row}.low", value), values.fits(f"{row}.high", value)
    if value.low is None or value.high is None:
        return f"coalesce({greatest if value.high is None else least}, 0)"
    outside = f"{row}.low > {values.mark(value.high)} OR {row}.high < {values.mark(value.low)}"
    return f"(CASE WHEN {row}.low IS NULL OR {outside} THEN 0 WHEN {least} OR {greatest} THEN 1 ELSE {exact} END)"


def _is_one_of(values: Values, row: str, value: OneOf, exact: str, *, unknown_fits: bool) -> str:
    texts = [_as_text(values, row, text) for text in value.texts]
    words = [one for one in ("true", "false") if any(text.lower() == one for text in value.texts)]
    literals = [values.like(f"{row}.held", f"*{one}*") for one in words]
    found = exact
    pieces = [_pieces(text) for text in value.texts]
    if all(pieces) and not unknown_fits:  # fractions may be written otherwise in JSON
        likes = " OR ".join(values.like(f"{row}.held", f"*{'*'.join(piece)}*") for piece in pieces)
        found = f"(CASE WHEN {row}.kind = {REALS} OR {likes} THEN {exact} ELSE 0 END)"
    either = f"({' OR '.join(texts)})" if all(texts) else found
    truth = f"({' OR '.join(literals)})" if len(literals) == len(value.texts) else found
    return f"(CASE {row}.kind WHEN {TEXTS} THEN {either} WHEN {YES_OR_NO} THEN {truth} ELSE {found} END)"


def _as_text(values: Values, row: str, text: str) -> str:
    """That a row of texts has this one, told by its JSON as it stands; "" where that does not tell it."""
    inner = text.strip("*")
    if text and not inner:
        return "1"
    if _AS_IT_STANDS.fullmatch(inner) is None:
        return ""
    begin, end = "" if text.startswith("*") else '"', "" if text.endswith("*") else '"'
    return values.like(f"{row}.held", f"*{begin}{inner}{end}*")


def _pieces(text: str) -> list[str]:
    """What stands in the JSON as it is, and in this order, wherever a text fits."""
    return _AS_IT_STANDS.findall(text) if text.isascii() else []
