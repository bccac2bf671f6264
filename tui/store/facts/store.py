"""The facts of one project: requests in, answers by future; one thread owns the database, and the screen never waits.

A conversation that passes by is handed over as the bytes it came in. Its facts are worked out in that thread, one
conversation at a time and with pauses, so that keys and questions are answered in between.
"""

import asyncio
import contextlib
import contextvars
import queue
import sqlite3
import threading
import time
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tui.api.page import Record, UnreadableRecord
from tui.store.facts.question import FactsAnswer, FactsQuestion

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase
    from tui.store.facts.rows import FactsRow
    from tui.store.facts.schema import BesideRows
    from tui.store.filter.expression import Node

Result = TypeVar("Result")

_WORK = 0.002
"""Seconds of work after which the thread rests, so that others get at the interpreter."""

_REST = 0.0005
_TOLD_EVERY = 0.25
"""Seconds between two times that new facts are told of, while more are coming."""

_QUESTION, _RECORD = 0, 1
"""What goes first."""


class _Job(NamedTuple):
    rank: int
    number: int
    run: "Callable[[FactsDatabase], object] | None"
    """None ends the thread."""
    answer: "Future[Any] | None" = None


class FactsStore:
    """What is known of the conversations of one project; `listener` is told, on the event loop, of what is new."""

    def __init__(
        self,
        opened: "Callable[[Callable[[str], None]], FactsDatabase]",
        listener: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """`opened` gives the database, in its thread, which tells with what it is given what becomes of its file.

        `say` is told that on the event loop.
        """
        self._opened = opened
        self._listener = listener
        self._say = say
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = count()
        self._loop = asyncio.get_running_loop()
        self._context = contextvars.copy_context()
        """What is told is told as if by who began this: the screen's timers and workers need to know their app."""
        self._told_at = 0.0
        self._untold = False
        """Whether the listener has not heard of what was done last."""
        self._asked: Future[Any] | None = None
        """The answer that is worked on now."""
        self.waiting = 0
        """Conversations that were handed over and are not worked through."""
        self.losses = 0
        """How often all that was read is known no more."""
        self.trouble = ""
        """What keeps facts from being kept, in words; empty where nothing does."""
        self._thread = threading.Thread(target=self._run, name="facts", daemon=True)
        self._thread.start()

    # -- from the event loop ---------------------------------------------------------------------------------------

    def take(self, records: Iterable[Record | UnreadableRecord], text: str = "") -> None:
        """Take note of conversations that the server has just sent; `text` is what it found them by."""
        for record in records:
            if isinstance(record, Record):
                self.waiting += 1
                self._add(_RECORD, lambda database, record=record: database.take(record, text))  # type: ignore[misc]

    def drop(self, server: "Node", text: str, before: float) -> None:
        """All that the server lists of a question has passed by since a moment: what has not is there no more."""
        self.waiting += 1
        self._add(_RECORD, lambda database: database.drop(server, text, before))

    def tell(self, table: str, told: "Mapping[str, BesideRows]") -> None:
        """Take what is told of these conversations for all that a table beside the facts has of them."""
        self.waiting += 1
        self._add(_QUESTION, lambda database: database.tell(table, told))

    async def caught_up(self) -> None:
        """Wait until what was handed over so far is known."""
        await self._put(_RECORD, lambda _: None)

    async def ask(self, question: FactsQuestion, first: int | None = None) -> FactsAnswer:
        """The conversations that match, in their order; the first ones, where it is known how many there are.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, lambda database: database.ask(question, first))

    async def rows(self, keys: Sequence[int]) -> "dict[int, FactsRow]":
        """What a list shows of these, by key.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, lambda database: database.rows(keys))

    async def rows_of(self, ids: Sequence[str]) -> "dict[str, FactsRow]":
        """What is known of these conversations, by id.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, lambda database: database.rows_of(ids))

    async def key_of(self, conversation_id: str) -> int | None:
        """The key of a conversation, where anything is known of it.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, lambda database: database.key_of(conversation_id))

    async def ids_of(self, keys: "array[int]") -> list[str]:
        """The ids of these conversations, in the order of the keys.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, lambda database: database.ids_of(keys))

    async def first_failed(self, keys: "array[int]") -> tuple[str, int] | None:
        """The first of these that has a failed call: its id, and its place among them.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, lambda database: database.first_failed(keys))

    async def first_before(self, keys: "array[int]", end: float) -> int:
        """The place of the first of these, newest first, that is older than a moment; behind all where none is.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, lambda database: database.first_before(keys, end))

    async def query(self, question: "Callable[[FactsDatabase], Result]") -> "Result":
        """What a function that is given the database, in its thread, answers.

        Raises:
            FactsUnavailable: the database does not answer.
        """
        return await self._put(_QUESTION, question)

    def close(self, seconds: float = 0.0) -> None:
        """Tell nothing any more, and end the thread once it has done what it is at, for which it is waited so long."""
        self._listener = self._say = _nobody
        self._jobs.put(_Job(-1, 0, None))
        self._thread.join(seconds)

    def _add(self, rank: int, run: "Callable[[FactsDatabase], object]", answer: "Future[Any] | None" = None) -> None:
        self._jobs.put(_Job(rank, next(self._numbers), run, answer))

    def _put(self, rank: int, run: "Callable[[FactsDatabase], Result]") -> "asyncio.Future[Result]":
        answer: Future[Result] = Future()
        self._add(rank, run, answer)
        return asyncio.wrap_future(answer)

    # -- in the thread ---------------------------------------------------------------------------------------------

    def _run(self) -> None:
        from tui.store.facts.errors import FactsUnavailable, translated

        try:
            with translated():
                database = self._opened(self._told)
        except FactsUnavailable as error:
            self._refuse_all(error)
            return
        database.give_up_when(lambda: self._asked is not None and self._asked.cancelled())
        rested = time.perf_counter()
        while (job := self._jobs.get()).run is not None:
            with translated(self._failed(job)):
                self._do(job, database)
            if self._jobs.empty():
                with translated(self._failed(None)):
                    database.flush()
                if self._untold or self.losses < database.losses:
                    self._tell(0, database.losses)
            if time.perf_counter() - rested > _WORK:
                time.sleep(_REST)
                rested = time.perf_counter()
        with contextlib.suppress(FactsUnavailable), translated():
            database.flush()
            database.close()

    def _do(self, job: _Job, database: "FactsDatabase") -> None:
        assert job.run is not None
        if job.answer is None:
            try:
                job.run(database)
            finally:
                self._tell(1, database.losses)
        elif not job.answer.cancelled():
            _settle(job.answer, self._answer(job.run, job.answer, database))

    def _answer(
        self, run: "Callable[[FactsDatabase], object]", answer: "Future[Any]", database: "FactsDatabase"
    ) -> object:
        """What a question is answered, also where the file turns out to be damaged now."""
        database.flush()
        self._asked = answer
        try:
            with database.as_written():
                return run(database)
        except sqlite3.Error as error:
            if not database.recover(error):
                raise
            self._tell(0, database.losses)
            return run(database)
        finally:
            self._asked = None

    def _failed(self, job: "_Job | None") -> Callable[[Exception], None]:
        def note(error: Exception) -> None:
            if job is not None and job.answer is not None:
                _settle(job.answer, error)
            else:
                self.trouble = str(error)

        return note

    def _refuse_all(self, error: Exception) -> None:
        self.trouble = str(error)
        self._tell(0, 0)
        while (job := self._jobs.get()).run is not None:
            if job.answer is not None:
                _settle(job.answer, error)
            else:
                self._tell(1, 0)

    def _told(self, words: str) -> None:
        self._call(lambda: self._say(words))

    def _tell(self, done: int, losses: int) -> None:
        """Tell of what is new: now and then while more is coming, and at the end."""
        now = time.monotonic()
        tells = self._jobs.empty() or now - self._told_at > _TOLD_EVERY
        self._told_at = now if tells else self._told_at
        self._untold = not tells

        def tell() -> None:
            self.waiting -= done
            self.losses = losses
            if tells:
                self._listener()

        self._call(tell)

    def _call(self, tell: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits
            self._loop.call_soon_threadsafe(tell, context=self._context)


def _nobody(*_: object) -> None:
    """Hears nothing."""


def _settle(answer: "Future[Any]", result: object) -> None:
    """Give the answer, unless nobody waits for it any more."""
    if answer.set_running_or_notify_cancel():
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)
