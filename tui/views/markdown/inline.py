"""The text of a paragraph as spans: emphasis, code, links with their targets in sight, everything else as written.

CommonMark's rules, less what `markup` lists. Each piece of markup is a `Mark`, a place in the text, and what is between
the marks is shown as it stands: so nothing can be lost that no mark is for. All of it takes linear time.
"""

import re
import string
import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from html.entities import html5

from tui.terminal.text.clean import clean, clean_line
from tui.views.markdown.controls import shown
from tui.views.markdown.emphasis import Delimiters, pair, run_at
from tui.views.markdown.links import Target, is_link, target_at
from tui.views.markdown.marks import CODE, Mark, spans_of
from tui.views.markdown.ticks import Ticks
from tui.views.text.ink import Line

_URL = r"(?P<url>(?:https?|ftp)://[^\s<>\"'`|\\\[\]]+|www\.[^\s<>\"'`|\\\[\]]+\.[^\s<>\"'`|\\\[\]]+)"
_TRAILING = ".,;:!?*_~…。，、"
_ANSWER = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])|(?P<ticks>`+)|(?P<run>\*+|_+|~+)|(?P<open>!?\[)|(?P<close>\])"
    r"|&(?P<reference>#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});|" + _URL
)
_TYPED = re.compile(r"(?P<plain>\\`+)|(?P<ticks>`+)|(?P<run>(?<!\*)\*\*(?!\*))|" + _URL)
_ANY = re.compile(r"[\\`*_~\[\]<&]|://|www\.")
_BLOCK = re.compile(
    r"(?m)^ *(?:(?:#{1,6}|[-+*]|\d{1,9}[.)])(?=[ \n]|\Z)|>|`{3}|~{3}|(?:=+|-+) *$|(?:[-*_] *){3,}$)",
)
"""What would begin a block at the begin of a line."""

_PUNCTUATION = frozenset(string.punctuation)
_NO_ESCAPE = "\u2216"
"""Punctuation without a meaning, which stands for an escaped backslash while it is looked for what would be markup."""


def inline_spans(text: str, ink: str = "text", *, typed: bool = False, lines: bool = False) -> Line:
    """One paragraph, heading or cell as cleaned spans on the given ink; a line break is a line feed in the text.

    Of what a person has `typed` nothing but code is taken for markup. In `lines` a backslash may also keep one of them
    from being the begin of a heading or a list.
    """
    if _ANY.search(text) is None:
        return spans_of(text, (), ink)
    return spans_of(text, marks_in(text, typed=typed, lines=lines), ink)


def marks_in(text: str, *, typed: bool = False, lines: bool = False) -> list[Mark]:
    """All the markup of a paragraph in its order."""
    scan = _Scan(text, typed=typed)
    marks = scan.marks()
    if scan.escapes:
        marks += [Mark(at, at + 1) for at in _needed(text, scan.escapes, lines=lines)]
    return sorted(marks)


def _needed(text: str, escapes: list[int], *, lines: bool) -> list[int]:
    """The backslashes before what would be markup without them: only those are markup themselves."""
    ends = [0, *(at + 2 for at in escapes)]
    kept = [_NO_ESCAPE if text[at + 1] == "\\" else text[at + 1] for at in escapes]
    between = [text[begin:end] for begin, end in zip(ends, [*escapes, len(text)], strict=True)]
    bare = between[0] + "".join(f"{one}{part}" for one, part in zip(kept, between[1:], strict=True))
    hidden = [mark[:2] for mark in _Scan(bare, typed=False).marks() if mark.shown != bare[mark.start : mark.end]]
    if lines:
        hidden += [found.span() for found in _BLOCK.finditer(bare)]
    hidden.sort()
    starts = [start for start, _ in hidden]

    def is_markup(place: int) -> bool:
        before = bisect_right(starts, place) - 1
        return before >= 0 and place < hidden[before][1]

    needed: list[int] = []
    for number in reversed(range(len(escapes))):
        at, place = escapes[number], escapes[number] - number
        if text[at + 1] != "\\":
            is_needed = is_markup(place)
        else:
            # A backslash is one that is kept from making text of what comes next.
            follows = needed and needed[-1] == at + 2
            is_needed = bool(follows) or (text[at + 2 : at + 3] in _PUNCTUATION and is_markup(place + 1))
        if is_needed:
            needed.append(at)
    return needed


@dataclass(slots=True)
class _Bracket:
    """An opening bracket that may begin a link or a picture, and how much was found before it."""

    start: int
    end: int
    runs: int
    marks: int


