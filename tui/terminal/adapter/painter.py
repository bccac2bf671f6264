"""Sends only what differs from what the terminal shows, instead of Textual's repainting of rectangles."""

from collections.abc import Callable
from time import monotonic
from typing import Any, ClassVar, NamedTuple

from textual.app import App
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

from tui.terminal.adapter.private import fits
from tui.terminal.capabilities import Capabilities
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens
from tui.terminal.paint.seams import mark_seams, may_need_marks

_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_SYNC_AT_LEAST = 256
"""A frame shorter than this comes in one piece anyway."""
_HURRY = 0.05
"""Seconds after a key in which what it changes is painted at once."""

_HOLD = 0.25
"""Seconds after which a picture is painted although not all of what was typed at once has been taken."""


class Piece(NamedTuple):
    """The lines of a part of the screen that one widget fills."""

    region: Region
    strips: list[Strip]


class Painting(NamedTuple):
    """What has changed on a screen of this size; where pieces overlap they are the same widget's."""

    size: Size
    whole: bool
    pieces: list[Piece]


class ScreenPainter:
    """Paints by difference; the newest frame wins while the line is busy."""

    enabled: ClassVar[bool] = True
    """Switched off, Textual paints by itself."""

    def __init__(self, app: App[Any], capabilities: Capabilities) -> None:
        self._app = app
        self._capabilities = capabilities
        self._frame: Frame | None = None
        self._cursor: tuple[int, int] | None = None
        self._marks_seams = False
        self._hurries_until = self._held_until = 0.0
        self.paints = self.enabled and fits()
        """Whether it does what it is for, and not Textual."""

    def forget(self) -> None:
        """Suppose nothing about what the terminal shows, and paint all of it again."""
        if self._frame is not None:
            self._frame.forget()
            self._cursor = None
            self.flush()

    def mark_seams(self) -> None:
        """Keep right-to-left text in its place from here on: the terminal reorders whole rows."""
        self._marks_seams = True
        self._app.screen.refresh()

    def hurry(self) -> None:
        """A key was pressed: for a moment paint at once what it changes, not with the next sixtieth of a second."""
        self._hurries_until = monotonic() + _HURRY

    @property
    def hurries(self) -> bool:
        """Whether the user waits for a picture that can be shown now."""
        return monotonic() < self._hurries_until and self.is_free

    @property
    def is_free(self) -> bool:
        """Whether a picture can be shown now: the terminal does not lag, and no more keys are being taken."""
        return self.paints and not self.is_held and not getattr(self._app._driver, "busy", False)

    def hold(self) -> None:
        """More keys come, which were typed at once: one picture is enough for all of them."""
        if not self._held_until:
            self._held_until = monotonic() + _HOLD

    def let_go(self) -> None:
        """That were all."""
        self._held_until = 0.0

    @property
    def is_held(self) -> bool:
        """Whether to wait for more before a picture is painted."""
        return monotonic() < self._held_until

    @property
    def takes_paintings(self) -> bool:
        """Whether the compositors of its screens need not make Textual's updates."""
        return self.paints and not self._app.is_headless and not self._app.is_inline

    @property
    def lacks_picture(self) -> bool:
        """Whether the terminal shows nothing of this app that could be relied on."""
        return self.takes_paintings and self._frame is None

    def resized(self, size: Size) -> None:
        """The terminal may have cut or rewrapped what it shows."""
        if not self.paints:
            return
        self._app.call_next(self._app._check_resize)  # Textual waits, in case that more sizes come
        if self._frame is None:
            return
        if (size.width, size.height) == (self._frame.width, self._frame.height):
            self.forget()
        else:
            self._frame = None

    def take(self, screen: Screen[Any], renderable: Any, stock: Callable[[Screen[Any], Any], None]) -> None:
        """Take an update of the compositor; what is none of ours goes Textual's stock way."""
        if not self.takes_paintings or self._app._driver is None:
            stock(screen, renderable)
        elif isinstance(renderable, Painting):
            try:
                if self._is_to_paint and not self._app._batch_count:
                    self._merge(renderable)
                    self.flush()
            finally:
                self._app.post_display_hook()
        else:
            stock(screen, renderable)
            if renderable is not None:
                self.forget()

    @property
    def _is_to_paint(self) -> bool:
        return self._app._running and not self._app._closed

    def _merge(self, painting: Painting) -> None:
        if painting.whole:
            frame = self._frame_of_size(*painting.size)
        elif self._frame is not None and (self._frame.width, self._frame.height) == painting.size:
            frame = self._frame
        else:
            self._app.screen.refresh()  # a part of a picture that was never whole: ask for all of it
            return
        for region, strips in painting.pieces:
            for y, strip in enumerate(strips, region.y):
                row = frame.pens.row(strip._segments, region.width)
                if self._marks_seams and may_need_marks(strip.text):
                    mark_seams(row)
                frame.place(region.x, y, row)

    def _frame_of_size(self, width: int, height: int) -> Frame:
        if self._frame is None:
            self._frame = self._found() or Frame(self._make_pens(), bce=self._capabilities.bce)
        elif self._frame.pens.colourless and self._frame.pens.dark != self._app.current_theme.dark:
            self._frame.pens = self._make_pens()
        self._frame.resize(width, height)
        return self._frame

    def _found(self) -> Frame | None:
        """What the terminal shows since before there was an app, if it was painted as it is painted here."""
        skeleton = getattr(self._app, "skeleton", None)
        frame: Frame | None = skeleton.take_picture() if skeleton is not None else None
        return frame if frame is not None and frame.pens.paints_like(self._make_pens()) else None

    @property
    def is_colourless(self) -> bool:
        """Whether no colour is shown."""
        return self._app.no_color or self._capabilities.colours == 0

    def _make_pens(self) -> Pens:
        return Pens(
            self._capabilities.colours,
            colourless=self.is_colourless,
            dark=self._app.current_theme.dark,
            ascii_only=not self._capabilities.unicode,
        )

    @property
    def _shows_cursor(self) -> bool:
        """Whether the user types: what an input method composes is shown at the cursor, which itself is hidden."""
        return hasattr(self._app.focused, "cursor_screen_offset")

    def flush(self) -> None:
        """Send the difference, or wait until the terminal has taken what came before."""
        if not self.paints:
            return
        driver, frame = self._app._driver, self._frame
        if driver is None or frame is None or not self._is_to_paint:
            return
        if getattr(driver, "busy", False):
            driver.call_when_free(self.flush)  # type: ignore[attr-defined]  # only our driver is ever busy
            return
        output = frame.flush()
        cursor = tuple(self._app.screen.outer_size.clamp_offset(self._app.cursor_position))
        if cursor != self._cursor or (output and self._shows_cursor):
            self._cursor = (cursor[0], cursor[1])
            output += f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H" if any(cursor) else "\x1b[H"
        if output:
            if self._app._sync_available and len(output) >= _SYNC_AT_LEAST:
                output = _SYNC_START + output + _SYNC_END
            driver.write(output)
            frame.pens.trim()
