"""Folders that only this person can enter."""

from pathlib import Path


def make_private(folder: Path) -> None:
    """Make a folder of mode 0700, and what is missing above it likewise, as the XDG specification asks.

    Python's own `parents` would give those above whatever the umask allows, which may be everybody.

    Raises:
        OSError: it cannot be made.
    """
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
