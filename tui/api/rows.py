"""From the bytes of a page to its rows, without decoding what nobody looks at.

A page is split by msgspec, which leaves each conversation as the bytes it came in; only the fields of a row become
objects. So a page of 5 MB costs some 4 ms and no memory but its own bytes, where validating it whole costs 50 ms.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import msgspec

from tui.api.conversation import ROW_FIELDS, read_conversation
from tui.api.errors import UnreadableAnswer
from tui.api.lenient.cutting import NOT_STRICT, NULL, Fields, body_of, fields_of, first_of, values_of
from tui.api.lenient.damaged import members, usable_count
from tui.api.lenient.shapes import page_decoder, raw_shape
from tui.api.page import Page, Record, UnreadableRecord
from tui.api.query import MAX_LIMIT
from tui.api.raw import RawJson

_USUAL_LIMIT = 200
"""Rows of the pages that are usually asked for: a shape for more of them takes some milliseconds to make."""

_LONGEST_ID = 20_000

_row_decoder = raw_shape("RowShape", ROW_FIELDS)


def decode_page(body: bytes, limit: int = MAX_LIMIT) -> Page:
    """The page in an answer of the list call; what it holds beyond `limit` rows is passed over.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    raw = body_of(body)
    results: Sequence[bytes | msgspec.Raw]
    try:
        shape = page_decoder(_USUAL_LIMIT if limit <= _USUAL_LIMIT else MAX_LIMIT).decode(raw)
    except NOT_STRICT:
        found = members(raw)
        results = first_of(found.get("results", NULL), limit, "conversations")
        fields: Fields = {name: found.get(name, NULL) for name in ("count", "next")}
    else:
        if shape.results is None:
            raise UnreadableAnswer("the list of conversations is missing")
        results = list(takewhile(len, msgspec.structs.astuple(shape.results)))
        fields = {"count": shape.count, "next": shape.next}
    told = values_of(fields, [])
    records = tuple(decode_record(bytes(raw)) for raw in results[:limit])
    return Page(usable_count(told.get("count")), records, bool(told.get("next")))


def decode_record(raw: RawJson) -> Record | UnreadableRecord:
    """One conversation with the bytes it came in, or why it cannot be read."""
    try:
        fields, notes = told_fields(raw)
    except UnreadableAnswer as error:
        return UnreadableRecord(error.detail, raw)
    return Record(read_conversation(fields["id"], fields, notes), raw)


def told_fields(raw: RawJson) -> tuple[dict[str, Any], list[str]]:
    """The fields of a conversation as objects, an `id` among them, and notes of those that are none.

    Raises:
        UnreadableAnswer: it is no conversation.
    """
    notes: list[str] = []
    fields = values_of(fields_of(_row_decoder, raw), notes)
    told = fields.get("id")
    if not isinstance(told, str | int) or isinstance(told, bool) or told == "":
        raise UnreadableAnswer("it has no id")
    fields["id"] = str(told)
    if len(fields["id"]) > _LONGEST_ID:
        raise UnreadableAnswer(f"its id has {len(fields['id']):,} characters")
    return fields, notes
