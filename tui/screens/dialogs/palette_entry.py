"""What the command palette is made of."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct


class PaletteEntry(Struct, frozen=True):
    """Something to be done: its words and what is to be known of it, both cleaned."""

    words: str
    aside: str
    run: Callable[[], Any]
    also: str = ""
    """Further words by which it is found."""

    def with_keys(self, keys: str) -> "PaletteEntry":
        """The same, with further keys."""
        return PaletteEntry(self.words, f"{self.aside} {keys}".strip(), self.run, self.also)
