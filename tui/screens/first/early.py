"""From the first page to the cells of the first screen, as the painter of the application would make them."""

from tui.api.http.first_page import ReadPage
from tui.api.query import FIRST_LIMIT
from tui.config.settings import Settings
from tui.screens.browse.layout import arranged, density_of
from tui.screens.first.first_screen import Start, first_screen
from tui.store.listing.known import FirstRows
from tui.store.saved.session import Session
from tui.terminal.capabilities import Capabilities
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pen, Pens
from tui.widgets.inks import early_ink, is_dark, is_known


def start_of(settings: Settings, session: Session) -> Start:
    """What a start shows, from what is asked for and what is remembered."""
    query, place, back = session.begin(settings), session.place, session.goal(settings)
    arrangement = place.arrangement if place is not None else None
    layout = arranged(arrangement, opens=settings.open_id is not None, spares=settings.low_bandwidth)
    goal_id = back.conversation_id if back is not None else ""
    return Start(
        settings.connection,
        query,
        layout,
        density_of(arrangement),
        session.first_row(settings),
        goal_id,
        arrangement.hidden_columns if arrangement is not None else "",
        arrangement is not None and bool(arrangement.sort),
    )


class FirstPicture:
    """The screen with the rows of the first page, as long as there is no application."""

    def __init__(self, start: Start, read: ReadPage, terminal: Capabilities, theme: str) -> None:
        self._start = start
        self._rows = FirstRows(read.page, start.offset, FIRST_LIMIT, read.fetched_at)
        self._terminal = terminal
        self._theme = theme
        # Where not: which rows match, and come first, is known later.
        self._can_be = is_known(theme) and not start.query.rest and not start.is_sorted
        self._frame = Frame(_pens(terminal, theme), bce=terminal.bce)
        self._inks: dict[str, Pen] = {}

    def drawn(self, width: int, height: int, steps: int = 0) -> Frame | None:
        """It in so many columns and lines, with the cursor moved by some steps; None where it has to wait.

        The frame is the one of the call before with other cells, so that flushing it sends what differs.
        """
        parts = first_screen(self._start, self._rows, width, height, steps) if self._can_be else []
        if not parts:
            return None
        frame = self._frame
        frame.resize(width, height)
        for x, y, columns, line in parts:
            texts = [(span.text, self._pen(span.ink)) for span in line]
            frame.place(x, y, frame.pens.cells([*texts, (" " * columns, self._pen(""))], columns))
        return frame

    def _pen(self, ink: str) -> Pen:
        if ink not in self._inks:
            self._inks[ink] = self._frame.pens.pen(*early_ink(ink, self._theme, self._terminal.colours))
        return self._inks[ink]


def _pens(terminal: Capabilities, theme: str) -> Pens:
    return Pens(
        terminal.colours,
        colourless=terminal.no_color or terminal.colours == 0,
        dark=is_dark(theme),
        ascii_only=not terminal.unicode,
    )
