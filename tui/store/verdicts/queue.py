"""A queue for reviewing: the conversations of one filter as they were when it was made, gone through one by one."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tui.store.saved.saver import Saver
from tui.store.saved.state_file import StateFile
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.verdict import Subject

_LARGEST = 16_000_000
"""Bytes of a kept queue: some 400,000 conversations."""


class Tally(NamedTuple):
    """How far a queue is, as one reviewer sees it."""

    judged: int
    total: int
    labels: Counter[str]
    """How many have which label."""

    @property
    def left(self) -> int:
        """How many are not judged yet."""
        return self.total - self.judged


class ReviewQueue:
    """Ids in a fixed order, and the place in it; whether one is judged is the book's to say, so nothing can differ."""

    def __init__(self, line: str, ids: Sequence[str], at: int = 0) -> None:
        """`line` is the line for finding that the conversations matched."""
        self.line = line
        self.ids = tuple(dict.fromkeys(ids))
        self.at = max(0, min(at, len(self.ids) - 1))

    @property
    def current(self) -> str | None:
        """The conversation that is looked at; None in an empty queue."""
        return self.ids[self.at] if self.ids else None

    def move(self, step: int) -> bool:
        """Look round; whether there is one there."""
        if not 0 <= self.at + step < len(self.ids):
            return False
        self.at += step
        return True

    def go_to(self, conversation: str) -> bool:
        """Look at one of the queue; whether it is one."""
        if conversation not in self.ids:
            return False
        self.at = self.ids.index(conversation)
        return True

    def next_unjudged(self, book: VerdictBook, reviewer: str, skip_label: str = "") -> int | None:
        """Where the next one is that waits, from the place on and then from the top; None where none does.

        One with `skip_label` waits as long as there is none without any: what was put off comes at the end.
        """
        order: list[int] = [*range(self.at + 1, len(self.ids)), *range(self.at + 1)]
        put_off = None
        for index in order:
            label = _label_of(book, self.ids[index], reviewer)
            if not label:
                return index
            if label == skip_label and put_off is None and index != self.at:
                put_off = index
        return put_off if skip_label else None

    def likely_next(self, book: VerdictBook, reviewer: str, number: int) -> list[str]:
        """The conversations that come next: those behind the place that wait; none that was put off is among them."""
        waiting = (one for one in self.ids[self.at + 1 :] if not _label_of(book, one, reviewer))
        return list(islice(waiting, number))

    def tally(self, book: VerdictBook, reviewer: str) -> Tally:
        """What is judged, counted anew: two instances may work on one queue."""
        labels = Counter(label for one in self.ids if (label := _label_of(book, one, reviewer)))
        return Tally(labels.total(), len(self.ids), labels)


def _label_of(book: VerdictBook, conversation: str, reviewer: str) -> str:
    verdict = book.mine(Subject(conversation), reviewer)
    return verdict.opinion.label if verdict is not None else ""


def _may_be_id(value: object) -> bool:
    """Whether it names one conversation, and no other address, when it stands in a path."""
    return isinstance(value, str) and bool(value.strip(".")) and value.encode("utf-8", "replace").decode() == value


class KeptQueue:
    """The file of one queue: one for each filter, so that it is gone on with."""

    def __init__(self, folder: Path, line: str, tell: Callable[[str], object]) -> None:
        """`tell` is called from another thread where the folder or the disk does not take it."""
        digest = hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._line = line
        self._file = StateFile(folder / f"queue-{digest}.json", _LARGEST)
        self._saver = Saver(self._file, tell)

    def read(self) -> tuple[ReviewQueue | None, str]:
        """The queue that was kept, and a notice for the reviewer where it is damaged."""
        content, notice = self._file.read()
        ids, at = content.get("ids"), content.get("at", 0)
        known = [one for one in ids if _may_be_id(one)] if isinstance(ids, list) else []
        if not known:
            return None, notice
        return ReviewQueue(self._line, known, at if isinstance(at, int) else 0), notice

    def keep(self, queue: ReviewQueue) -> None:
        """Write it soon, as it is now; a key does not wait for that."""
        line, ids, at = queue.line, list(queue.ids), queue.at
        self._saver.set("queue", lambda content: content.update(line=line, ids=ids, at=at))

    def close(self, seconds: float = 1.0) -> None:
        """Write what is not yet written; a stuck disk is not waited for."""
        self._saver.flush(seconds)
