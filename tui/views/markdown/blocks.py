"""The blocks of a Markdown text as lines: headings, lists, quotes, code, tables."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean_line
from tui.views.code.highlight import Patience, highlight
from tui.views.code.output import AS_ON_A_TERMINAL, is_output, pieces
from tui.views.markdown.controls import for_terminal, shown
from tui.views.markdown.inline import inline_spans
from tui.views.markdown.origins import CodePiece, Origins
from tui.views.markdown.parser import ALIGNED, MAX_NESTING, SIGNS_OF_RULE, parser
from tui.views.text.ink import ASIDE, CODE_BAR, QUOTE_BAR, WRAPPED, Line, Span
from tui.views.text.tables import table_lines
from tui.views.text.trace import WrittenText
from tui.views.text.wrap import line_width, wrap_spans

if TYPE_CHECKING:
    from markdown_it.token import Token

_BULLETS = ("•", "◦", "▪")
_PLUS = "+"
"""A list of them keeps its sign: beside one of `-` it may be what changed in a file."""
_HEADINGS = {"h1": "heading strong underline", "h2": "heading strong"}


class TooDeep(ValueError):
    """The blocks are nested deeper than the parser follows."""


def render(text: str, width: int, prose: int, *, typed: bool = False, traced: WrittenText | None = None) -> list[Line]:
    """The cleaned Markdown text as lines of at most `prose` cells, code and tables `width`.

    It is `typed` where a person wrote it.

    Where they are `traced`, it is told what each part of them shows of the text.

    Raises:
        TooDeep: the parser would drop parts of it.
        TooIntricate: its tables have too many cells.
    """
    try:
        tokens = parser(typed=typed).parse(text)
    except RecursionError as error:
        raise TooDeep from error
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        raise TooDeep
    if traced is None:
        return _Renderer(text, tokens, width, prose, typed=typed).render()
    return traced.parted(_Renderer(text, tokens, width, prose, typed=typed, origins=Origins(traced)).render())


class _Renderer:
    def __init__(
        self,
        text: str,
        tokens: Sequence["Token"],
        width: int,
        prose: int,
        *,
        typed: bool,
        origins: Origins | None = None,
    ) -> None:
        self._typed = typed
        self._source = text.split("\n")
        self._tokens = tokens
        self._width = width
        self._prose = prose
        self._origins = origins
        self._lines: list[Line] = []
        self._lead: Line = []
        self._hang: Line = []
        self._fresh = True
        self._ink = "text"
        self._outer: list[tuple[Line, str]] = []
        self._markers: list[list[str]] = []
        self._bullet_depth = 0
        self._patience = Patience()

    def render(self) -> list[Line]:
        """Every token in turn; each kind that does something has a method of its name."""
        for position, token in enumerate(self._tokens):
            action = _ACTIONS.get(token.type)
            if action is not None:
                action(self, token, position)
        return self._lines

    def _gap(self, token: "Token", *, always: bool = False) -> None:
        """One blank line before a block where the author left one."""
        if not self._fresh and (always or self._blank_before(token)):
            self._lines.append(_rstripped(self._hang))
        self._fresh = False

    def _blank_before(self, token: "Token") -> bool:
        above = token.map[0] - 1 if token.map else -1
        return 0 <= above < len(self._source) and not self._source[above].strip(" >")

    def _emit(self, spans: Sequence[Span]) -> None:
        self._wrap(spans, self._prose)

    def _wrap(
        self, spans: Sequence[Span], width: int, extra: Line | tuple[()] = (), extra_hang: Line | tuple[()] = ()
    ) -> None:
        self._lines.extend(wrap_spans(spans, width, [*self._lead, *extra], [*self._hang, *extra_hang]))
        self._lead = self._hang

    def _enter(self, lead: Span, hang: Span, ink: str) -> bool:
        """Begin something that stands beside a sign; whether there is room for that beside what is around it."""
        self._outer.append((self._hang, self._ink))
        self._ink = ink
        if line_width(self._hang) + len(hang.text) > self._prose * 2 // 3:
            return False
        self._lead = [*self._lead, lead]
        self._hang = [*self._hang, hang]
        return True

    def _leave(self) -> None:
        if self._lead is not self._hang:
            self._emit([])
        self._hang, self._ink = self._outer.pop()
        self._lead = self._hang
        self._fresh = False

    def paragraph(self, token: "Token", _: int) -> None:
        self._gap(token)

    def heading(self, token: "Token", _: int) -> None:
        self._gap(token, always=token.markup.startswith("#"))
        self._outer.append((self._hang, self._ink))
        self._ink = _HEADINGS.get(token.tag, "heading")

    def heading_end(self, *_: object) -> None:
        self._ink = self._outer.pop()[1]

    def text(self, token: "Token", position: int) -> None:
        in_lines = self._tokens[position - 1].type == "paragraph_open"
        if self._origins is None:
            spans = inline_spans(token.content, self._ink, typed=self._typed, lines=in_lines)
        else:
            spans = self._origins.text(token, self._ink, typed=self._typed, lines=in_lines)
        self._emit(spans)

    def code(self, token: "Token", _: int) -> None:
        self._gap(token)
        words = token.info.split()
        content = for_terminal(token.content.removesuffix("\n"))
        is_for_terminal = is_output(content)
        if words or is_for_terminal:
            head = self._of_line(token, Span(clean_line(shown(" ".join(words))), "muted")) if words else []
            note = [Span(f"{'  ' if words else ''}{AS_ON_A_TERMINAL}", f"muted {ASIDE}")] if is_for_terminal else []
            self._wrap([*head, *note], self._width, [CODE_BAR], [CODE_BAR])
        if is_for_terminal:
            lines = self._output(token, content)
        else:
            lines = highlight(shown(content), words[0].strip("{}.") if words else "", self._patience)
            lines = lines if self._origins is None else self._origins.code(token, lines)
        for spans in lines:
            self._wrap(spans, self._width, [CODE_BAR], [CODE_BAR, WRAPPED])

    def _output(self, token: "Token", content: str) -> list[Line]:
        """The lines of a block that a program wrote for a terminal."""
        lines: list[list[CodePiece]] = [[]]
        begin = 0
        for start, end, ink in pieces(content):
            if content[start] == "\n":
                lines.append([])
                begin = end
            else:
                lines[-1].append(CodePiece(shown(content[start:end]), start - begin, end - begin, ink or "code"))
        if self._origins is not None:
            return self._origins.output(token, lines)
        return [[Span(piece.text, piece.ink) for piece in line] for line in lines]

    def aligned(self, token: "Token", _: int) -> None:
        self._gap(token)
        lines = [[Span(line, self._ink)] for line in shown(token.content).split("\n")]
        for spans in lines if self._origins is None else self._origins.code(token, lines):
            self._wrap(spans, self._width)

    def rule(self, token: "Token", _: int) -> None:
        self._gap(token)
        line = self._source[token.map[0]].rstrip() if token.map else ""
        begin = len(line.rstrip(f"{token.markup[0]} "))
        signs = line[begin:].strip()
        if signs.count(token.markup[0]) == SIGNS_OF_RULE:
            signs = "─" * max(1, self._prose - line_width(self._hang))
        self._emit(self._of_line(token, Span(signs, "rule")))

    def _of_line(self, token: "Token", span: Span) -> Line:
        """Something that stands for the first line of a token."""
        return [span] if self._origins is None or token.map is None else self._origins.whole(token.map[0], span)

    def quote(self, token: "Token", _: int) -> None:
        self._gap(token)
        self._enter(QUOTE_BAR, QUOTE_BAR, "quote")
        self._fresh = True

    def container_end(self, *_: object) -> None:
        self._leave()

    def bullets(self, token: "Token", _: int) -> None:
        self._gap(token)
        self._fresh = True
        self._markers.append([_PLUS if token.markup == _PLUS else _BULLETS[self._bullet_depth % len(_BULLETS)]])
        self._bullet_depth += 1

    def bullets_end(self, *_: object) -> None:
        self._bullet_depth -= 1
        self.list_end()

    def numbers(self, token: "Token", position: int) -> None:
        self._gap(token)
        self._fresh = True
        self._markers.append(self._numbers_of_list(token.level, position))

    def _numbers_of_list(self, level: int, position: int) -> list[str]:
        """The numbers as they were written, right-aligned; in reverse, to be popped."""
        written: list[str] = []
        for at in range(position + 1, len(self._tokens)):
            token = self._tokens[at]
            if token.level == level:
                break
            if token.type == "list_item_open" and token.level == level + 1:
                written.append(f"{token.info}{token.markup}")
        widest = max(map(len, written), default=0)
        return [number.rjust(widest) for number in reversed(written)]

    def list_end(self, *_: object) -> None:
        self._markers.pop()

    def item(self, token: "Token", _: int) -> None:
        self._gap(token)
        numbered = token.info != ""
        marker = (self._markers[-1].pop() if numbered else self._markers[-1][0]) + " "
        sign = Span(marker, "accent")
        if self._origins is not None:
            sign = self._origins.sign(token, sign)
        if not self._enter(sign, Span(" " * len(marker)), self._ink) and marker[:-1] not in _BULLETS:
            self._emit([sign])
        self._fresh = True

    def table(self, token: "Token", _: int) -> None:
        self._gap(token)
        first, last = token.map or (0, 0)
        numbers = (first, *range(first + 2, last))
        header, *rows = (
            [self._cell(cell, number) for cell in row] for row, number in zip(token.meta["rows"], numbers, strict=True)
        )
        room = max(4, self._width - line_width(self._hang))
        for line in table_lines(header, rows, token.meta["aligns"], room):
            self._lines.append([*self._lead, *line])
            self._lead = self._hang

    def _cell(self, text: str, number: int) -> Line:
        if self._origins is None:
            return inline_spans(text, self._ink, typed=self._typed)
        return self._origins.cell(text, number, self._ink, typed=self._typed)


def _rstripped(line: Line) -> Line:
    stripped = list(line)
    while stripped and not stripped[-1].text.strip():
        stripped.pop()
    if stripped:
        text, ink = stripped[-1]
        stripped[-1] = Span(text.rstrip(), ink)
    return stripped


_ACTIONS: dict[str, Callable[[_Renderer, "Token", int], None]] = {
    "paragraph_open": _Renderer.paragraph,
    "heading_open": _Renderer.heading,
    "heading_close": _Renderer.heading_end,
    "inline": _Renderer.text,
    "fence": _Renderer.code,
    "code_block": _Renderer.code,
    ALIGNED: _Renderer.aligned,
    "hr": _Renderer.rule,
    "blockquote_open": _Renderer.quote,
    "blockquote_close": _Renderer.container_end,
    "bullet_list_open": _Renderer.bullets,
    "bullet_list_close": _Renderer.bullets_end,
    "ordered_list_open": _Renderer.numbers,
    "ordered_list_close": _Renderer.list_end,
    "list_item_open": _Renderer.item,
    "list_item_close": _Renderer.container_end,
    "table": _Renderer.table,
}
