"""The file of verdicts: lines are added under a lock and never changed, so the file is its own export.

Several instances add to one file, and each reads on where it stopped. A kill in the middle leaves half a line at most,
of a verdict that was not confirmed; the next writer ends that line before its own.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tui.config.settings import Settings
from tui.errors import ClarifeyeError
from tui.private import make_private, open_plain
from tui.store.lock import locked
from tui.store.saved.state_file import file_name

_PIECE = 1 << 20


def verdicts_folder(data_folder: Path) -> Path:
    """Where the files of verdicts are, and beside them what belongs to judging."""
    return data_folder / "verdicts"


def verdicts_file(data_folder: Path, settings: Settings) -> Path:
    """The file of one server and project, whichever profile leads there and whoever asks."""
    connection = settings.connection
    if settings.demo:
        return verdicts_folder(data_folder) / f"{file_name('demo', 'demo')}.jsonl"
    label = f"{connection.region}-{connection.project_id[:8]}"
    name = file_name(label, f"{connection.base_url}\n{connection.project_id}")
    return verdicts_folder(data_folder) / f"{name}.jsonl"


class VerdictsNotKept(ClarifeyeError):
    """Verdicts could not be written, or not be read; they stay in memory."""


class Journal:
    """One file of mode 0600 in a folder of mode 0700; each call opens it anew, so that a moved file is noticed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_to = 0
        self._file: tuple[int, int] | None = None
        """Device and inode of the file that was read so far."""

    def read_on(self) -> Iterator[bytes]:
        """The whole lines that are new since the last look, without their ends; all of them where the file is another.

        Raises:
            VerdictsNotKept: it is there and cannot be read.
        """
        try:
            file = open_plain(self.path)
        except FileNotFoundError:
            self._read_to, self._file = 0, None
            return
        except OSError as error:
            raise self._trouble("cannot be read", error) from None
        with file:
            try:
                stat = os.fstat(file.fileno())
                if self._file != (stat.st_dev, stat.st_ino) or stat.st_size < self._read_to:
                    self._read_to, self._file = 0, (stat.st_dev, stat.st_ino)
                file.seek(self._read_to)
                for line in file:
                    if not line.endswith(b"\n"):
                        return  # its writer is still at it, or was killed: the next one ends it
                    self._read_to += len(line)
                    yield line[:-1]
            except OSError as error:
                raise self._trouble("cannot be read", error) from None

    def append(self, lines: bytes) -> None:
        """Add whole lines; they outlive this process once this returns, and a power cut once `sync` has.

        Raises:
            VerdictsNotKept: the folder or the disk does not take them; nothing of them is left in the file.
        """
        try:
            if not self.path.parent.is_dir():
                make_private(self.path.parent)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(self.path, flags, 0o600)
            try:
                with locked(descriptor):
                    _add(descriptor, lines)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._trouble("are not written", error) from None

    def sync(self) -> None:
        """Bring to the disk what was added; slow, so it is called in a thread.

        Raises:
            VerdictsNotKept: the disk does not take it.
        """
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._trouble("are not on the disk", error) from None

    def _trouble(self, what: str, error: OSError) -> VerdictsNotKept:
        return VerdictsNotKept(
            f"Verdicts {what}: {(error.strerror or str(error)).rstrip('.')}",
            f"Check the file {self.path}, its folder, and the space on its disk.",
        )


def _add(descriptor: int, lines: bytes) -> None:
    end = os.lseek(descriptor, 0, os.SEEK_END)
    if end and os.pread(descriptor, 1, end - 1) != b"\n":
        lines = b"\n" + lines
    left = memoryview(lines)
    try:
        while left:
            left = left[os.write(descriptor, left[:_PIECE]) :]
    except OSError:
        with suppress(OSError):
            if os.fstat(descriptor).st_size == end + len(lines) - len(left):  # else somebody else has added to it
                os.ftruncate(descriptor, end)
        raise
