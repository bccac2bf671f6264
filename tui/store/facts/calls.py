"""What is kept of a tool call's input parameters: which call is like which, and the values that can be asked for."""

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

Scalar = str | int | float
Kept = tuple[tuple[str, Scalar | None], ...]
"""Names and values of parameters, true and false in words; None is a value that was cut."""

_NOTHING: Kept = ()


def digest_of(*parts: bytes) -> int:
    """A number for these bytes, as SQLite holds it."""
    return int.from_bytes(blake2b(b"\0".join(parts), digest_size=8).digest(), "big", signed=True)


def parameters_of(tool: str, raw: RawValue | None) -> tuple[int, Kept]:
    """Of a call's parameters the number that is the same for identical calls, and what is kept of them."""
    name = tool.encode("utf-8", "replace")
    if raw is None:
        return digest_of(name), _NOTHING
    if size_of(raw) > _LARGE:
        return digest_of(name, bytes(raw)), _NOTHING
    try:
        held = msgspec.json.decode(raw)
        plain = msgspec.json.encode(held, order="sorted")
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError):
        return digest_of(name, bytes(raw)), _NOTHING
    if not isinstance(held, dict):
        return digest_of(name, plain), _NOTHING
    return digest_of(name, plain), _kept(held)


def _kept(held: dict[str, object]) -> Kept:
    kept: list[tuple[str, Scalar | None]] = []
    left = _ALL_VALUES
    for key, value in islice(held.items(), MOST_PARAMETERS):
        size = _size(value)
        left -= size + len(key) + 4
        if size <= LONGEST_VALUE and left >= 0:
            if value is not None:
                kept.append((key, _scalar(value)))
        else:
            left += size + len(key) + 4
            kept.append((key[:LONGEST_VALUE], None))
    return tuple(kept)


def _scalar(value: object) -> Scalar:
    """A value that is none of a container, as SQLite holds and compares it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    assert isinstance(value, int | float)
    return value if isinstance(value, int) and -(2**63) <= value < 2**63 else float(value)


def _size(value: object) -> int:
    """Bytes of a value; those of a container are more than are kept."""
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode("utf-8", "replace"))
    return _LARGE if isinstance(value, dict | list) else 8
