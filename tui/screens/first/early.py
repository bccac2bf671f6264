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


def first_picture(
    start: Start, read: ReadPage, terminal: Capabilities, theme: str, width: int, height: int
) -> Frame | None:
    """The screen of so many columns and lines with the rows of the first page; None where it has to wait."""
    if not is_known(theme) or start.query.rest or start.is_sorted:
        return None  # which rows match, and come first, is known later
    rows = FirstRows(read.page, start.offset, FIRST_LIMIT, read.fetched_at)
    parts = first_screen(start, rows, width, height)
    if not parts:
        return None
    pens = Pens(
        terminal.colours,
        colourless=terminal.no_color or terminal.colours == 0,
        dark=is_dark(theme),
        ascii_only=not terminal.unicode,
    )
    inks: dict[str, Pen] = {}

    def pen(ink: str) -> Pen:
        if ink not in inks:
            inks[ink] = pens.pen(*early_ink(ink, theme, terminal.colours))
        return inks[ink]

    frame = Frame(pens, bce=terminal.bce)
    frame.resize(width, height)
    for x, y, columns, line in parts:
        texts = [(span.text, pen(span.ink)) for span in line]
        frame.place(x, y, pens.cells([*texts, (" " * columns, pen(""))], columns))
    return frame
