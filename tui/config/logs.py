"""The log file of `--log-file`: private, without the token, without anything that acts on a terminal."""

import logging
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper

from tui.config.errors import BadSetting
from tui.config.secret import Secret, hide_secrets

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class PrivateFormatter(logging.Formatter):
    """Formats as usual, tracebacks included, then masks the token and cleans the text."""

    def __init__(self, token: Secret, clean: Callable[[str], str]) -> None:
        super().__init__(_FORMAT)
        self._token = token
        self._clean = clean

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines to be written."""
        return self._clean(hide_secrets(super().format(record)).replace(self._token.reveal(), "(the token)"))


class PrivateFile(logging.FileHandler):
    """Appends to a file that only its owner can read, and never follows a link to another."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", errors="backslashreplace", opener=_open_private)


def _open_private(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_NOFOLLOW, 0o600)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        with suppress(OSError):  # it belongs to another user, who can read it whatever we do
            os.fchmod(descriptor, 0o600)
    return descriptor


def open_log(path: str | os.PathLike[str], token: Secret, clean: Callable[[str], str]) -> logging.Handler:
    """Send everything that is logged to the file; it is made private, and continued if it is there.

    It is opened once, however many projects are browsed: the tokens of all of them are masked.
    """
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, PrivateFile) and handler.baseFilename == os.path.abspath(path):
            return handler
    try:
        handler = PrivateFile(path)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise BadSetting(f"The log file {path} cannot be written: {reason}", "Give --log-file another path.") from None
    handler.setFormatter(PrivateFormatter(token, clean))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("tui").setLevel(logging.DEBUG)
    return handler
