"""Where in a transcript the user is likely to look next."""

from collections.abc import Iterator

from tui.views.transcript.kinds import FAILED, TURN
from tui.views.transcript.viewport import Place, Viewport


def places_ahead(viewport: Viewport) -> Iterator[Place]:
    """The lines of the pages below and above, of the next and the previous turn, and of the next failure.

    From one line to the next at most one block is laid out. The window may move, and the document change, in between.
    """
    top, height = viewport.top, viewport.height
    yield from _down(viewport, viewport.step(top, height), height)
    yield from _up(viewport, top, height)
    for kind, step, above in ((TURN, 1, 0), (FAILED, 1, viewport.usual_row), (TURN, -1, 0)):
        block = viewport.document.next_of(kind, viewport.cursor[0], step)
        if block is not None:
            yield from _up(viewport, (block, 0), above)
            yield from _down(viewport, (block, 0), height)


def _down(viewport: Viewport, place: Place, lines: int) -> Iterator[Place]:
    document, (index, line) = viewport.document, place
    while lines > 0 and index < len(document.blocks):
        while lines > 0 and line < document.height(index):
            yield index, line
            line, lines = line + 1, lines - 1
        index, line = index + 1, 0


def _up(viewport: Viewport, place: Place, lines: int) -> Iterator[Place]:
    document, (index, line) = viewport.document, place
    while lines > 0 and (line or index):
        if not line:
            index -= 1
            line = document.height(index)
            continue
        line, lines = line - 1, lines - 1
        yield index, line
