"""The conversation that is likely to be read next, laid out as far as its first screen while nobody presses a key."""

from collections.abc import Mapping
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from tui.views import transcript
from tui.views.transcript.modes import Modes

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.views.transcript.document import Document

_LARGEST = 1_000_000
"""Bytes of a history up to which it is taken apart ahead: a larger one would hold a key, and twice the memory."""


class _Wanted(NamedTuple):
    conversation: "Conversation"
    raw: bytes
    people: Mapping[str, str]


class Coming:
    """Owns that document until it is read, or another one is."""

    def __init__(self) -> None:
        self._wanted: _Wanted | None = None
        self._document: Document | None = None
        self._modes = Modes()
        """How it was laid out: modes that were changed since are not in it."""
        self._blocks = 0
        """How many of its blocks have their lines."""
        self.waits = False
        """Whether there is anything to be done for it."""

    def expect(self, conversation: "Conversation", raw: bytes, people: Mapping[str, str]) -> None:
        """This one will be read next, it seems."""
        wanted = _Wanted(conversation, raw, people)
        if self._wanted is None or self._wanted.raw is not raw:
            self._wanted, self._document, self._blocks = wanted, None, 0
            self.waits = len(raw) <= _LARGEST

    def step(self, modes: Modes, width: int, rows: int, seconds: float) -> None:
        """Go on for a slice of time: a step of it is to take it apart, to make blocks, or to lay one of them out."""
        if self._wanted is None:
            return
        end = perf_counter() + seconds
        if self._document is None:
            self._modes = replace(modes)
            self._document = transcript.Document(*self._wanted, modes)
            self._document.set_width(width)
            return
        document = self._document
        if document.growing and document.total < 2 * rows:
            document.grow(seconds, lines=2 * rows)
            return
        while self.waits and perf_counter() < end:
            shown = sum(document.heights[index] for index in range(self._blocks))
            self.waits = shown < rows and self._blocks < len(document.blocks)
            if self.waits:
                document.height(self._blocks)
                self._blocks += 1

    def take(
        self, conversation: "Conversation", raw: bytes | None, people: Mapping[str, str], modes: Modes, width: int
    ) -> "Document":
        """The document of what is read now: that one, where it is the same as it would be now."""
        wanted, document = self._wanted, self._document
        self._wanted, self._document, self.waits = None, None, False
        is_it = wanted is not None and wanted.raw is raw and wanted.people is people and modes == self._modes
        if document is not None and is_it and document.look.width == width and document.conversation == conversation:
            document.feedback.show(document)
            return document
        document = transcript.Document(conversation, raw, people, modes)
        if width:
            document.set_width(width)
        return document
