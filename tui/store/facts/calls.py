"""What is kept of a tool call's input parameters: which call is like which, and the values that can be asked for."""

from collections.abc import Iterator
from enum import Enum
from hashlib import blake2b
from itertools import islice

import msgspec

from tui.store.history.raw import RawValue, size_of

MOST_PARAMETERS = 24
LONGEST_VALUE = 128
"""Bytes of one value, as UTF-8."""
_ALL_VALUES = 1024
"""Bytes of all values and names of one call."""

_LARGE = 64 * 1024
"""Bytes from which on no objects are made of the parameters."""

_MOST_LEAVES = 4 * MOST_PARAMETERS
"""Values of the parameters of one call, those inside of objects counted each."""
_DEEPEST = 5
"""Names of a path, at most."""


class JsonNull(Enum):
    """The null of JSON, where None is a value that was cut."""

    NULL = "null"


Scalar = str | int | float | bool | JsonNull
Kept = tuple[tuple[str, Scalar | None], ...]
"""Names and values of parameters, those inside of objects by their path; None is a value that was cut."""

_NOTHING: Kept = ()


def digest_of(*parts: bytes) -> int:
    """A number for these bytes, as SQLite holds it."""
    return int.from_bytes(blake2b(b"\0".join(parts), digest_size=8).digest(), "big", signed=True)


def call_digest(tool: str, raw: RawValue | None) -> int:
    """The number that is the same for identical calls: of one tool, with the same input parameters."""
    return _told(tool, raw)[0]


def parameters_of(tool: str, raw: RawValue | None) -> tuple[int, Kept]:
    """Of a call's parameters the number that is the same for identical calls, and what is kept of them."""
    number, held = _told(tool, raw)
    return number, _kept(held) if isinstance(held, dict) else _NOTHING


def _told(tool: str, raw: RawValue | None) -> tuple[int, object]:
    """The number, and the parameters as objects where they are read as such."""
    name = tool.encode("utf-8", "replace")
    if raw is None:
        return digest_of(name), None
    if size_of(raw) > _LARGE:
        return digest_of(name, bytes(raw)), None
    try:
        held = msgspec.json.decode(raw)
        return digest_of(name, msgspec.json.encode(held, order="sorted")), held
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError):
        return digest_of(name, bytes(raw)), None


def _kept(held: dict[str, object]) -> Kept:
    kept: list[tuple[str, Scalar | None]] = []
    left = _ALL_VALUES
    for path, value in islice(_leaves(held), _MOST_LEAVES):
        size = _size(value)
        left -= size + len(path) + 4
        if size <= LONGEST_VALUE and left >= 0:
            kept.append((path, _scalar(value)))
        else:
            left += size + len(path) + 4
            kept.append((path[:LONGEST_VALUE], None))
    return tuple(kept)


def _leaves(held: dict[str, object], above: str = "", depth: int = 1) -> Iterator[tuple[str, object]]:
    """The first parameters; what stands inside an object by its path."""
    for key, value in held.items() if above else islice(held.items(), MOST_PARAMETERS):
        if isinstance(value, dict) and value and depth < _DEEPEST:
            yield from _leaves(value, f"{above}{key}.", depth + 1)
        else:
            yield above + key, value


def _scalar(value: object) -> Scalar | None:
    """A value that is none of a container, as SQLite can hold and compare it; None where it is too great for that."""
    if isinstance(value, str | bool):
        return value
    if value is None:
        return JsonNull.NULL
    assert isinstance(value, int | float)
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return value
    try:
        return float(value)
    except OverflowError:
        return None


def _size(value: object) -> int:
    """Bytes of a value; those of a container are more than are kept."""
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode("utf-8", "replace"))
    return _LARGE if isinstance(value, dict | list) else 8
