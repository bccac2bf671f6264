"""Steps that are typed before there is an application: the keys that move the cursor of the list by one row."""

_STEPS = {b"\x1b[B": 1, b"\x1bOB": 1, b"j": 1, b"\x1b[A": -1, b"\x1bOA": -1, b"k": -1}
"""What a terminal sends for them, and the rows that each moves by."""


def leading_steps(typed: bytes) -> tuple[int, bytes]:
    """How many rows what was typed begins by moving down (up where negative), all one way, and what follows that."""
    rows = 0
    while (key := next((key for key in _STEPS if typed.startswith(key)), None)) and rows * _STEPS[key] >= 0:
        rows += _STEPS[key]
        typed = typed[len(key) :]
    return rows, typed
