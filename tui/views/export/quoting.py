"""What a user or an agent wrote as a block quote of a Markdown document, which shows there what the screen shows.

What is markup is told by the screen's reading of the text. Everything else that GitHub's Markdown would take for markup
gets a backslash: HTML, pictures, which would be fetched when a report is opened, definitions of links, which would hold
in all of the document, and whatever of a question, a path or a formula only looks like markup.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate, chain
from operator import itemgetter
from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean
from tui.views.export.escapes import NOTHING, Insertion, insertions
from tui.views.markdown.inline import marks_in
from tui.views.markdown.limits import TooIntricate, is_intricate, limit_tables
from tui.views.markdown.parser import ALIGNED, MAX_NESTING, SIGNS_OF_RULE, parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PARSED_LIMIT = 200_000
"""Characters of a text that is read for its markup; a larger or intricate one is shown as it was written."""

_DANGER = re.compile(r"<[A-Za-z/!?]|!\[|\]:")
"""Without any of these a text holds no HTML, picture or definition."""

_LEAD = re.compile(r"(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*\t")
"""A tab in what stands before the words of a line: in a quote it would lead elsewhere."""

_BLANKS = re.compile(r"[ >]*\t[ \t>]*")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")
_BACKTICKS = re.compile(r"`+")
_TAB = 4
_PLUS = "+"
"""A list of them keeps its sign, as on the screen: beside one of `-` it may be what changed in a file."""

_NESTING = 100
_LEFT_OUT = "> *no text*\n"


def legible(text: str) -> str:
    """The text with what cannot be seen made visible; tabs and line feeds stay."""
    return "\t".join(map(clean, text.split("\t"))) if "\t" in text else clean(text)


def fenced(text: str, language: str = "") -> str:
    """The text as a block of code, its fence longer than any inside; it reads back as it is."""
    fence = "`" * longer_than_inside(text, 3)
    return f"{fence}{language}\n{text}\n{fence}\n"


def longer_than_inside(text: str, least: int) -> int:
    """How many backticks more than ever follow each other in the text, and not less than so many."""
    return max(least, 1 + max((len(run) for run in _BACKTICKS.findall(text)), default=0))


def quoted(text: str, *, typed: bool = False) -> str:
    """Markdown of an agent, or `typed` by a user, as a block quote: nothing of it gets out or is lost."""
    text = legible(text).rstrip("\n")
    if not text.strip():
        return _LEFT_OUT
    if len(text) <= PARSED_LIMIT and not is_intricate(text):
        with suppress(TooIntricate, RecursionError):
            quote = _prefixed(_Quote(text, typed=typed).text())
            if _DANGER.search(text) is None or _is_harmless(quote):
                return quote
    elif _DANGER.search(text) is None:
        return _prefixed(text)
    return _prefixed(fenced(text, "markdown").rstrip("\n"))


def quoted_as_written(text: str) -> str:
    """The same for whoever reads the source of a report: as a block quote, and not a sign is added."""
    text = legible(text).rstrip("\n")
    return _prefixed(text) if text.strip() else _LEFT_OUT


def _prefixed(text: str) -> str:
    return "".join(f"> {line}\n" if line else ">\n" for line in text.split("\n"))


class _Quote:
    """A text and what has to be put into it."""

    def __init__(self, text: str, *, typed: bool) -> None:
        self._typed = typed
        self._lines = text.split("\n")
        self._starts = [*accumulate((len(line) + 1 for line in self._lines), initial=0)]
        self._text = text
        self._tokens: Sequence[Token] = parser(typed=typed).parse(text)
        if any(token.level >= MAX_NESTING - 1 for token in self._tokens):
            raise TooIntricate

    def text(self) -> str:
        """The text with everything put in, and no tabs where the mark of the quote would move them."""
        parts: list[str] = []
        at = 0
        for place, inserted in sorted(chain.from_iterable(self._blocks()), key=itemgetter(0)):
            parts += [self._text[at:place], inserted]
            at = place
        lines = "".join([*parts, self._text[at:]]).split("\n")
        if "\t" not in self._text:
            return "\n".join(lines)
        code = {
            number: (token.type, token.level)
            for token in self._tokens
            if token.type in ("fence", "code_block", ALIGNED) and token.map is not None
            for number in range(*token.map)
        }
        return "\n".join(_untabbed(line, *code.get(number, ("", 0))) for number, line in enumerate(lines))

    def _blocks(self) -> Iterator[list[Insertion]]:
        for number, token in enumerate(self._tokens):
            first = token.map[0] if token.map else 0
            if token.type == "inline":
                item, block = self._tokens[max(number - 2, 0)], self._tokens[number - 1]
                is_plus = item.type == "list_item_open" and item.markup == _PLUS
                if item.type == "paragraph_close":
                    yield self._parted(first)  # signs that are text end what is above them
                is_heading = block.type == "heading_open" and block.markup.startswith("#")
                yield self._of_text(token.content, first, lines=not is_heading, is_plus=is_plus)
                last = token.content.rpartition("\n")[2]
                if token.map and last != token.content and _UNDERLINE.fullmatch(last) is not None:
                    yield self._parted(token.map[1])
            elif token.type == "hr":
                yield self._of_rule(first, token.markup[0])
            elif token.type == "ordered_list_open":
                yield from self._of_numbers(number)
            elif token.type == "table":
                yield from self._of_table(token, first)

    def _parted(self, number: int) -> list[Insertion]:
        """What keeps a line from going on with the one above it."""
        is_text = 0 < number < len(self._lines) and self._lines[number].strip() and self._lines[number - 1].strip()
        return [(self._starts[number], "\n")] if is_text else []

    def _of_rule(self, number: int, sign: str) -> list[Insertion]:
        """A line of more signs than a rule needs is text, as on the screen."""
        line = self._lines[number]
        begin = len(line.rstrip(f"{sign} \t"))
        if line.count(sign, begin) == SIGNS_OF_RULE:
            return []
        places = [place for place, found in enumerate(line) if place >= begin and found == sign]
        escapes = [(self._starts[number] + place, "\\") for place in (places[:1] if sign == "-" else places)]
        return [*(self._parted(number) if not line[:begin].strip() else []), *escapes, *self._parted(number + 1)]

    def _of_numbers(self, number: int) -> Iterator[list[Insertion]]:
        """A comment before each number that does not follow on the one before, since it begins another list."""
        level, following = self._tokens[number].level + 1, None
        for token in self._tokens[number + 1 :]:
            if token.level < level:
                return
            if token.type != "list_item_open" or token.level != level or not token.map:
                continue
            if following is not None and int(token.info) != following:
                line = self._lines[token.map[0]]
                prefix = line[: len(line) - len(line.lstrip(" \t>"))]
                yield [(self._starts[token.map[0]], f"{prefix}{NOTHING}\n")]
            following = int(token.info) + 1

    def _of_text(self, text: str, first: int, *, lines: bool, is_plus: bool) -> list[Insertion]:
        marks = marks_in(text, typed=self._typed, lines=lines)
        found = insertions(text, marks, typed=self._typed, lines=lines)
        if is_plus:
            found.insert(0, (len(text) - len(text.lstrip()), "\\+ "))
        if not found:
            return []
        places = [place for number, line in enumerate(text.split("\n"), first) for place in self._places(number, line)]
        return [(places[at], inserted) for at, inserted in found]

    def _places(self, number: int, line: str) -> list[int]:
        """Where each character of a line of a paragraph stands in the text, and at last its end."""
        start, written = self._starts[number], self._lines[number]
        words = line.strip()
        end = written.rstrip()
        if not end.endswith(words):
            end = end.rstrip("#").rstrip()
        if not end.endswith(words):
            raise TooIntricate
        begin = start + len(end) - len(words)
        blanks = len(line) - len(line.lstrip())
        rest = len(line) - blanks - len(words)
        stop = begin + len(words)
        return [*[begin] * blanks, *range(begin, stop), *range(stop, stop + rest), stop + rest]

    def _of_table(self, token: "Token", first: int) -> Iterator[list[Insertion]]:
        for row, cells in enumerate(token.meta["rows"]):
            number = first + row + bool(row)
            at = 0
            for cell in filter(None, cells):
                places = self._places_of_cell(number, cell, at)
                at = places[-1] - self._starts[number]
                found = insertions(cell, marks_in(cell, typed=self._typed), typed=self._typed, lines=False)
                yield [(places[place], inserted) for place, inserted in found]
                yield [
                    (places[place], "\\")
                    for place, sign in enumerate(cell)
                    if sign == "|" and not self._has_backslash(places[place])
                ]

    def _has_backslash(self, place: int) -> bool:
        return self._text.endswith("\\", 0, place)

    def _places_of_cell(self, number: int, cell: str, at: int) -> list[int]:
        """The same for a cell, in which a pipe may have a backslash before it."""
        pattern = re.compile(re.escape(cell).replace(r"\|", r"(?:\\?\|)"))
        found = pattern.search(self._lines[number], at)
        if found is None:
            raise TooIntricate
        place = self._starts[number] + found.start()
        places: list[int] = []
        for sign in cell:
            if sign == "|" and self._text[place] == "\\":
                place += 1
            places.append(place)
            place += 1
        return [*places, place]


def _untabbed(line: str, block: str, level: int) -> str:
    """The line with blanks for the tabs before its words; `block` is the kind of code that it is in, and how deep."""
    if block == "fence" and not level:
        return line
    found = (_BLANKS if block else _LEAD).match(line)
    if found is None or (block and not level and line.startswith(" " * _TAB)):
        return line
    end = line.index("\t") + 1 if block and not level else found.end()
    return line[:end].expandtabs(_TAB) + line[end:]


def _is_harmless(quote: str) -> bool:
    """Whether a reader of GitHub's Markdown finds neither HTML of others nor a picture nor a definition in it."""
    env: dict[str, object] = {}
    for token in _reader().parse(quote, env):
        if (token.type == "html_block" and token.content.strip() != NOTHING) or token.level >= _NESTING - 2:
            return False
        for child in token.children or ():
            if child.type == "image" or (child.type == "html_inline" and child.content != NOTHING):
                return False
    return not env.get("references")


@lru_cache(maxsize=1)
def _reader() -> "MarkdownIt":
    """Unlike the screen's parser it knows HTML, so as to find it."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": True, "maxNesting": _NESTING}).enable(["table", "strikethrough"])
    limit_tables(made)
    return made
