"""The line that stands above a turn, with its sums, and the chart of all turns."""

from collections.abc import Mapping, Sequence

from tui.store.history.turns import Turn
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.moments import moment, pause_text, tokens_text, when_text
from tui.views.text.wrap import crop_line, line_width, wrap_spans
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.modes import Look


def failed_text(turn: Turn) -> str:
    """How many of its tool calls failed, in words."""
    return failed_words(turn.failed - turn.guessed, turn.guessed)


def failed_words(stated: int, guessed: int) -> str:
    """`2 failed`, `1 failed?` for what is only guessed, both, or nothing."""
    told = (f"{stated} failed" if stated else "", f"{guessed} failed?" if guessed else "")
    return ", ".join(words for words in told if words)


class TurnBlock(Block):
    """The line above a turn: its number, time, tokens, tool calls and wall time."""

    __slots__ = ("at", "continued", "previous_at", "turn", "verdicts")

    kind = "turn"
    searchable = False

    def __init__(self, turn: Turn, at: float | None, previous_at: float | None, *, continued: bool) -> None:
        super().__init__(gap=True)
        self.turn = turn
        self.at = at
        self.previous_at = previous_at
        self.continued = continued
        self.verdicts: Sequence[Line] = ()
        """What reviewers said of the turn, a line each; not told again where it is continued."""

    def take_verdicts(self, told: Mapping[int | None, Sequence[Line]]) -> None:
        """Show what reviewers said of the turn, which is told by query_id."""
        is_told = not self.continued and self.turn.query_id is not None
        self.verdicts = told.get(self.turn.query_id, ()) if is_told else ()

    @property
    def title(self) -> str:
        """`Turn 3`, and what is special about it."""
        if not self.turn.number:
            return "Outside any turn"
        number = f"Turn {self.turn.number}"
        if self.turn.query_id != self.turn.number:
            number = f"{number} (query {self.turn.query_id})"
        return f"{number}, continued" if self.continued else number

    def guess(self, look: Look) -> int:
        """One line, and one more after a long silence."""
        return 1 + self.first_text_line - int(self.gap) + len(self.verdicts)

    @property
    def first_text_line(self) -> int:
        """The turn's line itself, below what is said of a silence."""
        return int(self.gap) + bool(pause_text(self.at, self.previous_at))

    def compose(self, look: Look) -> list[Line]:
        """The divider after a long silence, then the turn's line."""
        pause = pause_text(self.at, self.previous_at)
        divider = [crop_line([Span(f"  {pause}", "muted em")], look.width)] if pause else []
        verdicts = [crop_line([Span("  "), *said], look.width) for said in self.verdicts]
        return [*divider, self.headline(look.width), *verdicts]

    def headline(self, width: int, *, dated: bool = False) -> Line:
        """The turn's line: what it is on the left, what it cost on the right, a rule in between.

        The date is told where it is another one than before, and always when it is asked for (`dated`). Where room is
        short the date goes first, then the time.
        """
        facts = "" if self.continued else self._facts()
        tail = [Span(" "), Span(facts, "muted")] if facts else []
        for when in (*self._whens(dated=dated), ""):
            left = [Span(self.title, "title")]
            left += [Span(" ── ", "rule"), Span(when, "muted")] if when else []
            room = width - line_width(left) - line_width(tail) - 1
            if room >= 1:
                return [*left, Span(" "), Span("─" * room, "rule"), *tail]
        return crop_line([Span(self.title, "title"), *tail], width)

    def _whens(self, *, dated: bool) -> list[str]:
        if self.at is None:
            return []
        told = when_text(self.at, None if dated else self.previous_at)
        return list(dict.fromkeys((told, fmt.clock(moment(self.at)))))

    def _facts(self) -> str:
        turn = self.turn
        facts = [
            tokens_text(turn.tokens_in, turn.tokens_out),
            fmt.plural(turn.tools, "tool") if turn.tools else "",
            failed_text(turn),
            fmt.duration(turn.seconds) if turn.seconds else "",
        ]
        told = " · ".join(fact for fact in facts if fact)
        return told if turn.complete or not told else f"{told} …"

    def source(self) -> str:
        """The line as plain text."""
        return self.title


def chart_lines(turns: Sequence[Turn], width: int) -> list[Line]:
    """Input and output tokens per turn as two rows of bars, a blank one apart; nothing where nothing was used.

    More turns than bars fit are joined, and it is said how many stand in one bar.
    """
    lines: list[Line] = []
    for mark, values in (("↑", [turn.tokens_in for turn in turns]), ("↓", [turn.tokens_out for turn in turns])):
        if any(values):
            label, tail = f"{mark} per turn  ", f"  max {fmt.compact(max(values))}"
            room = max(1, width - len(label) - len(tail))
            if len(values) > room:
                tail += f", {_joined(len(values), room)} turns a bar"
                room = max(1, width - len(label) - len(tail))
            bars = [Span(label, "muted"), Span(fmt.bars(values, room), "accent"), Span(tail, "muted")]
            lines += [[]] if lines else []  # bars that are full would touch those above
            lines += wrap_spans(bars, width)
    return lines


def _joined(turns: int, room: int) -> str:
    """How many turns stand in one bar, where that is not the same for all."""
    least, most = turns // room, -(-turns // room)
    return fmt.thousands(most) if least == most else f"{fmt.thousands(least)}–{fmt.thousands(most)}"
