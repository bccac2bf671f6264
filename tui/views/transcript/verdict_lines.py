"""What reviewers said of a conversation or a turn, in one line each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tui.store.verdicts.verdict import Opinion, Verdict, version_of
from tui.terminal.text.clean import clean_line
from tui.views.text.format import day_and_time
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.transcript.blocks.header import HeaderBlock
from tui.views.transcript.blocks.turns import TurnBlock
from tui.views.transcript.document import Document
from tui.views.transcript.kinds import TURN

_NAME_LIMIT = 60
_NOTE_LIMIT = 400
"""Characters of a note that are looked at: it has one line."""


def told_verdicts(
    verdicts: Sequence[Verdict], reviewer: str, updated_at: datetime | None
) -> Mapping[int | None, Sequence[Line]]:
    """The lines of each turn by its query_id, and of the conversation under None, the reviewer's own ones first.

    `updated_at` is when the conversation was changed last, as it is shown.
    """
    told: dict[int | None, list[Line]] = {}
    for verdict in sorted(verdicts, key=lambda one: one.reviewer != reviewer):
        told.setdefault(verdict.subject.query_id, []).append(_line(verdict, reviewer, version_of(updated_at)))
    return told


def show_in(document: Document, told: Mapping[int | None, Sequence[Line]]) -> None:
    """Show these lines at their turns, and those of the conversation below its name."""
    for index in (0, *document.places[TURN]):
        block = document.blocks[index]
        if isinstance(block, HeaderBlock):
            block.told = told
        elif isinstance(block, TurnBlock):
            block.take_verdicts(told)
        block.forget()
        document.changed(index)


def opinion_words(opinion: Opinion) -> str:
    """What was said, in a few words."""
    told = [opinion.label, ", ".join(opinion.reasons), "flagged" if opinion.flagged else "", opinion.note]
    return " · ".join(clean_line(one, _NAME_LIMIT) for one in told if one)


def _line(verdict: Verdict, reviewer: str, version: str) -> Line:
    said = verdict.opinion
    sign = "!" if said.flagged else "✓" if said.label else "·"
    line: Line = [Span(f"{sign} ", "warning" if said.flagged else "success")]
    by = "you" if verdict.reviewer == reviewer else clean_line(verdict.reviewer, _NAME_LIMIT)
    own = "you judged it" if verdict.reviewer == reviewer else "it was judged"
    told = [
        Span(clean_line(said.label, _NAME_LIMIT), "strong"),
        Span(clean_line(", ".join(said.reasons), _NOTE_LIMIT)),
        Span("flagged" if said.flagged else "", "warning"),
        Span(f"changed since {own}" if verdict.is_of_another_version(version) else "", "warning"),
        Span(clean_line(said.note, _NOTE_LIMIT), "em"),
        Span(f"{by}, {day_and_time(verdict.at)}", "muted"),
    ]
    for span in told:
        if span.text:
            line += [Span(" · ", "rule"), span] if len(line) > 1 else [span]
    return [Span(span.text, f"{span.ink} {ASIDE}") for span in line]
