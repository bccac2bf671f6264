"""Blocks of what people and agents said: messages, reasoning, and what could not be read."""

import msgspec

from tui.api.history import decode_message
from tui.api.page import UnreadableMessage
from tui.store.history.messages import MESSAGE, Facts, parts_of
from tui.terminal.text.clean import clean, clean_line
from tui.views.markdown.lines import plain_lines
from tui.views.text import format as fmt
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.trace import wrapped
from tui.views.text.wrap import crop_line, plain
from tui.views.transcript.blocks.block import BARS, Block, Look, fold_mark
from tui.views.transcript.blocks.prose import HEAD, prose_lines, prose_of
from tui.views.transcript.blocks.turns import moment, tokens_text, when_text
from tui.views.transcript.modes import Modes

_ROLES = {"user": ("You", "user"), "assistant": ("Agent", "agent")}
_LABEL_LIMIT = 60


def content_of(raw: msgspec.Raw) -> str:
    """The text of a message as the server gave it."""
    return text_of(raw, parts_of(raw).content)


def text_of(raw: msgspec.Raw, content: msgspec.Raw | bytes | None) -> str:
    """The text of a message whose JSON of the content is at hand."""
    if content is None:
        return ""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = None
    if isinstance(value, str):
        return value
    message = decode_message(raw)
    return "" if isinstance(message, UnreadableMessage) else message.content or ""


class RawBlock(Block):
    """A block of one element of the history, which stays undecoded."""

    __slots__ = ("facts", "raw", "words")

    def __init__(self, raw: msgspec.Raw, facts: Facts, *, gap: bool, folded: bool = False, words: str = "") -> None:
        super().__init__(gap=gap, folded=folded)
        self.raw = raw
        self.facts = facts
        self.words = words
        """What is to be said of where it stands, e.g. that it is out of order."""

    @property
    def searchable_bytes(self) -> bool:
        """Whether all that a search looks through stands in the bytes."""
        return not self.facts.odd

    def is_markdown(self, look: Look) -> bool:
        """Whether its text is rendered."""
        return look.markdown and not self.facts.nested

    def source(self) -> str:
        """The text of the message, raw."""
        return content_of(self.raw)

    @property
    def first_text_line(self) -> int:
        """The line below its label."""
        return int(self.gap) + 1

    @property
    def size(self) -> int:
        """The bytes of its JSON."""
        return memoryview(self.raw).nbytes

    def notes(self) -> list[Line]:
        """What could not be read of the message, one line each."""
        if not self.facts.odd:
            return []
        message = decode_message(self.raw)
        noted = () if isinstance(message, UnreadableMessage) else message.notes
        return [[Span(f"note: {clean_line(note)}", "warning")] for note in noted]

    def when(self) -> str:
        """The time of day."""
        return fmt.clock(moment(self.facts.at)) if self.facts.at is not None else "no time"

    def aside(self) -> str:
        """Time and tokens of the message, and what is odd about it."""
        facts = self.facts
        asides = [
            self.when(),
            tokens_text(facts.tokens_in, facts.tokens_out),
            self.words,
        ]
        return " · ".join(aside for aside in asides if aside)


