"""The formats of an export: one Markdown document, JSON as the service sent it, JSON Lines."""

from collections.abc import Iterator

from tui.api.page import Record, UnreadableRecord
from tui.views.export.json_lines import harmless, one_line
from tui.views.export.markdown import FAILED_TURNS, ConversationReport, ReportOptions, unreadable_markdown
from tui.views.export.safe_markdown import inline
from tui.views.listing.name import name_of
from tui.views.text import format as fmt

Element = Record | UnreadableRecord

_RULE = "\n---\n\n"
_UNREADABLE = "A conversation that cannot be read"


class MarkdownFormat:
    """One conversation after the other, a rule between them; of several it begins with a list of what is in it.

    Where only failed turns are chosen, of several conversations those without one are left out.
    """

    suffix = ".md"

    def __init__(self, options: ReportOptions, *, single: bool = False) -> None:
        self._options = options
        self._single = single
        self._contents: list[str] = []
        self._left_out = 0

    def begin(self) -> bytes:
        """Nothing: what comes first is known at the end."""
        return b""

    def entry(self, element: Element, number: int) -> Iterator[bytes]:
        """The parts of a conversation."""
        report = None if isinstance(element, UnreadableRecord) else ConversationReport(element, self._options)
        if report is not None and not self._single and self._options.chosen == FAILED_TURNS and not report.failed:
            self._left_out += 1
            return
        place = f"conversation-{len(self._contents) + 1}"
        yield ("" if self._single else f'{_RULE}<a id="{place}"></a>\n\n').encode()
        self._contents.append(_line(place, report))
        if isinstance(element, UnreadableRecord):
            yield unreadable_markdown(element).encode("utf-8", "replace")
        for part in report.parts() if report is not None else ():
            yield part.text.encode("utf-8", "replace")

    def end(self) -> bytes:
        """Nothing."""
        return b""

    def head(self) -> bytes:
        """The list of contents, with what failed in each, and how many conversations are left out."""
        if self._single:
            return b""
        title = f"# {fmt.plural(len(self._contents), 'conversation')}\n\n"
        numbered = "".join(f"{number}. {line}\n" for number, line in enumerate(self._contents, 1))
        left = fmt.plural(self._left_out, "conversation")
        out = f"\n*{left} without a failed tool call: left out.*\n" if self._left_out else ""
        return f"{title}{numbered}{out}".encode("utf-8", "replace")


def _line(place: str, report: ConversationReport | None) -> str:
    """A line of the contents; the name is marked where calls failed."""
    if report is None:
        return f"[{_UNREADABLE}](#{place})"
    stated = report.failed - report.guessed
    told = [
        f"{fmt.thousands(stated)} failed" if stated else "",
        f"{fmt.thousands(report.guessed)} failed?" if report.guessed else "",
    ]
    failed = "".join(f" · {words}" for words in told if words)
    return f"[{inline(name_of(report.record.conversation))}](#{place}){failed}"


class JsonFormat:
    """A list of what the service sent, value by value; a single conversation stands alone, without a list around it."""

    suffix = ".json"

    def __init__(self, *, single: bool) -> None:
        self._single = single

    def begin(self) -> bytes:
        """The list opens."""
        return b"" if self._single else b"["

    def entry(self, element: Element, number: int) -> Iterator[bytes]:
        """The bytes as they came, but for controls."""
        if not self._single:
            yield b",\n" if number else b"\n"
        yield harmless(element.raw)

    def end(self) -> bytes:
        """The list closes."""
        return b"\n" if self._single else b"\n]\n"

    def head(self) -> bytes:
        """Nothing."""
        return b""


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

    def head(self) -> bytes:
        """Nothing."""
        return b""
