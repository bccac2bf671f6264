"""From the bytes of an answer to models, without decoding what nobody looks at.

A history is split when it is opened, and each message of it is validated by pydantic when it is looked at.
"""

import msgspec
from pydantic import ValidationError

from tui.api.content import content_fields
from tui.api.errors import UnreadableAnswer
from tui.api.lenient.cutting import NULL, body_of, fields_of, first_of, split, values_of
from tui.api.lenient.shapes import HistoryShape, MessageShape, PeopleShape, TagsShape
from tui.api.limits import LONGEST_TAG, MOST_MESSAGES
from tui.api.models import Message, Person, judged_conversation
from tui.api.page import Page, Record, UnreadableMessage, UnreadableRecord
from tui.api.query import MAX_LIMIT
from tui.api.raw import RawJson
from tui.api.rows import decode_page, decode_record, told_fields

_MOST_TAGS = 20_000
"""Tags of the project that are read."""

_people_decoder = msgspec.json.Decoder(PeopleShape)
_history_decoder = msgspec.json.Decoder(HistoryShape)
_message_decoder = msgspec.json.Decoder(MessageShape)
_tags_decoder = msgspec.json.Decoder(TagsShape)


def decode_conversation(body: bytes) -> Record:
    """The conversation in an answer of the call for one.

    Raises:
        UnreadableAnswer: the body is no conversation.
    """
    raw = body_of(body)
    fields, notes = told_fields(raw)
    try:
        return Record(judged_conversation(fields, notes), raw)
    except ValidationError as error:
        raise UnreadableAnswer(_first_problem(error)) from None


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"


def split_history(raw: RawJson) -> list[msgspec.Raw]:
    """The elements of a conversation's `chat_history`, undecoded; a missing or null history is an empty one.

    They stay in its buffer. Of more than MOST_MESSAGES the last element is a list of all the others.

    Raises:
        UnreadableAnswer: the history is no list.
    """
    history = fields_of(_history_decoder, raw).get("chat_history")
    return [] if history is None else split(history, MOST_MESSAGES, raw.count(b","))


def decode_message(raw: RawJson | msgspec.Raw) -> Message | UnreadableMessage:
    """One message, or why it cannot be read."""
    notes: list[str] = []
    try:
        held = fields_of(_message_decoder, raw)
    except UnreadableAnswer as error:
        return UnreadableMessage(error.detail, bytes(raw))
    calls = {name: bytes(held.pop(name)) for name in ("input_parameters", "results") if name in held}
    content = bytes(held.pop("content")) if _is_nested(held.get("content")) else None
    fields = values_of(held, notes) | calls
    if content is not None:
        fields |= content_fields(content, notes)
    try:
        message = Message.model_validate(fields, context=notes)
    except ValidationError as error:
        return UnreadableMessage(_first_problem(error), bytes(raw))
    return message.model_copy(update={"notes": tuple(notes)}) if notes else message


def _is_nested(raw: bytes | msgspec.Raw | None) -> bool:
    return raw is not None and bytes(memoryview(raw)[:1]) in {b"[", b"{"}


def decode_tags(body: bytes) -> tuple[str, ...]:
    """The tags in an answer of the tags call.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `tags`.
    """
    found = first_of(fields_of(_tags_decoder, body_of(body)).get("tags"), _MOST_TAGS, "tags")
    values = (values_of({"tag": raw}, []).get("tag") for raw in found)
    return tuple(tag for tag in values if isinstance(tag, str) and 0 < len(tag) <= LONGEST_TAG)


def decode_people(body: bytes) -> tuple[dict[str, Person], int, bool]:
    """The people in an answer of the users call by each id that they carry, its rows, and whether there are more.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    fields = fields_of(_people_decoder, body_of(body))
    found: dict[str, Person] = {}
    rows = first_of(fields.get("results"), MAX_LIMIT, "people")
    for raw in rows:
        found.update({person.id: person for person in _people_in(values_of({"it": raw}, []).get("it"))})
    return found, len(rows), bool(values_of({"next": fields.get("next", NULL)}, []).get("next"))


def _people_in(element: object) -> list[Person]:
    """The person of one element, known by both ids that it carries; nothing where it has another shape."""
    user = element.get("user") if isinstance(element, dict) else None
    if not isinstance(element, dict) or not isinstance(user, dict):
        return []
    known = [known for known in (element.get("id"), user.get("id")) if isinstance(known, str) and known]
    return [Person.model_validate({"id": one, "email": user.get("email")}) for one in known]


__all__ = [
    "Page",
    "Record",
    "UnreadableMessage",
    "UnreadableRecord",
    "decode_conversation",
    "decode_message",
    "decode_page",
    "decode_people",
    "decode_record",
    "decode_tags",
    "split_history",
]