class MessageBlock(RawBlock):
    """Something said by a person or the agent; a long one is folded to its head."""

    __slots__ = ("hidden_lines", "told_at")

    kind = "message"

    def __init__(
        self, raw: msgspec.Raw, facts: Facts, *, gap: bool, words: str = "", told_at: float | None = None
    ) -> None:
        super().__init__(raw, facts, gap=gap, folded=True, words=words)
        self.hidden_lines = 0
        self.told_at = told_at
        """The time that was told last above it: of another day, the date is told too."""

    def when(self) -> str:
        """The time, with the date where it is another one than above."""
        at = self.facts.at
        return super().when() if at is None or self.told_at is None else when_text(at, self.told_at)

    def is_touched(self, modes: Modes) -> bool:
        """Whether it is a long one that was unfolded."""
        return not self.folded

    @property
    def beside(self) -> bool:
        """Everything but a question."""
        return self.facts.role != "user"

    @property
    def who(self) -> tuple[str, str]:
        """The word for who speaks, and the ink of it."""
        role = self.facts.role
        word, ink = _ROLES.get(role, (clean_line(role, _LABEL_LIMIT) if role else "No role", "other"))
        if self.facts.kind != MESSAGE:
            kind = clean_line(self.facts.kind, _LABEL_LIMIT) if self.facts.kind else "none"
            return f"{word} (type: {kind})", "other" if ink == "other" else ink
        return word, ink

    def guess(self, look: Look) -> int:
        """The label and the text, taken as if it had no line feeds of its own."""
        return min(HEAD + 2, 1 + self.size // max(20, look.width))

    def compose(self, look: Look) -> list[Line]:
        """The label with time and tokens, then the text beside a bar."""
        word, ink = self.who
        bar = Span(BARS[ink], ink)
        lines: list[Line] = [crop_line([bar, Span(word, ink), Span(f"  {self.aside()}", "muted")], look.width)]
        lines += [crop_line([bar, *note], look.width) for note in self.notes()]
        typed = self.facts.role == "user"
        text, markdown, trace = self.source(), self.is_markdown(look), look.trace
        prose = prose_of(text, look.width - 2, markdown=markdown, folded=self.folded, typed=typed, trace=trace)
        self.hidden_lines = prose.hidden
        lines += [[bar, *line] for line in prose.lines or [[Span("no text", "muted")]]]
        if self.hidden_lines:
            hidden = Span(prose.hidden_words, f"muted {ASIDE}")
            lines.append([bar, fold_mark(True), hidden if trace is None else trace.texts[-1].rest(hidden.text)])
        elif prose.long:
            lines.append([bar, fold_mark(False), Span("fold again", f"muted {ASIDE}")])
        return [crop_line(line, look.width) for line in lines]

    @property
    def foldable(self) -> bool:
        """Whether it is long enough to be folded."""
        return bool(self.hidden_lines) or not self.folded

    def is_mark(self, index: int, look: Look) -> bool:
        """The line that says how many more there are."""
        return self.foldable and index == self.lay_out(look) - 1


class ReasoningBlock(RawBlock):
    """What the agent thought; folded to one line."""

    __slots__ = ("_count",)

    kind = "reasoning"

    def __init__(self, raw: msgspec.Raw, facts: Facts, *, gap: bool, folded: bool, words: str = "") -> None:
        super().__init__(raw, facts, gap=gap, folded=folded, words=words)
        self._count: tuple[int, str] | None = None

    def is_touched(self, modes: Modes) -> bool:
        """Whether it is not as all reasoning is."""
        return self.folded == modes.reasoning

    @property
    def beside(self) -> bool:
        """Always."""
        return True

    @property
    def foldable(self) -> bool:
        """Always."""
        return True

    def guess(self, look: Look) -> int:
        """One line while folded."""
        return 1 if self.folded else 2 + self.size // max(20, look.width)

    def compose(self, look: Look) -> list[Line]:
        """One line that says how much there is; unfolded the text below it."""
        body = prose_lines(self.source(), look.width - 4, markdown=self.is_markdown(look), trace=look.trace)
        count = f"reasoning ({fmt.plural(len(body), 'line')})"
        head: Line = [Span(" "), fold_mark(self.folded), Span(count, "reasoning")]
        if self.words:
            head.append(Span(f" · {self.words}", "warning"))
        if self.folded:
            begin = next((text for line in body if (text := plain(line).strip())), "")
            return [crop_line([*head, Span(f"  {begin}", "muted")] if begin else head, look.width)]
        head.append(Span(f"  {self.aside()}", "muted"))
        notes = [[Span("    "), *note] for note in self.notes()]
        return [crop_line(line, look.width) for line in (head, *notes, *([Span("    "), *line] for line in body))]


class UnreadableBlock(RawBlock):
    """An element of the history that is no message: why, and what it held."""

    __slots__ = ()

    kind = "message"

    def compose(self, look: Look) -> list[Line]:
        """A line that says so, the reason and the begin of the JSON."""
        message = decode_message(self.raw)
        reason = message.reason if isinstance(message, UnreadableMessage) else ""
        bar = Span(BARS["other"], "other")
        lines: list[Line] = [[bar, Span("This message could not be read", "failed")]]
        lines += wrapped(Span(clean(f"{reason}"), "muted"), look.width, look.trace, [bar])
        lines += [[bar, *line] for line in plain_lines(self.source()[:_RAW_SHOWN], look.width - 2, look.trace)]
        return [crop_line(line, look.width) for line in lines]

    def source(self) -> str:
        """The JSON as it came."""
        return bytes(self.raw).decode("utf-8", "replace")


_RAW_SHOWN = 2000
"""Characters of an unreadable message that are shown."""
