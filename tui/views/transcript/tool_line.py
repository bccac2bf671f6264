"""A tool call on one line: its type, its telling parameters, and in words what came back."""

from dataclasses import dataclass

from tui.terminal.clean import clean_line
from tui.views import format as fmt
from tui.views.ink import Line, Span
from tui.views.json_summary import ResultSummary, telling_parameters
from tui.views.transcript.blocks import fold_mark
from tui.views.wrap import crop_line, line_width

_NAME_LIMIT = 60
_PARAMETERS_LIMIT = 400
_LEAST_ROOM = 8
_LEAST_HEAD = 12


@dataclass(frozen=True, slots=True)
class CallLine:
    """What the line tells; `seconds` is the time to the next message of the turn, if known."""

    name: str
    parameters: bytes | None
    summary: ResultSummary
    seconds: float | None
    words: str


def call_line(call: CallLine, width: int, *, folded: bool) -> Line:
    """The line; what came back stays whole as long as there is room, and the parameters give way."""
    outcome = _outcome(call)
    head: Line = [Span(" "), fold_mark(folded), Span(call.name, "tool")]
    room = width - line_width(head) - line_width(outcome) - 3
    if call.parameters is not None and room >= _LEAST_ROOM:
        telling = Span(telling_parameters(call.parameters, min(room, _PARAMETERS_LIMIT)))
        head += [Span("  "), *crop_line([telling], room)] if telling.text else []
    head = crop_line(head, max(_LEAST_HEAD, width - line_width(outcome) - 1))
    return crop_line([*head, Span(" "), *outcome], width)


def _outcome(call: CallLine) -> Line:
    summary = call.summary
    spans = [Span("→ ", "muted")]
    if summary.failed:
        spans.append(Span(f"failed: {clean_line(summary.failed, _NAME_LIMIT)}", "failed"))
    elif summary.empty:
        spans.append(Span("empty", "warning"))
    else:
        count = f"{fmt.plural(summary.count, 'result')}, " if summary.count is not None else ""
        spans.append(Span(f"{count}{fmt.size(summary.size)}", "muted"))
    if call.seconds is not None:
        spans.append(Span(f", {fmt.duration(call.seconds)}", "muted"))
    if call.words:
        spans.append(Span(f" · {call.words}", "warning"))
    return spans
