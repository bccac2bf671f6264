"""Blocks of what people and agents said: messages, and what could not be read."""

from collections.abc import Mapping
from types import MappingProxyType

from tui.api.history import decode_message
from tui.api.page import UnreadableMessage
from tui.store.history.messages import MESSAGE
from tui.terminal.text.clean import clean, clean_line
from tui.views.markdown.lines import plain_lines
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.moments import when_text
from tui.views.text.pages import page_numbered, page_with
from tui.views.text.trace import Trace, wrapped
from tui.views.text.wrap import crop_line
from tui.views.transcript.blocks.block import BARS, Block, Marker
from tui.views.transcript.blocks.content import NO_PARTS, PartFolds, part_line, part_rows
from tui.views.transcript.blocks.feedback import SaidOf
from tui.views.transcript.blocks.history_message import HistoryMessage
from tui.views.transcript.blocks.prose import HEAD, Prose, prose_of
from tui.views.transcript.blocks.text_pages import Lead, Leads, fold_mark
from tui.views.transcript.modes import PROSE, Look, Modes

_ROLES = {"user": ("You", "user"), "assistant": ("Agent", "agent")}
_LABEL_LIMIT = 60
_LEAST_WIDTH = 20
_NARROWEST = 6
"""Cells in which a bar and what is wrapped beside it have room."""
_NOT_LONG: Mapping[int, int] = MappingProxyType({})


