"""The parameters of calls among the facts: of one call, and of a column in statements."""

from typing import TYPE_CHECKING

import msgspec

from tui.store.across.value import Missing, Value
from tui.store.facts.schema import NULL, YES_OR_NO

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase

KIND = (
    f"CASE WHEN p.name IS NULL THEN 5 WHEN p.literal = {YES_OR_NO} THEN 2 WHEN p.literal = {NULL} THEN 3 "
    "WHEN p.value IS NULL THEN 4 WHEN typeof(p.value) = 'text' THEN 1 ELSE 0 END"
)
"""The kind of a parameter as a number, as `rank` counts them, where `JOINED` stands."""


def joined(mark: str) -> str:
    """What brings the parameter of a name to each call, as `p`; the name stands for a mark."""
    return (
        f"LEFT JOIN parameters AS p ON p.name = (SELECT id FROM words WHERE text = :{mark}) "
        "AND p.conversation = k.conversation AND p.number = k.number"
    )


def value_of(value: str | int | float | None, literal: int | None) -> Value:
    """A value that is kept, as JSON had it."""
    match literal:
        case 1:
            return value == "true"
        case 2:
            return None
        case _:
            return Missing.CUT if value is None else value


def parameters_of(database: "FactsDatabase", conversation: int, number: int) -> dict[str, Value]:
    """The parameters of a call, by name."""
    rows = database.select(
        "SELECT words.text, p.value, p.literal FROM texts AS t, json_each(t.parameters) AS one "
        "JOIN parameters AS p ON p.name = one.value AND p.conversation = t.key AND p.number = ? "
        "JOIN words ON words.id = p.name WHERE t.key = ? ORDER BY words.text",
        (number, conversation),
    )
    return {name: value_of(value, literal) for name, value, literal in rows}


def as_json(parameters: dict[str, Value]) -> str:
    """Parameters as one line of JSON; what is not kept is `…`."""
    told = {name: "…" if isinstance(value, Missing) else value for name, value in parameters.items()}
    return msgspec.json.encode(told).decode()
