"""Screens for a painted app: rendered by what is to be seen, and always laid out for the size the terminal has now.

They lean on inner parts of Textual 8.2, which `fits_textual` of the painter looks at: those by which a screen takes a
size, lays out and paints, and the flags of a widget that asks for it.
"""

from typing import Any, TypeVar

from textual._styles_cache import StylesCache
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.screen import ModalScreen, Screen

from tui.terminal.adapter.compositor import VisibleCompositor

ResultType = TypeVar("ResultType")


class PaintedScreen(Screen[ResultType]):
    """A screen of a painted app; in another app, or where the painter steps aside, one of Textual's."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
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

    def lay_out(self) -> None:
        """Hook: which parts are shown and how wide they are, before they are placed."""

    @property
    def _is_painted(self) -> bool:
        return getattr(self.app, "paints", False)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Place all parts; for another size than before they are chosen anew first."""
        if size is not None and size != self._compositor.size and self.is_attached and self.is_mounted:
            self.lay_out()
            self._forget_arrangements()
        super()._refresh_layout(size, scroll)

    def _screen_resized(self, size: Size) -> None:
        """Lay out for the size that the app has, once, and paint once the parts have taken their sizes over.

        Textual sends a screen each of its sizes again after a layout: among sizes that come thick and fast, an old one
        would undo the newest.
        """
        if not self._is_painted:
            super()._screen_resized(size)
            return
        now = self.app.size
        if self._compositor.size == now and self._compositor.root is not None:
            if getattr(self.app, "lacks_picture", False):
                self.refresh()  # there was another size between two times this one, which nobody has painted
            return
        self._is_placing = self.is_current
        try:
            super()._screen_resized(now)
        finally:
            self._is_placing = False
        self._take_as_placed()
        self._dirty_widgets.add(self)
        self.check_idle()

    def _forget_arrangements(self) -> None:
        """What `lay_out` has changed counts at once; Textual would place everything again for it."""
        for widget in (self, *self._compositor.widgets):
            widget._clear_arrangement_cache()

    def _take_as_placed(self) -> None:
        """A part with another size asks to be placed and painted again; only one with scroll bars has reason to."""
        for widget in (self, *self._compositor.widgets):
            if "auto" not in (widget.styles.overflow_x, widget.styles.overflow_y):
                widget._layout_required = widget._repaint_required = False

    def _compositor_refresh(self) -> None:
        """Paint; while parts are placed in another size not yet, since they have not taken it over."""
        if self._is_placing:
            return
        if self._is_painted and self is not self.app.screen:
            self._paint_behind()
        else:
            super()._compositor_refresh()

    def _paint_behind(self) -> None:
        """Let the dialogue in front paint what has changed here; Textual would ask for it again with every frame."""
        regions = self._compositor._dirty_regions
        if regions and self in self.app._background_screens:
            self.app.screen.refresh(*regions)
        regions.clear()
        self._dirty_widgets.clear()


class PaintedModal(ModalScreen[ResultType], PaintedScreen[ResultType]):
    """A dialogue of a painted app; style sheets know it by the first of its bases."""

    def on_unmount(self) -> None:
        """Textual remembers colours together with all lines of whatever asked for them, of 1,024 that may be gone."""
        forget = getattr(StylesCache.get_inner_outer, "cache_clear", None)
        if forget is not None:
            forget()
