"""One answer of the server, before anybody reads it, and the server's own words in an error."""

import json

from msgspec import Struct

from tui.api.errors import StatusError, error_for_status
from tui.api.lenient.quoted import SAYING, SCAN_LIMIT, server_words
from tui.api.retry import LONGEST_WAIT, date_of, retry_after
from tui.config.settings import Connection


class Answer(Struct, frozen=True):
    """Status, the headers that matter (lower-case names), and the decoded body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def refusal(self) -> str:
        """The words of an error object, where one came with a good status in place of what was asked for; else ""."""
        body = self.body.lstrip()
        if len(body) > SCAN_LIMIT or not body.startswith(b"{"):
            return ""
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            return ""
        return server_words(body) if any(isinstance(told.get(name), str) for name in SAYING) else ""

    def error(self) -> StatusError:
        """The error that this answer is."""
        wait = retry_after(self.headers.get("retry-after", ""), date_of(self.headers.get("date", "")))
        words = server_words(self.body)
        if wait is not None and wait > LONGEST_WAIT:
            stop = "" if not words or words[-1] in ".!?…" else "."
            words = f"{words}{stop} It asks to wait {_duration(wait)}.".strip()
        error = error_for_status(self.status, words)
        error.retry_after = wait
        return error


class EarlyAnswer(Struct, frozen=True):
    """An answer that came before it was asked for, and the connection whose token it is about."""

    connection: Connection
    answer: Answer


def _duration(seconds: float) -> str:
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
