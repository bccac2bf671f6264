"""Copies by the route that serves where the person sits, from a menu of letters, and says what became of it."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from tui.api.errors import ApiError
from tui.api.query import conversation_url
from tui.screens.browse.out_commands import TakingOutKeys
from tui.screens.dialogs.copy_menu import Choice, CopyMenu
from tui.terminal.adapter.painter import PaintedApp
from tui.terminal.clipboard import CopyReport, copy, keep
from tui.terminal.process.environment import Surroundings
from tui.terminal.text.clean import clean_line, has_controls
from tui.views.export.copies import WholeCopyable, copies_at, copies_of_conversation, turn_number_at
from tui.views.export.copy_words import copy_words
from tui.views.export.way_back import way_back
from tui.widgets.transcript.content import HURRY, PAUSE
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.views.transcript.document import Document
    from tui.views.transcript.viewport import Place, Viewport

_SECONDS = 6.0
_WORDS_LIMIT = 400

Make = Callable[[], str]
"""Gives the text; called in a thread."""


def open_menu(host: TakingOutKeys) -> None:
    """Show what can be copied at the cursor."""
    conversation = host.at_hand
    if conversation is None:
        host.tell("There is nothing to copy yet.")
        return
    conversation_id = conversation.id
    viewport = host.transcript.viewport if host.transcript.has_focus else None
    document, place = (viewport.document, viewport.cursor) if viewport is not None else (None, (0, 0))

    def chosen(choice: Choice | None) -> None:
        if isinstance(choice, WholeCopyable):
            copy_out(host, choice.words, _when_fetched(host, conversation_id, choice))
        elif choice is not None and choice.of_turn and document is not None and document.growing:
            copy_out(host, choice.words, _when_grown(host.transcript, document, place, choice.letter))
        elif choice is not None:
            copy_out(host, choice.words.partition(":")[0], choice.make)

    host.app.push_screen(CopyMenu(_choices(host, conversation_id, viewport)), chosen)


def _choices(host: TakingOutKeys, conversation_id: str, viewport: "Viewport | None") -> list[Choice]:
    near: list[Choice] = []
    turn = 0
    if viewport is not None:
        near += copies_at(viewport.document, viewport.cursor)
        turn = turn_number_at(viewport.document, viewport.cursor[0])
    link = conversation_url(host.settings.connection, conversation_id)
    settings = host.settings
    command = way_back(conversation_id, turn, settings.comes_back_by, settings.comes_back_without)
    return [*near, *copies_of_conversation(conversation_id, link, command, host.project.people)]


async def _when_fetched(host: TakingOutKeys, conversation_id: str, choice: WholeCopyable) -> Make:
    return partial(choice.make, await host.project.conversation(conversation_id))


async def _when_grown(view: TranscriptView, document: "Document", place: "Place", letter: str) -> Make:
    """What a letter stands for once all messages are known; the rest of a document that is left is found here."""
    if view.document is document:
        view.when_grown(lambda: None)  # it hurries for those who wait
    while document.growing:
        if view.document is not document:
            document.grow(HURRY)
        await asyncio.sleep(PAUSE)
    return next(choice.make for choice in copies_at(document, place) if choice.letter == letter)


def copy_out(host: Screen[Any], what: str, make: Make | Awaitable[Make]) -> None:
    """Copy a text, or one that can be made once something has been fetched; the host tells what became of it."""
    host.run_worker(_copy_out(host, what, make), group="copy", exclusive=True, exit_on_error=False)


async def _copy_out(host: Screen[Any], what: str, make: Make | Awaitable[Make]) -> None:
    app = cast("PaintedApp[object]", host.app)
    try:
        text = await asyncio.to_thread(make if callable(make) else await make)
    except ApiError as error:
        _tell(host, f"Not copied: {what}. {error}", good=False)
        return
    if not text:
        _tell(host, f"There is nothing to copy: {what} is empty.", good=False)
        return
    report, kept, controls = await asyncio.to_thread(_deliver, text, app.surroundings)
    if report.sequence:
        app.send(report.sequence)
    _tell(host, copy_words(what, report, kept, controls=controls), good=not controls and report.route != "none")


def _deliver(text: str, where: Surroundings) -> tuple[CopyReport, CopyReport | None, bool]:
    folder = None if where.restricted else where.state_folder
    report = copy(text, where.environment, folder)
    kept = keep(text, folder) if report.route == "osc52" and folder is not None else None
    return report, kept, has_controls(text)


def _tell(host: Screen[Any], words: str, *, good: bool) -> None:
    said = clean_line(words, _WORDS_LIMIT)
    host.notify(said, severity="information" if good else "warning", timeout=_SECONDS, markup=False)
