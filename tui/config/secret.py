"""A value that must never be seen by accident."""


class Secret:
    """Holds a secret string; its repr and str show only that there is one."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself; call it only where it is sent."""
        return self._value

    def __repr__(self) -> str:
        """Never the value: tracebacks and logs call this."""
        return "Secret(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        """Two secrets are equal when their values are."""
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        """Hash by value, as equality asks for."""
        return hash(self._value)
