"""What others say, fit for an error: whoever is sent a token may repeat it anywhere, also in what is no HTTP."""

import json
import re
from typing import Any

from tui.config.secret import hide_secrets
from tui.terminal.text.clean import clean_line

_WORDS_LIMIT = 8_000
SCAN_LIMIT = 20_000
"""Bytes of an error body that are looked at."""

SAYING = ("error", "detail", "message")
"""Where the service, Django and proxies say what is wrong."""
_TAG = re.compile(r"(?s)<(script|style)\b.*?(?:</\1>|\Z)|<[^<>]*>")
_TITLE = re.compile(r"(?is)<title[^<>]*>(.*?)(?:</title>|\Z)")


def quoted(other: object, limit: int = 200) -> str:
    """The words without any secret that we know, cleaned, in one line of at most so many characters.

    Secrets go first: what a cut leaves of one would not be recognised.
    """
    return clean_line(hide_secrets(str(other)), limit)


def server_words(body: bytes) -> str:
    """What an error body says, in one cleaned and bounded line: the service's JSON, or a proxy's page."""
    # Cut behind the secrets: the first half of one would not be recognised.
    text = hide_secrets(body[: 2 * SCAN_LIMIT].decode("utf-8", "replace"))[:SCAN_LIMIT].strip()
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
        for name in SAYING:
            if isinstance(value.get(name), str):
                return str(value[name])
        return "; ".join(f"{name}: {_json_words(said)}" for name, said in list(value.items())[:5])
    return str(value)
