"""Calls one after the other that ask the same and got the same."""

from dataclasses import dataclass
from typing import Protocol

from tui.store.history.calls import is_same
from tui.store.history.messages import parts_of
from tui.views.transcript.blocks.history_message import HistoryMessage
from tui.views.transcript.modes import CLOSED

_NEARLY = 64
"""Bytes by which messages that say the same may differ: times and tokens are written in more digits or fewer."""


class RunCall(Protocol):
    """A tool call, as far as a run knows it."""

    level: int
    run: "CallRun | None"

    def set_level(self, level: int) -> bool:
        """Unfold to a level; whether that changed anything."""


@dataclass(slots=True)
class CallRun:
    """The calls of a run; while the first one is closed it stands for all of them."""

    head: RunCall
    size: int = 1


def is_hidden(call: RunCall) -> bool:
    """Whether the first call of its run stands for it."""
    return call.run is not None and call.run.head is not call and call.run.head.level == CLOSED


def repeats(call: HistoryMessage, before: HistoryMessage) -> bool:
    """Whether a call asks what the one before asked, and got the same."""
    one, other = call.facts, before.facts
    if (one.tool_type, one.kind) != (other.tool_type, other.kind) or one.odd or other.odd:
        return False
    if abs(call.size - before.size) > _NEARLY:
        return False
    here, there = parts_of(call.raw), parts_of(before.raw)
    both = ((here.content, there.content), (here.parameters, there.parameters), (here.results, there.results))
    return all(is_same(one, other) for one, other in both)
