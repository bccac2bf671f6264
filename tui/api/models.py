"""The objects of the API page, read leniently: what is missing is None, what is odd is noted.

Field names are the API's. A field that was there but could not be read is None, and `notes` says what it held.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

RawJson = bytes
"""JSON text exactly as the server sent it, not decoded yet."""

_NOTED = 120
"""Characters of an odd value that a note repeats."""

_MILLISECONDS_FROM = 1e11
"""An epoch number above this counts milliseconds: as seconds it would be the year 5138."""


def _note(info: ValidationInfo, value: Any) -> None:
    if isinstance(info.context, list):
        shown = repr(value)
        info.context.append(
            f"{info.field_name} could not be read: {shown[:_NOTED]}{'…' if len(shown) > _NOTED else ''}"
        )


def _as_text(value: Any, info: ValidationInfo) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    _note(info, value)
    return None


def _as_count(value: Any, info: ValidationInfo) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(float(value)) if not isinstance(value, bool) else int(value)
    except (TypeError, ValueError, OverflowError):
        _note(info, value)
        return None


def _as_flag(value: Any, info: ValidationInfo) -> bool:
    if isinstance(value, bool) or value is None:
        return bool(value)
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    if isinstance(value, int):
        return bool(value)
    _note(info, value)
    return False


def _as_moment(value: Any, info: ValidationInfo) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, str) and not value.replace(".", "", 1).isdigit():
            moment = datetime.fromisoformat(value.strip())
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        number = float(value)
        return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS_FROM else number, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        _note(info, value)
        return None


def _as_tags(value: Any, info: ValidationInfo) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(str(tag) for tag in value if tag is not None)
    if isinstance(value, str):
        return (value,)
    _note(info, value)
    return ()


Text = Annotated[str | None, BeforeValidator(_as_text)]
Count = Annotated[int | None, BeforeValidator(_as_count)]
Flag = Annotated[bool, BeforeValidator(_as_flag)]
Moment = Annotated[datetime | None, BeforeValidator(_as_moment)]
Tags = Annotated[tuple[str, ...], BeforeValidator(_as_tags)]


class Tokens(BaseModel):
    """What a conversation used."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    input: Count = None
    output: Count = None
    total: Count = None


def _as_tokens(value: Any, info: ValidationInfo) -> Any:
    if value is None or isinstance(value, dict | Tokens):
        return value or Tokens()
    _note(info, value)
    return Tokens()


class Conversation(BaseModel):
    """One conversation without its history; times are in UTC."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    name: Text = None
    type: Text = None
    created_by: Text = None
    agent_settings: Text = None
    agent_settings_name: Text = None
    created_at: Moment = None
    updated_at: Moment = None
    message_count: Count = None
    tool_call_count: Count = None
    tokens: Annotated[Tokens, BeforeValidator(_as_tokens)] = Tokens()
    tags: Tags = ()
    conversation_instructions: Text = None
    is_shared: Flag = False
    can_send_messages: Flag = False
    is_archived: Flag = False
    archived_at: Moment = None
    notes: Annotated[tuple[str, ...], Field(exclude=True)] = ()
    """What could not be read, in words."""


class Message(BaseModel):
    """One entry of a chat history; the JSON of a tool call stays undecoded."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: Text = None
    content: Text = None
    type: Text = None
    query_id: Count = None
    user_id: Text = None
    used_tokens_input: Count = None
    used_tokens_output: Count = None
    timestamp: Moment = None
    tool_type: Text = None
    input_parameters: RawJson | None = None
    results: RawJson | None = None
    notes: tuple[str, ...] = ()
    """What could not be read, in words."""


class Person(BaseModel):
    """Somebody of the project: turns a bare user id into an e-mail address."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    email: Text = None
