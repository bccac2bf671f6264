"""The verdicts of one project as they are given and shown: who judges, what counts, and what others are told of it."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.config.settings import ReviewSettings
from tui.errors import ClarifeyeError
from tui.store.saved.state_file import StateFile, StateNotSaved
from tui.store.told_beside import Annotations, ToldBeside
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.journal import Journal
from tui.store.verdicts.verdict import NO_EVIDENCE, Evidence, Opinion, Subject, Verdict, version_of

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.store.facts.schema import BesideRows

LONGEST_NOTE = 1_000_000
"""Characters of a note."""

_ASKED_NOTE = 20_000
"""Characters of a note that terms look through."""

_NAME, _SHOWS_ALL = "name", "shows_all"


class NoteTooLong(ClarifeyeError):
    """A note has more characters than are kept."""


class ProjectVerdicts:
    """Owns the book of one project, and tells the list and the terms what stands in it."""

    def __init__(
        self, file: Path | None, project: str, review: ReviewSettings, beside: ToldBeside | None = None
    ) -> None:
        """Without a file all of it stays in memory; `beside` is told what terms ask."""
        self.review = review
        self.folder = file.parent if file is not None else None
        """Where what belongs to judging is kept."""
        self.book = VerdictBook(Journal(file) if file is not None else None, project)
        self._beside = beside
        self._reviewer_file = StateFile(file.parent / "reviewer.json") if file is not None else None
        self._reviewer = review.name
        self._told: dict[str, Annotations] = {}

    # -- who judges ------------------------------------------------------------------------------------------------

    @property
    def reviewer(self) -> str:
        """Who judges here, by the config or by what was answered once; empty where nobody knows yet."""
        if not self._reviewer and self._reviewer_file is not None:
            content, _ = self._reviewer_file.read()
            name = content.get(_NAME)
            self._reviewer = name if isinstance(name, str) else ""
        return self._reviewer

    def name_reviewer(self, name: str) -> None:
        """Somebody has said who judges.

        Raises:
            StateNotSaved: it holds for this run only.
        """
        self._reviewer = name
        self._told.clear()
        if self._reviewer_file is not None:
            self._reviewer_file.update(lambda content: content.update({_NAME: name}))

    @property
    def shows_all(self) -> bool:
        """Whether queues begin with all of a conversation, and not with questions and answers, as the user left it."""
        return self._reviewer_file is not None and self._reviewer_file.read()[0].get(_SHOWS_ALL) is True

    def remember_shows_all(self, shows_all: bool) -> None:
        """The user has changed it; where that cannot be kept, it is asked for again."""
        if self._reviewer_file is not None and shows_all is not self.shows_all:
            with suppress(StateNotSaved):
                self._reviewer_file.update(lambda content: content.update({_SHOWS_ALL: shows_all}))

    # -- what was said ---------------------------------------------------------------------------------------------

    def refresh(self) -> set[str]:
        """Take over what other instances have said, write what is not written; the conversations that it is about."""
        self.book.refresh()
        self.book.write()
        return self.tell()

    def tell(self) -> set[str]:
        """Let list and terms know what has changed since this was called last; the conversations that it is about."""
        touched, self.book.touched = self.book.touched, set()
        for one in touched:
            self._told.pop(one, None)
        if touched and self._beside is not None:
            self._beside.put("opinions", {one: _rows(self.book.of(one)) for one in touched})
        return touched

    def beside(self, conversation: str) -> Annotations:
        """What a list tells of a conversation: what the reviewer said of it, else what others did."""
        if (told := self._told.get(conversation)) is None:
            told = self._told[conversation] = self._beside_of(conversation)
        return told

    def _beside_of(self, conversation: str) -> Annotations:
        said = self.book.of(conversation)
        reviewer = self.reviewer if said else ""
        own = [one for one in said if one.reviewer == reviewer]
        whole = [one for one in (*own, *said) if one.subject.query_id is None and one.opinion.label]
        label = whole[0].opinion.label if whole else ""
        return Annotations(label, any(one.opinion.flagged for one in own))

    def opinion(self, subject: Subject) -> Opinion:
        """What the reviewer says of a subject."""
        verdict = self.book.mine(subject, self.reviewer)
        return verdict.opinion if verdict is not None else Opinion()

    def judge(
        self,
        subject: Subject,
        opinion: Opinion,
        conversation: "Conversation | None",
        line: str,
        evidence: Evidence = NO_EVIDENCE,
    ) -> Verdict:
        """Say something of a subject, as the conversation is now.

        Raises:
            NoteTooLong: nothing is said.
        """
        if len(opinion.note) > LONGEST_NOTE:
            raise NoteTooLong(
                f"The note has {len(opinion.note):,} characters; at most {LONGEST_NOTE:,} are kept",
                "Nothing has changed.",
            )
        updated = conversation.updated_at if conversation is not None else None
        version = version_of(updated)
        return self.book.judge(subject, opinion, self.reviewer, updated_at=version, line=line, evidence=evidence)

    def take_back(self) -> Verdict | None:
        """Take back what the reviewer said last; what that was."""
        last = self.book.last_of(self.reviewer)
        if last is not None:
            self.book.take_back(last, self.reviewer)
        return last


def _rows(said: list[Verdict]) -> "BesideRows":
    return [
        (
            one.subject.query_id,
            one.opinion.label,
            one.opinion.note[:_ASKED_NOTE],
            int(one.opinion.flagged),
            one.reviewer,
        )
        for one in said
    ]