@dataclass(slots=True)
class _Scan:
    """One way through a paragraph."""

    text: str
    typed: bool
    escapes: list[int] = field(default_factory=list)
    """The backslashes before punctuation, which is text then."""
    _marks: list[Mark] = field(default_factory=list)
    _runs: list[Delimiters] = field(default_factory=list)
    _brackets: list[_Bracket] = field(default_factory=list)
    _around: int = 0
    """How many of the open brackets have a link inside, so that they begin none."""
    _ticks: Ticks | None = None
    _line: int = 0
    _counted: int = 0
    """Up to where lines are counted."""

    def marks(self) -> list[Mark]:
        """The markup without backslashes, in any order."""
        text, pattern, at = self.text, _TYPED if self.typed else _ANSWER, 0
        while (found := pattern.search(text, at)) is not None:
            kind = found.lastgroup or ""
            at = _KINDS[kind](self, found)
        return self._marks + pair(self._runs, shown=self.typed)

    def escape(self, found: re.Match[str]) -> int:
        """What stands behind the backslash is text."""
        self.escapes.append(found.start())
        return found.end()

    def plain(self, found: re.Match[str]) -> int:
        """Text, with its backslash."""
        return found.end()

    def code(self, found: re.Match[str]) -> int:
        """Code up to as many backticks; without them the backticks are text."""
        begin, inside = found.span()
        self._ticks = self._ticks or Ticks(self.text)
        outside = self._ticks.closing(begin, inside)
        if outside is None:
            return inside
        content = self.text[inside:outside]
        blank = int(content[:1] in " \n" and content[-1:] in " \n" and bool(content.strip()))
        end = outside + inside - begin
        self._marks += (Mark(begin, inside + blank, push=CODE), Mark(outside - blank, end, pop=True))
        return end

    def run(self, found: re.Match[str]) -> int:
        """Stars, underscores or tildes, which may emphasize."""
        begin, end = found.span()
        self._line += self.text.count("\n", self._counted, begin)
        self._counted = begin
        self._runs.append(run_at(self.text, begin, end, self._line))
        return end

    def opening(self, found: re.Match[str]) -> int:
        """A bracket that may begin a link."""
        self._brackets.append(_Bracket(*found.span(), len(self._runs), len(self._marks)))
        return found.end()

    def closing(self, found: re.Match[str]) -> int:
        """A bracket that may end a link or a picture: what it is shows behind it."""
        if not self._brackets:
            return found.end()
        bracket = self._brackets.pop()
        picture = bracket.end - bracket.start > 1
        dead = not picture and len(self._brackets) < self._around
        self._around = min(self._around, len(self._brackets))
        target = None if dead else target_at(self.text, found.end())
        if target is None or not (picture or is_link(self.text, bracket.start, found.start(), target)):
            return found.end()
        inner = self._runs[bracket.runs :]
        del self._runs[bracket.runs :]
        if picture:
            del self._marks[bracket.marks :]
            self._picture(bracket, found, target)
        else:
            self._around = len(self._brackets)
            self._marks += pair(inner)
            self._link(bracket, found, target)
        return target.end

    def _picture(self, bracket: _Bracket, found: re.Match[str], target: Target) -> None:
        words = clean_line(shown(self.text[bracket.end : found.start()]))
        self._marks += (
            Mark(bracket.start, found.start(), f"[image: {words}]", "link"),
            Mark(found.start(), target.end, _aside(target.words), "muted"),
        )

    def _link(self, bracket: _Bracket, found: re.Match[str], target: Target) -> None:
        words = self.text[bracket.end : found.start()]
        aside = "" if target.words == words else _aside(target.words)
        self._marks += (
            Mark(bracket.start, bracket.end, push="link"),
            Mark(found.start(), target.end, aside, "muted", pop=True),
        )

    def url(self, found: re.Match[str]) -> int:
        """A bare address: nothing in it is markup."""
        url = found.group().rstrip(_TRAILING)
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(")" + _TRAILING)
        end = found.start() + len(url)
        self._marks.append(Mark(found.start(), end, url, push="link", pop=True))
        return max(end, found.start() + 1)

    def reference(self, found: re.Match[str]) -> int:
        """A character by its name or number; to a control character it shows that."""
        character = _referred(found["reference"])
        if character:
            self._marks.append(Mark(*found.span(), character))
        return found.end()


def _aside(words: str) -> str:
    return f" ({clean_line(shown(words))})"


def _referred(name: str) -> str:
    if not name.startswith("#"):
        return html5.get(f"{name};", "")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return clean(chr(code)) if code <= sys.maxunicode else ""


_KINDS: dict[str, Callable[[_Scan, re.Match[str]], int]] = {
    "escape": _Scan.escape,
    "plain": _Scan.plain,
    "ticks": _Scan.code,
    "run": _Scan.run,
    "open": _Scan.opening,
    "close": _Scan.closing,
    "url": _Scan.url,
    "reference": _Scan.reference,
}
