"""The commands of a search: begin it, type it, go from match to match, end it; and the line that says what it found."""

from tui.views import transcript
from tui.views.reader.reader import Reader
from tui.views.text.ink import Line

USUAL_STATUS = 14
"""Cells that the status nearly always fits into: the input keeps its width while it counts."""


def search(reader: Reader, text: str, *, regex: bool = False, go: bool = True) -> None:
    """Search for a text from the cursor on and go to the first match, or stay; an empty text ends the search."""
    reader.finder.text, reader.finder.regex = text, regex
    _restart(reader, go=go)


def clear(reader: Reader) -> None:
    """End the search; what it opened is closed, and the place stays."""
    reader.finder.text = ""
    _restart(reader)


def match(reader: Reader, step: int) -> None:
    """Go to the next or previous match."""
    step *= reader.take_count()
    found = reader.finder.search
    if found is None or reader.viewport is None:
        reader.say("There is no search: / begins one.")
    elif not found.blocks:
        reader.say("Still searching …" if not found.done else "There is no match.")
    else:
        _go_to(reader, reader.finder.next(reader.viewport, step))


def leave(reader: Reader) -> None:
    """Forget a selection, else a count, else end a search, else ask to leave."""
    if reader.selection.clear():
        reader.repaint()
    elif reader.count:
        reader.count = ""
    elif reader.finder.text:
        clear(reader)
    else:
        reader.news.leaves = True


# the line in which it is typed


def begin(reader: Reader) -> None:
    """Type what to search for; a conversation that is on its way is searched when it comes."""
    reader.finder.origin = (reader.viewport.top, reader.viewport.cursor) if reader.viewport is not None else None
    reader.finder.is_typing = True
    reader.fit()


def typed(reader: Reader, text: str) -> None:
    """Search for what is typed now, from where the search was begun."""
    if reader.finder.is_typing and text != reader.finder.text:
        reader.finder.text = text
        _back_to_origin(reader)
        _restart(reader)


def toggle_regex(reader: Reader) -> None:
    """Read what is typed as a regular expression, or as plain text."""
    reader.finder.regex = not reader.finder.regex
    _back_to_origin(reader)
    _restart(reader)


def accept(reader: Reader) -> None:
    """Read on with the search on."""
    reader.finder.is_typing = False
    reader.finder.origin = None
    reader.fit()


def cancel(reader: Reader) -> None:
    """Forget the search and go back to where it began."""
    clear(reader)
    _back_to_origin(reader)
    accept(reader)


def _restart(reader: Reader, *, go: bool = True) -> None:
    reader.finder.restart(reader.viewport, go=go)
    reader.fit()
    reader.repaint(everything=True)


def _back_to_origin(reader: Reader) -> None:
    if reader.finder.origin is not None and reader.viewport is not None:
        reader.viewport.top, reader.viewport.cursor = reader.finder.origin
        reader.viewport.settle()
        reader.repaint()


# while it goes on


def go_on(reader: Reader, seconds: float) -> bool:
    """Search for a slice of time, and go to the first match once it is found; whether there is more to search."""
    viewport, finder = reader.viewport, reader.finder
    if viewport is None:
        return False
    more = finder.step(viewport, seconds)
    if finder.problem:
        reader.fit()
    if (found := finder.first(viewport)) is not None:
        _go_to(reader, found)
    elif not more:
        reader.news.count = True
    return more


def _go_to(reader: Reader, at: tuple[int, int] | None) -> None:
    if at is None or reader.viewport is None:
        return
    if words := reader.finder.go_to(reader.viewport, at):
        reader.say(words)
    reader.repaint(everything=True)


# what is said of it


def lines(reader: Reader, *, focused: bool) -> list[Line]:
    """The rows below the text, for a reader that has the keys or not."""
    if not reader.search_rows:
        return []
    finder, width = reader.finder, reader.width
    status = finder.status(reader.document)
    if finder.is_typing:
        last = transcript.typing_line(status, width, problem=bool(finder.problem))
    else:
        last = transcript.found_line(finder.text, status, width, focused=focused)
    return [*finder.notice_lines(width, reader.height), last]


def status_room(reader: Reader) -> int:
    """Cells that the input leaves to the status beside it."""
    status = reader.finder.status(reader.document)
    return transcript.status_room(status.ljust(USUAL_STATUS), reader.width)
