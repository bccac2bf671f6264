"""When facts are read from the server; within a run that never goes back, whatever becomes of the machine's clock."""

import time

_last = [0.0]


def now() -> float:
    """Seconds since 1970."""
    _last[0] = max(_last[0], time.time())
    return _last[0]
