"""SVG pictures of the program that are the same on every machine and need no network to be shown."""

import re

from tests.screens.browsing import Browsing

_FONTS = "ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono', Menlo, Consolas, monospace"


def picture(it: Browsing) -> str:
    """The screen as SVG: fonts of the machine in place of those on a remote host, and ids that do not change."""
    svg = it.app.export_screenshot(title="clarifeye-tui")
    svg = re.sub(r"\s*@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"font-family:\s*[^;]+;", f"font-family: {_FONTS};", svg)
    svg = re.sub(r"\bterminal-\d+-", "terminal-", svg)
    return svg.replace("<!-- Generated with Rich https://www.textualize.io -->\n", "")
