"""Large texts in pages, so that what one key does is bounded: each is laid out, cleaned and searched by itself.

A page ends where a line does, where one ends soon; else before a character that begins something by itself.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from tui.views.text.composed import Range

PAGE = 16 * 1024
"""Characters of a page, more or less: lines of a letter, or emoji that are joined, take some 25 ms."""

ONE_PAGE = 64 * 1024
"""Characters of a text up to which it is one page; rendering one as Markdown takes some 0.6 ms per KB."""

_MOST_ASTRAL, _MOST_LINES = 8_000, 8_000
"""Characters beyond the basic plane, and lines, of a text up to which it is one page: they take longest to lay out."""

_LINE_END_WITHIN, _SEAM_WITHIN = 1024, 256
_SEAM = re.compile(
    "[ -~\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]|(?<!\u200d)[\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"
)
"""What joins nothing that stands before it."""


class TextPage(NamedTuple):
    """One page of a text: its number from 0, and from where to where it goes."""

    number: int
    start: int
    end: int


def is_large(text: str) -> bool:
    """Whether a text has more than one page."""
    if len(text) > ONE_PAGE:
        return True
    if len(text) <= min(_MOST_ASTRAL, _MOST_LINES):
        return False
    if text.count("\n") > _MOST_LINES:
        return True
    if text.isascii():
        return False
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text) > _MOST_ASTRAL


def page_numbered(text: str, number: int) -> TextPage:
    """The page of that number, or the last one; a text that is not large is one."""
    if not is_large(text):
        return TextPage(0, 0, len(text))
    number = min(max(number, 0), page_count(text) - 1)
    return TextPage(number, _seam(text, number * PAGE), _seam(text, (number + 1) * PAGE))


def page_with(text: str, place: int) -> TextPage:
    """The page that a character is on."""
    page = page_numbered(text, place // PAGE)
    return page if page.start <= place or not page.number else page_numbered(text, page.number - 1)


def page_count(text: str) -> int:
    """The number of pages."""
    if not is_large(text):
        return 1
    count = -(-len(text) // PAGE)
    return count if _seam(text, (count - 1) * PAGE) < len(text) else count - 1


def _seam(text: str, at: int) -> int:
    if not at or at >= len(text):
        return min(at, len(text))
    line_end = text.find("\n", at, at + _LINE_END_WITHIN)
    if line_end >= 0:
        return line_end + 1
    found = _SEAM.search(text, at, at + _SEAM_WITHIN)
    return at if found is None else found.start()


class PageMatch(NamedTuple):
    """What was found on a page, or from there on: from which to which character of the page as it is shown."""

    start: int
    end: int
    page: int = 0


def found_in(
    text: str, shown: Callable[[str], str], find: Callable[[str], Iterator[Range | None]]
) -> Iterator[PageMatch | None]:
    """What is found in a text as it is shown, and None now and then, where the caller may pause."""
    if is_large(text):
        return _found_in_pages(text, shown, find)
    return (found if found is None else PageMatch(*found) for found in find(shown(text)))


def _found_in_pages(
    text: str, shown: Callable[[str], str], find: Callable[[str], Iterator[Range | None]]
) -> Iterator[PageMatch | None]:
    pages: list[str] = []
    for number in range(page_count(text)):
        page = page_numbered(text, number)
        pages.append(shown(text[page.start : page.end]))
        yield None
    starts = [0, *accumulate(map(len, pages))]
    for found in find("".join(pages)):
        if found is None:
            yield None
        else:
            number = min(bisect_right(starts, found[0]), len(pages)) - 1
            yield PageMatch(found[0] - starts[number], found[1] - starts[number], number)
