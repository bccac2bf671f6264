"""The parameters of calls among the facts: of one call, and of a column in statements."""

from typing import TYPE_CHECKING

import msgspec

from tui.store.across.value import Missing, Value
from tui.store.facts.conditions.parameters import element, of_call, place_of, worded
from tui.store.facts.held import ROW_BITS, Held, held_at

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase

_TYPE, _HELD = element("p.held", place_of("k"))
VALUE = worded(_TYPE, _HELD)
"""`VALUE` is that of the parameter, where `joined` stands."""

KIND = (
    f"CASE {_TYPE} WHEN 'text' THEN 1 WHEN 'integer' THEN 0 WHEN 'real' THEN 0 WHEN 'true' THEN 2 WHEN 'false' THEN 2 "
    "WHEN 'null' THEN 3 WHEN 'array' THEN 4 ELSE 5 END"
)
"""The kind of a parameter as a number, as `rank` counts them, where `joined` stands."""


def joined(mark: str) -> str:
    """What brings the parameter of a name to each call, as `p`; the name stands for a mark."""
    return f"LEFT JOIN parameters AS p ON {of_call('p', 'k', f'(SELECT id FROM words WHERE text = :{mark})')}"


def parameters_of(database: "FactsDatabase", conversation: int, number: int) -> dict[str, Value]:
    """The parameters of a call, by name."""
    rows = database.select(
        "SELECT words.text, p.held FROM texts AS t, json_each(t.parameters) AS one "
        f"JOIN parameters AS p ON p.name = one.value AND p.conversation = t.key AND p.part = ? >> {ROW_BITS} "
        "JOIN words ON words.id = p.name WHERE t.key = ? ORDER BY words.text",
        (number, conversation),
    )
    held = {name: held_at(row, number) for name, row in rows}
    return {name: _value_of(one) for name, one in held.items() if one != {}}


def _value_of(held: Held) -> Value:
    return Missing.CUT if isinstance(held, dict | list) else held


def as_json(parameters: dict[str, Value]) -> str:
    """Parameters as one line of JSON; what is not kept is `…`."""
    told = {name: "…" if isinstance(value, Missing) else value for name, value in parameters.items()}
    return msgspec.json.encode(told).decode()
