"""The objects of the API page with their fields as they came: splitting makes no objects of what nobody looks at."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

ABSENT = msgspec.Raw()
"""What a field holds that did not come. A field that may be Raw or None would take nothing but null."""


def raw_shape(name: str, fields: Iterable[str]) -> msgspec.json.Decoder[Any]:
    """Reads an object of which these fields are looked at."""
    return msgspec.json.Decoder(msgspec.defstruct(name, [(field, msgspec.Raw, ABSENT) for field in fields], gc=False))


class HistoryShape(msgspec.Struct, gc=False):
    """A conversation of which only the history is looked at."""

    chat_history: msgspec.Raw = ABSENT


class MessageShape(msgspec.Struct, gc=False):
    """One entry of a history."""

    role: msgspec.Raw = ABSENT
    content: msgspec.Raw = ABSENT
    type: msgspec.Raw = ABSENT
    query_id: msgspec.Raw = ABSENT
    user_id: msgspec.Raw = ABSENT
    used_tokens_input: msgspec.Raw = ABSENT
    used_tokens_output: msgspec.Raw = ABSENT
    timestamp: msgspec.Raw = ABSENT
    tool_type: msgspec.Raw = ABSENT
    input_parameters: msgspec.Raw = ABSENT
    results: msgspec.Raw = ABSENT


class TagsShape(msgspec.Struct, gc=False):
    """The answer of the tags call."""

    tags: msgspec.Raw = ABSENT


class ResultsShape(msgspec.Struct, gc=False):
    """A page of anything but conversations."""

    results: msgspec.Raw = ABSENT
    next: msgspec.Raw = ABSENT


@cache
def page_decoder(most: int) -> msgspec.json.Decoder[Any]:
    """Reads a page: the first `most` elements of `results`, `count` and `next`.

    A list that is decoded to a struct ends with the struct's fields. What a server sends beyond them is passed over and
    costs nothing, where each element of a list costs an object.
    """
    places = [(f"place_{number}", msgspec.Raw, ABSENT) for number in range(most)]
    first = msgspec.defstruct("First", places, array_like=True, gc=False)
    fields = [("results", first | None, None), ("count", msgspec.Raw, ABSENT), ("next", msgspec.Raw, ABSENT)]
    return msgspec.json.Decoder(msgspec.defstruct("PageShape", fields, gc=False))
