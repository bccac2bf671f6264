"""Shows a conversation in the user's pager or editor, and comes back to the same line."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.app import SuspendNotSupported

from tui.errors import ClarifeyeError
from tui.screens.out.exporting import report_options
from tui.screens.out.stage import ReadingStage
from tui.store.export.file_names import safe_name
from tui.store.export.whole_file import CannotWrite
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.process.programs import editor_command, pager_command, run_on_terminal, temporary_folder, write_pieces
from tui.views.export.copies import element_at
from tui.views.export.markdown import Part, conversation_parts

_NAME_LIMIT = 60


async def read_outside(context: ReadingStage, *, editor: bool) -> None:
    """Fetch the conversation where it is not at hand, and show it at the message under the cursor."""
    project, conversation, viewport = context.project, context.at_hand, context.view.reader.viewport
    if conversation is None:
        return
    element = None
    if viewport is not None and viewport.document.conversation.id == conversation.id:
        element = element_at(viewport.document, viewport.cursor[0])
    given_up, asked_in = threading.Event(), context.screen.focused
    with failures_said(context, _not_written):
        record = await project.conversation(conversation.id)
        with temporary_folder() as folder:
            path = folder / safe_name((record.conversation.name or record.id)[:_NAME_LIMIT], ".md")
            options = replace(report_options(context), as_written=True)
            transcript = Transcript(conversation_parts(record, options), element, given_up.is_set)
            writing = asyncio.ensure_future(asyncio.to_thread(write_pieces, path, transcript))
            try:
                await asyncio.shield(writing)
            finally:
                given_up.set()
                await asyncio.wait([writing])  # or the file would come after its folder is gone
            now = context.at_hand
            if (
                context.screen.is_active
                and context.screen.focused is asked_in
                and now is not None
                and now.id == conversation.id
            ):
                lend_terminal(context.app, path, transcript.line, editor=editor)
            else:
                context.say("It is not opened outside: you went on before it had come.")


@contextmanager
def failures_said(context: ReadingStage, words_of: Callable[[OSError], str]) -> Iterator[None]:
    """Say what goes wrong with a file for another program, and with lending the terminal to that."""
    try:
        yield
    except SuspendNotSupported:
        context.say("This terminal cannot be lent to another program.", warning=True)
    except ClarifeyeError as error:
        context.say(str(error), warning=True)
    except OSError as error:
        context.say(words_of(error), warning=True)


def _not_written(error: OSError) -> str:
    return str(CannotWrite("The file for it cannot be written", "Check TMPDIR.", error.strerror or ""))


class Transcript:
    """The conversation as Markdown, piece by piece, which after all of it knows the line where an element begins.

    Of a long conversation there is never more than a piece in memory. Once `is_given_up` says so, it ends.
    """

    def __init__(self, parts: Iterable[Part], element: int | None, is_given_up: Callable[[], bool]) -> None:
        self._parts = parts
        self._element = element
        self._is_given_up = is_given_up
        self.line = 1
        """Where the element of the history begins, counted from 1."""

    def __iter__(self) -> Iterator[str]:
        """The pieces."""
        at = 1
        for part in self._parts:
            if self._is_given_up():
                return
            if part.element == self._element and self._element is not None:
                # The last part of an element is its message; before it there may be the turn's heading.
                self.line = at + len(part.text) - len(part.text.lstrip("\n"))
            at += part.text.count("\n")
            yield part.text


def lend_terminal(app: TerminalApp[Any], path: Path, line: int = 1, *, editor: bool) -> None:
    """Lend the terminal to the user's editor or pager on a file, until that ends.

    The event loop stands still meanwhile: nothing may paint on a terminal that is lent.

    Raises:
        ProgramFailed: it does not start, or ends with an error.
        SuspendNotSupported: the terminal cannot be lent.
    """
    environment = app.surroundings.environment
    command = (editor_command if editor else pager_command)(environment, path, line)
    with app.suspend():
        failure = _run(command, environment, app.capabilities.output)
    app.forget_frame()
    if failure is not None:
        raise failure


def _run(command: list[str], environment: Mapping[str, str], output: int) -> ClarifeyeError | None:
    """An error is given back, not raised: the screen has to come back first."""
    try:
        run_on_terminal(command, environment, output)
    except ClarifeyeError as error:
        return error
    return None
