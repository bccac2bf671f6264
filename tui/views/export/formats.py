"""The formats of an export: one Markdown document, JSON as the service sent it, JSON Lines."""

from collections.abc import Iterator, Mapping

from tui.api.page import Record, UnreadableRecord
from tui.store.history.failure_patterns import NO_PATTERNS, FailurePatterns
from tui.views.export.json_lines import one_line
from tui.views.export.markdown import conversation_parts, unreadable_markdown

Element = Record | UnreadableRecord


class MarkdownFormat:
    """One conversation after the other, a rule between them."""

    suffix = ".md"

    def __init__(self, people: Mapping[str, str], patterns: FailurePatterns = NO_PATTERNS) -> None:
        self._people = people
        self._patterns = patterns

    def begin(self) -> bytes:
        """Nothing."""
        return b""

    def entry(self, element: Element, number: int) -> Iterator[bytes]:
        """The parts of a conversation."""
        if number:
            yield b"\n---\n\n"
        if isinstance(element, UnreadableRecord):
            yield unreadable_markdown(element).encode("utf-8", "replace")
            return
        for part in conversation_parts(element, self._people, self._patterns):
            yield part.text.encode("utf-8", "replace")

    def end(self) -> bytes:
        """Nothing."""
        return b""


class JsonFormat:
    """A list of what the service sent, byte by byte; a single conversation stands alone, without a list around it."""

    suffix = ".json"

    def __init__(self, *, single: bool) -> None:
        self._single = single

    def begin(self) -> bytes:
        """The list opens."""
        return b"" if self._single else b"["

    def entry(self, element: Element, number: int) -> Iterator[bytes]:
        """The bytes as they came."""
        if not self._single:
            yield b",\n" if number else b"\n"
        yield element.raw

    def end(self) -> bytes:
        """The list closes."""
        return b"\n" if self._single else b"\n]\n"


class JsonLinesFormat:
    """One conversation a line."""

    suffix = ".jsonl"

    def begin(self) -> bytes:
        """Nothing."""
        return b""

    def entry(self, element: Element, number: int) -> Iterator[bytes]:
        """The same JSON without line ends between its values."""
        yield one_line(element.raw)
        yield b"\n"

    def end(self) -> bytes:
        """Nothing."""
        return b""
