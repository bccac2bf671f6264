"""Cells that a spreadsheet shows as they are written, and calculates nothing of."""

import csv
import io
import unicodedata
from collections.abc import Iterable

_FORMULA = frozenset("=+-@")
_BEGINS = ("\t", "\r", "\n")
"""What some take for nothing, and then for a formula what follows; so they do with other blanks."""


def harmless(text: str) -> str:
    """A text with an apostrophe before it where a spreadsheet would calculate it, wide and small signs among them."""
    begin = unicodedata.normalize("NFKC", text.lstrip()[:1])
    is_number = text.removeprefix("-").isdecimal()
    return f"'{text}" if (begin in _FORMULA and not is_number) or text.startswith(_BEGINS) else text


def csv_row(cells: Iterable[str]) -> str:
    """A line of CSV as it stands; texts of others pass `harmless` before."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(list(cells))
    return line.getvalue()
