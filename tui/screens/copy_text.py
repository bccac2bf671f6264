"""Copies a short text by the route that serves here, and says by which."""

import asyncio
import os
from typing import Any

from textual.screen import Screen

from tui.config.folders import state_folder
from tui.terminal.clean import clean_line
from tui.terminal.clipboard import copy


def copy_text(host: Screen[Any], text: str, what: str) -> None:
    """Copy it; the host says what became of it."""
    host.run_worker(_copy(host, text, what), group="copy", exclusive=True, exit_on_error=False)


async def _copy(host: Screen[Any], text: str, what: str) -> None:
    report = await asyncio.to_thread(copy, text, os.environ, state_folder(os.environ))
    driver = host.app._driver
    if report.sequence and driver is not None:
        driver.write(report.sequence)
    place = f": {report.path}" if report.path is not None else f" ({report.route})"
    words = "Not copied" if report.route == "none" else f"Copied {what}{place}"
    host.notify(clean_line(f"{words}{'; ' if report.uncertain else ''}{report.uncertain}", 400), markup=False)
