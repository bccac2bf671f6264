"""What the commands of a comparison act on: what is compared, how far it is here, and the way out of it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from textual.screen import Screen

from tui.api.errors import ApiError, UnreadableAnswer
from tui.api.history import split_history
from tui.api.page import Record
from tui.screens.stage import Stage
from tui.store.listing.rows import ListedConversation
from tui.store.load import Failed, Loading, Ready
from tui.store.project import Project
from tui.terminal.text.clean import clean_line
from tui.views.comparing.columns import ADDED, REMOVED
from tui.views.comparing.comparer import Comparer
from tui.views.comparing.report import Compared
from tui.views.listing.advice import IN_THE_LIST, conversation_hint
from tui.views.listing.name import agent_of, name_of
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.widgets.comparison_view import ComparisonView

_NAME_LIMIT = 200
_WORDS_LIMIT = 400


class ComparedSubject(NamedTuple):
    """What is compared: a conversation, or one message of it by its number in the history, from 0."""

    conversation_id: str
    message: int | None = None


class CompareContext(Stage):
    """Two subjects of a project, each on its way, here, or not to be had."""

    def __init__(
        self, screen: Screen[Any], project: Project, subjects: tuple[ComparedSubject, ComparedSubject], folder: Path
    ) -> None:
        """`folder` is where files are offered to go to."""
        super().__init__(screen)
        self.project = project
        self.subjects = subjects
        self.folder = folder
        self.sides: list[Loading | Ready[Record] | Failed] = [Loading(), Loading()]
        self.arrived: Callable[[], object] = lambda: None
        """Called when a side is here, or is known not to come."""

    @property
    def view(self) -> ComparisonView:
        """Where it is shown."""
        return self.screen.query_one(ComparisonView)

    @property
    def comparer(self) -> Comparer:
        """The comparison as it is read."""
        return self.view.comparer

    @property
    def records(self) -> tuple[Record, Record] | None:
        """Both conversations, once they are here."""
        one, other = self.sides
        return (one.value, other.value) if isinstance(one, Ready) and isinstance(other, Ready) else None

    @property
    def compared(self) -> tuple[Compared, Compared] | None:
        """The names of both, as they came."""
        return None if self.records is None else (compared_of(self.records[0]), compared_of(self.records[1]))

    async def load(self) -> None:
        """Get what is not here; the two are asked for beside each other."""
        missing = [at for at, side in enumerate(self.sides) if not isinstance(side, Ready)]
        for at in missing:
            self.sides[at] = Loading()
        self.arrived()
        await asyncio.gather(*map(self._load, missing))

    async def _load(self, at: int) -> None:
        try:
            self.sides[at] = Ready(await self.project.conversation(self.subjects[at].conversation_id))
        except ApiError as error:
            self.sides[at] = Failed(error)
        self.arrived()

    def begin(self) -> None:
        """Compare the two, which are here; a history that cannot be read is a side that is not to be had."""
        histories: list[list[msgspec.Raw]] = []
        for at, record in enumerate(self.records or ()):
            try:
                histories.append(_messages(record, self.subjects[at]))
            except ApiError as error:
                self.sides[at] = Failed(error)
        if self.records is not None:
            one, other = self.records
            self.view.show(Comparer(histories[0], histories[1]), ends_of(one), ends_of(other))

    def words(self) -> list[Line]:
        """What is told of each side while there is nothing to compare."""
        told: list[Line] = []
        for at, (side, subject) in enumerate(zip(self.sides, self.subjects, strict=True)):
            name = self._known_name(subject.conversation_id)
            sign = ADDED if at else REMOVED
            match side:
                case Ready(record):
                    told.append([sign, *ends_of(record)[0], Span(" is here", "muted")])
                case Failed(error):
                    hint = conversation_hint(error, self.project.connection, IN_THE_LIST, typed=False)
                    told.append([sign, Span(name), Span(f": {clean_line(error.title)}", "failed")])
                    said = " ".join(filter(None, (clean_line(error.detail, _WORDS_LIMIT), hint)))
                    told.append([Span(f"  {said}")])
                case _:
                    told.append([sign, Span(name), Span(" is on its way …", "muted")])
            told.append([])
        return told

    def _known_name(self, conversation_id: str) -> str:
        """Its name where a list has it, else its id."""
        for rows in (self.project.window, self.project.shown):
            index = rows.index_of(conversation_id)
            row = rows.row(index) if index is not None else None
            if isinstance(row, ListedConversation):
                return name_of(row.conversation, _NAME_LIMIT)
        return clean_line(conversation_id, _NAME_LIMIT)


def _messages(record: Record, subject: ComparedSubject) -> list[msgspec.Raw]:
    history = split_history(record.raw)
    if subject.message is None:
        return history
    if subject.message >= len(history):
        raise UnreadableAnswer(f"there is no message {fmt.thousands(subject.message + 1)} in it any more")
    return [history[subject.message]]


def ends_of(record: Record) -> tuple[Line, Line]:
    """The name of a conversation, and what tells it from another one of that name."""
    return [Span(name_of(record.conversation, _NAME_LIMIT), "title")], [Span(_aside(record), "muted")]


def compared_of(record: Record) -> Compared:
    """The same for a report."""
    return Compared(name_of(record.conversation), _aside(record), record.id)


def _aside(record: Record) -> str:
    conversation = record.conversation
    when = (
        fmt.day_and_time(conversation.created_at, now=datetime.now(UTC)) if conversation.created_at is not None else ""
    )
    return " · ".join(filter(None, (when, agent_of(conversation, _NAME_LIMIT))))