class MessageBlock(Block):
    """Something said by a person or the agent; a long one is folded to its head, and what is no text to one line."""

    __slots__ = ("_label", "_long", "_parts", "_said_from", "message", "said", "told_at")

    kind = "message"
    message: HistoryMessage

    def __init__(self, message: HistoryMessage, *, gap: bool, told_at: float | None = None) -> None:
        super().__init__(gap=gap, folded=True)
        self.message = message
        self.told_at = told_at
        """The time that was told last above it: of another day, the date is told too."""
        self._label = 1
        """The lines above what was said, without notes."""
        self._parts = NO_PARTS
        self.said: SaidOf | None = None
        """What people said of it."""
        self._said_from = 0
        """The line from which on that stands."""
        self._long = _NOT_LONG
        """The lines that say how many more of a text there are, and how many that is."""

    @property
    def first_text_line(self) -> int:
        """Below its label, and what is told of it."""
        return int(self.gap) + self._label

    def when(self) -> str:
        """The time, with the date where it is another one than above."""
        at = self.message.facts.at
        return self.message.clock() if at is None or self.told_at is None else when_text(at, self.told_at)

    def is_touched(self, modes: Modes) -> bool:
        """Whether it is a long one that was unfolded."""
        return not self.folded

    @property
    def beside(self) -> bool:
        """Everything but a question."""
        return self.message.facts.role != "user"

    @property
    def part(self) -> str:
        """Who speaks."""
        return self.who[0]

    @property
    def who(self) -> tuple[str, str]:
        """The word for who speaks, and the ink of it."""
        role = self.message.facts.role
        word, ink = _ROLES.get(role, (clean_line(role, _LABEL_LIMIT) if role else "No role", "other"))
        if self.message.facts.kind != MESSAGE:
            kind = clean_line(self.message.facts.kind, _LABEL_LIMIT) if self.message.facts.kind else "none"
            return f"{word} (type: {kind})", "other" if ink == "other" else ink
        return word, ink

    def guess(self, look: Look) -> int:
        """The label and the text, taken as if it had no line feeds of its own."""
        width = look.width if look.width < PROSE else PROSE  # of 100,000 the calls would be noticed
        lines = self.message.size // (width if width > _LEAST_WIDTH else _LEAST_WIDTH)
        return lines + 1 if lines <= HEAD else HEAD + 2

    def compose(self, look: Look) -> list[Line]:
        """The label with time and tokens, then the text beside a bar."""
        (word, ink), other = self.who, self.message.other
        if other and ink == "user":
            word, other = other, ""
        asides = " · ".join(filter(None, (self.message.aside(self.when()), other and f"by {other}")))
        bar = Span(BARS[ink], ink)
        lines: list[Line] = [crop_line([bar, Span(word, ink), Span(f"  {asides}", "muted")], look.width)]
        details = self.message.details(look, len(bar.text))
        lines += [crop_line([bar, *line], look.width) for line in (*details, *self.message.notes())]
        self._label = 1 + len(details)
        lines += self._body(look, len(lines), bar)
        if self.said is not None:
            if look.trace is None:
                self._said_from = len(lines) + int(self.gap)
            lines += self.said.lines(look)
        return lines

    def set_said(self, said: "SaidOf | None") -> None:
        """Show below it what people said of it."""
        self.said = said
        self.forget()

    def begins_of_said(self, look: Look) -> list[int]:
        """The line of each thing that somebody said of it."""
        self.lay_out(look)
        return [self._said_from + begin for begin in self.said.begins] if self.said is not None else []

    def texts(self) -> list[str]:
        """What a search looks through: the message, and what people said of it."""
        return [self.source(), *(self.said.texts() if self.said is not None else ())]

    @property
    def searchable_bytes(self) -> bool:
        """Not where people said something of it."""
        return self.said is None and super().searchable_bytes

    def _body(self, look: Look, first: int, bar: Span) -> list[Line]:
        """What was said, below the first lines; what is wrapped fits in any pane but the narrowest."""
        fits = look.width >= _NARROWEST
        body: list[Line] = []
        places: dict[int, int] = {}
        long: dict[int, int] = {}
        leads: Leads = {}
        for number, part in enumerate(self.message.parts()):
            if part.text is not None:
                prose = self._prose(part.text, number, look)
                leads |= {first + len(body) + at: Lead(number, page) for at, page in prose.leads.items()}
                lines = [[bar, *line] for line in prose.lines]
                body += lines if fits else [crop_line(line, look.width) for line in lines]
                if prose.long:
                    long[first + len(body)] = prose.hidden
                    rest = self._rest(prose, look.trace)
                    body.append(crop_line([bar, fold_mark(self.folded), rest], look.width))
                continue
            opened = number in self._parts.opened
            places[first + len(body)] = number
            body.append(crop_line([bar, fold_mark(not opened), *part_line(part, look.trace)], look.width))
            rows = part_rows(part, look.width - 6) if opened else []
            body += [crop_line([bar, Span("    "), *row], look.width) for row in rows]
        if look.trace is None:
            self._parts, self._long = self._parts.at(places), long or _NOT_LONG
            self.lead(leads)
        return body or [crop_line([bar, Span("no text", "muted")], look.width)]

    def _prose(self, text: str, number: int, look: Look) -> Prose:
        markdown, typed, page = self.message.is_markdown(look), self.message.facts.role == "user", self.page_of(number)
        return prose_of(text, look, 2, markdown=markdown, folded=self.folded, typed=typed, page=page)

    def show_page(self, page: int) -> None:
        """Unfold it and show a page of what was said, which may be one of a part."""
        super().show_page(page)
        at = page_numbered(self.source(), page).start
        for number, part in enumerate(self.message.parts()):
            if part.text is not None and at <= len(part.text) and self.pages is not None:
                self.pages.show(number, page_with(part.text, at).number)
                break
            at -= len(part.source) + len("\n\n")

    def _rest(self, prose: Prose, trace: Trace | None) -> Span:
        """What stands for all that is hidden of a text."""
        if not prose.hidden:
            return Span("fold again", f"muted {ASIDE}")
        return Span(prose.hidden_words, f"muted {ASIDE}") if trace is None else trace.texts[-1].rest(prose.hidden_words)

    @property
    def foldable(self) -> bool:
        """Whether it is long enough to be folded, or has parts that are."""
        return bool(self._long or self._parts.places) or not self.folded

    def set_folded(self, folded: bool) -> bool:
        """Fold or unfold all of it, with each part that is no text."""
        changed = self._take(self._parts.fold_all(folded))
        if self.said is not None and self.said.fold_all(folded):
            changed = True
            self.forget()
        return super().set_folded(folded) or changed

    def toggle(self, index: int, look: Look) -> bool:
        """On the line of a part that part, on what people said that, else all of it."""
        number = self._part_at(index, look)
        if number is None:
            return self._fold_said(index, None) if self._is_said(index) else super().toggle(index, look)
        return self._take(self._parts.fold(number, number in self._parts.opened))

    def fold_at(self, index: int, look: Look, folded: bool) -> bool:
        """On the line of a part that part, on what people said that, else all of it."""
        number = self._part_at(index, look)
        if number is None:
            return self._fold_said(index, folded) if self._is_said(index) else super().fold_at(index, look, folded)
        return self._take(self._parts.fold(number, folded))

    def mark_at(self, index: int, look: Look) -> Marker:
        """Of what people said, which and which line of it; else as of any text."""
        self.lay_out(look)
        if self.said is not None and self._is_said(index):
            return self.said.mark_at(index - self._said_from)
        return super().mark_at(index, look)

    def line_of(self, marker: Marker, look: Look) -> int:
        """The line that now holds it."""
        self.lay_out(look)
        line = self.said.line_of(marker) if self.said is not None else None
        return super().line_of(marker, look) if line is None else self._said_from + line

    def _is_said(self, index: int) -> bool:
        return self.said is not None and index >= self._said_from

    def _fold_said(self, index: int, folded: bool | None) -> bool:
        changed = self.said is not None and self.said.fold(index - self._said_from, folded)
        if changed:
            self.forget()
        return changed

    def _part_at(self, index: int, look: Look) -> int | None:
        self.lay_out(look)
        return self._parts.places.get(index - int(self.gap))

    def _take(self, parts: PartFolds) -> bool:
        """Show the parts so; whether that is otherwise than before."""
        changed = parts != self._parts
        self._parts = parts
        if changed:
            self.forget()
        return changed

    def is_mark(self, index: int, look: Look) -> bool:
        """The line of a part that is no text, and those that say how many more there are."""
        if self.said is not None and self._is_said(index):
            return self.said.is_mark(index - self._said_from)
        return self._part_at(index, look) is not None or index - int(self.gap) in self._long or self.leads(index)


class UnreadableBlock(Block):
    """An element of the history that is no message: why, and what it held."""

    __slots__ = ("message",)

    kind = "message"
    message: HistoryMessage

    def __init__(self, message: HistoryMessage, *, gap: bool) -> None:
        super().__init__(gap=gap)
        self.message = message

    def compose(self, look: Look) -> list[Line]:
        """A line that says so, the reason and the begin of the JSON."""
        message = decode_message(self.message.raw)
        reason = message.reason if isinstance(message, UnreadableMessage) else ""
        bar = Span(BARS["other"], "other")
        lines: list[Line] = [[bar, Span("This message could not be read", "failed")]]
        lines += wrapped(Span(clean(f"{reason}"), "muted"), look.width, look.trace, [bar])
        lines += [[bar, *line] for line in plain_lines(self.source()[:_RAW_SHOWN], look.width - 2, look.trace)]
        return [crop_line(line, look.width) for line in lines]

    def source(self) -> str:
        """The JSON as it came."""
        return bytes(self.message.raw).decode("utf-8", "replace")


_RAW_SHOWN = 2000
"""Characters of an unreadable message that are shown."""
