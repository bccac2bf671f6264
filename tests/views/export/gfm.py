"""GitHub's Markdown as it is read: by the parser that is here, and by its own program where that is installed."""

import re
import shutil
import subprocess
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt

PROGRAM = "cmark-gfm"
_EXTENSIONS = ("table", "strikethrough", "autolink", "tagfilter", "tasklist", "footnotes")


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("gfm-like", {"html": True, "maxNesting": 300})


def rendered(text: str) -> str:
    """The HTML of a document."""
    return str(_reader().render(text))


def rendered_by_program(text: str) -> str | None:
    """The HTML that GitHub's own program makes; None where it is not installed."""
    if shutil.which(PROGRAM) is None:
        return None
    options = [option for name in _EXTENSIONS for option in ("-e", name)]
    made = subprocess.run([PROGRAM, "--unsafe", *options], input=text, capture_output=True, check=True, text=True)
    return made.stdout


_CALL = re.compile(r"(?<!\w)@[a-z0-9]|#[0-9]|(?<!\w)GH-[0-9]|\[!note\]", re.IGNORECASE | re.ASCII)


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.calls: list[str] = []
        self._inside: list[str] = []
        self._numbers: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Line ends and the numbers of lists are text to whoever reads."""
        self.tags.append(tag)
        if tag in ("ol", "ul"):
            self._numbers.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        self._inside += [tag] if tag in ("a", "code") else []
        if tag in ("br", "p", "li", "tr", "pre", "h1", "h2", "h3"):
            self.text.append("\n")
        if tag == "li" and self._numbers and (number := self._numbers[-1]) is not None:
            self.text.append(f"{number}. ")
            self._numbers[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        """What stands behind it is outside of it."""
        if tag in ("ol", "ul"):
            self._numbers.pop()
        if self._inside[-1:] == [tag]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """What is read."""
        self.text.append(data)
        self.calls += [] if self._inside else _CALL.findall(data)


def read(html: str) -> str:
    """What a reader of the HTML sees, with blanks as they come."""
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return "".join(reading.text)


def calls(html: str) -> list[str]:
    """What GitHub, which looks through the text when it is HTML, makes links of, so that somebody is told."""
    reading = _Reading()
    reading.feed(html)
    return reading.calls


def letters(text: str) -> str:
    """A text without its blanks."""
    return "".join(text.split())


def tags(html: str) -> set[str]:
    """The kinds of elements in it."""
    reading = _Reading()
    reading.feed(html)
    return set(reading.tags)
