"""A block: a part of the transcript that is laid out by itself, and only when it is looked at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.views.text.ink import ASIDE, Line
from tui.views.transcript.blocks.text_pages import Leads, TextPages
from tui.views.transcript.modes import Look, Modes

if TYPE_CHECKING:
    from tui.views.transcript.blocks.history_message import HistoryMessage


@dataclass(frozen=True, slots=True)
class Marker:
    """A place in a block that outlives another layout: so many letters and digits, or rows, from its start."""

    characters: int = 0
    part: str = ""
    trail: tuple[int, ...] = ()
    """The node of a part that is a tree; `characters` then counts rows from there."""
    ahead: int = 0
    """On an empty line: how many lines further down there is text again."""
    page: int = 0
    """The page of a large text that was shown."""


BARS = {"user": "▌ ", "agent": "│ ", "other": "┆ "}
"""The bar beside a message, by who wrote it: its shape tells without a colour."""


class Block:
    """Lines composed at once and forgotten at will; the height stays known until the look changes."""

    message: "HistoryMessage | None" = None
    """The message of the history that it shows; None for what is ours."""

    __slots__ = ("_height", "_lines", "_look", "folded", "gap", "height_hint", "pages", "stays")

    kind = "text"
    searchable = True
    """Whether its source is looked through by a search."""

    def __init__(self, *, gap: bool = False, height_hint: int = 1, folded: bool = False) -> None:
        self.gap = gap
        """Whether an empty line stands above it."""
        self.folded = folded
        self.height_hint = height_hint
        self.stays = False
        """Whether focused reading shows it, although it is of a kind that it leaves out."""
        self._look: Look | None = None
        self._height = 0
        self._lines: list[Line] | None = None
        self.pages: TextPages | None = None
        """What is shown of large texts, once there are any."""

    @property
    def part(self) -> str:
        """What it is called where one reads in it; nothing for what is no part of a turn."""
        return ""

    @property
    def foldable(self) -> bool:
        """Whether the whole of it can be folded."""
        return False

    @property
    def beside(self) -> bool:
        """Whether focused reading leaves it out unless it is a turn's last answer."""
        return False

    @property
    def first_text_line(self) -> int:
        """The first line that shows text of its source: below the label of a message."""
        return int(self.gap) + (self.message is not None)

    @property
    def searchable_bytes(self) -> bool:
        """Whether all that a search looks through stands in the bytes of its message."""
        return self.message is not None and not self.message.facts.odd

    def is_touched(self, modes: Modes) -> bool:
        """Whether the user folded or unfolded something in it, beyond what the modes say."""
        return False

    def fold_state(self) -> object:
        """What is folded in it, to be given back to `restore`."""
        return self.folded

    def restore(self, state: object) -> None:
        """Fold and unfold as it was then."""
        self.set_folded(bool(state))

    def compose(self, look: Look) -> list[Line]:
        """The lines without the gap; no line is wider than the look."""
        raise NotImplementedError

    def estimate(self, look: Look) -> int:
        """The height as far as it is known: exact once laid out with this look."""
        return self._height if look is self._look else self.guess(look) + self.gap

    def guess(self, look: Look) -> int:
        """A cheap guess at the height without the gap."""
        return self.height_hint

    def lay_out(self, look: Look) -> int:
        """Compose the lines if needed; the height with the gap."""
        if look is not self._look:
            self.forget()
            lines = self._composed(look)
            self._look = look
            self._height = len(lines)
        return self._height

    def _composed(self, look: Look) -> list[Line]:
        lines = self.compose(look)
        if self.gap:
            lines.insert(0, [])
        self._lines = lines
        return lines

    def line(self, index: int, look: Look) -> Line:
        """One line; [] past the end."""
        self.lay_out(look)
        lines = self._lines if self._lines is not None else self._composed(look)
        return lines[index] if 0 <= index < len(lines) else []

    def traced(self, lines: range, look: Look) -> list[Line]:
        """Some of the lines as they are with this look, which has a trace; nothing of it is kept."""
        composed = self.compose(look)
        return [*([[]] if self.gap else []), *composed][lines.start : lines.stop]

    def drop_lines(self) -> bool:
        """Give the memory of the lines back; whether there was any. The height stays."""
        held = self._lines is not None
        self._lines = None
        return held

    def forget(self) -> None:
        """Lay out anew next time."""
        self._look = None
        self._lines = None

    def toggle(self, index: int, look: Look) -> bool:
        """Fold or unfold what line `index` is the mark of, or turn a page; False when there is nothing to fold here."""
        if self._turn(index):
            return True
        if not self.foldable:
            return False
        return self.set_folded(not self.folded)

    def set_folded(self, folded: bool) -> bool:
        """Fold or unfold the whole block; whether that changed anything."""
        if not self.foldable or folded == self.folded:
            return False
        self.folded = folded
        self.pages = None
        self.forget()
        return True

    def _turn(self, index: int) -> bool:
        """Turn the page on a line that leads to another one; False on any other line."""
        turned = self.pages is not None and self.pages.turn(index - int(self.gap))
        if turned:
            self.forget()
        return turned

    def page_of(self, text: int) -> int:
        """The page that is shown of one of its texts."""
        return 0 if self.pages is None else self.pages.number(text)

    def lead(self, leads: Leads) -> None:
        """Take in which lines lead to other pages."""
        if leads or self.pages is not None:
            self.pages = self.pages or TextPages()
            self.pages.leads = leads

    def show_page(self, page: int) -> None:
        """Unfold it and show a page of its text."""
        self.folded = False
        self.pages = self.pages or TextPages()
        self.pages.show(0, page)
        self.forget()

    def fold_at(self, index: int, look: Look, folded: bool) -> bool:
        """Fold, or unfold, what line `index` belongs to; whether that changed anything."""
        return (not folded and self._turn(index)) or self.set_folded(folded)

    def is_mark(self, index: int, look: Look) -> bool:
        """Whether a click on the line's first cells folds or unfolds something."""
        return (self.foldable and index == int(self.gap)) or self.leads(index)

    def leads(self, index: int) -> bool:
        """Whether a page is turned on the line."""
        return self.pages is not None and index - int(self.gap) in self.pages.leads

    def mark_at(self, index: int, look: Look) -> Marker:
        """What to remember of a line so as to find it again in another layout."""
        self.lay_out(look)
        lines = self._lines if self._lines is not None else self._composed(look)
        weights = [_weight(line) for line in lines]
        ahead = next((at for at, weight in enumerate(weights[index:]) if weight), 0)
        lead = self.pages.leads.get(index - int(self.gap)) if self.pages is not None else None
        if lead is not None:
            return Marker(sum(weights[:index]), trail=(lead.text,), ahead=ahead, page=self.page_of(lead.text))
        return Marker(sum(weights[:index]), ahead=ahead)

    def line_of(self, marker: Marker, look: Look) -> int:
        """The line that now holds a remembered place."""
        height = self.lay_out(look)
        if marker.trail and self.pages is not None:
            begin = self.pages.begin_after(marker.trail[0], marker.page)
            if begin is not None:
                return begin + int(self.gap)
        lines = self._lines if self._lines is not None else self._composed(look)
        weights = [_weight(line) for line in lines]
        seen = 0
        for index, weight in enumerate(weights):
            seen += weight
            if seen > marker.characters:
                empty = next((at for at, above in enumerate(reversed(weights[:index])) if above), index)
                return index - min(marker.ahead, empty)
        return max(0, height - 1)

    def source(self) -> str:
        """The original text, as it would be copied."""
        return "" if self.message is None else self.message.source()

    def texts(self) -> list[str]:
        """What a search looks through."""
        return [self.source()] if self.searchable else []

    def path_at(self, index: int, look: Look) -> str:
        """The JSON path under a line, or nothing."""
        return ""


def _weight(line: Line) -> int:
    """Letters and digits of the conversation's own text: markup comes and goes with the layout, words of ours too."""
    return sum(sum(map(str.isalnum, span.text)) for span in line if not span.ink.endswith(ASIDE))
