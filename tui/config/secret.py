"""Values that must never be seen by accident, and what hides them in the words of others."""

from weakref import WeakValueDictionary

_SHORTEST = 6
"""A shorter value would be found in ordinary words."""


class Secret:
    """Holds a secret string; its repr and str show only that there is one."""

    __slots__ = ("__weakref__", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        _ALL[id(self)] = self

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


_ALL: WeakValueDictionary[int, Secret] = WeakValueDictionary()
"""The secrets of this process by identity, since equal ones may come and go: anybody may repeat any of them."""


def hide_secrets(text: str) -> str:
    """The text without any secret that this process knows, as it is or as it stands in JSON or an address."""
    values = {secret.reveal() for secret in list(_ALL.values())}
    for value in (value for value in values if len(value) >= _SHORTEST):
        for written in {value, *_written_otherwise(value)}:
            text = text.replace(written, "(the token)")
    return text


def _written_otherwise(value: str) -> tuple[str, ...]:
    import html
    import json
    from urllib.parse import quote

    return json.dumps(value)[1:-1], quote(value, safe=""), html.escape(value)
