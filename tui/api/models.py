"""The objects of the API page that are asked for when something is opened, read leniently and judged by pydantic.

Field names are the API's. A field that was there but could not be read is None, and `notes` says what it held.
"""

from typing import Any, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import fields
from pydantic import BaseModel, ConfigDict, create_model

from tui.api.content import ContentPart
from tui.api.conversation import Conversation
from tui.api.lenient.values import Count, Moment, Number, Opinion, ShortText, Tags, Text
from tui.api.raw import RawJson


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


class Feedback(BaseModel):
    """What somebody said of an answer; every field may be missing."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: ShortText = None
    conversation: ShortText = None
    """The id of the conversation; None where it was given without one."""
    query_id: Number = None
    """The turn; None where it is about the whole conversation."""
    given_by: ShortText = None
    """An e-mail address, or a bare user id."""
    status: ShortText = None
    """`to_review` or `reviewed`; more may come."""
    feedback: Text = None
    is_positive: Opinion = None
    source: ShortText = None
    user_message: Text = None
    created_at: Moment = None
    updated_at: Moment = None
    notes: tuple[str, ...] = ()
    """What could not be read, in words."""


class Agent(BaseModel):
    """What an agent was told, as its settings are now; `id` is what a conversation calls its `agent_settings`."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    name: ShortText = None
    description: Text = None
    model: ShortText = None
    agent_mode: ShortText = None
    additional_instructions: Text = None
    project_brief: Text = None
    agent_conversation_starter: Text = None
    knowledge_graph_mode: ShortText = None
    tags_hierarchies_mode: ShortText = None
    selected_workflows_mode: ShortText = None
    tools: Tags = ()
    """Ids of tools."""
    created_at: Moment = None
    updated_at: Moment = None
    notes: tuple[str, ...] = ()
    """What could not be read, in words."""


class Tool(BaseModel):
    """A tool of the project, by which tool calls of its type are named."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    name: ShortText = None
    description: Text = None
    tool_type: ShortText = None
    retrieval_mode: ShortText = None
    category: ShortText = None
    owner_project_name: ShortText = None
    notes: tuple[str, ...] = ()
    """What could not be read, in words."""


def _model_of(kind: type[Conversation]) -> type[BaseModel]:
    """The model with the fields that a struct declares: the types of the two are one, and so are their readers."""
    types = get_type_hints(kind, include_extras=True)
    declared: dict[str, Any] = {
        field.name: (types[field.name], ... if field.default is NODEFAULT else field.default) for field in fields(kind)
    }
    config = ConfigDict(frozen=True, defer_build=True, arbitrary_types_allowed=True)
    return create_model(f"{kind.__name__}Model", __config__=config, **declared)


_ConversationModel = _model_of(Conversation)


def judged_conversation(told: dict[str, Any], notes: list[str]) -> Conversation:
    """The conversation that a page would have told of with these fields, each of them validated.

    Raises:
        ValidationError: a field is not what it is declared to be.
    """
    judged = _ConversationModel.model_validate(told, context=notes)
    values = {name: getattr(judged, name) for name in judged.model_fields_set}
    return Conversation(**{**values, "notes": tuple(notes)})
