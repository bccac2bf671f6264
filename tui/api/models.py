"""The objects of the API page that are asked for when something is opened, read leniently and judged by pydantic.

Field names are the API's. A field that was there but could not be read is None, and `notes` says what it held.
"""

from pydantic import BaseModel, ConfigDict

from tui.api.content import ContentPart
from tui.api.lenient.values import Count, Moment, Number, ShortText, Text
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
