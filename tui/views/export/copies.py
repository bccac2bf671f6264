"""What can be copied at a place in a conversation: always the text as it was written, never the lines of the screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tui.api.page import Record
from tui.store.history.failure_patterns import FailurePatterns
from tui.store.history.messages import parts_of
from tui.store.history.raw import size_of, source_of, string_of
from tui.views.export.copy_letters import COPIES
from tui.views.export.json_lines import harmless
from tui.views.export.markdown import ReportOptions, conversation_markdown
from tui.views.export.selected import code_at, has_code, line_text
from tui.views.export.turn_markdown import bug_markdown, turn_markdown
from tui.views.export.whole_history import turn_at
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.blocks.message_block import MessageBlock, UnreadableBlock
from tui.views.transcript.blocks.reasoning import ReasoningBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.turns import TurnBlock
from tui.views.transcript.document import Document
from tui.views.transcript.viewport import Place

_ORDER = tuple(COPIES)


@dataclass(frozen=True, slots=True)
class Copyable:
    """Something to copy: the letter that copies it, what it is, and its bytes where they are known beforehand.

    `make` gives the text; it may take long, so it belongs in a thread.
    """

    letter: str
    words: str
    make: Callable[[], str]
    size: int | None = None


@dataclass(frozen=True, slots=True)
class WholeCopyable:
    """A form of the whole conversation, made of its record, which may have to be fetched first."""

    letter: str
    words: str
    make: Callable[[Record], str]


def copies_at(document: Document, place: Place, opens: str | None = None) -> list[Copyable]:
    """What can be copied at a line of a document, the nearest thing first; `opens` is the command that leads there."""
    index, line = place
    block = document.blocks[index]
    found = [*_of_block(block), *_of_line(document, place), *_of_turn(document, index, opens)]
    if isinstance(block, ToolBlock):
        found += _of_tool_call(block, line, document)
    return sorted(found, key=lambda one: _ORDER.index(one.letter))


def copies_of_conversation(
    conversation_id: str, link: str, command: str | None, options: ReportOptions
) -> list[Copyable | WholeCopyable]:
    """What can be copied of a conversation as a whole; not every one has a command that opens it."""
    opens = [_text("o", f"command that opens it: {command}", command)] if command is not None else []
    return [
        _text("i", "conversation id", conversation_id),
        _text("l", "link (the address that the API has it under)", link),
        *opens,
        WholeCopyable("m", "conversation as Markdown", lambda record: conversation_markdown(record, options)),
        WholeCopyable("j", "conversation as JSON", lambda record: source_of(harmless(record.raw))),
    ]


def element_at(document: Document, index: int) -> int | None:
    """The place in the history of what a block shows; for a turn's line that of its first message, above it None."""
    before = sum(block.message is not None for block in document.blocks[: index + 1])
    if isinstance(document.blocks[index], TurnBlock):
        return before
    return before - 1 if before else None


def turn_number_at(document: Document, index: int) -> int:
    """The number of the turn that a block stands in; 0 outside any."""
    return document.turn_at(index).number if document.section_of(index) is not None else 0


def _text(letter: str, words: str, text: str) -> Copyable:
    return Copyable(letter, words, lambda: text, len(text.encode("utf-8", "replace")))


def _of_block(block: Block) -> Iterator[Copyable]:
    match block:
        case ToolBlock() | UnreadableBlock():
            words = "tool call as JSON" if isinstance(block, ToolBlock) else "what stands in place of a message"
            yield Copyable("y", words, lambda: source_of(block.message.raw), block.message.size)
        case ReasoningBlock():
            yield _text("y", "reasoning", block.source())
        case MessageBlock():
            yield _text("y", "question" if block.message.facts.role == "user" else "message", block.source())
        case _:
            return


def _of_line(document: Document, place: Place) -> Iterator[Copyable]:
    yield Copyable("s", "line under the cursor", partial(line_text, document, place))
    if has_code(document, place):
        yield Copyable("c", "code block", lambda: found[1] if (found := code_at(document, place)) else "")


def _of_turn(document: Document, index: int, opens: str | None) -> Iterator[Copyable]:
    """Made from the history, so that it is whole however much of it is laid out."""
    raw, element = document.raw, element_at(document, index)
    if raw is None or element is None or document.section_of(index) is None:
        return
    turn = document.turn_at(index)
    answer = document.blocks[turn.answer] if turn.answer is not None else None
    if answer is not None or not document.complete:
        size = len(answer.source().encode("utf-8", "replace")) if answer is not None and document.complete else None
        yield Copyable("a", "answer of this turn", partial(_answer, raw, element, document.modes.patterns), size)
    yield Copyable("t", "whole turn as Markdown", lambda: turn_markdown(turn_at(raw, element, document.modes.patterns)))
    words = "bug block: question, tool call, answer, and the command that opens it"
    yield Copyable("b", words, lambda: bug_markdown(turn_at(raw, element, document.modes.patterns), element, opens))


def _answer(raw: bytes, element: int, patterns: FailurePatterns) -> str:
    answer = turn_at(raw, element, patterns).answer
    return "" if answer is None else answer.block.source()


def _of_tool_call(block: ToolBlock, line: int, document: Document) -> Iterator[Copyable]:
    parts = parts_of(block.message.raw)
    for letter, words, raw in (("p", "input parameters", parts.parameters), ("r", "results", parts.results)):
        if raw is not None:
            yield Copyable(letter, f"{words} as JSON", partial(source_of, raw), size_of(raw))
    at = block.tree_at(line, document.look)
    if at is None:
        return
    node = at.tree.node_at(at.row, at.width)
    raw_value = node.raw_value
    if node.kind == "string":
        yield Copyable("v", "text under the cursor", lambda: string_of(raw_value), size_of(raw_value))
    else:
        yield Copyable("v", f"{node.kind} under the cursor", lambda: source_of(raw_value), size_of(raw_value))
    path = block.path_at(line, document.look)
    yield _text("k", f"path {path}", path)
