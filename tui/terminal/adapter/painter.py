"""An app that sends only what differs from what the terminal shows, instead of Textual's repainting of rectangles.

It leans on inner parts of Textual 8.2: `App._display` gets each painting of the compositor. `fits_textual` checks their
shape at start; where they differ, or the painter is switched off, Textual paints by itself.
"""

import inspect
import os
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from rich.color import ColorSystem
from textual import events
from textual._compositor import Compositor
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.strip import Strip

from tui.terminal.adapter.compositor import Painting
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.capabilities import Capabilities, read_capabilities
from tui.terminal.paint.frame import Frame
from tui.terminal.paint.pens import Pens
from tui.terminal.process.environment import Surroundings

if TYPE_CHECKING:
    from tui.terminal.paint.skeleton import Skeleton

_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_SYNC_AT_LEAST = 256
"""A frame shorter than this comes in one piece anyway."""

ReturnType = TypeVar("ReturnType")


@cache
def fits_textual() -> bool:
    """Whether the inner parts of Textual that the painter needs have the expected shape."""
    try:
        return (
            _parameters(App._display) == ["self", "screen", "renderable"]
            and _parameters(Compositor.render_update) == ["self", "full", "screen_stack", "simplify"]
            and isinstance(inspect.getattr_static(Compositor, "visible_widgets"), property)
            and all(hasattr(Compositor(), name) for name in ("_dirty_regions", "root", "size", "widgets"))
            and _parameters(Screen._screen_resized) == ["self", "size"]
            and _parameters(Screen._refresh_layout) == ["self", "size", "scroll"]
            and _parameters(Screen._compositor_refresh) == ["self"]
            and callable(Screen._clear_arrangement_cache)
            and callable(App.post_display_hook)
            and isinstance(Strip([])._segments, list)
        )
    except (AttributeError, TypeError, ValueError):
        return False


def _parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def _fast_driver() -> type[Driver] | None:
    """The driver with the quick reader, where Textual's parts fit it and the system is POSIX."""
    try:
        from tui.terminal.adapter.driver import FastDriver
    except ImportError:
        return None
    return FastDriver if FastDriver.fits() else None


