"""A lock between the instances of the program, on a file that is open."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 2.0
_PAUSE = 0.02


@contextmanager
def locked(descriptor: int) -> Iterator[None]:
    """Alone among the instances until the file is closed; without, where there are no locks or one is held long."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    end = time.monotonic() + _SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < end:
                time.sleep(_PAUSE)
                continue
        except OSError:
            pass  # a network file system without locks
        break
    yield
