"""A conversation as Markdown that can go into a report or a pull request; times are in UTC."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tui.api.errors import UnreadableAnswer
from tui.api.history import split_history
from tui.api.models import Conversation
from tui.api.page import Record, UnreadableRecord
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.views.export.block_markdown import block_markdown, folded, tokens_words, when_utc
from tui.views.export.safe_markdown import code, fenced, inline, json_text, quoted
from tui.views.export.whole_history import history_blocks
from tui.views.listing.name import name_of
from tui.views.text import format as fmt


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the document; `element` is the place in the history that it shows, if it shows one."""

    text: str
    element: int | None = None


def conversation_parts(
    record: Record, people: Mapping[str, str], patterns: FailurePatterns = NO_PATTERNS
) -> Iterator[Part]:
    """The whole conversation, piece by piece: what is known of it, then turn after turn."""
    yield Part(_head(record.conversation, people))
    try:
        elements = split_history(record.raw)
    except UnreadableAnswer as error:
        yield Part(f"\n**The history cannot be read:** {inline(error.detail)}\n")
        return
    if not elements:
        yield Part("\n*This conversation has no messages.*\n")
    for one in history_blocks(elements, patterns):
        yield Part(block_markdown(one.block), one.element)


def conversation_markdown(record: Record, people: Mapping[str, str], patterns: FailurePatterns = NO_PATTERNS) -> str:
    """The whole conversation as one text."""
    return "".join(part.text for part in conversation_parts(record, people, patterns))


def unreadable_markdown(record: UnreadableRecord) -> str:
    """What the service sent in place of a conversation."""
    raw = fenced(json_text(record.raw), "json")
    return f"# A conversation that cannot be read\n\nReason: {inline(record.reason)}\n\n{raw}"


def _head(conversation: Conversation, people: Mapping[str, str]) -> str:
    name = inline(name_of(conversation))
    rows = "".join(f"| {label} | {value} |\n" for label, value in _facts(conversation, people) if value)
    head = f"# {name}\n\n| | |\n|:--|:--|\n{rows}"
    for note in conversation.notes:
        head += f"\n**Note:** {inline(note)}\n"
    if (conversation.conversation_instructions or "").strip():
        head += folded("Conversation instructions", quoted(conversation.conversation_instructions or ""))
    return head


def _facts(conversation: Conversation, people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    owner = conversation.created_by
    yield "Conversation", code(conversation.id)
    yield "Agent", inline(conversation.agent_settings_name or "")
    yield "Owner", code(people.get(owner) or owner) if owner else ""
    yield "Created", when_utc(conversation.created_at)
    yield "Updated", when_utc(conversation.updated_at)
    yield "Messages", _number(conversation.message_count)
    yield "Tool calls", _number(conversation.tool_call_count)
    yield "Tokens", tokens_words(conversation.tokens.input, conversation.tokens.output, conversation.tokens.total)
    yield "Tags", ", ".join(code(tag) for tag in conversation.tags)
    yield "Archived", (when_utc(conversation.archived_at) or "yes") if conversation.is_archived else ""
    yield "Shared", "yes" if conversation.is_shared else ""


def _number(number: int | None) -> str:
    return fmt.thousands(number) if number is not None else ""
