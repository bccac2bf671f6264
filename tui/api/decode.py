"""From the bytes of an answer to models, without decoding what nobody looks at.

A history is split when it is opened, and each message of it is validated by pydantic when it is looked at.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from pydantic import BaseModel, ValidationError

from tui.api.content import content_fields
from tui.api.errors import UnreadableAnswer
from tui.api.lenient.cutting import NULL, Fields, body_of, fields_of, first_of, split, values_of
from tui.api.lenient.shapes import HistoryShape, MessageShape, ResultsShape, TagsShape, raw_shape
from tui.api.limits import LONGEST_TAG, MOST_MESSAGES
from tui.api.models import Agent, Feedback, Message, Person, Tool, judged_conversation
from tui.api.page import Page, Record, UnreadableMessage, UnreadableRecord
from tui.api.query import MAX_LIMIT
from tui.api.raw import RawJson
from tui.api.rows import decode_page, decode_record, told_fields

_MOST_TAGS = 20_000
"""Tags of the project that are read."""

_MOST_FEEDBACK = 20_000
"""Feedback of one conversation that is read."""


def _told_of(kind: type[BaseModel]) -> list[str]:
    """The fields of a model that a server tells."""
    return [name for name in kind.model_fields if name != "notes"]


_results_decoder = msgspec.json.Decoder(ResultsShape)
_history_decoder = msgspec.json.Decoder(HistoryShape)
_message_decoder = msgspec.json.Decoder(MessageShape)
_tags_decoder = msgspec.json.Decoder(TagsShape)
_person_decoder = raw_shape("PersonShape", ("id", "user"))
_feedback_decoder = raw_shape("FeedbackShape", (*_told_of(Feedback), "context", "conversation_id", "feedbacks"))
_agent_decoder = raw_shape("AgentShape", _told_of(Agent))
_tool_decoder = raw_shape("ToolShape", _told_of(Tool))


Model = TypeVar("Model", bound=BaseModel)


class Results(NamedTuple, Generic[Model]):
    """A page of anything but conversations."""

    found: dict[str, Model]
    """By id."""
    rows: int
    """Elements that came, whatever was found in them."""
    goes_on: bool
    """Whether the server names a next page."""


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


def decode_people(body: bytes) -> Results[Person]:
    """The people in an answer of the users call by each id that they carry.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    return _results(body, "people", _people_in)


def decode_feedback(body: bytes) -> Results[Feedback]:
    """The feedback in an answer of the call that groups it by conversation, or in one of the flat call.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    return _results(body, "feedback", _feedback_in)


def decode_agents(body: bytes) -> Results[Agent]:
    """The agents in an answer of the call for their settings, by id.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    return _results(body, "agents", partial(_named, Agent, _agent_decoder))


def decode_tools(body: bytes) -> Results[Tool]:
    """The tools in an answer of their call, by id.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    return _results(body, "tools", partial(_named, Tool, _tool_decoder))


def has_results(body: bytes) -> int:
    """How many elements an answer of any of these calls has.

    Raises:
        UnreadableAnswer: the body is no JSON object with a list `results`.
    """
    return len(first_of(fields_of(_results_decoder, body_of(body)).get("results"), MAX_LIMIT, "results"))


def _results(body: bytes, what: str, read: Callable[[msgspec.Raw], Iterable[tuple[str, Model]]]) -> Results[Model]:
    """What `read` finds in the elements that are objects; one that has another shape is passed over."""
    fields = fields_of(_results_decoder, body_of(body))
    found: dict[str, Model] = {}
    rows = first_of(fields.get("results"), MAX_LIMIT, what)
    for raw in rows:
        with suppress(UnreadableAnswer):
            found.update(read(raw))
    return Results(found, len(rows), bool(values_of({"next": fields.get("next", NULL)}, []).get("next")))


def _people_in(raw: msgspec.Raw) -> Iterable[tuple[str, Person]]:
    """The person of one element, known by both ids that it carries; nothing where it has another shape."""
    element = values_of(fields_of(_person_decoder, raw), [])
    user = element.get("user")
    if isinstance(user, dict):
        for known in (element.get("id"), user.get("id")):
            if isinstance(known, str) and known:
                yield known, Person.model_validate({"id": known, "email": user.get("email")})


def _feedback_in(raw: msgspec.Raw) -> Iterable[tuple[str, Feedback]]:
    """What a group holds, or one feedback that stands alone."""
    fields = fields_of(_feedback_decoder, raw)
    group = fields.get("feedbacks", NULL)
    of_group = values_of({"id": fields.get("conversation_id", NULL)}, []).get("id")
    for one in first_of(group, _MOST_FEEDBACK, "feedback") if bytes(memoryview(group)[:1]) == b"[" else [raw]:
        with suppress(UnreadableAnswer):
            read = _feedback_of(fields_of(_feedback_decoder, one), of_group)
            yield read.id or f"without an id: {hash(read)}", read


def _feedback_of(fields: Fields, of_group: object) -> Feedback:
    """The conversation is told in three places, none of which is sure to be there (API notes)."""
    notes: list[str] = []
    one = values_of(fields, notes)
    context, by, of = one.get("context"), one.get("given_by"), one.get("conversation")
    context = context if isinstance(context, dict) else {}
    told = {name: one[name] for name in Feedback.model_fields if name in one}
    places = (of.get("id") if isinstance(of, dict) else of, context.get("conversation_id"), of_group)
    told["conversation"] = next((place for place in places if isinstance(place, str | int) and place), None)
    told |= {name: context[name] for name in ("query_id", "source") if name in context}
    if isinstance(by, dict):
        told["given_by"] = by.get("email") or by.get("id")
    return _judged(Feedback, told, notes)


def _named(kind: type[Model], decoder: msgspec.json.Decoder[Any], raw: msgspec.Raw) -> Iterable[tuple[str, Model]]:
    """An object with its id: each field by itself, so that a heavy one costs no more than itself."""
    notes: list[str] = []
    told = values_of(fields_of(decoder, raw), notes)
    id_ = told.get("id")
    if isinstance(id_, str | int) and not isinstance(id_, bool) and id_ != "":
        yield str(id_), _judged(kind, {**told, "id": str(id_)}, notes)


def _judged(kind: type[Model], told: dict[str, Any], notes: list[str]) -> Model:
    model = kind.model_validate(told, context=notes)
    return model.model_copy(update={"notes": tuple(notes)}) if notes else model


__all__ = [
    "Page",
    "Record",
    "Results",
    "UnreadableMessage",
    "UnreadableRecord",
    "decode_agents",
    "decode_conversation",
    "decode_feedback",
    "decode_message",
    "decode_page",
    "decode_people",
    "decode_record",
    "decode_tags",
    "decode_tools",
    "has_results",
    "split_history",
]
