"""Python imports this into the program that the soak watches: it tells what is in use to who connects to a socket.

What the system counts as resident is what was needed at most: one object keeps an arena. What is in use and grows is a
leak. One is planted where PLANTED says which kind.
"""

import ctypes
import gc
import os
import socket
import sys
import threading
from contextlib import suppress

_SOCKET, _PLANTED = "SOAK_SCALES", "SOAK_PLANTED"
_KEPT: list[object] = []


class _MallInfo(ctypes.Structure):
    """What glibc's `mallinfo2` returns."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in ("arena", "free", "few", "maps", "mapped", "most", "few_free", "used", "unused", "top")
    )


def _allocated() -> int:
    """Bytes in use of what C allocates, large objects of Python among them; 0 where the library does not tell."""
    with suppress(AttributeError, OSError):
        tell = ctypes.CDLL(None).mallinfo2
        tell.restype = _MallInfo
        told = tell()
        return int(told.used + told.mapped)
    return 0


def _leak(kind: str) -> None:
    if kind == "bytes":
        _KEPT.append(bytes(2_000_000))
    elif kind == "objects":
        _KEPT.append([str(number) * 5 for number in range(20_000)])


def _weigh(path: str, planted: str) -> None:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as scales:  # a child of the program finds the place taken
        scales.bind(path)
        scales.listen()
        while True:
            asked, _ = scales.accept()
            with asked:
                _leak(planted)
                gc.collect()
                asked.sendall(b"%d %d" % (sys.getallocatedblocks(), _allocated()))


if _SOCKET in os.environ:
    asked = os.environ[_SOCKET], os.environ.get(_PLANTED, "")
    threading.Thread(target=_weigh, args=asked, name="scales", daemon=True).start()
