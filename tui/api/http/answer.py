"""One answer of the server, before anybody reads it, and the server's own words in an error."""

import json
import re
from dataclasses import dataclass
from typing import Any

from tui.api.errors import StatusError, error_for_status
from tui.api.http.quoted import quoted
from tui.api.retry import LONGEST_WAIT, date_of, retry_after
from tui.config.secret import hide_secrets
from tui.config.settings import Connection

_WORDS_LIMIT = 8_000
_SCAN_LIMIT = 20_000
_SAYING = ("error", "detail", "message")
"""Where the service, Django and proxies say what is wrong."""
_TAG = re.compile(r"(?s)<(script|style)\b.*?(?:</\1>|\Z)|<[^<>]*>")
_TITLE = re.compile(r"(?is)<title[^<>]*>(.*?)(?:</title>|\Z)")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, the headers that matter (lower-case names), and the decoded body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def refusal(self) -> str:
        """The words of an error object, where one came with a good status in place of what was asked for; else ""."""
        body = self.body.lstrip()
        if len(body) > _SCAN_LIMIT or not body.startswith(b"{"):
            return ""
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            return ""
        return server_words(body) if any(isinstance(told.get(name), str) for name in _SAYING) else ""

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


@dataclass(frozen=True, slots=True)
class EarlyAnswer:
    """An answer that came before it was asked for, and the connection whose token it is about."""

    connection: Connection
    answer: Answer


def _duration(seconds: float) -> str:
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def server_words(body: bytes) -> str:
    """What an error body says, in one cleaned and bounded line: the service's JSON, or a proxy's page."""
    # Cut behind the secrets: the first half of one would not be recognised.
    text = hide_secrets(body[: 2 * _SCAN_LIMIT].decode("utf-8", "replace"))[:_SCAN_LIMIT].strip()
    try:
        said = _json_words(json.loads(text))
    except (ValueError, RecursionError):
        title = _TITLE.search(text)
        said = _unescaped(_TAG.sub(" ", title.group(1) if title else text))
    return quoted(" ".join(said.split()), _WORDS_LIMIT)  # again: escapes of JSON and HTML may have written it


def _unescaped(text: str) -> str:
    import html

    try:
        return html.unescape(text)
    except ValueError:  # a reference to a character by more digits than Python makes a number of
        return text


def _json_words(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(_json_words(item) for item in value[:5])
    if isinstance(value, dict):
        for name in _SAYING:
            if isinstance(value.get(name), str):
                return str(value[name])
        return "; ".join(f"{name}: {_json_words(said)}" for name, said in list(value.items())[:5])
    return str(value)
