"""The text of a Markdown paragraph as spans: emphasis, code, links with their targets in sight."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean_line
from tui.views.markdown.controls import shown
from tui.views.text.ink import Line, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"'`|]+|www\.[^\s<>\"'`|]+\.[^\s<>\"'`|]+")
_TRAILING = ".,;:!?*_~…。，、"
_OPENED = {"em_open": "em", "strong_open": "strong", "s_open": "strike"}
_CLOSED = frozenset({"em_close", "strong_close", "s_close"})


def inline_spans(children: Sequence["Token"] | None, ink: str = "text") -> Line:
    """The tokens of one paragraph as cleaned spans on the given ink; a line break is a line feed in the text."""
    writer = _Writer(ink)
    for token in children or ():
        writer.write(token)
    return writer.spans


class _Writer:
    def __init__(self, ink: str) -> None:
        self.spans: Line = []
        self._inks = [ink]
        self._ink = ink
        self._links: list[tuple[str, int]] = []

    def write(self, token: "Token") -> None:
        kind = token.type
        if kind == "text":
            self._write_text(token.content)
        elif kind in ("softbreak", "hardbreak"):
            self._add("\n")
        elif kind == "code_inline":
            self._add(shown(token.content), "code")
        elif kind in _OPENED:
            self._push(_OPENED[kind])
        elif kind in _CLOSED:
            self._pop()
        else:
            self._write_target(token)

    def _write_target(self, token: "Token") -> None:
        if token.type == "link_open":
            self._links.append((_target(token, "href"), len(self.spans)))
            self._push("link")
        elif token.type == "link_close":
            self._pop()
            self._close_link()
        elif token.type == "image":
            self._add(f"[image: {clean_line(shown(token.content))}]", "link")
            self._add(f" ({_target(token, 'src')})", "muted")
        else:
            self._write_text(token.content)

    def _close_link(self) -> None:
        target, start = self._links.pop()
        text = "".join(span.text for span in self.spans[start:])
        if target not in (text, f"mailto:{text}", f"http://{text}"):
            self._add(f" ({target})", "muted")

    def _write_text(self, content: str) -> None:
        text = shown(content)
        if not self._links and ("://" in text or "www." in text):
            self._write_urls(text)
        else:
            self._add(text)

    def _write_urls(self, text: str) -> None:
        written = 0
        for match in _URL.finditer(text):
            url = match.group().rstrip(_TRAILING)
            if url.endswith(")") and "(" not in url:
                url = url.rstrip(")" + _TRAILING)
            self._add(text[written : match.start()])
            self._add(url, f"{self._ink} link")
            written = match.start() + len(url)
        self._add(text[written:])

    def _add(self, text: str, ink: str | None = None) -> None:
        if text:
            self.spans.append(Span(text, ink or self._ink))

    def _push(self, ink: str) -> None:
        self._inks.append(ink)
        self._ink = " ".join(self._inks)

    def _pop(self) -> None:
        self._inks.pop()
        self._ink = " ".join(self._inks)


def _target(token: "Token", name: str) -> str:
    """The address as it was written, and the title after it."""
    title = token.attrGet("title")
    return clean_line(shown(f'{token.attrGet(name)} "{title}"' if title else str(token.attrGet(name))))
