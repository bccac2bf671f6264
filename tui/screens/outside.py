"""Shows a conversation in the person's pager or editor, and comes back to the same line."""

import asyncio
from collections.abc import Mapping
from typing import Any

from textual.app import SuspendNotSupported

from tui.api.page import Record
from tui.errors import ClarifeyeError
from tui.screens.taking_out import TakingOutKeys
from tui.store.file_names import safe_name
from tui.terminal.painter import PaintedApp
from tui.terminal.programs import editor_command, pager_command, run_on_terminal, temporary_file
from tui.views.copies import element_at
from tui.views.export_markdown import conversation_parts

_NAME_LIMIT = 60


async def read_outside(host: TakingOutKeys, *, editor: bool) -> None:
    """Fetch the conversation where it is not at hand, and show it at the message under the cursor."""
    conversation, viewport = host.at_hand, host.transcript.viewport
    if conversation is None:
        return
    element = None
    if viewport is not None and viewport.document.conversation.id == conversation.id:
        element = element_at(viewport.document, viewport.cursor[0])
    try:
        record = await host.project.conversation(conversation.id)
        text, line = await asyncio.to_thread(transcript, record, host.project.people, element)
        _show(host.painted_app, record, text, line, editor=editor)
    except SuspendNotSupported:
        host.tell("This terminal cannot be lent to another program.", warning=True)
    except ClarifeyeError as error:
        host.tell(str(error), warning=True)


def transcript(record: Record, people: Mapping[str, str], element: int | None) -> tuple[str, int]:
    """The conversation as Markdown, and the line, counted from 1, at which an element of its history begins."""
    texts: list[str] = []
    line, found = 1, 1
    for part in conversation_parts(record, people):
        if part.element == element and element is not None:
            # The last part of an element is its message; before it there may be the turn's heading.
            found = line + len(part.text) - len(part.text.lstrip("\n"))
        texts.append(part.text)
        line += part.text.count("\n")
    return "".join(texts), found


def _show(app: PaintedApp[Any], record: Record, text: str, line: int, *, editor: bool) -> None:
    """Lend the terminal to the program until it ends; the file that it sees is gone afterwards.

    The event loop stands still meanwhile: nothing may paint on a terminal that is lent.
    """
    environment = app.surroundings.environment
    name = safe_name((record.conversation.name or record.id)[:_NAME_LIMIT], ".md")
    try:
        with temporary_file(name, text) as path:
            command = (editor_command if editor else pager_command)(environment, path, line)
            with app.suspend():
                failure = _run(command, environment)
    except OSError as error:
        raise ClarifeyeError("The file for it cannot be written", "Check TMPDIR.", error.strerror or "") from None
    app.forget_frame()
    if failure is not None:
        raise failure


def _run(command: list[str], environment: Mapping[str, str]) -> ClarifeyeError | None:
    """An error is given back, not raised: the screen has to come back first."""
    try:
        run_on_terminal(command, environment)
    except ClarifeyeError as error:
        return error
    return None
