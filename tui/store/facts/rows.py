"""A listed conversation and the facts of its history, to rows of the tables and back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any

import msgspec

from tui.store.facts.facts import CallFacts, Ending, HistoryFacts
from tui.store.facts.held import held_rows
from tui.store.facts.kept_file import only_ours
from tui.store.facts.schema import CALLS, GUESSED, NUMBERS, OF_HISTORY, STATED, TEXTS, Words, storable

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

ROW_ONLY, READ, UNREADABLE = 0, 1, 2
"""What is known of a history: nothing yet, its facts, or that it cannot be read."""

ENDINGS = tuple(Ending)
_TAGS_KEPT = 50


@dataclass(frozen=True, slots=True)
class FactsRow:
    """A conversation as a list of facts shows it: its row without notes, and what columns tell of its history."""

    conversation: "Conversation"
    is_read: bool
    failed: int | None = None
    guessed: int | None = None
    repeat: int | None = None
    calls: int | None = None
    turns: int | None = None
    took: float | None = None
    wait: float | None = None
    ending: str = ""
    failure: str = ""
    question: str = ""


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment is not None else None


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


def write(
    cursor: Cursor, words: Words, key: int, conversation: "Conversation", facts: HistoryFacts | None, asked: float
) -> None:
    """Put a conversation in the place of what was known of it; without facts its history cannot be read."""
    tokens = conversation.tokens
    numbers = [
        _seconds(conversation.created_at),
        conversation.is_archived,
        READ if facts is not None else UNREADABLE,
        asked,
        len(conversation.tags) if conversation.tags is not None else None,
        _tagset(words, conversation),
        words.number(conversation.agent_settings_name or ""),
        words.number(conversation.created_by or ""),
        conversation.is_shared,
        _either(conversation.message_count, facts.messages if facts else None),
        _either(conversation.tool_call_count, len(facts.calls) if facts else None),
        tokens_in := _either(tokens.input, facts.tokens_in if facts else None),
        tokens_out := _either(tokens.output, facts.tokens_out if facts else None),
        _either(tokens.total, (tokens_in or 0) + (tokens_out or 0) if facts or tokens_in or tokens_out else None),
    ]
    of_history: list[object] = [None] * len(OF_HISTORY)
    told: list[object] = [None] * 6
    if facts is not None:
        toolset, names = _write_calls(cursor, words, key, facts)
        stated, guessed = facts.stated, facts.guessed
        of_history = [toolset, stated + guessed, facts.took, facts.wait, facts.turns, stated, guessed, facts.empty]
        of_history += [facts.repeat, ENDINGS.index(facts.ending), facts.size, facts.longest]
        told = [facts.digest, facts.repeated, facts.tokens_turn, facts.first_at, facts.last_at, names]
    cursor.execute(_INSERT["conversations"], (key, *numbers, *of_history))
    texts = (
        storable(conversation.id),
        storable(conversation.name or ""),
        storable(facts.question) if facts else None,
        storable(facts.failure) if facts else None,
        _tags_of(conversation),
        _more_of(conversation),
        _seconds(conversation.updated_at),
        _seconds(conversation.archived_at),
    )
    cursor.execute(_INSERT["texts"], (key, *texts, *told))


def write_row(cursor: Cursor, words: Words, key: int, conversation: "Conversation", asked: float) -> None:
    """Put what the server tells of a conversation in the place of what it told before; its history is the same."""
    tokens = conversation.tokens
    total = _either(tokens.total, (tokens.input or 0) + (tokens.output or 0) or None)
    cursor.execute(
        "UPDATE conversations SET created = ?, archived = ?, shared = ?, tags = ?, tagset = ?, agent = ?, owner = ?, "
        "asked = ?, "
        "messages = coalesce(?, messages), calls = coalesce(?, calls), tokens_in = coalesce(?, tokens_in), "
        "tokens_out = coalesce(?, tokens_out), tokens = coalesce(?, tokens) WHERE key = ?",
        (
            _seconds(conversation.created_at),
            conversation.is_archived,
            conversation.is_shared,
            len(conversation.tags) if conversation.tags is not None else None,
            _tagset(words, conversation),
            words.number(conversation.agent_settings_name or ""),
            words.number(conversation.created_by or ""),
            asked,
            _either(conversation.message_count, None),
            _either(conversation.tool_call_count, None),
            _either(tokens.input, None),
            _either(tokens.output, None),
            total,
            key,
        ),
    )
    cursor.execute(
        "UPDATE texts SET name = ?, tags = ?, more = ?, updated = ?, archived_at = ? WHERE key = ?",
        (
            storable(conversation.name or ""),
            _tags_of(conversation),
            _more_of(conversation),
            _seconds(conversation.updated_at),
            _seconds(conversation.archived_at),
            key,
        ),
    )


def _tags_of(conversation: "Conversation") -> str:
    tags = conversation.tags
    return msgspec.json.encode([storable(tag) for tag in tags] if tags is not None else None).decode()


def _more_of(conversation: "Conversation") -> str:
    more = [conversation.type, conversation.agent_settings, conversation.can_send_messages, len(conversation.notes)]
    return msgspec.json.encode(more).decode()


def _tagset(words: Words, conversation: "Conversation") -> int:
    return words.set_of({words.number(tag) for tag in (conversation.tags or ())[:_TAGS_KEPT]})


def _either(told: int | None, counted: int | None) -> int | None:
    """What the server tells of a conversation, else what its history does."""
    value = told if told is not None else counted
    return value if value is None or value < 2**63 else None


_INSERT = {
    "conversations": f"INSERT INTO conversations VALUES (?{', ?' * len(NUMBERS)})",
    "texts": f"INSERT INTO texts VALUES (?{', ?' * len(TEXTS)})",
    "calls": f"INSERT INTO calls VALUES ({', '.join('?' * len(CALLS))})",
    "parameters": "INSERT INTO parameters VALUES (?, ?, ?, ?, ?, ?, ?)",
}


def _write_calls(cursor: Cursor, words: Words, key: int, facts: HistoryFacts) -> tuple[int, str]:
    """Write the calls and their sums; the number of the set of their tools, and those of the names of parameters."""
    sums: dict[int, _ToolSums] = {}
    alike = Counter(call.digest for call in facts.calls)
    rows: list[tuple[object, ...]] = []
    names: set[int] = set()
    for number, call in enumerate(facts.calls):
        tool = words.number(call.tool)
        sums.setdefault(tool, _ToolSums()).add(call, has_like=alike[call.digest] > 1)
        shape = {words.number(name) for name, _ in call.parameters}
        names |= shape
        rows.append(
            (
                key,
                number,
                tool,
                STATED if call.stated else GUESSED if call.guessed else None,
                call.took,
                call.empty,
                call.results,
                call.size,
                call.turn,
                call.message,
                call.digest,
                words.set_of(shape),
                storable(call.failure) or None,
            )
        )
    cursor.executemany(_INSERT["calls"], rows)
    held = [(words.number(name), key, part, *row) for (name, part), row in held_rows(facts.calls).items()]
    cursor.executemany(_INSERT["parameters"], held)
    cursor.executemany(
        "INSERT INTO tools VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [(tool, key, *one.values) for tool, one in sums.items()]
    )
    return words.set_of(sums), msgspec.json.encode(sorted(names)).decode()


class _ToolSums:
    """What the calls of one tool in one conversation come to."""

    def __init__(self) -> None:
        self._counts = [0] * 5
        self._longest: float | None = None

    def add(self, call: CallFacts, *, has_like: bool) -> None:
        for place, one in enumerate((True, call.stated, call.guessed, call.empty, has_like)):
            self._counts[place] += one
        if call.took is not None:
            self._longest = max(call.took, self._longest or 0.0)

    @property
    def values(self) -> tuple[object, ...]:
        return *self._counts, self._longest


def forget(cursor: Cursor, key: int) -> None:
    """Drop what is known of a conversation."""
    names = cursor.execute(
        "SELECT value FROM texts, json_each(texts.parameters) WHERE texts.key = ?", (key,)
    ).fetchall()
    cursor.executemany("DELETE FROM parameters WHERE name = ? AND conversation = ?", [(name, key) for (name,) in names])
    tools = cursor.execute("SELECT DISTINCT tool FROM calls WHERE conversation = ?", (key,)).fetchall()
    cursor.executemany("DELETE FROM tools WHERE tool = ? AND conversation = ?", [(tool, key) for (tool,) in tools])
    cursor.execute("DELETE FROM calls WHERE conversation = ?", (key,))
    cursor.execute("DELETE FROM conversations WHERE key = ?", (key,))
    cursor.execute("DELETE FROM texts WHERE key = ?", (key,))


SHOWN = """
SELECT c.key, t.id, t.name, t.question, t.failure, t.tags, t.more, agent.text, owner.text, c.created, t.updated,
    c.archived, t.archived_at, c.shared, c.messages, c.calls, c.tokens_in, c.tokens_out, c.tokens, c.known, c.failed,
    c.guessed, c.repeat, c.turns, c.took, c.wait, c.ending
