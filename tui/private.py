"""Folders that only this person can enter, and files of theirs that no link leads away from."""

import os
from pathlib import Path
from typing import BinaryIO


def make_private(folder: Path) -> None:
    """Make a folder of mode 0700, and what is missing above it likewise, as the XDG specification asks.

    Python's own `parents` would give those above whatever the umask allows, which may be everybody.

    Raises:
        OSError: it cannot be made.
    """
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def open_plain(path: Path) -> BinaryIO:
    """Open a file for reading, not what a link leads to; a pipe without a writer keeps nobody waiting.

    Raises:
        OSError: it cannot be read, or is a folder.
    """
    return open(path, "rb", opener=_not_followed)


def _not_followed(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
