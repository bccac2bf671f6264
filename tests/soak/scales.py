"""What a program that runs has in use, and whether that grows.

scales = Scales(home)                       # before it starts, with `scales.environ` in its environment
series.append(scales.in_use_mb())
judge_growth(series)                        # raises Growing
"""

import os
import socket
import statistics
from collections.abc import Sequence
from pathlib import Path

_INSIDE = Path(__file__).with_name("inside")
_BLOCK = 90
"""Bytes of one of Python's small blocks, as `sys._debugmallocstats` tells of this program."""

_PATIENCE = 60.0
_GROWTH_MB = 16


class Growing(AssertionError):
    """More is in use, and more again."""


class Scales:
    """Weighs one program from inside; what is in use, and not what its arenas were at most."""

    def __init__(self, home: str, planted: str = "") -> None:
        """The socket stands in `home`; `planted` is a leak to find, of `bytes` or of `objects`."""
        self._path = os.path.join(home, "scales")
        python_path = os.pathsep.join(filter(None, (str(_INSIDE), os.environ.get("PYTHONPATH"))))
        self.environ = {"PYTHONPATH": python_path, "SOAK_SCALES": self._path, "SOAK_PLANTED": planted}

    def in_use_mb(self) -> float:
        """Megabytes now."""
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(_PATIENCE)
            asking.connect(self._path)
            told = b"".join(iter(lambda: asking.recv(100), b""))
        blocks, allocated = map(int, told.split())
        return (blocks * _BLOCK + allocated) / 1e6


def judge_growth(in_use: Sequence[float]) -> None:
    """The last fifth beside the second one: the first is still filling what is kept.

    Raises:
        Growing: there is more of it in the end.
    """
    fifth = len(in_use) // 5
    if fifth < 4:
        return
    early, late = statistics.median(in_use[fifth : 2 * fifth]), statistics.median(in_use[-fifth:])
    if late > early + _GROWTH_MB:
        raise Growing(f"it grows: {early:.0f} MB in use early, {late:.0f} MB late")
