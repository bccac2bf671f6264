"""The modes of a transcript that hold for all of it."""

from dataclasses import dataclass

from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns

APART, CLOSED, PARAMETERS, EVERYTHING = range(-1, 3)
"""The levels of a tool call: one line, with its input parameters, with its results too.

A closed call stands for the calls that repeat it; one that is closed apart does not.
"""

LEVEL_WORDS = ("closed", "parameters", "everything")


@dataclass(slots=True)
class Modes:
    """What is shown of everything: rendered Markdown, questions and answers only, reasoning, levels of tool calls."""

    markdown: bool = True
    focused: bool = False
    reasoning: bool = False
    tools: int = CLOSED
    patterns: FailurePatterns = NO_PATTERNS
    """What tells failed tool calls of this project, beyond what tells them everywhere."""

    @property
    def unusual(self) -> tuple[str, ...]:
        """Words for what hides parts of every conversation, or shows them otherwise, until it is switched back."""
        words = (("focused", self.focused), ("raw text", not self.markdown))
        return tuple(word for word, on in words if on)
