"""What holds for all of a transcript: its modes, and how its blocks are laid out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.views.text.trace import Trace

if TYPE_CHECKING:
    from tui.api.models import Feedback

APART, CLOSED, PARAMETERS, EVERYTHING = range(-1, 3)
"""The levels of a tool call: one line, with its input parameters, with its results too.

A closed call stands for the calls that repeat it; one that is closed apart does not.
"""

LEVEL_WORDS = ("closed", "parameters", "everything")


def no_name(_tool_type: str, _agent_id: str | None) -> str:
    """Nobody tells what tools are called."""
    return ""


def nothing_said(_conversation_id: str) -> "tuple[Feedback, ...]":
    """Nobody tells what was said of conversations."""
    return ()


class Modes(Struct):
    """What is shown of everything: rendered Markdown, questions and answers only, reasoning, levels of tool calls."""

    markdown: bool = True
    focused: bool = False
    failures: bool = False
    """Whether tool calls that failed are shown with questions and answers, too."""
    reasoning: bool = False
    tools: int = CLOSED
    details: bool = False
    """Whether everything is told of the conversation and its messages."""
    patterns: FailurePatterns = NO_PATTERNS
    """What tells failed tool calls of this project, beyond what tells them everywhere."""
    called: Callable[[str, str | None], str] = no_name
    """What the tool of a call is called, by the type of the call and the agent; empty where nobody knows."""
    said: Callable[[str], "tuple[Feedback, ...]"] = nothing_said
    """What people said of a conversation, the newest first."""

    def named_by(self, agent_id: str | None) -> Callable[[str], str]:
        """What tells the name of a tool of this agent, by the type of its calls, as it is known then."""
        return lambda tool_type: self.called(tool_type, agent_id)

    @property
    def unusual(self) -> tuple[str, ...]:
        """Words for what hides parts of every conversation, or shows them otherwise, until it is switched back."""
        words = (("focused", self.focused), ("raw text", not self.markdown))
        return tuple(word for word, on in words if on)


PROSE = 98
"""Cells of prose at most, with the bar beside it: a hundred with the edges of the pane next to them.

The list stays beside what is read only where it leaves as many.
"""


class Look(Struct, frozen=True):
    """How blocks are laid out: for how many cells, and whether Markdown is rendered or shown as written.

    Blocks know it again by identity, which is what makes asking 100,000 of them cheap.
    """

    width: int
    markdown: bool = True
    trace: Trace | None = None
    """Takes the texts in, where the lines are to tell what they show of them."""
    details: bool = False
    """Whether everything is told of the conversation and its messages, exactly, and not what fits."""

    @property
    def prose(self) -> int:
        """The cells for prose; code, tables and results have the whole width."""
        return min(self.width, PROSE)
