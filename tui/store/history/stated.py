"""Whether what a tool gave back states a failure, read from the shape of the JSON alone; prose is never judged.

A result states a failure in one of these ways, and in no other:

- `isError` (or `is_error`) is true, as tools of the Model Context Protocol say it;
- `error` says something (null, false, an empty value, `none` and a number that may be a measure say nothing), or both
  `error_type` and `error_code` do, and the object does not look like a row of data: no text, score, id and so on
  stands beside them;
- it says no more than an error does (all its keys are words of errors), and one of `error_type`, `error_code` or
  `errors` says something, or a status is 400 and more. A status written as a string needs a message beside it.

So a hit that has an `error_code` beside its text, a row of machines with their error codes and counts, and a status of
500 beside orders are data. A string that holds such an object is read like the object.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from tui.store.history.raw import BrokenJson, Parts, RawValue, kind_of, size_of, source_of, split, string_of
from tui.terminal.text.clean import clean_line

_SAYING = frozenset({
    "code", "data", "detail", "details", "error", "error_code", "error_description", "error_details", "error_message",
    "error_msg", "error_type", "errors", "exception", "extensions", "headers", "help", "hint", "http_status",
    "instance", "message", "msg", "ok", "param", "reason", "request_id", "retry_after", "retryable", "stack",
    "stack_trace", "status", "status_code", "status_text", "success", "trace_id", "traceback", "type",
})  # fmt: skip
"""Keys that an error has; `data` only while it is empty."""

_OF_DATA = frozenset({
    "chunk_id", "content", "count", "created_at", "document_id", "document_name", "id", "label", "name", "rank",
    "reference_url", "score", "snippet", "summary", "text", "title", "total", "value",
})  # fmt: skip
"""Keys that only a row of data has beside what it says of an error."""

_PROBLEM = frozenset({"title", "status", "detail"})
"""The keys that make a title a part of the error: problem details as of RFC 9457."""

_STATUSES = ("status", "status_code", "http_status")
_MESSAGES = ("message", "msg", "detail", "error", "error_message", "error_type", "error_code")
_BAD_STATUS = 400
_LONGEST_STATUS = 12
_MENTIONS = (b'"error', b'"status', b'"http_status', b'"isError', b'"is_error')
_MENTION = re.compile(rb'"(?:error|status|http_status|isError|is_error)')
_NOTHING = frozenset({
    b"null", b"false", b"{}", b"[]", b"0", b'""', b'"0"', b'"-"', b'"no"', b'"n/a"', b'"ok"', b'"nil"', b'"none"',
    b'"null"', b'"false"', b'"success"', b'"no error"', b'"no errors"',
})  # fmt: skip
"""What says that there is no error, in small letters."""

_LONGEST_NOTHING = max(map(len, _NOTHING))

_LOOKED_INTO = 1024 * 1024
"""Bytes up to which one of many results is looked into."""

_LOOKED_AT = 500
"""Results that mention an error, from either end of a list, that are looked into."""

_FEW = 64
"""Results up to which each is looked at before all of them are searched."""

_PROSE = re.compile(rb'"(?:[ \t\r\n]|\\[nrt])*+[!#-Z\]-z|}~]')
"""A text that begins, behind blanks, with what JSON does not begin with."""

_SMALL = 16 * 1024
"""Bytes of a string that are decoded for a name."""

_NAME_LIMIT = 60
_OF_ERROR = ("error_code", "code", "type", "message")
_NAMED = (("error", _OF_ERROR), ("errors", _OF_ERROR), ("content", ("text",)))
"""Where a failure without a code and type is named, and by which keys inside."""


class CallFailure(msgspec.Struct, gc=False, frozen=True):
    """A failure of a call: what it is called, whether that is a guess, and where only some results failed how many.

    `count` of `of` results failed, or with `more` at least so many; both are 0 where all that came back failed.
    """

    words: str
    guessed: bool = False
    count: int = 0
    of: int = 0
    more: bool = False


class _Signs(msgspec.Struct, gc=False):
    """The members of which one is there in every failure; the others are skipped unread."""

    error: msgspec.Raw = msgspec.Raw(b"")
    errors: msgspec.Raw = msgspec.Raw(b"")
    error_code: msgspec.Raw = msgspec.Raw(b"")
    error_type: msgspec.Raw = msgspec.Raw(b"")
    status: msgspec.Raw = msgspec.Raw(b"")
    status_code: msgspec.Raw = msgspec.Raw(b"")
    http_status: msgspec.Raw = msgspec.Raw(b"")
    is_error: msgspec.Raw = msgspec.Raw(b"")
    isError: msgspec.Raw = msgspec.Raw(b"")  # noqa: N815  # the name of the field


_signs_decoder = msgspec.json.Decoder(_Signs)
_members_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_Members = Mapping[str, RawValue]


def failure_of(raw: RawValue) -> str | None:
    """What the failure that one result states is called; None where it states none."""
    members = _failed_members(raw)
    return _name_of(members) if members else None


def failures_in(raw: RawValue, results: Sequence[RawValue]) -> CallFailure | None:
    """The failures among the results that make up a list; what mentions no error anywhere is not taken apart."""
    if len(results) <= _FEW and all(map(_is_prose, results)):
        return None
    whole = bytes(raw)
    if b"rror" not in whole and b"status" not in whole:
        return None
    if not any(mention in whole for mention in _MENTIONS):  # five times as quick as the pattern
        return None
    first, reached = _mentioning(results, range(len(results)))
    last: list[int] = []
    if reached < len(results):
        last, _ = _mentioning(results, range(len(results) - 1, reached - 1, -1))
    failed = [members for place in (*first, *reversed(last)) if (members := _failed_members(results[place]))]
    if not failed:
        return None
    name = _name_of(failed[0])
    if len(failed) == len(results):
        return CallFailure(name)
    return CallFailure(name, count=len(failed), of=len(results), more=len(last) == _LOOKED_AT)


def results_in_string(raw: RawValue) -> tuple[bytes, Sequence[RawValue]] | None:
    """The list that a string holds, and its elements, where that may tell of a failure."""
    inner = _inner(raw) if not _is_prose(raw) and _MENTION.search(raw) is not None else None
    if inner is None or kind_of(inner) != "list":
        return None
    return inner, _split(inner).values


def _mentioning(results: Sequence[RawValue], places: range) -> tuple[list[int], int]:
    """The first of these places whose results mention an error, and the place after the last that was looked at."""
    found: list[int] = []
    for place in places:
        raw = results[place]
        if not _is_prose(raw) and _MENTION.search(raw) is not None and size_of(raw) <= _LOOKED_INTO:
            found.append(place)
            if len(found) == _LOOKED_AT:
                return found, place + 1
    return found, places.stop


def _is_prose(raw: RawValue) -> bool:
    """Whether a look at its first characters tells that a value is a text that holds no JSON."""
    return _PROSE.match(raw) is not None


def _inner(raw: RawValue) -> bytes | None:
    """The JSON text in a string, as far as it looks like that of an object or list."""
    if size_of(raw) > _LOOKED_INTO:
        return None
    text = string_of(raw).strip()
    return text.encode("utf-8", "surrogatepass") if text[:1] + text[-1:] in ("{}", "[]") else None


def _failed_members(raw: RawValue) -> _Members:
    """The members of a result, or of the object in a string, that states a failure; none of another."""
    if _is_prose(raw) or _MENTION.search(raw) is None:
        return {}
    inner = _inner(raw) if kind_of(raw) == "string" else raw
    if inner is None or kind_of(inner) != "object" or not _may_fail(inner):
        return {}
    members = _members(inner)
    return members if _states_failure(members) else {}


def _may_fail(raw: RawValue) -> bool:
    """Whether a member says that something went wrong; what cannot be read so quickly may."""
    try:
        signs = _signs_decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return True
    members = {key: value for key, value in msgspec.structs.asdict(signs).items() if size_of(value)}
    says = any(
        _says(members.get(key)) for key in ("error", "errors", "error_type", "error_code", "isError", "is_error")
    )
    return says or any(_status(members.get(key), in_string=True) is not None for key in _STATUSES)


def _states_failure(members: _Members) -> bool:
    if any(bytes(members.get(key, b"")) == b"true" for key in ("isError", "is_error")):
        return True
    if _says_nothing_else(members):
        told = any(_says(members.get(key)) for key in ("error_type", "error_code", "errors"))
        return told or _states_error(members) or _bad_status(members) is not None
    if not _OF_DATA.isdisjoint(members.keys() - ({"id"} if "jsonrpc" in members else set())):
        return False
    both = _says(members.get("error_type")) and _says(members.get("error_code"))
    return both or _states_error(members)


def _says_nothing_else(members: _Members) -> bool:
    """Whether all keys are such that an error has, and none brings data along."""
    words = _SAYING | {"title"} if members.keys() >= _PROBLEM else _SAYING
    return members.keys() <= words and not _says(members.get("data"))


def _states_error(members: _Members) -> bool:
    """Whether `error` says something; a number with a fraction is a measure."""
    error = members.get("error")
    return _says(error) and (kind_of(error or b"") != "number" or _whole_number(error) is not None)


def _says(raw: RawValue | None) -> bool:
    return (
        raw is not None
        and size_of(raw) > 0
        and not (size_of(raw) <= _LONGEST_NOTHING and bytes(raw).lower() in _NOTHING)
    )


def _bad_status(members: _Members) -> int | None:
    """A status of 400 and more; one in a string counts beside a message."""
    in_string = any(_says(members.get(key)) for key in _MESSAGES)
    statuses = (_status(members.get(key), in_string=in_string) for key in _STATUSES)
    return next((status for status in statuses if status is not None), None)


def _status(raw: RawValue | None, *, in_string: bool) -> int | None:
    if raw is None or size_of(raw) > _LONGEST_STATUS:
        return None
    number = string_of(raw).strip().encode() if in_string and kind_of(raw) == "string" else raw
    status = _whole_number(number)
    return status if status is not None and status >= _BAD_STATUS else None


def _whole_number(raw: RawValue | None) -> int | None:
    try:
        return msgspec.json.decode(raw, type=int) if raw is not None else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


# what it is called


def _name_of(members: _Members) -> str:
    """Its code or type, else what it says, else its status."""
    for key in ("error_code", "error_type"):
        if name := _word(members.get(key)):
            return name
    for key, inside in _NAMED:
        if _says(members.get(key)) and (name := _word(members[key]) or _word_inside(members[key], inside)):
            return name
    status = _bad_status(members)
    return f"status {status}" if status is not None else _word(members.get("message")) or "error"


def _word(raw: RawValue | None) -> str:
    if raw is None or kind_of(raw) not in ("string", "number") or size_of(raw) > _SMALL:
        return ""
    return clean_line(string_of(raw) if kind_of(raw) == "string" else source_of(raw), _NAME_LIMIT).strip()


def _word_inside(raw: RawValue, keys: tuple[str, ...]) -> str:
    """The name in an object, or in the first element of a list."""
    if kind_of(raw) == "list":
        first = next(iter(_split(raw).values), b"null")
        return _word(first) or _word_inside(first, keys) if kind_of(first) != "list" else ""
    members = _members(raw) if kind_of(raw) == "object" else {}
    return next((name for key in keys if (name := _word(members.get(key)))), "")


def _members(raw: RawValue) -> _Members:
    try:
        return _members_decoder.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        parts = _split(raw)
        return dict(zip(parts.keys or (), parts.values, strict=True)) if parts.keys else {}


def _split(raw: RawValue) -> Parts:
    """The parts; none of what cannot be split."""
    try:
        return split(raw)
    except BrokenJson:
        return Parts(None, [])
