"""What people said of answers: fetched behind the list, asked for again when it is looked at later."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.api.client import MOST_PAGES, Client
from tui.api.errors import MoreThanRead
from tui.store.told_beside import NO_THUMBS, Thumbs

if TYPE_CHECKING:
    from tui.api.models import Feedback
    from tui.store.facts.schema import BesideRows

TO_REVIEW = "to_review"
"""The status of feedback that waits for somebody."""

_FRESH = 600.0
"""Seconds after which feedback that is looked at is asked for again."""


class ToldFeedback:
    """Owns the feedback of the project, by conversation; what came once stays where it cannot be had again."""

    def __init__(self, client: Client, now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._now = now
        self._of: dict[str, tuple[Feedback, ...]] = {}
        self._thumbs: dict[str, Thumbs] = {}
        self._ever: set[str] = set()
        """The conversations of which something was said at some time, as they were named."""
        self._pages = MOST_PAGES
        """So many are asked for: the newest one alone once they were found to have no end."""
        self._fetched_at: float | None = None
        self.due: Callable[[], object] = lambda: None
        """Called when feedback is looked at that was fetched some time ago; it is to be fetched again then."""
        self.to_review = 0
        """How many conversations there are with feedback that waits for somebody."""

    async def fetch(self) -> None:
        """Fetch all of it.

        Raises:
            ApiError: some or all did not come; what came is known, and of what did not what was known before.
        """
        begun = self._now()
        try:
            told, error = await self._client.feedback(self._pages)
        finally:
            self._fetched_at = begun  # also where it failed: it is not to be in the way
        found: dict[str, list[Feedback]] = {}
        for one in told:
            if one.conversation:
                found.setdefault(one.conversation.casefold(), []).append(one)
                self._ever.add(one.conversation)
        if error is None or isinstance(error, MoreThanRead):
            self._pages = MOST_PAGES if error is None else 1
        before = self._of if error is not None else {}
        self._of = {**before, **{id_: tuple(some) for id_, some in found.items()}}
        self._thumbs = {id_: _thumbs_of(some) for id_, some in self._of.items()}
        self.to_review = sum(thumbs.waits for thumbs in self._thumbs.values())
        if error is not None:
            raise error

    def of(self, conversation_id: str) -> "tuple[Feedback, ...]":
        """What was said of a conversation and its turns, in the order of the service: the newest first."""
        self._look()
        return self._of.get(conversation_id.casefold(), ())

    def thumbs(self, conversation_id: str) -> Thumbs:
        """How many people said what of a conversation."""
        self._look()
        return self._thumbs.get(conversation_id.casefold(), NO_THUMBS)

    def _look(self) -> None:
        if self._fetched_at is not None and self._now() - self._fetched_at > _FRESH:
            self._fetched_at = self._now()
            self.due()

    @property
    def has_any(self) -> bool:
        """Whether anybody said anything of a conversation."""
        return bool(self._of)

    def rows(self) -> "dict[str, BesideRows]":
        """What terms ask of conversations: a word for each opinion, and for what waits for somebody."""
        words: dict[str, set[tuple[str]]] = {id_: set() for id_ in self._ever}
        for some in self._of.values():
            for one in some:
                words[one.conversation or ""].update((word,) for word in _words_of(one))
        return {id_: tuple(sorted(some)) for id_, some in words.items()}

    @property
    def givers(self) -> set[str]:
        """Who gave it, as far as that is told."""
        return {one.given_by for some in self._of.values() for one in some if one.given_by}


def _thumbs_of(said: "Sequence[Feedback]") -> Thumbs:
    opinions = [one.is_positive for one in said]
    waits = any(one.status == TO_REVIEW for one in said)
    return Thumbs(opinions.count(False), opinions.count(True), opinions.count(None), waits)


def _words_of(feedback: "Feedback") -> Iterator[str]:
    if feedback.is_positive is not None:
        yield "positive" if feedback.is_positive else "negative"
    if feedback.status:
        yield feedback.status
