"""Whether two calls say the same."""

import msgspec

from tui.store.history.raw import RawValue, size_of

_ORDERED_UP_TO = 256 * 1024
"""Bytes up to which it is looked whether only the order of keys differs."""

_decoder = msgspec.json.Decoder(float_hook=lambda digits: msgspec.Raw(digits.encode()))
"""Fractions stay as they are written: two that differ only in their last digits are not the same."""


def is_same(one: RawValue | None, other: RawValue | None) -> bool:
    """Whether two values of JSON are the same: byte by byte, or but for the order of their keys."""
    if one is None or other is None:
        return one is other
    if size_of(one) != size_of(other):
        return False
    here, there = bytes(one), bytes(other)
    if here == there or len(here) > _ORDERED_UP_TO:
        return here == there
    canonical = _in_order(here)
    return canonical is not None and canonical == _in_order(there)


def _in_order(raw: bytes) -> bytes | None:
    """The value with its keys in order; None where no strict decoder takes it."""
    try:
        return msgspec.json.encode(_decoder.decode(raw), order="sorted")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, OverflowError):
        return None
