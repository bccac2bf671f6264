"""What tells failures of a project's own tools: the regular expressions of its profile."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import regex

_PATIENCE = 0.005
"""Seconds that one pattern may take in one text."""


class FailurePatterns(Struct, frozen=True):
    """Regular expressions of a profile that tell failures of its own tools; looked for at the begin of a text."""

    compiled: "tuple[regex.Pattern[str], ...]" = ()

    def line_in(self, text: str) -> str | None:
        """The line in which the first pattern matches; a pattern that takes too long matches nothing."""
        for pattern in self.compiled:
            try:
                found = pattern.search(text, timeout=_PATIENCE)
            except TimeoutError:
                continue
            if found is not None:
                begin = text.rfind("\n", 0, found.start()) + 1
                return text[begin:].partition("\n")[0]
        return None


NO_PATTERNS = FailurePatterns()


def failure_patterns(sources: Sequence[str]) -> FailurePatterns:
    """The patterns of a profile, compiled; `^` and `$` are the ends of a line.

    Raises:
        regex.error: one is no regular expression.
    """
    if not sources:
        return NO_PATTERNS
    import regex

    return FailurePatterns(tuple(regex.compile(source, regex.MULTILINE) for source in sources))
