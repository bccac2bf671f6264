"""All verdicts of one project, from its file and from here: which count, and what is not written yet."""

import uuid
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from tui.store.verdicts.journal import Journal, VerdictsNotKept
from tui.store.verdicts.lines import Unread, read, written
from tui.store.verdicts.verdict import NO_EVIDENCE, Evidence, Line, Opinion, Subject, Undo, Verdict


def _now() -> datetime:
    return datetime.now(UTC)


class VerdictBook:
    """Owns the verdicts; what the file does not take stays here, and is tried again with the next one."""

    def __init__(self, journal: Journal | None, project: str, now: Callable[[], datetime] = _now) -> None:
        """Without a journal all stays in memory; `project` is the id of the project."""
        self._journal = journal
        self._project = project
        self._now = now
        self._verdicts: dict[str, Verdict] = {}
        self._undone: set[tuple[str, str]] = set()
        """The id of a line and the reviewer who took it back: nobody takes back what another one said."""
        self._of: dict[str, list[Verdict]] = {}
        """By conversation, the oldest first."""
        self._unwritten: list[Line] = []
        self._latest: dict[str, datetime] = {}
        """By reviewer."""
        self.touched: set[str] = set()
        """The conversations of which something new was said, until whoever shows them clears it."""
        self.skipped: Counter[Unread] = Counter()
        """Lines of the file that are no verdicts of ours; they stay in it."""
        self.trouble: VerdictsNotKept | None = None
        """Why verdicts are not written, or not read."""

    @property
    def unwritten(self) -> int:
        """Lines that would be lost if the program ended now."""
        return len(self._unwritten)

    @property
    def has_any(self) -> bool:
        """Whether anything was ever said."""
        return bool(self._verdicts)

    # -- what is in the file ---------------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Take over what this and other instances have added to the file; whether there was something."""
        if self._journal is None:
            return False
        changed = False
        try:
            for raw in self._journal.read_on():
                line = read(raw) if raw.strip() else Unread.TORN
                if isinstance(line, Unread):
                    self.skipped[line] += bool(raw.strip())
                else:
                    changed = self._take(line) or changed
        except VerdictsNotKept as error:
            self.trouble = error
        return changed

    def sync(self) -> None:
        """Bring to the disk what was written; slow, and safe in a thread.

        Raises:
            VerdictsNotKept: the disk does not take it.
        """
        if self._journal is not None:
            self._journal.sync()

    # -- what counts -----------------------------------------------------------------------------------------------

    def of(self, conversation: str) -> list[Verdict]:
        """What counts of a conversation and its turns: the last of each reviewer on each, the oldest first."""
        last: dict[tuple[str, Subject], Verdict] = {}
        for verdict in self._of.get(conversation, ()):
            if not self._is_undone(verdict):
                last[verdict.reviewer, verdict.subject] = verdict
        return sorted(
            (verdict for verdict in last.values() if verdict.opinion != Opinion()), key=lambda verdict: verdict.at
        )

    def mine(self, subject: Subject, reviewer: str) -> Verdict | None:
        """What a reviewer says of a subject; None where that is nothing."""
        for verdict in self.of(subject.conversation):
            if verdict.subject == subject and verdict.reviewer == reviewer:
                return verdict
        return None

    def conversations(self) -> list[str]:
        """The ids of all conversations of which something counts."""
        return [one for one in self._of if self.of(one)]

    def all(self) -> list[Verdict]:
        """All that counts, the oldest first."""
        return sorted((verdict for one in self._of for verdict in self.of(one)), key=lambda verdict: verdict.at)

    def last_of(self, reviewer: str) -> Verdict | None:
        """The newest line of a reviewer that counts and was not taken back."""
        own = (verdict for verdict in self._verdicts.values() if verdict.reviewer == reviewer)
        return max(
            (verdict for verdict in own if not self._is_undone(verdict)),
            key=lambda verdict: verdict.at,
            default=None,
        )

    # -- what is said here -----------------------------------------------------------------------------------------

    def judge(
        self,
        subject: Subject,
        opinion: Opinion,
        reviewer: str,
        *,
        updated_at: str = "",
        line: str = "",
        evidence: Evidence = NO_EVIDENCE,
    ) -> Verdict:
        """Say something of a subject; it is in the file when this returns, or `trouble` tells why it is not.

        `updated_at` and `line` are the conversation's version and the line for finding under which it is judged.
        """
        id_, moment = uuid.uuid4().hex, self._moment(reviewer)
        verdict = Verdict(id_, self._project, subject, opinion, reviewer, moment, updated_at, line, evidence)
        self._say(verdict)
        return verdict

    def take_back(self, verdict: Verdict, reviewer: str) -> None:
        """A verdict does not count any more; what was said before it does again."""
        self._say(Undo(uuid.uuid4().hex, self._project, verdict.id, reviewer, self._moment(reviewer)))

    def import_lines(self, lines: Iterable[Line]) -> int:
        """Take over lines of another file that are not here yet; how many those were.

        Raises:
            VerdictsNotKept: the file does not take them; none is taken over then.
        """
        self.refresh()
        new = [line for line in lines if not self._has(line)]
        if new and self._journal is not None:
            self._journal.append(b"".join(map(written, new)))
        return sum([self._take(line) for line in new])

    def write(self) -> None:
        """Try again to write what is not written."""
        if self._journal is None or not self._unwritten:
            return
        try:
            self._journal.append(b"".join(map(written, self._unwritten)))
        except VerdictsNotKept as error:
            self.trouble = error
        else:
            self._unwritten.clear()
            self.trouble = None

    def _say(self, line: Line) -> None:
        self._take(line)
        self._unwritten.append(line)
        self.write()

    def _take(self, line: Line) -> bool:
        """Whether it is new."""
        self._latest[line.reviewer] = max(line.at, self._latest.get(line.reviewer, line.at))
        if self._has(line):
            return False
        if isinstance(line, Undo):
            self._undone.add((line.undoes, line.reviewer))
            if (undone := self._verdicts.get(line.undoes)) is not None:
                self.touched.add(undone.subject.conversation)
            return True
        self._verdicts[line.id] = line
        self.touched.add(line.subject.conversation)
        insort(self._of.setdefault(line.subject.conversation, []), line, key=lambda verdict: verdict.at)
        return True

    def _has(self, line: Line) -> bool:
        if isinstance(line, Undo):
            return (line.undoes, line.reviewer) in self._undone
        return line.id in self._verdicts

    def _is_undone(self, verdict: Verdict) -> bool:
        return (verdict.id, verdict.reviewer) in self._undone

    def _moment(self, reviewer: str) -> datetime:
        """Now, or just behind the last line of a reviewer where the clock has gone back."""
        now, latest = self._now(), self._latest.get(reviewer)
        return now if latest is None or now > latest else latest + timedelta(microseconds=1)
