"""Which panes are on the screen, and how wide: worked out from the size and from what was asked for."""

from enum import Enum

from msgspec import Struct

from tui.store.saved.place import Arrangement
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
WIDE_FROM, MIDDLE_FROM, TALL_FROM = 120, 80, 24
FILTER_WIDTH = 27
_NARROWEST = 24
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
    """What was asked for: the pane in use, the zoom, and how much wider the list was made."""

    active: Pane = Pane.LIST
    filter_hidden: bool = False
    zoomed: bool = False
    spared: bool = False
    """Whether one pane is shown to send less, although the user did not zoom; never remembered."""
    wider: int = 0

    @property
    def alone(self) -> bool:
        """Whether the pane in use has the whole screen, for whatever reason."""
        return self.zoomed or self.spared

    def shown(self, mode: Mode) -> frozenset[Pane]:
        """The panes on a screen of this mode."""
        if mode is Mode.TINY:
            return frozenset()
        if mode is Mode.SMALL or self.alone:
            return frozenset({self.active})
        if mode is Mode.MIDDLE:
            left = Pane.FILTER if self.active is Pane.FILTER else Pane.LIST
            return frozenset({left, Pane.DETAIL})
        panes = {Pane.LIST, Pane.DETAIL}
        if not self.filter_hidden or self.active is Pane.FILTER:
            panes.add(Pane.FILTER)
        return frozenset(panes)

    def list_width(self, mode: Mode, width: int) -> int:
        """Columns of the list beside other panes."""
        usual = round(width * 0.42) if mode is Mode.MIDDLE else max(44, min(66, round(width * 0.38)))
        taken = FILTER_WIDTH if Pane.FILTER in self.shown(mode) and mode is Mode.WIDE else 0
        return max(_NARROWEST, min(usual + self.wider, width - taken - _NARROWEST))

    def zoom(self) -> None:
        """Give the pane in use the whole screen, or take it back; from here on that is what the user wants."""
        self.zoomed, self.spared = not self.alone, False

    def widen(self, direction: int) -> None:
        """Make the pane in use wider (1) or narrower (-1); list and detail share the room."""
        sign = -1 if self.active is Pane.DETAIL else 1
        self.wider = max(-_MOST_NARROWER, min(_MOST_WIDER, self.wider + sign * direction * _STEP))


def arranged(arrangement: Arrangement | None, *, opens: bool = False, spares: bool = False) -> PaneLayout:
    """The layout that a start comes back to; `opens` where a conversation is to be read, `spares` to send less."""
    layout = PaneLayout(spared=spares)
    if arrangement is not None:
        active = next((pane for pane in Pane if pane.value == arrangement.active), Pane.LIST)
        layout.active = Pane.LIST if active is Pane.FILTER else active
        layout.filter_hidden, layout.zoomed = arrangement.filter_hidden, arrangement.zoomed
        layout.wider = max(-_MOST_NARROWER, min(_MOST_WIDER, arrangement.wider))
    if opens:
        layout.active = Pane.DETAIL
    return layout


def density_of(arrangement: Arrangement | None) -> Density:
    """The density of the rows that a start comes back to."""
    wanted = arrangement.density if arrangement is not None else ""
    return next((density for density in Density if density.value == wanted), Density.ROWS)
