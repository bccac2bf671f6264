"""A conversation as Markdown that can go into a report or a pull request; times are in UTC."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from tui.api.decode import UnreadableMessage, decode_message, split_history
from tui.api.errors import UnreadableAnswer
from tui.api.models import Conversation
from tui.api.page import Record, UnreadableRecord
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.store.history.messages import MESSAGE, parts_of
from tui.store.history.turns import Turn
from tui.views.export.safe_markdown import code, fenced, inline, json_text, quoted
from tui.views.jsontree.summary import failure_words
from tui.views.listing.name import name_of
from tui.views.text import format as fmt
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.message_block import MessageBlock, RawBlock, ReasoningBlock, UnreadableBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.turns import TurnBlock, failed_text, moment
from tui.views.transcript.growth import Builder
from tui.views.transcript.modes import Modes

_ROLES = {"user": "User", "assistant": "Agent", "": "No role"}


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
    yield from _history(elements, patterns)


def conversation_markdown(record: Record, people: Mapping[str, str], patterns: FailurePatterns = NO_PATTERNS) -> str:
    """The whole conversation as one text."""
    return "".join(part.text for part in conversation_parts(record, people, patterns))


def turn_markdown(blocks: Sequence[Block], turn: Turn) -> str:
    """One turn out of the blocks of a document."""
    return "".join(_block(block) for block in _blocks_of(blocks, turn)).lstrip("\n")


def unreadable_markdown(record: UnreadableRecord) -> str:
    """What the service sent in place of a conversation."""
    raw = fenced(json_text(record.raw), "json")
    return f"# A conversation that cannot be read\n\nReason: {inline(record.reason)}\n\n{raw}"


def _blocks_of(blocks: Sequence[Block], turn: Turn) -> Iterator[Block]:
    for first in turn.blocks:
        yield blocks[first]
        for block in blocks[first + 1 :]:
            if isinstance(block, TurnBlock):
                break
            yield block


# the head


def _head(conversation: Conversation, people: Mapping[str, str]) -> str:
    name = inline(name_of(conversation))
    rows = "".join(f"| {label} | {value} |\n" for label, value in _facts(conversation, people) if value)
    head = f"# {name}\n\n| | |\n|:--|:--|\n{rows}"
    for note in conversation.notes:
        head += f"\n**Note:** {inline(note)}\n"
    if (conversation.conversation_instructions or "").strip():
        head += _folded("Conversation instructions", quoted(conversation.conversation_instructions or ""))
    return head


def _facts(conversation: Conversation, people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    owner = conversation.created_by
    yield "Conversation", code(conversation.id)
    yield "Agent", inline(conversation.agent_settings_name or "")
    yield "Owner", code(people.get(owner) or owner) if owner else ""
    yield "Created", _when(conversation.created_at)
    yield "Updated", _when(conversation.updated_at)
    yield "Messages", _number(conversation.message_count)
    yield "Tool calls", _number(conversation.tool_call_count)
    yield "Tokens", _tokens(conversation.tokens.input, conversation.tokens.output, conversation.tokens.total)
    yield "Tags", ", ".join(code(tag) for tag in conversation.tags)
    yield "Archived", (_when(conversation.archived_at) or "yes") if conversation.is_archived else ""
    yield "Shared", "yes" if conversation.is_shared else ""


def _when(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if at is not None else ""


def _number(number: int | None) -> str:
    return fmt.thousands(number) if number is not None else ""


def _tokens(tokens_in: int | None, tokens_out: int | None, total: int | None = None) -> str:
    told = []
    if tokens_in or tokens_out:
        told.append(f"{fmt.thousands(tokens_in or 0)} tokens in, {fmt.thousands(tokens_out or 0)} out")
    if total:
        told.append(f"{fmt.thousands(total)} in all" if told else f"{fmt.thousands(total)} tokens")
    return ", ".join(told)


# the history


def _history(elements: Sequence[msgspec.Raw], patterns: FailurePatterns) -> Iterator[Part]:
    """All blocks are made before the first is written: a turn's heading tells the sums of the whole turn."""
    builder = Builder(Modes(patterns=patterns))
    blocks: list[tuple[int, Block]] = []
    for number, raw in enumerate(elements):
        blocks += [(number, block) for block in builder.add(raw, len(blocks))]
    turn: Turn | None = None
    for _, block in blocks:
        if isinstance(block, TurnBlock):
            turn = block.turn
        elif isinstance(block, ToolBlock) and turn is not None and (failure := block.outcome.failure) is not None:
            turn.count(failure)
    for number, block in blocks:
        yield Part(_block(block), number)


