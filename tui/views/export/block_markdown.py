"""The parts of a history as Markdown; times are in UTC."""

import html
from datetime import datetime

import msgspec

from tui.api.content import ContentPart
from tui.api.history import decode_message
from tui.api.page import UnreadableMessage
from tui.store.history.messages import MESSAGE, parts_of
from tui.views.export.escapes import uncalled
from tui.views.export.quoting import fenced, quoted, quoted_as_written
from tui.views.export.safe_markdown import inline, json_text, shortened
from tui.views.jsontree.summary import failure_words
from tui.views.text import format as fmt
from tui.views.text.moments import moment
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.content import part_line
from tui.views.transcript.blocks.history_message import HistoryMessage
from tui.views.transcript.blocks.message_block import MessageBlock, UnreadableBlock
from tui.views.transcript.blocks.reasoning import ReasoningBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.turns import TurnBlock, failed_text
from tui.zone import ZONE

_ROLES = {"user": "User", "assistant": "Agent", "": "No role"}


def block_markdown(block: Block, *, as_written: bool = False) -> str:
    """A part of a conversation: the heading of a turn, a message, reasoning, a tool call; nothing for what is ours.

    What was said is read as on the screen where the Markdown is rendered, or stands there `as_written`.
    """
    match block:
        case TurnBlock():
            return _turn_heading(block)
        case UnreadableBlock():
            return _unreadable(block)
        case ReasoningBlock():
            return _reasoning(block, as_written=as_written)
        case ToolBlock():
            return _tool_call(block, as_written=as_written)
        case MessageBlock():
            said = _said(block.message, typed=block.message.facts.role == "user", as_written=as_written)
            return f"\n### {_who(block.message)}{_aside(block.message, block.told_at)}\n\n{_notes(block.message)}{said}"
        case _:
            return ""


def _turn_heading(block: TurnBlock) -> str:
    turn = block.turn
    facts = [when_words(moment(block.at)) if block.at is not None else ""]
    if not block.continued:
        calls = fmt.plural(turn.tools, "tool call") if turn.tools else ""
        facts += [
            tokens_words(turn.tokens_in, turn.tokens_out),
            f"{calls}, {failed_text(turn)}" if turn.failed else calls,
            fmt.duration(turn.seconds) if turn.seconds else "",
        ]
    return f"\n## {' · '.join([inline(block.title), *(fact for fact in facts if fact)])}\n"


def _who(message: HistoryMessage) -> str:
    facts = message.facts
    role = _ROLES.get(facts.role) or inline(facts.role, 60)
    return role if facts.kind == MESSAGE else f"{role} (type: {inline(facts.kind, 60) or 'none'})"


def _aside(message: HistoryMessage, told_at: float | None = None) -> str:
    facts = message.facts
    asides = [_clock(facts.at, told_at), tokens_words(facts.tokens_in, facts.tokens_out), inline(message.words)]
    return "".join(f" · {aside}" for aside in asides if aside)


def _clock(at: float | None, told_at: float | None) -> str:
    """The time of day, and the date where it is another one than was told last."""
    if at is None:
        return "no time"
    zone = ZONE.for_files
    here = zone.place(moment(at))
    another_day = told_at is not None and zone.place(moment(told_at)).date() != here.date()
    return here.strftime("%Y-%m-%d %H:%M:%S" if another_day else "%H:%M:%S")


def _notes(message: HistoryMessage) -> str:
    if not message.facts.odd:
        return ""
    decoded = decode_message(message.raw)
    notes = () if isinstance(decoded, UnreadableMessage) else decoded.notes
    return "".join(f"**Note:** {inline(note)}\n\n" for note in notes)


def _said(message: HistoryMessage, *, typed: bool = False, as_written: bool) -> str:
    """What was said, part by part: texts as quotes, each other part behind a line that tells what it is."""
    if message.facts.nested:
        return fenced(json_text(message.source().encode()), "json")
    return "\n".join(_part(part, typed=typed, as_written=as_written) for part in message.parts())


def _part(part: ContentPart, *, typed: bool, as_written: bool) -> str:
    if part.text is not None:
        return quoted_as_written(part.text) if as_written else quoted(part.text, typed=typed)
    words = " · ".join(span.text.strip() for span in part_line(part))
    return folded(uncalled(html.escape(words)), fenced(shortened(json_text(part.raw)), "json"))


def folded(summary: str, body: str) -> str:
    """Something behind a line of HTML to click on."""
    return f"\n<details>\n<summary>{summary}</summary>\n\n{body}\n</details>\n"


def _reasoning(block: ReasoningBlock, *, as_written: bool) -> str:
    said = _said(block.message, as_written=as_written)
    return folded(f"Reasoning ({fmt.lines(block.source())})", _notes(block.message) + said)


def _tool_call(block: ToolBlock, *, as_written: bool) -> str:
    parts, came = parts_of(block.message.raw), block.outcome
    count = f"{fmt.plural(came.count, 'result')}, " if came.count is not None else ""
    if came.failure is not None:
        outcome = inline(f"failed{'?' if came.failure.guessed else ':'} {failure_words(came.failure)}")
    else:
        outcome = "empty" if came.empty else f"{count}{fmt.size(came.size)}"
    took = f" · {fmt.duration(block.seconds)}" if block.seconds is not None else ""
    text = f"\n### Tool call: {inline(block.name)} · {outcome}{took}{_aside(block.message)}\n\n{_notes(block.message)}"
    if block.source():
        text += f"{_said(block.message, as_written=as_written)}\n"
    text += _json_part("Input parameters", parts.parameters)
    if parts.results is None:
        return f"{text}\nNo results.\n"
    title, results = f"Results ({count}{fmt.size(came.size)})", fenced(json_text(bytes(parts.results)), "json")
    return text + folded(title, results) if came.failure is None else f"{text}\n{title}:\n\n{results}"


def _json_part(title: str, raw: bytes | msgspec.Raw | None) -> str:
    if raw is None:
        return f"No {title.lower()}.\n"
    return f"{title}:\n\n{fenced(json_text(bytes(raw)), 'json')}"


def _unreadable(block: UnreadableBlock) -> str:
    message = decode_message(block.message.raw)
    reason = message.reason if isinstance(message, UnreadableMessage) else ""
    raw = fenced(json_text(bytes(block.message.raw)), "json")
    return f"\n### A message that cannot be read{_aside(block.message)}\n\nReason: {inline(reason)}\n\n{raw}"


def when_words(at: datetime | None) -> str:
    """A moment, to the second and with its zone; nothing where it is not known."""
    if at is None:
        return ""
    zone = ZONE.for_files
    return f"{zone.place(at).strftime('%Y-%m-%d %H:%M:%S')} {inline(zone.name_at(at), 20)}"


def tokens_words(tokens_in: int | None, tokens_out: int | None, total: int | None = None) -> str:
    """Tokens in words, as far as they are known and more than none."""
    told = []
    if tokens_in or tokens_out:
        told.append(f"{fmt.thousands(tokens_in or 0)} tokens in, {fmt.thousands(tokens_out or 0)} out")
    if total:
        told.append(f"{fmt.thousands(total)} in all" if told else f"{fmt.thousands(total)} tokens")
    return ", ".join(told)
