"""Verdicts on the screen: opened behind it, watched for what other instances say, and told to whoever shows them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.config.settings import Settings
from tui.store.project import Project
from tui.store.told_beside import NO_ANNOTATIONS, Annotations
from tui.store.verdicts.verdict import NO_EVIDENCE, Evidence, Subject
from tui.views.text.format import plural

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.store.verdicts.project_verdicts import ProjectVerdicts
    from tui.store.verdicts.verdict import Opinion, Verdict
    from tui.views.text.ink import Line

_LOOK = 2.0
"""Seconds between two looks for what other instances have said, and two tries to write what is not written."""

_TROUBLE_SECONDS = 15.0


class Judging:
    """Owns the verdicts of the project; `host` is the screen whose workers these are."""

    def __init__(self, host: Screen[object], project: Project, settings: Settings) -> None:
        self._host = host
        self._project = project
        self.settings = settings
        """What the program was started with."""
        self.changed: Callable[[], object] = lambda: None
        """Called when other things are said than before, or they are written now, or not any more."""
        self.evidence: Callable[[Subject], Evidence] = lambda _: NO_EVIDENCE
        """Tells where in the conversation it shows, as far as whoever shows it knows."""
        self.folder: Path | None = None
        """Where the user's data are; None: nothing is written."""
        self.subject = Subject("")
        """What is about to be judged."""
        self.conversation: Conversation | None = None
        """The conversation that it is, or is a turn of."""
        self.label = ""
        """The label for which a reason is asked."""
        self._verdicts: ProjectVerdicts | None = None
        self._is_opening = False
        self._said_trouble = ""
        self._syncs = False

    # -- opening and watching --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Read what is in the file, while nobody waits for it; who has never judged here pays nothing for it."""
        self._host.set_interval(_LOOK, self._look)
        self._open_if_there()

    def _open_if_there(self) -> None:
        if not self._is_opening and self.folder is not None and (self.folder / "verdicts").is_dir():
            self._is_opening = True
            self._host.run_worker(self._begin(), group="verdicts", exit_on_error=False)

    async def _begin(self) -> None:
        verdicts = await asyncio.to_thread(self._opened)
        if self._verdicts is None:
            self._take(verdicts)

    def _opened(self) -> "ProjectVerdicts":
        from tui.store.verdicts.journal import verdicts_file
        from tui.store.verdicts.project_verdicts import ProjectVerdicts

        file = verdicts_file(self.folder, self.settings) if self.folder is not None else None
        project_id = self.settings.connection.project_id
        verdicts = ProjectVerdicts(file, project_id, self.settings.review, self._project.facts.beside)
        verdicts.book.refresh()
        return verdicts

    def _take(self, verdicts: "ProjectVerdicts") -> None:
        self._verdicts = verdicts
        verdicts.tell()
        self._say_trouble()
        self.changed()

    @property
    def verdicts(self) -> "ProjectVerdicts":
        """The verdicts; who wants to judge before they were read waits for them."""
        if self._verdicts is None:
            self._take(self._opened())
        assert self._verdicts is not None
        return self._verdicts

    def _look(self) -> None:
        if self._verdicts is None:
            self._open_if_there()
            return
        unwritten = self.unwritten
        if self.verdicts.refresh() or unwritten != self.unwritten:
            self.changed()
        self._say_trouble()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def beside(self, conversation_id: str) -> Annotations:
        """What the list tells of a conversation."""
        return self._verdicts.beside(conversation_id) if self._verdicts is not None else NO_ANNOTATIONS

    def told(self, conversation: "Conversation") -> "Mapping[int | None, Sequence[Line]]":
        """What the reader shows of a conversation and its turns, by query_id; None stands for the conversation."""
        if self._verdicts is None or not (said := self._verdicts.book.of(conversation.id)):
            return {}
        from tui.views.transcript.verdict_lines import told_verdicts

        return told_verdicts(said, self._verdicts.reviewer, conversation.updated_at)

    @property
    def has_any(self) -> bool:
        """Whether anything was ever said here."""
        return self._verdicts is not None and self._verdicts.book.has_any

    @property
    def unwritten(self) -> int:
        """Lines that would be lost if the program ended now."""
        return self._verdicts.book.unwritten if self._verdicts is not None else 0

    @property
    def trouble(self) -> str:
        """How many verdicts are not written, in words; empty where all are."""
        return f"{plural(self.unwritten, 'verdict')} not written" if self.unwritten else ""

    def _say_trouble(self) -> None:
        """Say once what keeps verdicts from being written, or read, and when that is over."""
        error = self.verdicts.book.trouble
        words = f"{error.title}. {error.hint}" if error is not None else ""
        if words != self._said_trouble:
            self._said_trouble = words
            said = f"{words} They are kept in memory and tried again." if words else "All verdicts are written now."
            severity = "warning" if words else "information"
            self._host.notify(said, severity=severity, timeout=_TROUBLE_SECONDS, markup=False)  # type: ignore[arg-type]  # one of two

    def close(self) -> str:
        """Try a last time to write; what is lost all the same, in words."""
        if self._verdicts is None:
            return ""
        self._verdicts.book.write()
        error = self._verdicts.book.trouble
        if not self.unwritten or self.folder is None:
            return ""
        why = f": {error.title}. {error.hint}" if error is not None else ""
        are = "is" if self.unwritten == 1 else "are"
        return f"{plural(self.unwritten, 'verdict')} could not be written and {are} lost{why}"

    # -- judging ---------------------------------------------------------------------------------------------------

    def begin(self, conversation: "Conversation", query_id: int | None = None) -> None:
        """A conversation, or a turn of it, is about to be judged."""
        self.conversation, self.label = conversation, ""
        self.subject = Subject(conversation.id, query_id)

    def aim(self, conversation_id: str) -> None:
        """A conversation that is on its way is about to be judged."""
        self.conversation, self.label = None, ""
        self.subject = Subject(conversation_id)

    def say(self, change: "Callable[[Opinion], Opinion]") -> "Verdict":
        """Say something of what is about to be judged, beside what was said of it before.

        Raises:
            NoteTooLong: nothing is said.
        """
        verdicts, line = self.verdicts, self._project.query.line
        opinion = change(verdicts.opinion(self.subject))
        verdict = verdicts.judge(self.subject, opinion, self.conversation, line, self.evidence(self.subject))
        self._told()
        return verdict

    def take_back(self) -> "Verdict | None":
        """Take back what the reviewer said last; what that was."""
        undone = self.verdicts.take_back()
        self._told()
        return undone

    def _told(self) -> None:
        self.verdicts.tell()
        self._say_trouble()
        self.changed()
        if not self._syncs and self.folder is not None:
            self._syncs = True
            self._host.run_worker(self._sync(), group="verdicts", exit_on_error=False)

    async def _sync(self) -> None:
        """Bring to the disk what was written, in a thread: it is slow, and a power cut is rare."""
        from tui.store.verdicts.journal import VerdictsNotKept

        self._syncs = False
        try:
            await asyncio.to_thread(self.verdicts.book.sync)
        except VerdictsNotKept as error:
            self._host.notify(f"{error.title}. {error.hint}", severity="warning", markup=False)
