"""What the commands of the queue act on: the queue, what is read of it, and what is fetched ahead."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.api.errors import ApiError, NotFound
from tui.screens.beside import BesideControl
from tui.screens.judging import Judging
from tui.screens.stage import Stage
from tui.store.project import Project
from tui.store.verdicts.queue import KeptQueue, ReviewQueue, Tally
from tui.terminal.text.clean import clean_line
from tui.views.reader.evidence import shown_in
from tui.views.reader.reader import Reader
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.api.page import Record
    from tui.config.settings import ReviewSettings, Settings
    from tui.store.verdicts.verdict import Evidence, Opinion, Subject
    from tui.views.transcript.viewport import Viewport

_AHEAD = 2
"""Conversations that are fetched before they are asked for."""

_KEPT = 6
"""Conversations that stay at hand."""

_LONGEST_PACE = 900.0
"""Seconds after which somebody was away, and not reading."""

_WORDS_LIMIT = 300


class QueueContext(Stage):
    """A queue as it is gone through."""

    def __init__(
        self,
        screen: Screen[Any],
        project: Project,
        judging: Judging,
        beside: BesideControl,
        queue: ReviewQueue,
        kept: KeptQueue | None,
    ) -> None:
        """`kept` is the file of the queue; without one it is of this run only."""
        super().__init__(screen)
        self.project = project
        self.judging = judging
        self.beside = beside
        self.exported_to: Path | None = None
        self.queue = queue
        self.gone: set[str] = set()
        """Those that are there no more."""
        self.asked = ""
        """The label for which a reason is asked now."""
        self.paces: list[float] = []
        """Seconds that each conversation took until it was judged."""
        self.changed: Callable[[], object] = lambda: None
        """Called when something else is to be shown around what is read."""
        self._kept = kept
        self._records: dict[str, asyncio.Task[Record]] = {}
        self._begun = time.monotonic()

    @property
    def view(self) -> TranscriptView:
        """The reader."""
        return self.screen.query_one(TranscriptView)

    @property
    def settings(self) -> "Settings":
        """What the program was started with."""
        return self.judging.settings

    @property
    def at_hand(self) -> "Conversation | None":
        """The conversation that is read."""
        return self.judging.conversation

    @property
    def viewport(self) -> "Viewport | None":
        """What is read of it."""
        return self.view.reader.viewport

    @property
    def review(self) -> "ReviewSettings":
        """How it is judged."""
        return self.judging.verdicts.review

    @property
    def tally(self) -> Tally:
        """How far the reviewer is."""
        return self.queue.tally(self.judging.verdicts.book, self.judging.verdicts.reviewer)

    @property
    def opinion(self) -> "Opinion":
        """What the reviewer says of what is read."""
        return self.judging.verdicts.opinion(self.judging.subject)

    def evidence(self, subject: "Subject") -> "Evidence":
        """Where in what is read it shows."""
        return shown_in(self.view.reader.document, subject)

    @property
    def is_missing(self) -> bool:
        """Whether what is at the place of the queue was deleted, or is not the reviewer's to see."""
        task = self._records.get(self.queue.current or "")
        return task is not None and task.done() and not task.cancelled() and isinstance(task.exception(), NotFound)

    # -- going through it ------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Read the conversation at the place of the queue, and fetch those behind it."""
        current = self.queue.current
        if current is None:
            return
        self.judging.aim(current)
        self._begun = time.monotonic()
        task = self._fetch(current)
        if task.done():
            self._arrived(current)
        else:
            self.view.act(Reader.show_nothing, "The conversation is on its way …")
            task.add_done_callback(lambda _: self._arrived(current))
        for one in self._likely_next(_AHEAD):
            self._fetch(one).add_done_callback(lambda _: self._lay_out_ahead())
        self.changed()
        self._keep()

    def _fetch(self, conversation_id: str) -> "asyncio.Task[Record]":
        task = self._records.get(conversation_id)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._records[conversation_id] = asyncio.ensure_future(self.project.conversation(conversation_id))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
            for old in list(self._records)[: -_KEPT - _AHEAD]:
                self._records.pop(old).cancel()
        return task

    def _arrived(self, conversation_id: str) -> None:
        task = self._records.get(conversation_id)
        if self.queue.current != conversation_id or task is None or not self.screen.is_attached:
            return
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, ApiError):
            self.gone |= {conversation_id} if self.is_missing else set()
            why = "It was deleted, or is not yours to see: > goes on, and it may still be judged."
            why = why if self.is_missing else "r asks again."
            self.view.act(Reader.show_nothing, clean_line(f"{error.title}. {error.detail}", _WORDS_LIMIT), why)
        elif error is not None:
            raise error
        else:
            record = task.result()
            self.judging.begin(record.conversation)
            self.view.act(Reader.show, record.conversation, record.raw, self.project.people)
            self._lay_out_ahead()
        self.changed()

    def _likely_next(self, number: int) -> list[str]:
        verdicts = self.judging.verdicts
        return self.queue.likely_next(verdicts.book, verdicts.reviewer, number)

    def _lay_out_ahead(self) -> None:
        """The reader may lay the next one out, once both that and what is read now are here."""
        following = self._likely_next(1)
        task = self._records.get(following[0]) if following else None
        if not self.screen.is_attached or self.judging.conversation is None or task is None or not task.done():
            return
        if not task.cancelled() and task.exception() is None:
            record = task.result()
            self.view.act(Reader.expect, record.conversation, record.raw, self.project.people)

    def ask_again(self) -> None:
        """Ask again for what did not come."""
        self.show()

    def move(self, step: int) -> None:
        """Look round in the queue."""
        if self.queue.move(step):
            self.show()
        else:
            self.say(f"This is the {'last' if step > 0 else 'first'} of the queue.", seconds=3)

    def move_on(self) -> None:
        """Go to the next one that waits; where none does, it is done."""
        self.paces.append(min(_LONGEST_PACE, time.monotonic() - self._begun))
        verdicts = self.judging.verdicts
        found = self.queue.next_unjudged(verdicts.book, verdicts.reviewer, self.review.skip)
        if found is None or found == self.queue.at:
            self.changed()
            self._keep()
            return
        self.queue.at = found
        self.show()

    def go_to(self, conversation_id: str) -> None:
        """Read this one of the queue, where it is one."""
        if self.queue.go_to(conversation_id):
            self.show()

    def _keep(self) -> None:
        if self._kept is not None:
            self._kept.keep(self.queue)

    def close(self) -> None:
        """What was fetched ahead is wanted no more, and the place is kept."""
        for task in self._records.values():
            task.cancel()
        if self._kept is not None:
            self._kept.close()
