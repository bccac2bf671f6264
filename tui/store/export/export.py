"""Exports conversations to a file: streamed in bounded memory, whole or not at all, readable by nobody else."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from tui.api.page import Record, UnreadableRecord
from tui.store.export.whole_file import WholeFile

Element = Record | UnreadableRecord
Written = TypeVar("Written")
Taken = TypeVar("Taken", contravariant=True)
Given = TypeVar("Given", covariant=True)


class Format(Protocol[Taken]):
    """How things, such as conversations, are written one after the other."""

    @property
    def suffix(self) -> str:
        """The end of the file's name, with its dot."""

    def begin(self) -> bytes:
        """What stands before the first."""

    def entry(self, element: Taken, number: int) -> Iterator[bytes]:
        """One of them, piece by piece; `number` counts from 0."""

    def end(self) -> bytes:
        """What stands after the last."""

    def head(self) -> bytes:
        """What stands before everything and is known only when all has been written; mostly nothing."""


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export is; `total` is None while nobody knows."""

    done: int
    total: int | None
    size: int
    """Bytes written."""
    words: str = ""
    """What is to be known, such as that the list changes meanwhile."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an export has brought."""

    path: Path
    written: int
    unreadable: int
    """So many of the written ones are no conversations that can be read; what the service sent is there."""
    size: int
    notes: tuple[str, ...] = ()


class Source(Protocol[Given]):
    """Where what is exported comes from."""

    @property
    def total(self) -> int | None:
        """How many there are, as far as is known."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of what came, such as conversations that are gone."""

    def elements(self) -> AsyncGenerator[Given, None]:
        """All of it, each once."""


async def export(
    source: Source[Written],
    form: Format[Written],
    path: Path,
    *,
    replace: bool,
    progress: Callable[[ExportProgress], None],
) -> Outcome:
    """Write all that a source gives to a file; when it is cancelled or fails, nothing is left behind.

    Raises:
        TargetExists: there is such a file, and `replace` does not say to replace it.
        CannotWrite: the folder or the disk does not take it.
        ApiError: a page or a history did not come.
    """
    file = WholeFile(path, replace=replace)
    done = unreadable = 0
    try:
        await asyncio.to_thread(file.open)
        await asyncio.to_thread(file.write, form.begin())
        async with aclosing(source.elements()) as elements:
            async for element in elements:
                await asyncio.to_thread(_write_all, file, form.entry(element, done))
                done += 1
                unreadable += isinstance(element, UnreadableRecord)
                notes = source.notes
                progress(ExportProgress(done, source.total, file.size, notes[-1] if notes else ""))
        await asyncio.to_thread(file.write, form.end())
        if head := form.head():
            await asyncio.to_thread(file.put_before, head)
        await asyncio.to_thread(file.finish)
    finally:
        # Not in a thread: a cancelled task could not wait for it. It is one call of the system.
        file.discard()
    return Outcome(path, done, unreadable, file.size, source.notes)


def _write_all(file: WholeFile, pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        file.write(piece)
