"""What the command palette is made of."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct


class PaletteEntry(Struct, frozen=True):
    """Something to be done: its words and what is to be known of it, both cleaned."""

    words: str
    aside: str
    run: Callable[[], Any]
