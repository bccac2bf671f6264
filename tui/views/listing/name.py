"""What a conversation and its agent are called, also where nobody has named them."""

from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean_line

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

_ID_BEGINNING = 8


def is_named(conversation: "Conversation") -> bool:
    """Whether a user has given it a name that can be seen."""
    return bool((conversation.name or "").strip())


def name_of(conversation: "Conversation", limit: int | None = None) -> str:
    """Its name, else the beginning of its id; one cleaned line of at most `limit` characters."""
    name = clean_line((conversation.name or "").strip(), limit)
    return name.strip() or f"unnamed · {clean_line(conversation.id[:_ID_BEGINNING])}"


def untagged_words(conversation: "Conversation") -> str:
    """What stands where a conversation has no tags: that it has none, or that nobody said."""
    return "untagged" if conversation.tags is not None else "tags not told"


def agent_of(conversation: "Conversation", limit: int | None = None) -> str:
    """The name of its agent, or that there is none; one cleaned line of at most `limit` characters."""
    return clean_line(conversation.agent_settings_name or "", limit).strip() or "no agent named"
