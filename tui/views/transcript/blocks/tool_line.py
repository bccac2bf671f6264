"""A tool call on one line: its type, its telling parameters, and in words what came back."""

from msgspec import Struct
from msgspec.structs import replace

from tui.store.history.outcome import CallOutcome
from tui.store.history.raw import RawValue
from tui.store.history.stated import CallFailure
from tui.views.jsontree.summary import failure_words, short_result, telling_parameters
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import crop_line, line_width
from tui.views.transcript.blocks.text_pages import fold_mark

_PARAMETERS_LIMIT = 400
_READABLE = 18
"""Cells of the parameters that say something of a call."""

_BESIDE_NAME = 40
"""Cells of the parameters that come before what the tool is called."""

_LEAST_PARAMETERS = 8
_LEAST_NAME = 9
_LEAST_OUTCOME = 18
"""Cells that tell a failure, with the begin of what it was."""

_ROOM_FOR_BOTH = 50
"""Cells from which on a failed call tells its parameters, too."""


class CallLine(Struct, frozen=True):
    """What the line tells.

    `before` are the parameters of the call before, where it is one of the same tool; `seconds` is the time to the next
    message of the turn, if known; `times` is how many calls are told at once.
    """

    name: str
    asked: RawValue | None
    outcome: CallOutcome
    seconds: float | None = None
    words: str = ""
    before: RawValue | None = None
    results: RawValue | None = None
    times: int = 1
    as_written: bool = False
    called: str = ""
    """What its tool is called, cleaned; empty where that is not known."""


def call_line(call: CallLine, width: int, *, folded: bool) -> Line:
    """The line: where room is short what the tool is called goes first, then the duration, the size, the parameters.

    At last the end of the type goes. An unfolded call tells its parameters below, and what its tool is called here.
    """
    mark: Line = [Span(" "), fold_mark(folded)]
    room = width - line_width(mark) - 1
    failed = call.outcome.failure is not None
    asked = None if failed and room < _ROOM_FOR_BOTH else call.asked
    telling = [Span(telling_parameters(asked, min(max(0, room), _PARAMETERS_LIMIT), call.before))]
    readable = max(_READABLE, room // 3) if failed else _READABLE
    wanted = min(line_width(telling) + 2, readable) if telling[0].text else 0
    name: Line = [Span(call.name, "tool")]
    outcomes = _outcomes(call)
    named = [*name, Span(f" {call.called}", "muted")] if call.called else name
    beside = line_width(outcomes[0]) + min(line_width(telling) + 2, _BESIDE_NAME)
    if line_width(named) + (beside if folded else _LEAST_OUTCOME) <= room:
        name = named
    outcome = next((said for said in outcomes if line_width([*name, *said]) + wanted <= room), outcomes[-1])
    told = min(line_width(outcome), max(_LEAST_OUTCOME, room // 2)) if wanted else line_width(outcome)
    name = crop_line(name, max(_LEAST_NAME, room - told))
    outcome = crop_line(outcome, max(_LEAST_OUTCOME, room - wanted - line_width(name)))
    left = room - line_width([*name, *outcome]) - 2
    if wanted and left < min(wanted - 2, _LEAST_PARAMETERS):
        return call_line(replace(call, asked=None), width, folded=folded)
    parameters = [Span("  "), *crop_line(telling, left)] if wanted else []
    return crop_line([*mark, *name, *parameters, Span(" "), *outcome], width)


def _outcomes(call: CallLine) -> list[Line]:
    """What came back, in full and shorter and shorter."""
    came = call.outcome
    size = Span(fmt.size(came.size), "muted")
    seconds = [Span(f", {fmt.duration(call.seconds)}", "muted")] if call.seconds is not None else []
    words = [Span(f" · {call.words}", "warning")] if call.words else []
    many = [Span(f" ×{fmt.thousands(call.times)}", "accent")] if call.times > 1 else []
    same = [Span(" · same result", "muted")] if many else []
    arrow = Span("→ ", "muted")
    short, said = [size], []
    if came.failure is not None:
        short = [failure_span(came.failure)]
    elif came.empty:
        short = [Span("empty", "warning")]
    else:
        if came.count is not None:
            short, said = [Span(fmt.plural(came.count, "result"), "muted")], [Span(", ", "muted"), size]
        if (value := short_result(call.results, as_written=call.as_written)) is not None:
            full = [arrow, *value, *many]
            return [[*full, *same, *seconds, *words], [*full, *words], [arrow, *short, *many, *words]]
    full = [arrow, *short, *said, *many]
    return [[*full, *same, *seconds, *words], [*full, *words], [arrow, *short, *many, *words]]


def failure_span(failure: CallFailure) -> Span:
    """The failure with its sign: `✗ INVALID_QUERY` where it is stated, `✗? Error: …` where it is guessed."""
    sign, ink = ("✗?", "guessed") if failure.guessed else ("✗", "failed")
    return Span(f"{sign} {failure_words(failure)}", ink)
