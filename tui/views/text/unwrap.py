"""Lines of the screen joined again to the text that they were wrapped from."""

from collections.abc import Sequence

_SEEN = 16
"""Characters on either side of a break that must stand together in the source."""


def unwrapped(lines: Sequence[str], source: str) -> str:
    """The lines as one text: a break that the source does not have goes, every other one stays."""
    if not lines:
        return ""
    text = lines[0]
    for line in lines[1:]:
        tail = text[text.rfind("\n") + 1 :][-_SEEN:]
        head = line.lstrip()[:_SEEN]
        if tail.strip() and head and f"{tail} {head}" in source:
            text += f" {line.lstrip()}"
        elif tail.strip() and head and f"{tail}{head}" in source:
            text += line.lstrip()
        else:
            text += f"\n{line}"
    return text
