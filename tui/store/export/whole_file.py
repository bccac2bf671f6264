"""A file that appears under its name when all of it is on the disk, or not at all.

Until then it has a name beside it and a lock, which ends with the process: what has no lock any more was killed.
"""

import contextlib
import errno
import os
import re
import secrets
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

from tui.errors import ClarifeyeError

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_OLD = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_PART = re.compile(r"\.clarifeye-[0-9a-f]{12}\.part")
_AT_ONCE = 4 * 1024 * 1024
"""Bytes that are written before the user who gives up is heard."""


class CannotWrite(ClarifeyeError):
    """The folder or the disk does not take a file."""


class TargetExists(CannotWrite):
    """There is a file of this name already, and nobody said to replace it."""


class WholeFile:
    """Writes beside the target, mode 0600, and takes its place at the end.

    Its methods may run in different threads. What comes after `discard` is dropped.
    """

    def __init__(self, path: Path, *, replace: bool = False) -> None:
        self._path = path
        self._replace = replace
        self._lock = threading.Lock()
        self._is_open = self._is_given_up = False
        self._part = _beside(path)
        self._descriptor = -1
        self.size = 0

    def open(self) -> None:
        """Begin it, and take away what killed processes left in that folder; raises TargetExists or CannotWrite."""
        if self._path.is_dir():
            raise CannotWrite(f"{self._path} is a folder", "Choose a name for the file.")
        if not self._replace and os.path.lexists(self._path):
            raise _exists(self._path)
        with self._lock, _told(self._path):
            if not self._is_given_up:
                self._descriptor = _begun(self._part)
                self._is_open = True
                _remove_killed(self._path.parent)

    def write(self, data: bytes) -> None:
        """Write more of it; raises CannotWrite."""
        view = memoryview(data)
        while view:
            with self._lock, _told(self._path):
                if not self._is_open:
                    return
                written = os.write(self._descriptor, view[:_AT_ONCE])
            self.size += written
            view = view[written:]

    def put_before(self, head: bytes) -> None:
        """Put something before all that was written; raises CannotWrite."""
        with self._lock, _told(self._path):
            if not self._is_open:
                return
            part = _beside(self._path)
            descriptor = _begun(part)
            os.close(self._descriptor)
            written, self._part, self._descriptor = self._part, part, descriptor
            try:
                with written.open("rb", buffering=0) as body:
                    chunk = head
                    while chunk and not self._is_given_up:
                        _write_all(self._descriptor, chunk)
                        chunk = body.read(_AT_ONCE)
            finally:
                os.unlink(written)
        self.size += len(head)

    def finish(self) -> None:
        """Bring it to the disk and give it its name; raises TargetExists or CannotWrite."""
        with self._lock, _told(self._path):
            if not self._is_open:
                return
            os.fsync(self._descriptor)
            if self._is_given_up:
                return
            self._take_name()
            self._is_open = False
            os.close(self._descriptor)
            _sync_folder(self._path.parent)

    def discard(self) -> None:
        """Leave nothing behind, unless it is finished."""
        self._is_given_up = True  # before the lock: whoever brings it to the disk holds that for long, and looks
        with self._lock:
            if self._is_open:
                self._is_open = False
                os.close(self._descriptor)
                with contextlib.suppress(OSError):
                    os.unlink(self._part)

    def _take_name(self) -> None:
        if self._replace:
            os.replace(self._part, self._path)
            return
        try:
            # A link never replaces, so nothing that came there meanwhile is lost.
            os.link(self._part, self._path)
        except FileExistsError:
            raise _exists(self._path) from None
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(self._path):
                raise _exists(self._path) from None
            os.rename(self._part, self._path)
            return
        os.unlink(self._part)


def _beside(path: Path) -> Path:
    """The name that a file has until it is whole; that of the target may be as long as names can be."""
    return path.with_name(f".clarifeye-{secrets.token_hex(6)}.part")


def _begun(part: Path) -> int:
    """A new file with a lock. Between the two another process may take it away for one that was killed."""
    while True:
        descriptor = os.open(part, _NEW, 0o600)
        _lock(descriptor, wait=True)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> bool:
    """Whether the file has a lock of ours now; not every system and not every disk has locks."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except (ImportError, OSError):
        return False
    return True


def _remove_killed(folder: Path) -> None:
    """Take away what was begun in a folder by a process of this user that is no more; what it has a lock on stays."""
    with contextlib.suppress(OSError):
        names = [name for name in os.listdir(folder) if _PART.fullmatch(name)]
        for name in names:
            with contextlib.suppress(OSError):
                _remove_unlocked(folder / name)


def _remove_unlocked(part: Path) -> None:
    descriptor = os.open(part, _OLD)
    try:
        found = os.fstat(descriptor)
        if _lock(descriptor, wait=False) and stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid():
            os.unlink(part)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _exists(path: Path) -> TargetExists:
    return TargetExists(f"{path.name} is there already", "Replace it, or choose another name.")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"{path} cannot be written", "Choose another folder, or make room there.", error.strerror or str(error)
        ) from None


def _sync_folder(folder: Path) -> None:
    """Bring the name to the disk, where folders can be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
