"""What CommonMark with tables and strikethrough leaves of a text: the parser as it comes, without any of our rules."""

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("reference")
    made.validateLink = _is_any_link  # type: ignore[method-assign]  # on the screen no link does harm
    return made


def _is_any_link(url: str) -> bool:
    return url is not None


def left_by_commonmark(text: str) -> Counter[str]:
    """The letters and signs that it shows, and how many of each; of two ways to pair stars each is as good."""
    return Counter("".join("".join(_shown(_parser().parse(text))).split()))


def _shown(tokens: "list[Token]") -> "Iterator[str]":
    for token in tokens:
        if token.children:
            yield from _shown(token.children)
        elif token.type != "image":
            yield token.content
