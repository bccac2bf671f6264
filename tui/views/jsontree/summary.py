"""What a tool call was asked and what came back, in a few words, read from the shape of its JSON alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.store.history.failures import failure_of, failures_in, results_in_string
from tui.store.history.raw import BrokenJson, Parts, RawValue, kind_of, size_of, source_of, split, string_of
from tui.terminal.text.clean import clean_line
from tui.views.text.format import plural, thousands

_TELLING = ("query", "search", "question", "q", "sql", "code", "expression", "text", "prompt", "url", "command", "name")
_SMALL = 16 * 1024
"""Bytes of a string that are decoded for a summary."""

_VALUE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class ResultSummary:
    """The number of results (None: no list), their bytes, the failure if one is stated, and whether nothing came.

    `partly` tells how many of the results failed where others did not.
    """

    count: int | None
    size: int
    failed: str | None
    empty: bool
    partly: str = ""

    @property
    def failure(self) -> str:
        """The failure in words: `failed: CODE`, `1 of 3 results failed: CODE`, or nothing."""
        if self.failed is None:
            return ""
        return f"{self.partly} failed: {self.failed}" if self.partly else f"failed: {self.failed}"


def _parts(raw: RawValue) -> Parts | None:
    try:
        return split(raw)
    except BrokenJson:
        return None


def telling_parameters(raw: bytes | None, limit: int) -> str:
    """The input parameters on one line of at most `limit` characters, query-like and short ones first."""
    if raw is None or limit <= 0:
        return ""
    raw = raw.strip()
    parts = _parts(raw) if kind_of(raw) == "object" else None
    if parts is None or parts.keys is None:
        return clean_line(_value_text(raw) if raw not in (b"", b"null") else "", limit)
    members = [
        (_rank(key, value), number, f"{clean_line(key, _VALUE_LIMIT)}={_value_text(value)}")
        for number, (key, value) in enumerate(zip(parts.keys[:50], parts.values, strict=False))
    ]
    return clean_line(" ".join(text for _, _, text in sorted(members)), limit)


def _rank(key: str, value: RawValue) -> int:
    lowered = key.lower()
    if kind_of(value) in ("object", "list"):
        return 5
    if size_of(value) <= 2 or bytes(value) == b"null":
        return 4
    if lowered in _TELLING:
        return 0
    if any(word in lowered for word in ("query", "search", "question")):
        return 1
    return 2 if size_of(value) <= _VALUE_LIMIT else 3


def _value_text(raw: RawValue) -> str:
    kind = kind_of(raw)
    if kind == "string":
        text = string_of(raw) if size_of(raw) <= _SMALL else string_of(bytes(memoryview(raw)[:_SMALL]) + b'"')
        return f'"{clean_line(text, _VALUE_LIMIT)}"'
    if kind == "list":
        parts = _parts(raw)
        return f"[{len(parts.values)}]" if parts else "[…]"
    if kind == "object":
        return "{}" if size_of(raw) <= 2 else "{…}"
    return clean_line(source_of(bytes(memoryview(raw)[:_VALUE_LIMIT])), _VALUE_LIMIT)


def result_summary(raw: bytes | None) -> ResultSummary:
    """How many results, how large, whether they state a failure; never raises, and prose is never judged."""
    if raw is None:
        return ResultSummary(None, 0, None, True)
    size, raw = len(raw), raw.strip()
    kind = kind_of(raw) if raw else "literal"
    if kind == "object":
        return ResultSummary(None, size, failure_of(raw), not raw[1:-1].strip())
    parts = _parts(raw) if kind == "list" else None
    if parts is not None:
        return ResultSummary(len(parts.values), size, *_failed(raw, parts.values))
    if kind == "string" and (held := results_in_string(raw)) is not None:
        return ResultSummary(None, size, *_failed(*held))
    return ResultSummary(None, size, failure_of(raw), raw in (b"", b"null", b'""'))


def _failed(raw: RawValue, results: Sequence[RawValue]) -> tuple[str | None, bool, str]:
    """The failure among the results of a list, whether there are none at all, and how many failed if not all."""
    failures = failures_in(raw, results)
    if failures is None:
        return None, not results, ""
    if failures.count == len(results):
        return failures.name, False, ""
    more = "+" if failures.more else ""
    return failures.name, False, f"{thousands(failures.count)}{more} of {plural(len(results), 'result')}"
