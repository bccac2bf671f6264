"""Which panes are on the screen, and how wide: worked out from the size and from what was asked for."""

from enum import Enum

from msgspec import Struct

from tui.store.saved.place import Arrangement
from tui.terminal.paint.skeleton import FILTER_WIDTH, MIDDLE_FROM, TALL_FROM, WIDE_FROM, list_share
from tui.views.listing.row import Density


class Pane(Enum):
    """The three panes."""

    FILTER = "filter-pane"
    LIST = "list-pane"
    DETAIL = "detail-pane"


class Mode(Enum):
    """How many panes fit."""

    WIDE = "-wide"
    MIDDLE = "-middle"
    SMALL = "-small"
    TINY = "-tiny"


SMALLEST_WIDTH, SMALLEST_HEIGHT = 40, 12
"""In columns and lines: nothing can be read in less."""

RAIL_FROM = 125
"""Columns from which the list stays beside what is read: the text is not narrower than in a smaller window then."""

_RAIL = 23
"""Columns of the rail, without the line at its right."""

_NARROWEST, _NARROWEST_RAIL = 24, 12
_STEP = 4
_MOST_NARROWER, _MOST_WIDER = 60, 120


def mode_for(width: int, height: int) -> Mode:
    """The mode of a screen of this many columns and lines."""
    if width < SMALLEST_WIDTH or height < SMALLEST_HEIGHT:
        return Mode.TINY
    if width < MIDDLE_FROM or height < TALL_FROM:
        return Mode.SMALL
    return Mode.WIDE if width >= WIDE_FROM else Mode.MIDDLE


class PaneLayout(Struct):
    """What was asked for: the pane in use, and for browsing and for reading each what the user has changed of it."""

    active: Pane = Pane.LIST
    reading: bool = False
    """Whether the conversation, which is in use, has the screen, with the list as a rail beside it at most."""
    filter_hidden: bool = False
    zoomed: bool = False
    """Whether the pane in use has the whole screen while browsing."""
    rail_hidden: bool = False
    spared: bool = False
    """Whether one pane is shown to send less, although the user did not zoom; never remembered."""
    wider: int = 0
    """Columns by which the list was made wider for browsing."""
    rail_wider: int = 0

    @property
    def alone(self) -> bool:
        """Whether the pane in use has the whole screen because that is wanted."""
        return self.spared or (self.rail_hidden if self.reading else self.zoomed)

    def widths(self, width: int, height: int) -> dict[Pane, int]:
        """The columns of each pane on a screen of this size, from left to right."""
        mode = mode_for(width, height)
        if mode is Mode.TINY:
            return {}
        if mode is Mode.SMALL or self.alone or (self.reading and width < RAIL_FROM):
            return {self.active: width}
        if self.reading:
            rail = max(_NARROWEST_RAIL, min(_RAIL + self.rail_wider, width - _NARROWEST))
            return {Pane.LIST: rail, Pane.DETAIL: width - rail}
        beside: dict[Pane, int] = {}
        if mode is Mode.WIDE and (not self.filter_hidden or self.active is Pane.FILTER):
            beside[Pane.FILTER] = FILTER_WIDTH
        left = Pane.FILTER if mode is Mode.MIDDLE and self.active is Pane.FILTER else Pane.LIST
        rest = width - sum(beside.values())
        listed = max(_NARROWEST, min(list_share(rest) + self.wider, rest - _NARROWEST))
        return {**beside, left: listed, Pane.DETAIL: rest - listed}

    def use(self, pane: Pane) -> None:
        """Make a pane the one in use: the conversation is read, the others are for browsing."""
        self.active, self.reading = pane, pane is Pane.DETAIL

    def point_at(self, pane: Pane) -> None:
        """Make a pane the one in use with the mouse, which moves nothing under the pointer."""
        self.active, self.reading = pane, self.reading and pane is Pane.DETAIL

    def zoom(self) -> None:
        """Give the pane in use the whole screen, or take it back; from here on that is what the user wants."""
        alone, self.spared = not self.alone, False
        if self.reading:
            self.rail_hidden = alone
        else:
            self.zoomed = alone

    def widen(self, direction: int) -> None:
        """Make the pane in use wider (1) or narrower (-1); list and detail share the room."""
        self.move_seam((-1 if self.active is Pane.DETAIL else 1) * direction * _STEP)

    def move_seam(self, columns: int) -> None:
        """Make the list, or the rail, wider by so many columns or, negative, narrower."""
        if self.reading:
            self.rail_wider = _bounded(self.rail_wider + columns)
        else:
            self.wider = _bounded(self.wider + columns)


def _bounded(wider: int) -> int:
    return max(-_MOST_NARROWER, min(_MOST_WIDER, wider))


def arranged(arrangement: Arrangement | None, *, opens: bool = False, spares: bool = False) -> PaneLayout:
    """The layout that a start comes back to; `opens` where a conversation is to be read, `spares` to send less."""
    layout = PaneLayout(spared=spares)
    if arrangement is not None:
        layout.use(Pane.DETAIL if arrangement.active == Pane.DETAIL.value else Pane.LIST)
        layout.filter_hidden = arrangement.filter_hidden
        layout.zoomed, layout.rail_hidden = arrangement.zoomed, arrangement.rail_hidden
        layout.wider, layout.rail_wider = _bounded(arrangement.wider), _bounded(arrangement.rail_wider)
    if opens:
        layout.use(Pane.DETAIL)
    return layout


def density_of(arrangement: Arrangement | None) -> Density:
    """The density of the rows that a start comes back to."""
    wanted = arrangement.density if arrangement is not None else ""
    return Density.COLUMNS if wanted == Density.COLUMNS.value else Density.ROWS
