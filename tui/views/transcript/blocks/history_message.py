"""A message of the history as blocks show it: undecoded, until one of its texts is looked at."""

import msgspec

from tui.api.content import ContentPart
from tui.api.history import decode_message
from tui.api.page import UnreadableMessage
from tui.store.history.messages import Facts
from tui.terminal.text.clean import clean_line
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span
from tui.views.text.moments import moment, tokens_text
from tui.views.text.wrap import crop_line
from tui.views.transcript.blocks.content import content_of, part_line
from tui.views.transcript.blocks.prose import prose_of
from tui.views.transcript.blocks.text_pages import Lead, Leads, TextPages
from tui.views.transcript.modes import Look


class HistoryMessage:
    """The bytes of a message, what is known of it without decoding, and what is to be said of where it stands."""

    __slots__ = ("facts", "raw", "words")

    def __init__(self, raw: msgspec.Raw, facts: Facts, words: str = "") -> None:
        self.raw = raw
        self.facts = facts
        self.words = words
        """E.g. that it is out of order."""

    @property
    def size(self) -> int:
        """The bytes of its JSON."""
        return memoryview(self.raw).nbytes

    def source(self) -> str:
        """The text of the message, raw; of a list of parts the texts, and the JSON of what is none."""
        return content_of(self.raw)

    def parts(self) -> tuple[ContentPart, ...]:
        """What was said, part by part; most messages are one text."""
        message = decode_message(self.raw) if self.facts.in_parts else None
        if message is None or isinstance(message, UnreadableMessage):
            return (ContentPart("text", self.source(), b""),)
        return message.parts

    def is_markdown(self, look: Look) -> bool:
        """Whether its text is rendered."""
        return look.markdown and not self.facts.nested

    def said(self, look: Look, inset: int, pages: TextPages | None = None) -> tuple[list[Line], Leads]:
        """All that was said as lines behind `inset` cells of the look; each part that is no text as one.

        Of large texts a page is shown, the first one where there are no `pages`, and some lines lead to others.
        """
        lines: list[Line] = []
        leads: Leads = {}
        for number, part in enumerate(self.parts()):
            if part.text is None:
                lines.append(crop_line(part_line(part, look.trace), look.width - inset))
                continue
            page = 0 if pages is None else pages.number(number)
            prose = prose_of(part.text, look, inset, markdown=self.is_markdown(look), page=page)
            leads |= {len(lines) + at: Lead(number, to) for at, to in prose.leads.items()}
            lines += prose.lines
        return lines, leads

    def notes(self) -> list[Line]:
        """What could not be read of the message, one line each."""
        if not self.facts.odd:
            return []
        message = decode_message(self.raw)
        noted = () if isinstance(message, UnreadableMessage) else message.notes
        return [[Span(f"note: {clean_line(note)}", "warning")] for note in noted]

    def clock(self) -> str:
        """The time of day."""
        return fmt.clock(moment(self.facts.at)) if self.facts.at is not None else "no time"

    def aside(self, when: str) -> str:
        """Time and tokens of the message, and what is odd about it."""
        asides = [when, tokens_text(self.facts.tokens_in, self.facts.tokens_out), self.words]
        return " · ".join(aside for aside in asides if aside)
