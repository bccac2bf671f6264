"""What the command palette is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Something to be done: its words and what is to be known of it, both cleaned."""

    words: str
    aside: str
    run: Callable[[], Any]
