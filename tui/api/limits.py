"""How long an answer may take and how large it may be."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Seconds, but for `body`."""

    connect: float = 10.0
    read: float = 30.0
    """Between two pieces of an answer."""
    pool: float = 60.0
    """For a free connection."""
    whole: float = 180.0
    """One answer from beginning to end: a server that drips is given up."""
    body: int = 128 * 1024 * 1024
    """Bytes of one body when unpacked."""


MOST_MESSAGES = 250_000
"""Elements of one history that stand alone; all that follow are one element."""

LONGEST_NAME = 20_000
"""Characters of a name: what a pane shows is far less, and it is looked at for each frame."""

LONGEST_TAG = 20_000
MOST_TAGS = 200
"""Tags of one conversation that are read."""
