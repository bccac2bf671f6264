"""What people said of answers: below the answer that it is about, or at the end of the conversation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.store.beside.feedback import TO_REVIEW
from tui.terminal.text.clean import clean_line
from tui.views.text import format as fmt
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.wrap import crop_line, wrap_spans
from tui.views.transcript.blocks.block import BARS, Block, Marker
from tui.views.transcript.blocks.prose import prose_of
from tui.views.transcript.blocks.text_pages import fold_mark
from tui.views.transcript.modes import Look, Modes

if TYPE_CHECKING:
    from tui.api.models import Feedback

_LONG, _LONG_LINES = 600, 8
"""Characters and lines from which a text is folded to one line."""

_WORD_LIMIT = 80
_THUMBS = {True: ("▲ Thumbs up", "success"), False: ("▼ Thumbs down", "failed"), None: ("◆ Feedback", "accent")}


class SaidOf:
    """Who said what of an answer, when, and whether somebody has looked at it; long texts are folded to one line."""

    __slots__ = ("_height", "_marks", "begins", "opened", "said")

    def __init__(self, said: "Sequence[tuple[Feedback, str]]") -> None:
        """Each with words for what it is about, where it does not stand there."""
        self.said = said
        self.opened: frozenset[int] = frozenset()
        """The long ones that are unfolded, by number."""
        self.begins: list[int] = []
        """The line of each one, counted from the first of all, as they were laid out last."""
        self._height = 0
        self._marks: dict[int, int] = {}
        """The lines that fold or unfold one, and which."""

    def lines(self, look: Look) -> list[Line]:
        """All of it, an empty line above each."""
        lines: list[Line] = []
        begins: list[int] = []
        marks: dict[int, int] = {}
        for number, (feedback, of) in enumerate(self.said):
            lines.append([])
            begins.append(len(lines))
            lines += wrap_spans(_headline(feedback, of), max(1, look.width - 2), [_BAR], [_BAR])
            text = (feedback.feedback or "").strip()
            is_long = _is_long(text)
            if is_long:
                marks[len(lines)] = number
                lines.append(_fold_line(text, look, folded=number not in self.opened))
            if text and (not is_long or number in self.opened):
                lines += [[_BAR, *line] for line in prose_of(text, look, 2, markdown=False).lines]
            if look.details:
                lines += [[_BAR, Span(f"note: {clean_line(note)}", f"warning {ASIDE}")] for note in feedback.notes]
        if look.trace is None:
            self.begins, self._marks, self._height = begins, marks, len(lines)
        return [crop_line(line, look.width) for line in lines]

    def is_mark(self, line: int) -> bool:
        """Whether a line folds or unfolds one."""
        return line in self._marks

    def fold(self, line: int, folded: bool | None = None) -> bool:
        """Fold or unfold the one that a line belongs to, None what it is not; whether that changed anything."""
        number = max((at for at, begin in enumerate(self.begins) if begin <= line), default=None)
        if number is None or number not in self._marks.values():
            return False
        is_open = number in self.opened
        if folded is not None and folded is not is_open:
            return False
        self.opened = self.opened - {number} if is_open else self.opened | {number}
        return True

    def fold_all(self, folded: bool) -> bool:
        """Fold or unfold all; whether that changed anything."""
        before = self.opened
        long = (number for number, (one, _) in enumerate(self.said) if _is_long((one.feedback or "").strip()))
        self.opened = frozenset() if folded else frozenset(long)
        return self.opened != before

    def mark_at(self, line: int) -> Marker:
        """What to remember of a line: which one it is of, and the line in that."""
        number = max((at for at, begin in enumerate(self.begins) if begin <= line), default=0)
        return Marker(part=_PART, trail=(number, line - self.begins[number] if self.begins else 0))

    def line_of(self, marker: Marker) -> int | None:
        """The line that now holds a remembered place; None for one of something else, or that is there no more."""
        if marker.part != _PART or marker.trail[0] >= len(self.begins):
            return None
        number, line = marker.trail
        ends = [*self.begins[1:], self._height + 1]
        return min(self.begins[number] + line, ends[number] - 2)

    def texts(self) -> list[str]:
        """What a search looks through."""
        return [(one.feedback or "").strip() for one, _ in self.said]


_PART = "feedback"
_BAR = Span(BARS["other"], "other")


def _is_long(text: str) -> bool:
    return len(text) > _LONG or text.count("\n") >= _LONG_LINES


def _fold_line(text: str, look: Look, *, folded: bool) -> Line:
    words = f"{fmt.lines(text)}, {fmt.thousands(len(text))} characters"
    begin = [Span(f"  {clean_line(text[: look.width])}", f"muted {ASIDE}")] if folded else []
    return [_BAR, fold_mark(folded), Span(words, f"muted {ASIDE}"), *begin]


def _headline(feedback: "Feedback", of: str) -> Line:
    words, ink = _THUMBS[feedback.is_positive]
    status = clean_line((feedback.status or "").replace("_", " "), _WORD_LIMIT)
    told = (
        (status, "warning" if feedback.status == TO_REVIEW else "muted"),
        (of, "warning"),
        (clean_line(feedback.given_by or "somebody", _WORD_LIMIT), "muted"),
        (fmt.day_and_time(feedback.created_at) if feedback.created_at is not None else "at an unknown time", "muted"),
        (clean_line(feedback.source or "", _WORD_LIMIT), "muted"),
    )
    line = [Span(words, f"{ink} {ASIDE}")]
    for said, ink in told:
        line += [Span(f" · {said}", f"{ink} {ASIDE}")] if said else []
    return line


class FeedbackBlock(Block):
    """What has no place below an answer, at the end of the conversation."""

    __slots__ = ("said",)

    kind = "feedback"

    def __init__(self, said: SaidOf) -> None:
        super().__init__(height_hint=3 * len(said.said))
        self.said = said

    def guess(self, look: Look) -> int:
        """An empty line, one that says who, and one of text, for each."""
        return 3 * len(self.said.said)

    def compose(self, look: Look) -> list[Line]:
        """All of it, one below the other."""
        return self.said.lines(look)

    def is_touched(self, modes: Modes) -> bool:
        """Whether a long one was unfolded by hand."""
        return bool(self.said.opened)

    @property
    def part(self) -> str:
        """The word for it."""
        return self.kind

    @property
    def foldable(self) -> bool:
        """Where something in it is long."""
        return any(map(_is_long, self.said.texts()))

    def set_folded(self, folded: bool) -> bool:
        """Fold or unfold all that is long."""
        return self._changed(self.said.fold_all(folded))

    def toggle(self, index: int, look: Look) -> bool:
        """Fold or unfold the one that the line belongs to."""
        return self._changed(self.said.fold(index))

    def fold_at(self, index: int, look: Look, folded: bool) -> bool:
        """Fold, or unfold, the one that the line belongs to."""
        return self._changed(self.said.fold(index, folded))

    def _changed(self, changed: bool) -> bool:
        if changed:
            self.forget()
        return changed

    def is_mark(self, index: int, look: Look) -> bool:
        """The lines that stand for long texts."""
        return self.said.is_mark(index)

    def texts(self) -> list[str]:
        """What a search looks through."""
        return self.said.texts()

    def source(self) -> str:
        """All that was said, raw."""
        return "\n\n".join(filter(None, self.said.texts()))

    def mark_at(self, index: int, look: Look) -> Marker:
        """Which one a line is of, and the line in that."""
        self.lay_out(look)
        return self.said.mark_at(index)

    def line_of(self, marker: Marker, look: Look) -> int:
        """The line that now holds it; the last one where it is there no more."""
        height, line = self.lay_out(look), self.said.line_of(marker)
        return max(0, height - 1) if line is None else line
