"""A file that appears under its name when all of it is on the disk, or not at all."""

import contextlib
import errno
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

from tui.errors import ClarifeyeError

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class CannotWrite(ClarifeyeError):
    """The folder or the disk does not take a file."""


class TargetExists(CannotWrite):
    """There is a file of this name already, and nobody said to replace it."""


class WholeFile:
    """Writes beside the target, mode 0600, and takes its place at the end.

    Its methods may run in different threads. What comes after `discard` is dropped.
    """

    def __init__(self, path: Path, *, replace: bool = False) -> None:
        """Raises TargetExists or CannotWrite before anything was written."""
        self._path = path
        self._replace = replace
        self._lock = threading.Lock()
        self._is_open = False
        self.size = 0
        if path.is_dir():
            raise CannotWrite(f"{path} is a folder", "Choose a name for the file.")
        if not replace and os.path.lexists(path):
            raise _exists(path)
        # The name of the target may be as long as names can be, so it is not part of this one.
        self._part = path.with_name(f".clarifeye-{secrets.token_hex(6)}.part")
        with _told(path):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            self._descriptor = os.open(self._part, flags, 0o600)
        self._is_open = True

    def write(self, data: bytes) -> None:
        """Write more of it; raises CannotWrite."""
        view = memoryview(data)
        while view:
            with self._lock, _told(self._path):
                if not self._is_open:
                    return
                written = os.write(self._descriptor, view)
            self.size += written
            view = view[written:]

    def finish(self) -> None:
        """Bring it to the disk and give it its name; raises TargetExists or CannotWrite."""
        with self._lock, _told(self._path):
            if not self._is_open:
                return
            os.fsync(self._descriptor)
            self._take_name()
            self._is_open = False
            os.close(self._descriptor)
            _sync_folder(self._path.parent)

    def discard(self) -> None:
        """Leave nothing behind, unless it is finished."""
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
