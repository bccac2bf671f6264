"""Reads the values of fields leniently: what is missing is None, what is odd is None and noted, and nothing fails.

A field says by its type how it is read. The same types serve a struct whose objects are made here, and a model of
pydantic, whose validators then get what they take; so no value of a field can cost a record.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple, Protocol, get_type_hints

from tui.api.limits import LONGEST_NAME, LONGEST_TAG, MOST_TAGS


class Field(Protocol):
    """The field that a value is of, and where notes about it go: pydantic's ValidationInfo is one."""

    @property
    def field_name(self) -> str | None:
        """Its name."""

    @property
    def context(self) -> Any:
        """A list of notes, or anything else where nobody wants them."""


class _OfStruct(NamedTuple):
    field_name: str
    context: list[str]


class Lenient(NamedTuple):
    """Stands in the type of a field that is read by `read`, whoever makes the object."""

    read: Callable[[Any, Field], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """What pydantic asks for: this reader comes before its own validators."""
        from pydantic import BeforeValidator

        return BeforeValidator(self.read).__get_pydantic_core_schema__(source, handler)


def readers_of(kind: type) -> dict[str, Callable[[Any, Field], Any]]:
    """The readers of the fields of a class, by name."""
    hints = get_type_hints(kind, include_extras=True)
    found = {name: getattr(hint, "__metadata__", ()) for name, hint in hints.items()}
    return {name: one.read for name, said in found.items() for one in said if isinstance(one, Lenient)}


def read_fields(
    readers: dict[str, Callable[[Any, Field], Any]], told: dict[str, Any], notes: list[str]
) -> dict[str, Any]:
    """The values of those fields that were told; `notes` says what is odd about them."""
    return {name: read(told[name], _OfStruct(name, notes)) for name, read in readers.items() if name in told}


_NOTED = 120
"""Characters of an odd value that a note repeats."""

_LARGEST = 2**63
"""Numbers from here on count nothing."""

_MILLISECONDS_FROM = 1e11
"""An epoch number above this counts milliseconds: as seconds it would be the year 5138."""


def note(field: Field, value: Any) -> None:
    """Take note of a value that could not be read."""
    shown = repr(value)
    _say(field, f"could not be read: {shown[:_NOTED]}{'…' if len(shown) > _NOTED else ''}")


def _say(field: Field, words: str) -> None:
    if isinstance(field.context, list):
        field.context.append(f"{field.field_name} {words}")


def _as_text(value: Any, field: Field) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    note(field, value)
    return None


def _as_short_text(value: Any, field: Field) -> str | None:
    text = _as_text(value, field)
    if text is None or len(text) <= LONGEST_NAME:
        return text
    _say(field, f"has {len(text):,} characters; here are the first {LONGEST_NAME:,}")
    return text[:LONGEST_NAME]


def _as_number(value: Any, field: Field) -> int | None:
    if value is None or value == "":
        return None
    try:
        number = value if isinstance(value, int) else _whole(value)
    except (TypeError, ValueError, OverflowError):
        number = _LARGEST
    if isinstance(value, bool) or not -_LARGEST < number < _LARGEST:
        note(field, value)
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


def _as_count(value: Any, field: Field) -> int | None:
    number = _as_number(value, field)
    if number is not None and number < 0:
        note(field, value)
        return None
    return number


def _as_flag(value: Any, field: Field) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    known = {"true": True, "1": True, "false": False, "0": False, "": False}.get(str(value).strip().lower())
    if known is None:
        note(field, value)
    return bool(known)


def _as_opinion(value: Any, field: Field) -> bool | None:
    return None if value is None or value == "" else _as_flag(value, field)


def _as_moment(value: Any, field: Field) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        return _moment(value)
    except (TypeError, ValueError, OverflowError, OSError):
        note(field, value)
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


def _as_tags_told(value: Any, field: Field) -> tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        note(field, value)
        return None
    if len(value) > MOST_TAGS:
        _say(field, f"are too many; here are the first {MOST_TAGS:,}")
        value = value[:MOST_TAGS]
    tags = tuple(str(tag)[:LONGEST_TAG] for tag in value if isinstance(tag, str | int | float))
    if len(tags) < sum(tag is not None for tag in value):
        note(field, value)
    return tags


def _as_tags(value: Any, field: Field) -> tuple[str, ...]:
    return _as_tags_told(value, field) or ()


Text = Annotated[str | None, Lenient(_as_text)]
ShortText = Annotated[str | None, Lenient(_as_short_text)]
Number = Annotated[int | None, Lenient(_as_number)]
Count = Annotated[int | None, Lenient(_as_count)]
Flag = Annotated[bool, Lenient(_as_flag)]
Opinion = Annotated[bool | None, Lenient(_as_opinion)]
"""Yes, no, or nothing said."""
Moment = Annotated[datetime | None, Lenient(_as_moment)]
Tags = Annotated[tuple[str, ...], Lenient(_as_tags)]
TagsTold = Annotated[tuple[str, ...] | None, Lenient(_as_tags_told)]
"""None where they are not told, which is not the same as having none."""
