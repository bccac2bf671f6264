"""What a table of JSON is laid out by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their keys, whether each holds numbers, and how wide their cells are."""

    keys: tuple[str, ...]
    numeric: tuple[bool, ...]
    natural: tuple[int, ...]
