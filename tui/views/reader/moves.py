"""Moving through a conversation by line, page, message, turn, tool call and failed tool call; a count repeats it."""

from typing import TYPE_CHECKING

from tui.views import transcript
from tui.views.reader.reader import Reader
from tui.views.transcript.kinds import FAILED, MESSAGE, TOOL, TURN

if TYPE_CHECKING:
    from tui.views.transcript.viewport import Place, Viewport

_WORDS = {TURN: "turn", MESSAGE: "message", TOOL: "tool call", FAILED: "failed tool call"}
_HIDDEN = (TOOL, FAILED)
"""What focused reading leaves out."""

_COUNT_LIMIT = 5
"""Digits that a count may have."""


def digit(reader: Reader, number: int) -> None:
    """Take one more digit of a count."""
    if (number or reader.count) and len(reader.count) < _COUNT_LIMIT:
        reader.count += str(number)


def line(reader: Reader, step: int) -> None:
    """Move the cursor by lines."""
    lines = step * reader.take_count()
    reader.go(lambda viewport: viewport.move(lines))


def page(reader: Reader, step: int) -> None:
    """Move by screens."""
    count = reader.take_count()
    reader.go(lambda viewport: viewport.page(step * count * max(1, viewport.height - 2)))


def half_page(reader: Reader, step: int) -> None:
    """Move by half screens."""
    count = reader.take_count()
    reader.go(lambda viewport: viewport.page(step * count * max(1, viewport.height // 2)))


def first(reader: Reader) -> None:
    """Go to the begin; with a count to that turn."""
    if reader.count:
        to_turn(reader, reader.take_count())
    else:
        reader.go(transcript.Viewport.to_first)


def last(reader: Reader) -> None:
    """Go to the end; with a count to that turn."""
    if reader.count:
        to_turn(reader, reader.take_count())
    else:
        reader.go_when_grown(lambda: reader.go(transcript.Viewport.to_last))


def to_turn(reader: Reader, number: int) -> None:
    """Go to a turn, counted from 1, or to the last one, once all of them are known."""

    def go() -> None:
        document = reader.document
        if not _lacks_history(reader) and document is not None and document.turns:
            index = document.turns[min(number, len(document.turns)) - 1].blocks[0]
            reader.go(lambda viewport: viewport.to_block(index, 0))

    reader.go_when_grown(go)


def to_message(reader: Reader, number: int) -> None:
    """Go to a message by its place in the history, from 0 on, once it is there; where there is none, say so."""

    def go() -> None:
        viewport = reader.viewport
        if viewport is None:
            return
        index = viewport.document.block_of_message(number)
        if index is None:
            reader.say("That call is not there any more: the conversation has changed.")
            return
        if viewport.document.modes.focused and viewport.document.blocks[index].kind == TOOL:
            _leave_focus(reader, viewport)
        _to_block(reader, viewport, index)

    reader.go_when_grown(go)


def _lacks_history(reader: Reader) -> bool:
    """Whether there is a conversation without its history, which is said: nobody knows what is in that."""
    lacks = reader.document is not None and reader.document.raw is None
    if lacks:
        reader.say("The history is not here yet.")
    return lacks


def following(reader: Reader, kind: str, step: int) -> None:
    """Go to the next or previous block of a kind."""
    _to_following(reader, kind, step * reader.take_count())


def _to_following(reader: Reader, kind: str, steps: int) -> None:
    viewport = reader.viewport
    if viewport is None or _lacks_history(reader):
        return
    document = viewport.document
    if document.modes.focused and kind in _HIDDEN and document.places[kind]:
        _leave_focus(reader, viewport)
    index, line = viewport.cursor
    on_block = steps < 0 and line > int(document.blocks[index].gap) and document.blocks[index].kind == kind
    found = document.next_of(kind, index + on_block, steps)
    if document.growing and (kind == FAILED or found is None or abs(steps) > 1):
        reader.go_when_grown(lambda: _to_following(reader, kind, steps))
    elif found is None and kind == FAILED:
        _beyond(reader, viewport.cursor, 1 if steps > 0 else -1)
    elif found is None:
        reader.say(f"There is no {'next' if steps > 0 else 'previous'} {_WORDS[kind]}.")
    else:
        _to_block(reader, viewport, found, 0 if kind == TURN else None)


def feedback(reader: Reader, step: int) -> None:
    """Go to the next or previous thing that people said, once all of it has its place."""
    count = reader.take_count()
    reader.go_when_grown(lambda: _to_feedback(reader, step, count))


def _to_feedback(reader: Reader, step: int, count: int) -> None:
    viewport = reader.viewport
    if viewport is None or _lacks_history(reader):
        return
    document, at = viewport.document, viewport.cursor
    places = document.feedback
    found: Place | None = None
    for _ in range(count):
        following = places.after(document, at) if step > 0 else places.before(document, at)
        if following is None:
            break
        at = found = following
    if found is None:
        reader.say(f"There is no {'next' if step > 0 else 'previous'} feedback here.")
    else:
        reader.go(lambda viewport: viewport.to(at))


def _beyond(reader: Reader, cursor: "Place", step: int) -> None:
    """Say that there is no failed tool call any more; whoever asks again wants to go on in another conversation."""
    if reader.end_of_failed == (cursor, step):
        reader.end_of_failed = None
        reader.news.failed_steps.append(step)
        return
    which, key = ("next", "e") if step > 0 else ("previous", "E")
    if not reader.goes_on:
        reader.say(f"There is no {which} failed tool call here.")
        return
    reader.end_of_failed = cursor, step
    reader.say(f"There is no {which} failed tool call here; {key} again: the {which} conversation that has one.")


def end_failed(reader: Reader, step: int) -> None:
    """Go to the first (1) or last (-1) failed tool call, once all of them are known."""

    def go() -> None:
        viewport = reader.viewport
        found = viewport.document.places[FAILED] if viewport is not None else []
        if viewport is None or _lacks_history(reader):
            return
        if not found:
            reader.say("There is no failed tool call here.")
            return
        if viewport.document.modes.focused:
            _leave_focus(reader, viewport)
        _to_block(reader, viewport, found[0 if step > 0 else -1])

    reader.go_when_grown(go)


def to_place(reader: Reader, index: int) -> None:
    """Go to a block, whatever hides it."""
    viewport = reader.viewport
    if viewport is not None:
        if viewport.document.modes.focused and not viewport.document.height(index):
            _leave_focus(reader, viewport)
        _to_block(reader, viewport, index, 0 if viewport.document.blocks[index].kind == TURN else None)


def _to_block(reader: Reader, viewport: "Viewport", index: int, row: int | None = None) -> None:
    if viewport.document.uncover(index):
        reader.repaint(everything=True)
    reader.go(lambda viewport: viewport.to_block(index, row))


def _leave_focus(reader: Reader, viewport: "Viewport") -> None:
    """Tool calls are hidden while only questions and answers are shown: whoever goes to one wants to see it."""
    with viewport.held():
        viewport.document.set_focused(False)
    reader.repaint(everything=True)
    reader.say("Everything is shown: tool calls were hidden.")


def neighbour(reader: Reader, step: int) -> None:
    """Ask for a neighbouring conversation."""
    reader.news.steps.append(step * reader.take_count())


def out(reader: Reader) -> None:
    """Ask for what is around the reader."""
    reader.news.leaves = True
