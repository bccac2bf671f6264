"""SVG pictures of the program that are the same on every machine and need no network to be shown."""

import asyncio
import contextlib
import html
import re
from collections.abc import Callable

from rich.cells import cell_len

from tests.harness.emulator import Emulator
from tests.screens.browsing import Browsing
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens

_CALM = 0.15
"""Seconds without a change after which a screen stands still: longer than the detail waits for the cursor to rest."""

_MOST_LOOKS = 20
_FONTS = "ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono', Menlo, Consolas, monospace"


async def still_picture(it: Browsing) -> str:
    """The screen as SVG, once it has stopped changing."""
    return await still(it, picture)


async def still(it: Browsing, take: Callable[[Browsing], str]) -> str:
    """What is taken of the screen, once that has stopped changing."""
    taken = ""
    for _ in range(_MOST_LOOKS):
        await it.worked_through()
        await it.until(lambda: not it.transcript.work.looks_ahead and facts_are_here(it) and is_noted(it))
        before, taken = taken, take(it)
        if before == taken:
            break
        it.app.painted.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(it.app.painted.wait(), _CALM)
    return taken


def facts_are_here(it: Browsing) -> bool:
    """Whether nothing is worked out or looked up of what rows show of histories, nor the names of tools."""
    store = it.screen.project.facts.store
    asked = any(worker.group in ("facts", "names", "agent") and not worker.is_finished for worker in it.app.workers)
    return not asked and (store is None or not store.waiting)


def is_noted(it: Browsing) -> bool:
    """Whether the list knows of what stands in the reader that it has been read."""
    return it.screen.context.place._timer is None


def colourless(it: Browsing) -> str:
    """The screen as a terminal without colours and Unicode shows it; SGR codes in angle brackets."""
    pens = Pens(0, colourless=True, dark=it.app.current_theme.dark, ascii_only=True)
    frame, terminal = Frame(pens, bce=False), Emulator(*it.app.size)
    frame.resize(*it.app.size)
    for y, strip in enumerate(it.strips):
        frame.place(0, y, pens.row(strip._segments, it.app.size.width))
    terminal.feed(frame.flush())
    return "\n".join(re.sub(r"\x1b\[;?([\d;]*)m", r"<\1>", terminal.ansi(y)) for y in range(it.app.size.height))


def picture(it: Browsing) -> str:
    """The screen as SVG: fonts of the machine in place of those on a remote host, and ids that do not change."""
    svg = it.app.export_screenshot(title="clarifeye-tui")
    svg = re.sub(r"\s*@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"font-family:\s*[^;]+;", f"font-family: {_FONTS};", svg)
    svg = re.sub(r"\bterminal-\d+-", "terminal-", svg)
    svg = re.sub(r'textLength="[\d.]+"([^>]*)>([^<]+)<', _in_cells, svg)
    return svg.replace("<!-- Generated with Rich https://www.textualize.io -->\n", "")


_CELL = 12.2
"""Width of a cell in the pictures that Rich draws."""


def _in_cells(found: re.Match[str]) -> str:
    """Rich counts characters where wide ones take two cells, and squeezes them."""
    attributes, text = found.groups()
    return f'textLength="{cell_len(html.unescape(text)) * _CELL:.1f}"{attributes}>{text}<'
