"""The title bar and the titles of the panes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.config.settings import Connection
from tui.store.listing.known import KnownList
from tui.store.listing.rows import ListedConversation, RepeatedRow, Row
from tui.terminal.text.clean import clean_line
from tui.views.text.format import clock, day, plural, thousands
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line, plain
from tui.zone import ZONE

if TYPE_CHECKING:
    from tui.store.facts.sorting import Order

_GAP = " · "
_LEAST = 10
"""Cells that what must be seen keeps at least, with the dot before it."""
_ASKED_AS, _REMARK, _NAME, _COUNT, _FEEDBACK, _REGION, _FRESH, _UNCONFIRMED, _PROGRAM = range(9)
"""What is given room first."""


class TitlePart(NamedTuple):
    """Something the title says: its rank for room (0 first), its ink, and fewer words for the same."""

    text: str
    rank: int
    ink: str = "text"
    short: str = ""
    gap: str = _GAP
    right: bool = False

    @property
    def is_needed(self) -> bool:
        """Whether it is shortened rather than left out."""
        return self.rank <= _NAME

    def cells(self, *, short: bool = False) -> int:
        """The cells that it takes."""
        return cell_width(self.gap + ((short and self.short) or self.text))


def title_parts(
    connection: Connection, window: KnownList, remark: tuple[str, str] = ("", ""), to_review: int = 0
) -> list[TitlePart]:
    """What is being read, as whom, a remark with its short form, how many there are, and how fresh that is.

    `to_review` is how many conversations have feedback that waits for somebody.
    """
    parts = [TitlePart("clarifeye-tui", _PROGRAM, "title")]
    if connection.name:
        parts.append(TitlePart(clean_line(connection.name, 60), _NAME))
    if connection.region:
        parts.append(TitlePart(clean_line(connection.region, 60), _REGION if connection.name else _NAME))
    if connection.impersonate:
        whom = clean_line(connection.impersonate, 60)
        parts.append(TitlePart(f"asked as {whom}", _ASKED_AS, "warning", f"as {whom}"))
        parts.append(TitlePart("(not confirmed by the service)", _UNCONFIRMED, "muted", gap=" "))
    if remark[0]:
        parts.append(TitlePart(remark[0], _REMARK, "warning", remark[1]))
    if to_review and window.count:
        words = f"feedback to review in {thousands(to_review)}"
        parts.append(TitlePart(words, _FEEDBACK, "warning", f"{thousands(to_review)} to review", right=True))
    return parts + _freshness(window)


def _freshness(window: KnownList) -> list[TitlePart]:
    if window.count is None:
        return [TitlePart("loading…", _COUNT, "muted", right=True)] if window.is_loading else []
    parts = [TitlePart(count_words(window), _COUNT, "muted", right=True)]
    if window.fetched_at is not None:
        moment = datetime.fromtimestamp(window.fetched_at, UTC)
        zone = clean_line(ZONE.name_at(moment), 10)
        parts.append(TitlePart(f"as of {clock(moment)} {zone}", _FRESH, "muted", f"as of {clock(moment)}", right=True))
    return parts


def fitted(parts: Sequence[TitlePart], width: int) -> tuple[Line, Line]:
    """The left and the right end of a title of so many cells, with what matters most where not all of it fits."""
    room = width  # the gap that the first part does not need is what the edges take
    ranked = sorted(range(len(parts)), key=lambda index: parts[index].rank)
    short = sum(part.cells() for part in parts if part.is_needed) > room
    tight = sum(part.cells() for part in parts) > room
    texts: dict[int, str] = {}
    for place, index in enumerate(ranked):
        part = parts[index]
        later = [parts[other].cells(short=True) for other in ranked[place + 1 :] if parts[other].is_needed]
        left_over = room - sum(min(_LEAST, cells) for cells in later)
        text = _words_in(part, left_over, short=short if part.is_needed else tight)
        if text:
            texts[index] = text
            room -= cell_width(part.gap + text)
    for index in ranked:  # what room is left over is for all the words of what was told in fewer
        more = parts[index].cells() - cell_width(parts[index].gap + texts.get(index, parts[index].text))
        if texts.get(index) == parts[index].short and more <= room:
            texts[index], room = parts[index].text, room - more
    left, right = _sides(parts, texts)
    return [Span(" "), *left], right


def _words_in(part: TitlePart, room: int, *, short: bool) -> str:
    """The part in as many words as there is room for; "" where it has to go."""
    text = (short and part.short) or part.text
    if cell_width(part.gap + text) <= room:
        return text
    if not part.is_needed or room <= cell_width(part.gap):
        return ""
    return plain(crop_line([Span(text)], room - cell_width(part.gap)))


def _sides(parts: Sequence[TitlePart], texts: Mapping[int, str]) -> tuple[Line, Line]:
    sides: tuple[Line, Line] = ([], [])
    for index, part in enumerate(parts):
        if index in texts:
            side = sides[part.right]
            side += [Span(part.gap, "muted")] if side else []
            side.append(Span(texts[index], part.ink))
    return sides


def count_words(window: KnownList) -> str:
    """How many conversations there are; where nobody tells that truly, how many at least."""
    if window.at_least is not None:
        return f"at least {plural(window.at_least, 'conversation')}"
    return plural(window.count or 0, "conversation")


def list_title(count: int | None, cursor: int, at_least: int | None, *, rail: bool = False) -> str:
    """The position and the total for the border of the list; `at_least` where nobody tells the total.

    Above a rail there is room for the numbers alone.
    """
    if not count:
        return "0/0" if rail and count == 0 else "Conversations"
    total = thousands(count) if at_least is None else f"{thousands(at_least)}+"
    return f"{'' if rail else 'Conversations '}{thousands(cursor + 1)}/{total}"


def list_titles(
    place: tuple[int | None, int, int | None], order: "Order | None", marked: int, *, rail: bool
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The title of the list, shorter ones that say the order too, and last resorts, each for less room.

    `place` is the total, the cursor, and how many there are at least; `order` by what facts sort it, None where it is
    the server's list, whose right end goes before its title becomes shorter.
    """
    whole, numbers = list_title(*place, rail=rail), list_title(*place, rail=True)
    by, brief = (f" · by {order.words}", f" · {order.brief}") if order and order.by else ("", "")
    marks = f" · {thousands(marked)} marked" if marked else ""
    if order is None:
        return f"{whole}{marks}", (), (f"{numbers}{marks}",) if marks else ()
    position = numbers.partition("/")[0]
    shortest = (f"{numbers}{brief}", f"{position}{brief}", numbers, position, "")
    return f"{whole}{by}{marks}", (f"{numbers}{by}{marks}", f"{numbers}{by}"), shortest


def day_words(row: Row | None, now: datetime) -> str:
    """From which day a row is, while the scroll bar is dragged to it; `…` while it is not here."""
    made = row.conversation.created_at if isinstance(row, ListedConversation | RepeatedRow) else None
    return day(made, now=now) if made is not None else "…"


def loaded_words(window: KnownList) -> str:
    """That more of the list is on its way, or how much of it is here."""
    if not window.count:
        return ""
    if window.is_loading:
        return "loading…"
    loaded = window.loaded
    return "all loaded" if loaded >= window.count else f"{thousands(loaded)} loaded"
