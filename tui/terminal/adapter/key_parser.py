"""Textual's parser of keys behind our scanner: it gets nothing that it could fail on, and takes no rubbish for keys."""

from collections.abc import Callable, Iterable, Iterator

from textual._xterm_parser import XTermParser
from textual.events import Paste
from textual.message import Message

from tui.terminal.input.scanner import InputScanner

_KEY = 2
"""Characters of Alt with a key, which the parser reports once it is told that nothing follows."""


class KeyParser:
    """Makes messages of what a terminal sends: keys, the mouse, pastes, focus; for answers see InputScanner."""

    def __init__(
        self,
        escape_delay: float,
        take_answer: Callable[[str], bool] = lambda _sequence: False,
        expects_answer: Callable[[], bool] = lambda: False,
        *,
        debug: bool = False,
    ) -> None:
        self._scanner = InputScanner(escape_delay, take_answer, expects_answer)
        self._parser = XTermParser(debug)

    @property
    def patience(self) -> float | None:
        """Seconds after which `let_go` is to be called if nothing comes; None where nothing is waited for."""
        return self._scanner.patience

    def take(self, text: str) -> Iterator[Message]:
        """The messages of some text, which may begin and end amid a sequence."""
        return self._parse(self._scanner.take(text))

    def let_go(self) -> Iterator[Message]:
        """The messages of what was waited for in vain."""
        return self._parse(self._scanner.let_go())

    def _parse(self, pieces: Iterable[str | Paste]) -> Iterator[Message]:
        for piece in pieces:
            if isinstance(piece, Paste):
                yield piece
                continue
            yield from self._parser.feed(piece)
            if self._parser._timeout_time is not None:  # whole, and yet it waits for more: it does not know it
                self._parser._timeout_time = 0.0
                keys = list(self._parser.tick())
                if len(piece) <= _KEY:
                    yield from keys