def _block(block: Block) -> str:
    match block:
        case TurnBlock():
            return _turn_heading(block)
        case UnreadableBlock():
            return _unreadable(block)
        case ReasoningBlock():
            return _reasoning(block)
        case ToolBlock():
            return _tool_call(block)
        case RawBlock():
            return f"\n### {_who(block)}{_aside(block)}\n\n{_notes(block)}{quoted(block.source())}"
        case _:
            return ""


def _turn_heading(block: TurnBlock) -> str:
    turn = block.turn
    facts = [_when(moment(block.at)) if block.at is not None else ""]
    if not block.continued:
        calls = fmt.plural(turn.tools, "tool call") if turn.tools else ""
        facts += [
            _tokens(turn.tokens_in, turn.tokens_out),
            f"{calls}, {failed_text(turn)}" if turn.failed else calls,
            fmt.duration(turn.seconds) if turn.seconds else "",
        ]
    return f"\n## {' · '.join([inline(block.title), *(fact for fact in facts if fact)])}\n"


def _who(block: RawBlock) -> str:
    facts = block.facts
    role = _ROLES.get(facts.role) or inline(facts.role, 60)
    return role if facts.kind == MESSAGE else f"{role} (type: {inline(facts.kind, 60) or 'none'})"


def _aside(block: RawBlock) -> str:
    facts = block.facts
    asides = [_clock(block), _tokens(facts.tokens_in, facts.tokens_out), inline(block.words)]
    return "".join(f" · {aside}" for aside in asides if aside)


def _clock(block: RawBlock) -> str:
    """The time of day, and the date where it is another one than was told last."""
    if block.facts.at is None:
        return "no time"
    at = moment(block.facts.at)
    told = block.told_at if isinstance(block, MessageBlock) else None
    another_day = told is not None and moment(told).date() != at.date()
    return at.strftime("%Y-%m-%d %H:%M:%S" if another_day else "%H:%M:%S")


def _notes(block: RawBlock) -> str:
    if not block.facts.odd:
        return ""
    message = decode_message(block.raw)
    notes = () if isinstance(message, UnreadableMessage) else message.notes
    return "".join(f"**Note:** {inline(note)}\n\n" for note in notes)


def _folded(summary: str, body: str) -> str:
    return f"\n<details>\n<summary>{summary}</summary>\n\n{body}\n</details>\n"


def _reasoning(block: ReasoningBlock) -> str:
    text = block.source()
    lines = fmt.plural(text.count("\n") + 1, "line")
    return _folded(f"Reasoning ({lines})", _notes(block) + quoted(text))


def _tool_call(block: ToolBlock) -> str:
    parts, came = parts_of(block.raw), block.outcome
    count = f"{fmt.plural(came.count, 'result')}, " if came.count is not None else ""
    if came.failure is not None:
        outcome = inline(f"failed{'?' if came.failure.guessed else ':'} {failure_words(came.failure)}")
    else:
        outcome = "empty" if came.empty else f"{count}{fmt.size(came.size)}"
    took = f" · {fmt.duration(block.seconds)}" if block.seconds is not None else ""
    text = f"\n### Tool call: {inline(block.name)} · {outcome}{took}{_aside(block)}\n\n{_notes(block)}"
    if said := block.source():
        text += f"{quoted(said)}\n"
    text += _json_part("Input parameters", parts.parameters)
    if parts.results is None:
        return f"{text}\nNo results.\n"
    return text + _folded(f"Results ({count}{fmt.size(came.size)})", fenced(json_text(bytes(parts.results)), "json"))


def _json_part(title: str, raw: bytes | msgspec.Raw | None) -> str:
    if raw is None:
        return f"No {title.lower()}.\n"
    return f"{title}:\n\n{fenced(json_text(bytes(raw)), 'json')}"


def _unreadable(block: UnreadableBlock) -> str:
    message = decode_message(block.raw)
    reason = message.reason if isinstance(message, UnreadableMessage) else ""
    raw = fenced(json_text(bytes(block.raw)), "json")
    return f"\n### A message that cannot be read{_aside(block)}\n\nReason: {inline(reason)}\n\n{raw}"
