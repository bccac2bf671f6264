"""Pastes taken out of what a terminal sends: each is one event, in order and whole, whatever stands in it.

Textual's parser looks for keys inside a paste as soon as there is an Escape in it, and tears it apart.
"""

from collections.abc import Iterator

from textual.events import Paste

PASTE_LIMIT = 1_000_000
"""Characters of a paste that are kept: no line to type in takes as many."""

_BEGIN, _END = "\x1b[200~", "\x1b[201~"


class Pastes:
    """Follows what is sent through its pieces; what is no paste goes on to be parsed."""

    def __init__(self) -> None:
        self._held = ""
        self._pasted: list[str] | None = None
        self._room = PASTE_LIMIT

    @property
    def is_waiting(self) -> bool:
        """Whether an Escape or more of it is held back, since it may begin a paste."""
        return bool(self._held) and self._pasted is None

    def take(self, text: str) -> Iterator[str | Paste]:
        """Text for the parser, and pastes, in their order."""
        text, self._held = self._held + text, ""
        while text:
            mark = _BEGIN if self._pasted is None else _END
            before, found, text = text.partition(mark)
            if not found:
                before, self._held = _without_beginning(before, mark)
            if self._pasted is None:
                if before:
                    yield before
                if found:
                    self._pasted, self._room = [], PASTE_LIMIT
            else:
                self._pasted.append(before[: self._room])
                self._room -= len(self._pasted[-1])
                if found:
                    yield Paste("".join(self._pasted))
                    self._pasted = None

    def let_go(self) -> str:
        """What was held back: nothing followed, so it is a key."""
        held = ""
        if self.is_waiting:
            held, self._held = self._held, ""
        return held


def _without_beginning(text: str, mark: str) -> tuple[str, str]:
    """The text, and apart from it what the mark may begin with at its end."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""