FROM conversations AS c JOIN texts AS t USING (key)
    LEFT JOIN words AS agent ON agent.id = c.agent LEFT JOIN words AS owner ON owner.id = c.owner
"""
"""What `shown` takes."""


def shown(row: "tuple[Any, ...]") -> tuple[int, FactsRow]:
    """The key of a row, and what a list shows of it."""
    from tui.api.conversation import Conversation, Tokens

    (key, id_, name, question, failure, tags, more, agent, owner, created, updated, archived, archived_at, shared,
     messages, calls, tokens_in, tokens_out, tokens, known, failed, guessed, repeat, turns, took, wait,
     ending) = row  # fmt: skip
    kind, agent_settings, can_send, notes = msgspec.json.decode(more)
    conversation = Conversation(
        id=id_,
        name=name or None,
        type=kind,
        created_by=owner or None,
        agent_settings=agent_settings,
        agent_settings_name=agent or None,
        created_at=_moment(created),
        updated_at=_moment(updated),
        message_count=messages,
        tool_call_count=calls,
        tokens=Tokens(input=tokens_in, output=tokens_out, total=tokens),
        tags=msgspec.json.decode(tags, type=tuple[str, ...] | None),
        is_shared=bool(shared),
        can_send_messages=bool(can_send),
        is_archived=bool(archived),
        archived_at=_moment(archived_at),
        notes=("some of it could not be read",) * bool(notes),
    )
    is_read = known == READ
    if not is_read:
        return int(key), FactsRow(conversation, is_read)
    ends = ENDINGS[ending].value
    return int(key), FactsRow(
        conversation, is_read, failed, guessed, repeat, calls, turns, took, wait, ends, failure, question
    )


def shown_rows(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, FactsRow]]:
    """The keys of rows, and what a list shows of them.

    Raises:
        sqlite3.Error: they are none that we have written.
    """
    with only_ours():
        return list(map(shown, rows))
