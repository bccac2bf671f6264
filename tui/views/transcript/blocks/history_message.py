"""A message of the history as blocks show it: undecoded, until one of its texts is looked at."""

from collections.abc import Callable, Mapping

import msgspec

from tui.api.content import ContentPart
from tui.api.history import decode_message
from tui.api.page import UnreadableMessage
from tui.store.history.messages import Facts, user_of
from tui.terminal.text.clean import clean_line
from tui.views.text import format as fmt
from tui.views.text.ink import ASIDE, Line, Span
from tui.views.text.moments import moment, tokens_text
from tui.views.text.wrap import crop_line, wrap_spans
from tui.views.transcript.blocks.content import content_of, part_line
from tui.views.transcript.blocks.prose import prose_of
from tui.views.transcript.blocks.text_pages import Lead, Leads, TextPages
from tui.views.transcript.modes import Look

SHORT_ID = 8
"""Characters of an id that stand for it where no e-mail address is known."""

_CALLED_LIMIT = 60


class Speakers:
    """Whose conversation it is, and the names of users and tools as far as they are known."""

    def __init__(
        self, owner_id: str | None, people: Mapping[str, str], called: Callable[[str], str] = lambda _type: ""
    ) -> None:
        """`called` tells the name of a tool by the type of its calls."""
        self.owner_id = owner_id or ""
        self.people = people
        self.called = called
        self.others = False
        """Whether a message of somebody else was looked at."""

    def other(self, user_id: str) -> str:
        """The name of a user who is not the owner; "" for the owner, and where either is not told."""
        if not user_id or not self.owner_id or user_id == self.owner_id:
            return ""
        self.others = True
        return clean_line(self.people.get(user_id) or user_id[:SHORT_ID])


class HistoryMessage:
    """The bytes of a message, what is known of it without decoding, and what is to be said of where it stands."""

    __slots__ = ("facts", "raw", "speakers", "words")

    def __init__(self, raw: msgspec.Raw, facts: Facts, speakers: Speakers, words: str = "") -> None:
        self.raw = raw
        self.facts = facts
        self.speakers = speakers
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

    @property
    def other(self) -> str:
        """The name of the user whom it is from, where that is not the owner of the conversation."""
        return self.speakers.other(user_of(self.raw))

    @property
    def called(self) -> str:
        """What the tool of a call is called, where that is known; cleaned."""
        return clean_line(self.speakers.called(self.facts.tool_type), _CALLED_LIMIT)

    def details(self, look: Look, inset: int) -> list[Line]:
        """Everything that is told of it, exactly, behind `inset` cells; nothing without details."""
        if not look.details:
            return []
        facts, user = self.facts, user_of(self.raw)
        told = [f"type {clean_line(facts.kind) or 'not told'}", f"role {clean_line(facts.role) or 'not told'}"]
        told.append(f"query_id {'not told' if facts.query_id is None else facts.query_id}")
        email = self.speakers.people.get(user)
        told.append(f"user {clean_line(user)}{f' ({clean_line(email)})' if email else ''}" if user else "user not told")
        tokens = (facts.tokens_in, "in"), (facts.tokens_out, "out")
        told += [f"{fmt.thousands(number)} tokens {words}" for number, words in tokens if number is not None]
        told.append(fmt.exact_time(moment(facts.at)) if facts.at is not None else "no time")
        return wrap_spans([Span(" · ".join(told), f"muted {ASIDE}")], max(1, look.prose - inset))

    def told(self, look: Look, inset: int) -> list[Line]:
        """Its details, and what could not be read of it."""
        return [*self.details(look, inset), *self.notes()]

    def clock(self) -> str:
        """The time of day."""
        return fmt.clock(moment(self.facts.at)) if self.facts.at is not None else "no time"

    def aside(self, when: str) -> str:
        """Time and tokens of the message, and what is odd about it."""
        asides = [when, tokens_text(self.facts.tokens_in, self.facts.tokens_out), self.words]
        return " · ".join(aside for aside in asides if aside)
