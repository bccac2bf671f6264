"""A small private file that remembers things between two starts, shared by all instances of the program.

A write is read-change-write under a lock, to a new file that takes the old one's place: whoever reads sees one whole
version, a kill in the middle leaves the old one, and what another instance wrote meanwhile is kept.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.config.secret import hide_secrets
from tui.errors import ClarifeyeError
from tui.private import make_private, open_plain
from tui.store.lock import locked

Content = dict[str, object]
"""What a state file holds, as JSON has it."""

LARGEST = 1_000_000
"""Bytes; ours stay far below, so a larger file is not ours."""

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
_NAME_LIMIT = 40


class StateNotSaved(ClarifeyeError):
    """The state could not be written; the program goes on without."""


class StateFile:
    """One JSON object in a file of mode 0600 in a folder of mode 0700."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        self.path = path
        self._largest = largest

    def read(self) -> tuple[Content, str]:
        """What the file holds, and a notice for the person where that is damaged or cannot be read; never raises."""
        try:
            return self._load(), ""
        except FileNotFoundError:
            return {}, ""
        except OSError as error:
            return {}, f"What was saved cannot be read ({error.strerror or error}): {self.path}"
        except (ValueError, RecursionError):
            return {}, self._set_aside()

    def update(self, change: Callable[[Content], None]) -> None:
        """Let `change` work on what the file holds now, and write that.

        Raises:
            StateNotSaved: the folder or the disk does not take it.
        """
        try:
            self._make_folder()
            with self._locked():
                content, _ = self.read()
                before = json.dumps(content)
                change(content)
                text = json.dumps(_without_secrets(content), indent=1)
                if json.dumps(content) != before:
                    self._write(text.encode("ascii"))
        except OSError as error:
            raise StateNotSaved(
                f"Your place and saved filters are not kept: {error.strerror or error}",
                f"Check the folder {self.path.parent} and the space on its disk.",
            ) from None

    def _load(self) -> Content:
        with open_plain(self.path) as file:
            data = file.read(self._largest + 1)
        if len(data) > self._largest:
            raise ValueError("too large to be ours")
        content = json.loads(data)
        if not isinstance(content, dict):
            raise ValueError("not an object")
        return content

    def _set_aside(self) -> str:
        """Keep the damaged file under another name: the one damaged last, so that they do not pile up."""
        aside = self.path.with_name(self.path.name + ".damaged")
        try:
            os.replace(self.path, aside)
        except OSError as error:
            return f"What was saved is damaged, and stays where it is ({error.strerror or error}): {self.path}"
        return f"What was saved is damaged and was set aside: {aside}"

    def _make_folder(self) -> None:
        folder = self.path.parent
        if not folder.is_dir():
            make_private(folder)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone among the instances; the replacing is atomic where there are no locks, too."""
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path.with_name(self.path.name + ".lock"), flags, 0o600)
        try:
            with locked(descriptor):
                yield
        finally:
            os.close(descriptor)

    def _write(self, data: bytes) -> None:
        if len(data) > self._largest:
            raise OSError(27, "it would be too large")
        import tempfile  # 5 ms that no start waits for

        # mkstemp: mode 0600, and never follows a link that another user put there.
        descriptor, name = tempfile.mkstemp(prefix=self.path.name, suffix=".new", dir=self.path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self.path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise


def _without_secrets(value: object) -> object:
    """What may be kept: the user may have pasted a token where a text is searched for."""
    if isinstance(value, str):
        return hide_secrets(value)
    if isinstance(value, dict):
        return {name: _without_secrets(one) for name, one in value.items()}
    return [_without_secrets(one) for one in value] if isinstance(value, list | tuple) else value


def state_file(folder: Path, label: str, identity: str) -> StateFile:
    """The file of one profile and project: the label makes it findable, the identity tells it from all others."""
    return StateFile(folder / f"{file_name(label, identity)}.json")


def file_name(label: str, identity: str) -> str:
    """The name of a file of one profile and project, without its ending."""
    import hashlib

    shown = "".join(character if character in _SAFE else "_" for character in label)[:_NAME_LIMIT].lstrip(".")
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{shown or 'project'}-{digest}"
