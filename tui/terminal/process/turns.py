"""How long a thread goes on while others wait for their turn: those of one interpreter run one at a time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SHORT, _LONG = 0.0005, 0.1
"""Seconds. Python's own 5 ms are felt at each key, for the network's thread reads pages meanwhile, and one key takes
several turns; so does the first answer, which comes in pieces while the framework is being imported."""


def take_short_turns() -> None:
    """Let no thread wait long for its turn, from here on."""
    sys.setswitchinterval(_SHORT)


@contextmanager
def one_long_turn() -> Iterator[None]:
    """Let the others wait for a piece of work that somebody looks forward to, and that itself waits for nothing."""
    sys.setswitchinterval(_LONG)
    try:
        yield
    finally:
        take_short_turns()  # not as it was before: two of these may overlap
