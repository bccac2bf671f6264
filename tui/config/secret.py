"""Values that must never be seen by accident, and what hides them in the words of others."""

import sys
from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import suppress
from weakref import WeakValueDictionary

_SHORTEST = 6
"""A shorter value would be found in ordinary words."""

_RECORDERS = (
    "TEXTUAL",
    "TEXTUAL_DEBUG",
    "TEXTUAL_LOG",
    "TEXTUAL_PRESS",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SHOW_RETURN",
)
"""The switches of those who write programs with Textual."""


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


_REMEMBERED: set[Secret] = set()


def remember(raw: str) -> None:
    """Hide what a variable holds from now on, whether or not it turns out to be a token that is used."""
    value = raw.strip()
    _REMEMBERED.update(Secret(part) for part in (value, value.rpartition(" ")[2]) if len(part) >= _SHORTEST)


def remember_likely(environ: Mapping[str, str]) -> None:
    """Hide what variables hold whose names speak of a token: without the config file nobody knows which is ours."""
    for name, value in environ.items():
        if "TOKEN" in name.upper():
            remember(value)


def known_secrets() -> set[str]:
    """The secrets that this process knows, but for those so short that they stand in ordinary words."""
    return {value for secret in list(_ALL.values()) if len(value := secret.reveal()) >= _SHORTEST}


def hide_secrets(text: str, also: Iterable[str] = ()) -> str:
    """The text without `also` and any secret that this process knows, as written or as in JSON, HTML and addresses."""
    values = known_secrets()
    values.update(also)
    for value in sorted(values, key=len, reverse=True):  # one may be a part of another
        for written in {value, *_written_otherwise(value)}:
            text = text.replace(written, "(the token)")
    return text


def _written_otherwise(value: str) -> tuple[str, ...]:
    import html
    import json
    from urllib.parse import quote

    escaped = value.replace("\\", "\\\\")  # as Python shows text and bytes, which may come in either quotes
    python = (escaped, escaped.replace("'", "\\'"))
    return json.dumps(value)[1:-1], quote(value, safe=""), html.escape(value), value.lower(), *python


def drop_secrets(environ: MutableMapping[str, str], *names: str) -> None:
    """Take these variables, and every other that holds a secret, out of an environment."""
    for name in [name for name, value in environ.items() if name in names or hide_secrets(value) != value]:
        del environ[name]


def drop_recorders(environ: MutableMapping[str, str]) -> None:
    """Take out what makes Textual write down keys, a typed token among them, or what is on the screen.

    Call it before Textual is imported.
    """
    for name in _RECORDERS:
        environ.pop(name, None)


def drop_switches(environ: MutableMapping[str, str]) -> None:
    """Take out every switch of Textual: one of them names code that it imports.

    Call it before Textual is imported.
    """
    for name in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[name]


def leave_no_core() -> None:
    """Should the interpreter itself crash, no image of the memory, with the token in it, is written or handed over.

    Where a program takes the images (apport, for one), Linux asks it even at a limit of 0, but never at a limit of 1.
    """
    import resource

    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        least = 1 if sys.platform == "linux" and most != 0 else 0
        resource.setrlimit(resource.RLIMIT_CORE, (least, most))
