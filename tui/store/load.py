"""The state of anything that is being fetched."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from tui.api.errors import ApiError

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Idle:
    """Nobody asked for it yet."""


@dataclass(frozen=True, slots=True)
class Loading:
    """It is on its way."""


@dataclass(frozen=True, slots=True)
class Ready(Generic[Value]):
    """It is here."""

    value: Value


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not come."""

    error: ApiError
