"""Delivers a text by the route that serves where the person sits, and says what became of it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from textual.screen import Screen

from tui.api.errors import ApiError
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.clipboard import CopyReport, copy, keep
from tui.terminal.process.environment import Surroundings
from tui.terminal.text.clean import clean_line
from tui.views.export.copy_words import copy_words, paste_warning

_SECONDS = 6.0
_WORDS_LIMIT = 400

Make = Callable[[], str]
"""Gives the text; called in a thread."""


def copy_out(host: Screen[Any], what: str, make: Make | Awaitable[Make]) -> None:
    """Copy a text, or one that can be made once something has been fetched; the host tells what became of it."""
    host.run_worker(_copy_out(host, what, make), group="copy", exclusive=True, exit_on_error=False)


async def _copy_out(host: Screen[Any], what: str, make: Make | Awaitable[Make]) -> None:
    app = cast("TerminalApp[object]", host.app)
    try:
        text = await asyncio.to_thread(make if callable(make) else await make)
    except ApiError as error:
        _tell(host, f"Not copied: {what}. {error}", good=False)
        return
    if not text:
        _tell(host, f"There is nothing to copy: {what} is empty.", good=False)
        return
    report, kept, warning = await asyncio.to_thread(_deliver, text, app.surroundings)
    if report.sequence:
        app.send(report.sequence)
    _tell(host, copy_words(what, report, kept, warning=warning), good=not warning and report.route != "none")


def _deliver(text: str, where: Surroundings) -> tuple[CopyReport, CopyReport | None, str]:
    folder = None if where.restricted else where.state_folder
    report = copy(text, where.environment, folder)
    kept = keep(text, folder) if report.route == "osc52" and folder is not None else None
    return report, kept, paste_warning(text)


def _tell(host: Screen[Any], words: str, *, good: bool) -> None:
    said = clean_line(words, _WORDS_LIMIT)
    host.notify(said, severity="information" if good else "warning", timeout=_SECONDS, markup=False)
