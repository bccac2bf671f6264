"""A conversation on its way to the database: what the list has to know of it, and how its text is written later."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tui.demo.database import ConversationRow, HistoryFrame
from tui.demo.histories.history import DAY, History, moment


@dataclass(slots=True)
class Draft:
    """A conversation on its way to the database."""

    first: int
    """Milliseconds since 1970; the same as `last` when there is no message."""
    last: int
    write: Callable[[], History]
    """Writes the history, which takes longer than all the rest."""
    id: str
    name: str | None
    owner: str
    tags: tuple[str, ...]
    agent: tuple[str | None, str | None]
    """Id and name with its version."""
    instructions: str | None
    shared: bool
    archived_at: int | None
    pinned: bool = False
    """Stays at the top of the list, however old it is."""

    def row(self, rank: int, number: int) -> ConversationRow:
        """The row of this conversation, with the number of its history."""
        return ConversationRow(rank, self.id, self.owner, bool(self.archived_at), self.shared, self.tags, number)

    def frame(self, rank: int, history: History) -> HistoryFrame:
        """What stands around its history."""
        agent_id, agent_name = self.agent
        archived = "null" if self.archived_at is None else f'"{moment(self.archived_at)}"'
        tail = (
            f',"agent_settings":{_quoted(agent_id)},"agent_settings_name":{_quoted(agent_name)},'
            f'"created_at":"{moment(history.first)}","updated_at":"{moment(history.last)}",'
            f'"message_count":{history.messages},"tool_call_count":{history.tool_calls},'
            f'"tokens":{{"input":{history.tokens_in},"output":{history.tokens_out},'
            f'"total":{history.tokens_in + history.tokens_out}}},'
            f'"tags":{json.dumps(self.tags, ensure_ascii=False)},'
            f'"conversation_instructions":{_quoted(self.instructions)},"is_shared":{_word(self.shared)},'
            f'"can_send_messages":{_word(not self.archived_at)},"is_archived":{_word(bool(self.archived_at))},'
            f'"archived_at":{archived}}}'
        )
        return HistoryFrame(rank, self._head(self.id, self.name), tail)

    def _head(self, conversation_id: str, name: str | None) -> str:
        return (
            f'{{"id":"{conversation_id}","name":{_quoted(name)},"type":"playground","created_by":"{self.owner}",'
            '"chat_history":'
        )

    def copied(self, frame: HistoryFrame, rank: int, copy_id: str, copy: int) -> HistoryFrame:
        """What stands around a copy of this conversation, `copy` days earlier; `frame` stands around the original."""
        day, moved = moment(self.first)[:10], moment(self.first - copy * DAY)[:10]
        head = self._head(copy_id, self.name and f"{self.name} ({copy + 1})")
        return HistoryFrame(rank, head, frame.tail.replace(f'_at":"{day}', f'_at":"{moved}'), day, moved)

    @property
    def within_a_day(self) -> bool:
        """Whether the whole history has one date, so that a copy can be moved to another."""
        return self.first // DAY == self.last // DAY


def _quoted(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)


def _word(value: bool) -> str:
    return "true" if value else "false"
