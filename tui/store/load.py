"""The state of anything that is being fetched."""

from typing import Generic, TypeVar

from msgspec import Struct

from tui.api.errors import ApiError

Value = TypeVar("Value", covariant=True)


class Idle(Struct, frozen=True):
    """Nobody asked for it yet."""


class Loading(Struct, frozen=True):
    """It is on its way."""


class Ready(Struct, Generic[Value], frozen=True):
    """It is here."""

    value: Value


class Failed(Struct, frozen=True):
    """It did not come."""

    error: ApiError
