"""What a terminal reports of itself, by a sequence among the keys."""

import re

_SIZE = re.compile(r"\x1b\[48;[0-9;:]*t", re.ASCII)


def is_size_report(sequence: str) -> bool:
    """Whether it tells a new size, as terminals do that know mode 2048: a hint to look, no number to rely on."""
    return _SIZE.fullmatch(sequence) is not None
