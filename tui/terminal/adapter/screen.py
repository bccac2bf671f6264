"""Screens for a painted app: rendered by what is to be seen, and always laid out for the size the terminal has now.

Where the inner parts of Textual do not fit they are screens as Textual has them, which choose their parts at each size.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.terminal.adapter.painter import ScreenPainter
from tui.terminal.adapter.private import fits
from tui.terminal.adapter.restricted import forbidden_in

ResultType = TypeVar("ResultType")


class PaintedScreen(Screen[ResultType]):
    """A screen of a painted app; in another app, or where the painter steps aside, one of Textual's."""

    IS_DIALOGUE: ClassVar[bool] = False
    """Whether it stands in front of another screen and takes all keys; the other one shows through."""
    DEFAULT_CSS = """
    PaintedScreen.-dialogue {
        layout: vertical;
        overflow-y: auto;
        background: $background 60%;
        &:ansi {
            background: transparent;
        }
    }
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.set_class(self.IS_DIALOGUE, "-dialogue")
        if fits():
            from tui.terminal.adapter.compositor import VisibleCompositor

            self._compositor = VisibleCompositor()
        self._is_placing = False
        self._parting: list[ResultType | None] = []
        """What it is to be left with, once nothing stands in front of it any more."""

    def dismiss(self, result: ResultType | None = None) -> AwaitComplete:
        """Leave; of a dialogue that stands in front, Textual would close that one instead and leave it unanswered."""
        if self not in self.app.screen_stack[:-1]:
            return super().dismiss(result)
        self._parting = [result]
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        """Leave now if that had to wait."""
        if self._parting:
            self.dismiss(self._parting.pop())

    def on_unmount(self) -> None:
        """Textual remembers colours together with all lines of whatever asked for them, of 1,024 that may be gone."""
        if self.IS_DIALOGUE and fits():
            from textual._styles_cache import StylesCache

            StylesCache.get_inner_outer.cache_clear()

    @property
    def is_modal(self) -> bool:
        """Whether it takes all keys."""
        return self.IS_DIALOGUE

    def lay_out(self) -> None:
        """Hook: which parts are shown and how wide they are, before they are placed."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Neither the line of keys nor the help shows what the restricted mode forbids."""
        return False if action in forbidden_in(self.app) else super().check_action(action, parameters)

    @on(events.Resize)
    def _choose_parts(self) -> None:
        """Where Textual places them by names of its own: before it does."""
        if not fits():
            self.lay_out()

    def on_idle(self, event: events.Idle) -> None:
        """Right after a key do not wait for the next sixtieth of a second, of which Textual may leave out one."""
        painter = self._painter
        if painter is not None and painter.hurries and self.is_current and _is_dirty(self):
            event.prevent_default()
            self._on_timer_update()

    def _on_timer_update(self) -> None:
        """Paint, or come again with the next sixtieth of a second while more keys are being taken."""
        if self._painter is not None and self._painter.is_held:
            return
        if self._repaint_required:
            # Textual forgets its parts then; a screen that shows through asks for some regions of this one alone.
            self._compositor.update_widgets(self._dirty_widgets)
        super()._on_timer_update()

    @property
    def _painter(self) -> ScreenPainter | None:
        """That of the app, where it does what it is for."""
        painter: ScreenPainter | None = getattr(self.app, "painter", None)
        return painter if painter is not None and painter.paints else None

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Place all parts; for another size than before they are chosen anew first."""
        if fits() and size not in (None, self._compositor.size) and self.is_attached and self.is_mounted:
            self.lay_out()
            _forget_arrangements((self, *self._compositor.widgets))
        elif size is None and not scroll and self._painter is not None:
            # What is to be painted elsewhere belongs to the same frame; its wish is on its way to here only.
            shown = self._compositor.visible_widgets
            self._compositor.update_widgets({widget for widget in shown if widget._repaint_required})
        super()._refresh_layout(size, scroll)

    def _screen_resized(self, size: Size) -> None:
        """Lay out for the size that the app has, once, and paint once the parts have taken their sizes over.

        Textual sends a screen each of its sizes again after a layout: among sizes that come thick and fast, an old one
        would undo the newest.
        """
        painter = self._painter
        if painter is None:
            super()._screen_resized(size)
            return
        now = self.app.size
        if self._compositor.size == now and self._compositor.root is not None:
            if painter.lacks_picture:
                self.refresh()  # there was another size between two times this one, which nobody has painted
            return
        self._is_placing = self.is_current
        try:
            super()._screen_resized(now)
        finally:
            self._is_placing = False
        _take_as_placed((self, *self._compositor.widgets))
        self._dirty_widgets.add(self)
        self.check_idle()

    def _compositor_refresh(self) -> None:
        """Paint; while parts are placed in another size not yet, since they have not taken it over."""
        if self._is_placing:
            return
        if self._painter is not None and self is not self.app.screen:
            self._paint_behind()
        else:
            super()._compositor_refresh()

    def _paint_behind(self) -> None:
        """Let a dialogue in front paint what has changed here; Textual would ask for it again with every frame."""
        regions = self._compositor._dirty_regions
        if regions and self.app.screen.is_modal and self in self.app._background_screens:
            self.app.screen.refresh(*regions)
        regions.clear()
        self._dirty_widgets.clear()


def _forget_arrangements(widgets: Iterable[Widget]) -> None:
    """What `lay_out` has changed counts at once; Textual would place everything again for it."""
    for widget in widgets:
        widget._clear_arrangement_cache()


def _take_as_placed(widgets: Iterable[Widget]) -> None:
    """A part with another size asks to be placed and painted again; only one with scroll bars has reason to."""
    for widget in widgets:
        if "auto" not in (widget.styles.overflow_x, widget.styles.overflow_y):
            widget._layout_required = widget._repaint_required = False


def paint_now(screen: Screen[Any]) -> None:
    """Paint what needs no other layout, without the way through idle events and a timer; else leave it to them."""
    if not isinstance(screen, PaintedScreen) or (painter := screen._painter) is None or not painter.is_free:
        return
    widgets = [widget for widget in screen._compositor.widgets if widget._repaint_required]
    if not (widgets or screen._dirty_widgets) or any(map(_asks_for_layout, (screen, *widgets))):
        return
    for widget in widgets:
        widget._repaint_required = False
    screen._compositor.update_widgets({*widgets, *screen._dirty_widgets})
    screen._compositor_refresh()


def _is_dirty(screen: Screen[Any]) -> bool:
    asked = _asks_for_layout(screen) or screen._repaint_required
    return bool(asked or screen._dirty_widgets) and not screen.app._batch_count


def _asks_for_layout(widget: Widget) -> bool:
    return widget._layout_required or widget._scroll_required
