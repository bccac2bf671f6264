"""A conversation as Markdown that can go into a report or a pull request; times are in UTC."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct

from tui.api.conversation import Conversation
from tui.api.errors import UnreadableAnswer
from tui.api.history import split_history
from tui.api.page import Record, UnreadableRecord
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.views.export.block_markdown import block_markdown, folded, tokens_words, when_words
from tui.views.export.quoting import fenced, quoted
from tui.views.export.safe_markdown import code, inline, json_text
from tui.views.export.way_back import WAY_BACK_LIMIT
from tui.views.export.whole_history import failed_turns, history_blocks, questions_and_answers, turns_in
from tui.views.listing.name import name_of
from tui.views.text import format as fmt
from tui.zone import ZONE

EVERYTHING, FAILED_TURNS, ANSWERS = "everything", "failed turns only", "questions and answers"
"""What of a conversation is told, in words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the document; `element` is the place in the history that it shows, if it shows one."""

    text: str
    element: int | None = None


class ReportOptions(Struct, frozen=True):
    """What a report needs to know beside the conversations: who is who, and what tells failed calls.

    `opens` gives the command that opens a conversation by its id, and `chosen` is what of it is told. What was said
    stands there `as_written` for a pager; else it reads as on the screen where the report is rendered.
    """

    people: Mapping[str, str]
    patterns: FailurePatterns = NO_PATTERNS
    opens: Callable[[str], str | None] = lambda _id: None
    chosen: str = EVERYTHING
    as_written: bool = False


class ConversationReport:
    """A conversation as it is told; `failed` calls of all of it, of which `guessed` only look so."""

    def __init__(self, record: Record, options: ReportOptions) -> None:
        self.record = record
        self._options = options
        self._error = ""
        try:
            self._blocks = history_blocks(split_history(record.raw), options.patterns)
        except UnreadableAnswer as error:
            self._blocks, self._error = [], error.detail
        turns = turns_in(self._blocks)
        self.failed = sum(turn.failed for turn in turns)
        self.guessed = sum(turn.guessed for turn in turns)
        self._turns = len(turns), sum(turn.failed > 0 for turn in turns)

    def parts(self) -> Iterator[Part]:
        """Piece by piece: what is known of the conversation, then turn after turn."""
        options = self._options
        yield Part(_head(self.record.conversation, options.people, options.opens(self.record.id)))
        if self._error:
            yield Part(f"\n**The history cannot be read:** {inline(self._error)}\n")
        elif not self._blocks:
            yield Part("\n*This conversation has no messages.*\n")
        elif options.chosen == FAILED_TURNS:
            yield Part(f"\n*{self._failed_words()}*\n")
        choose = {FAILED_TURNS: failed_turns, ANSWERS: questions_and_answers}.get(options.chosen, list)
        for one in choose(self._blocks):
            yield Part(block_markdown(one.block, as_written=options.as_written), one.element)

    def _failed_words(self) -> str:
        turns, failed = self._turns
        if not failed:
            return "No turn of this conversation has a failed tool call."
        return f"{fmt.thousands(failed)} of {fmt.plural(turns, 'turn')}: those with a failed tool call."


def conversation_parts(record: Record, options: ReportOptions) -> Iterator[Part]:
    """The conversation piece by piece; nothing is read before the first is asked for."""
    yield from ConversationReport(record, options).parts()


def conversation_markdown(record: Record, options: ReportOptions) -> str:
    """The conversation as one text."""
    return "".join(part.text for part in conversation_parts(record, options))


def unreadable_markdown(record: UnreadableRecord) -> str:
    """What the service sent in place of a conversation."""
    raw = fenced(json_text(record.raw), "json")
    return f"# A conversation that cannot be read\n\nReason: {inline(record.reason)}\n\n{raw}"


def _head(conversation: Conversation, people: Mapping[str, str], opens: str | None) -> str:
    name = inline(name_of(conversation))
    rows = "".join(f"| {label} | {value} |\n" for label, value in _facts(conversation, people) if value)
    way = f"{code(opens, WAY_BACK_LIMIT)}\n\n" if opens else ""
    head = f"# {name}\n\n{way}| | |\n|:--|:--|\n{rows}"
    for note in conversation.notes:
        head += f"\n**Note:** {inline(note)}\n"
    if (conversation.conversation_instructions or "").strip():
        head += folded("Conversation instructions", quoted(conversation.conversation_instructions or ""))
    return head


def _facts(conversation: Conversation, people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    owner = conversation.created_by
    yield "Conversation", code(conversation.id, in_cell=True)
    yield "Agent", inline(conversation.agent_settings_name or "")
    yield "Owner", code(people.get(owner) or owner, in_cell=True) if owner else ""
    yield "Created", when_words(conversation.created_at)
    yield "Updated", when_words(conversation.updated_at)
    yield "Times", inline(ZONE.for_files.chosen, 80)
    yield "Messages", _number(conversation.message_count)
    yield "Tool calls", _number(conversation.tool_call_count)
    yield "Tokens", tokens_words(conversation.tokens.input, conversation.tokens.output, conversation.tokens.total)
    yield "Tags", ", ".join(code(tag, in_cell=True) for tag in conversation.tags or ())
    yield "Archived", (when_words(conversation.archived_at) or "yes") if conversation.is_archived else ""
    yield "Shared", "yes" if conversation.is_shared else ""


def _number(number: int | None) -> str:
    return fmt.thousands(number) if number is not None else ""