class PaintedApp(App[ReturnType], Generic[ReturnType]):
    """Paints by difference; the newest frame wins while the line is busy."""

    painter_enabled: ClassVar[bool] = True
    """Switched off, Textual paints by itself."""

    def __init__(
        self,
        *,
        capabilities: Capabilities | None = None,
        surroundings: Surroundings | None = None,
        skeleton: "Skeleton | None" = None,
        **options: Any,
    ) -> None:
        self.capabilities = capabilities or read_capabilities(os.environ)
        self.surroundings = surroundings or Surroundings()
        self.escape_delay = self.capabilities.escape_delay
        self.skeleton = skeleton
        self.keeps_screen = False
        super().__init__(**options)
        self._frame: Frame | None = None
        self._cursor: tuple[int, int] | None = None
        self.paints = self.painter_enabled and fits_textual() and self._has_expected_attributes()
        """Whether it does what it is for, and not Textual."""

    def get_driver_class(self) -> type[Driver]:
        """The quick driver, unless the environment names another one or Textual's parts do not fit."""
        if os.environ.get("TEXTUAL_DRIVER"):
            return super().get_driver_class()
        return _fast_driver() or super().get_driver_class()

    def get_default_screen(self) -> Screen[Any]:
        """A screen that is painted as it should be."""
        return PaintedScreen(id="_default")

    def forget_frame(self) -> None:
        """Suppose nothing about what the terminal shows, and paint all of it again."""
        if self._frame is not None:
            self._frame.forget()
            self._cursor = None
            self._flush_frame()

    def action_repaint(self) -> None:
        """Paint everything again, for a screen that something else has written over."""
        self.forget_frame()

    def send(self, sequence: str) -> None:
        """Send a sequence that paints nothing, such as one for the terminal's clipboard."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    def set_mouse(self, enabled: bool) -> None:
        """Take the mouse, or give it back to the terminal for selecting text."""
        set_mouse = getattr(self._driver, "set_mouse", None)
        if set_mouse is not None:
            set_mouse(enabled)

    @property
    def takes_paintings(self) -> bool:
        """Whether the compositors of its screens need not make Textual's updates."""
        return self.paints and not self.is_headless and not self.is_inline

    @property
    def lacks_picture(self) -> bool:
        """Whether the terminal shows nothing of this app that could be relied on."""
        return self.takes_paintings and self._frame is None

    def on_resize(self, event: events.Resize) -> None:
        """The terminal may have cut or rewrapped what it shows."""
        self.call_next(self._check_resize)  # Textual waits, in case that more sizes come
        if self._frame is None:
            return
        if (event.size.width, event.size.height) == (self._frame.width, self._frame.height):
            self.forget_frame()
        else:
            self._frame = None

    def _has_expected_attributes(self) -> bool:
        names = ("_sync_available", "_batch_count", "_running", "_closed", "_driver", "console", "cursor_position")
        return all(hasattr(self, name) for name in names)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Take an update of the compositor; what is none of ours goes Textual's way."""
        if not self.takes_paintings or self._driver is None:
            super()._display(screen, renderable)
        elif isinstance(renderable, Painting):
            try:
                if self._running and not self._closed and not self._batch_count:
                    self._merge(renderable)
                    self._flush_frame()
            finally:
                self.post_display_hook()
        else:
            super()._display(screen, renderable)
            if renderable is not None:
                self.forget_frame()

    def _merge(self, painting: Painting) -> None:
        if painting.whole:
            frame = self._frame_of_size(*painting.size)
        elif self._frame is not None and (self._frame.width, self._frame.height) == painting.size:
            frame = self._frame
        else:
            self.screen.refresh()  # a part of a picture that was never whole: ask for all of it
            return
        for region, strips in painting.pieces:
            for y, strip in enumerate(strips, region.y):
                frame.place(region.x, y, frame.pens.row(strip._segments, region.width))

    def _frame_of_size(self, width: int, height: int) -> Frame:
        if self._frame is None:
            self._frame = Frame(self._make_pens(), bce=self.capabilities.bce)
        elif self._frame.pens.colourless and self._frame.pens.dark != self.current_theme.dark:
            self._frame.pens = self._make_pens()
        self._frame.resize(width, height)
        return self._frame

    @property
    def is_colourless(self) -> bool:
        """Whether no colour is shown."""
        return self.no_color or self.capabilities.colours == 0

    def _make_pens(self) -> Pens:
        color_system = self.console._color_system or ColorSystem.TRUECOLOR
        return Pens(
            color_system,
            colourless=self.is_colourless,
            dark=self.current_theme.dark,
            ascii_only=not self.capabilities.unicode,
        )

    @property
    def _shows_cursor(self) -> bool:
        """Whether somebody types: what an input method composes is shown at the cursor, which itself is hidden."""
        return hasattr(self.focused, "cursor_screen_offset")

    def _flush_frame(self) -> None:
        """Send the difference, or wait until the terminal has taken what came before."""
        driver, frame = self._driver, self._frame
        if driver is None or frame is None or self._closed or not self._running:
            return
        if getattr(driver, "busy", False):
            driver.call_when_free(self._flush_frame)  # type: ignore[attr-defined]  # only our driver is ever busy
            return
        output = frame.flush()
        cursor = tuple(self.screen.outer_size.clamp_offset(self.cursor_position))
        if cursor != self._cursor or (output and self._shows_cursor):
            self._cursor = (cursor[0], cursor[1])
            output += f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H" if any(cursor) else "\x1b[H"
        if output:
            if self._sync_available and len(output) >= _SYNC_AT_LEAST:
                output = _SYNC_START + output + _SYNC_END
            driver.write(output)
            frame.pens.trim()
