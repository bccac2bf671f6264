"""The objects of the API page, read leniently: what is missing is None, what is odd is noted.

Field names are the API's. A field that was there but could not be read is None, and `notes` says what it held. The
validators here come before those of pydantic and give them what they take, so no value of a field can cost a record.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from tui.api.content import ContentPart
from tui.api.limits import LONGEST_NAME, LONGEST_TAG, MOST_TAGS
from tui.api.raw import RawJson

_NOTED = 120
"""Characters of an odd value that a note repeats."""

_LARGEST = 2**63
"""Numbers from here on count nothing."""

_MILLISECONDS_FROM = 1e11
"""An epoch number above this counts milliseconds: as seconds it would be the year 5138."""


def _note(info: ValidationInfo, value: Any) -> None:
    shown = repr(value)
    _say(info, f"could not be read: {shown[:_NOTED]}{'…' if len(shown) > _NOTED else ''}")


def _say(info: ValidationInfo, words: str) -> None:
    if isinstance(info.context, list):
        info.context.append(f"{info.field_name} {words}")


def _as_text(value: Any, info: ValidationInfo) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    _note(info, value)
    return None


def _as_short_text(value: Any, info: ValidationInfo) -> str | None:
    text = _as_text(value, info)
    if text is None or len(text) <= LONGEST_NAME:
        return text
    _say(info, f"has {len(text):,} characters; here are the first {LONGEST_NAME:,}")
    return text[:LONGEST_NAME]


def _as_number(value: Any, info: ValidationInfo) -> int | None:
    if value is None or value == "":
        return None
    try:
        number = value if isinstance(value, int) else _whole(value)
    except (TypeError, ValueError, OverflowError):
        number = _LARGEST
    if isinstance(value, bool) or not -_LARGEST < number < _LARGEST:
        _note(info, value)
        return None
    return number


def _whole(value: Any) -> int:
    """A number or its text; the detour over float is for "3.0" only, it rounds what is large.

    Raises:
        ValueError: it is no whole number.
    """
    try:
        return int(value) if isinstance(value, str) else _unbroken(float(value))
    except ValueError:
        return _unbroken(float(value))


def _unbroken(number: float) -> int:
    if not number.is_integer():
        raise ValueError(number)
    return int(number)


def _as_count(value: Any, info: ValidationInfo) -> int | None:
    number = _as_number(value, info)
    if number is not None and number < 0:
        _note(info, value)
        return None
    return number


def _as_flag(value: Any, info: ValidationInfo) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    known = {"true": True, "1": True, "false": False, "0": False, "": False}.get(str(value).strip().lower())
    if known is None:
        _note(info, value)
    return bool(known)


def _as_moment(value: Any, info: ValidationInfo) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        return _moment(value)
    except (TypeError, ValueError, OverflowError, OSError):
        _note(info, value)
        return None


def _moment(value: Any) -> datetime:
    """ISO 8601, taken for UTC where it names no zone, or seconds or milliseconds since the epoch."""
    if isinstance(value, bool):
        raise TypeError
    if isinstance(value, str) and not value.strip().replace(".", "", 1).isdigit():
        moment = datetime.fromisoformat(value.strip())
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    else:
        number = float(value)
        moment = datetime.fromtimestamp(number / 1000 if abs(number) > _MILLISECONDS_FROM else number, UTC)
    if not 1 < moment.year < 9999:
        raise ValueError  # a local time zone could move it out of what a datetime holds
    return moment


def _as_tags(value: Any, info: ValidationInfo) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        _note(info, value)
        return ()
    if len(value) > MOST_TAGS:
        _say(info, f"are too many; here are the first {MOST_TAGS:,}")
        value = value[:MOST_TAGS]
    tags = tuple(str(tag)[:LONGEST_TAG] for tag in value if isinstance(tag, str | int | float))
    if len(tags) < sum(tag is not None for tag in value):
        _note(info, value)
    return tags


Text = Annotated[str | None, BeforeValidator(_as_text)]
ShortText = Annotated[str | None, BeforeValidator(_as_short_text)]
Number = Annotated[int | None, BeforeValidator(_as_number)]
Count = Annotated[int | None, BeforeValidator(_as_count)]
Flag = Annotated[bool, BeforeValidator(_as_flag)]
Moment = Annotated[datetime | None, BeforeValidator(_as_moment)]
Tags = Annotated[tuple[str, ...], BeforeValidator(_as_tags)]


class Tokens(BaseModel):
    """What a conversation used."""

    model_config = ConfigDict(frozen=True)

    input: Count = None
    output: Count = None
    total: Count = None


_NO_TOKENS = Tokens()


def _as_tokens(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, dict | Tokens):
        return value
    if value is not None:
        _note(info, value)
    return _NO_TOKENS


class Conversation(BaseModel):
    """One conversation without its history; times are in UTC."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: ShortText = None
    type: ShortText = None
    created_by: ShortText = None
    agent_settings: ShortText = None
    agent_settings_name: ShortText = None
    created_at: Moment = None
    updated_at: Moment = None
    message_count: Count = None
    tool_call_count: Count = None
    tokens: Annotated[Tokens, BeforeValidator(_as_tokens)] = _NO_TOKENS
    tags: Tags = ()
    conversation_instructions: Text = None
    is_shared: Flag = False
    can_send_messages: Flag = False
    is_archived: Flag = False
    archived_at: Moment = None
    notes: tuple[str, ...] = ()
    """What could not be read, in words."""


class Message(BaseModel):
    """One entry of a chat history; the JSON of a tool call stays undecoded."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    role: ShortText = None
    content: Text = None
    content_is_json: bool = False
    """Whether the content is no text but an object or a list, of which this is the JSON."""
    parts: tuple[ContentPart, ...] = ()
    """What the content is made of, where it came as a list of parts; the content is the sources of them all."""
    type: ShortText = None
    query_id: Number = None
    user_id: ShortText = None
    used_tokens_input: Count = None
    used_tokens_output: Count = None
    timestamp: Moment = None
    tool_type: ShortText = None
    input_parameters: RawJson | None = None
    results: RawJson | None = None
    notes: tuple[str, ...] = ()
    """What could not be read, in words."""


class Person(BaseModel):
    """A user of the project: turns a bare user id into an e-mail address."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    email: ShortText = None
