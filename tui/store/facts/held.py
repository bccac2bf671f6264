"""The values of one parameter in the calls of a conversation, as one row holds them.

They are JSON, in the order of the calls: few rows are looked through to find a value, and few bytes are kept beside it.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from tui.store.facts.calls import JsonNull, Scalar
from tui.store.facts.facts import CallFacts
from tui.store.facts.schema import storable

ROW_BITS = 5
"""Bits of the number of a call that tell its place in a row; the others tell which row it is in."""

_CALLS_A_ROW = 1 << ROW_BITS

TEXTS, INTEGERS, YES_OR_NO, OTHERS, REALS = range(5)
"""The `kind` of a row: all are texts in which JSON escapes nothing, all are integers, all are true or false; of others,
whether there are fractions. In the first three a value is found in the JSON as it stands."""

Held = dict[str, None] | list[None] | str | int | float | bool | None
"""A value in the JSON: `{}` where the call has no such parameter, `[]` where it was cut."""


class HeldRow(NamedTuple):
    """A row but for its key."""

    kind: int
    low: float | None
    """The least number; None where there is none."""
    high: float | None
    held: str


def held_rows(calls: Iterable[CallFacts]) -> dict[tuple[str, int], HeldRow]:
    """By the name of the parameter, and the number of the row; of two values of one name the first is taken."""
    rows: dict[tuple[str, int], dict[int, Held]] = {}
    for number, call in enumerate(calls):
        part, place = number >> ROW_BITS, number & _CALLS_A_ROW - 1
        for name, value in call.parameters:
            rows.setdefault((name, part), {}).setdefault(place, _held(value))
    return {key: _row(places) for key, places in rows.items()}


def held_at(held: str, number: int) -> Held:
    """The value of the call of this number."""
    values: list[Held] = msgspec.json.decode(held)
    place = number & _CALLS_A_ROW - 1
    return values[place] if place < len(values) else {}


def _held(value: Scalar | None) -> Held:
    if isinstance(value, str):
        return storable(value)
    if value is None:
        return []
    return None if isinstance(value, JsonNull) else value


def _row(places: dict[int, Held]) -> HeldRow:
    types = set(map(type, places.values()))
    numbers = [one for one in places.values() if isinstance(one, int | float) and not isinstance(one, bool)]
    values: list[Held] = [places.get(place, {}) for place in range(max(places) + 1)]
    if types == {int}:
        kind, held = INTEGERS, f"[ {' , '.join('{}' if one == {} else str(one) for one in values)} ]"
    else:
        held = msgspec.json.encode(values).decode()
        kind = REALS if float in types else OTHERS
        if types == {str} and "\\" not in held:
            kind = TEXTS
        elif types == {bool}:
            kind = YES_OR_NO
    return HeldRow(kind, min(numbers, default=None), max(numbers, default=None), held)
