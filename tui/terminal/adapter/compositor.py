"""Renders what is to be seen of the widgets: nothing behind another widget, nothing above or below a change.

Textual's own compositor renders the whole of every widget that lies anywhere between the first and the last change.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.terminal.adapter.painter import Painting, Piece, ScreenPainter

if TYPE_CHECKING:
    from textual.screen import Screen

_MOST_REGIONS = 24
"""More changed regions than this are taken for one that surrounds them."""


class VisibleCompositor(Compositor):
    """Gives paintings to an app that takes them, and Textual's own updates to all others and to screenshots."""

    @property
    def full_map(self) -> Any:
        """Where everything is. Textual makes it anew here after scrolling, and would forget what has gone since."""
        if not self._full_map_invalidated:
            return super().full_map
        before = self._full_map if self._visible_map is None else self._visible_map
        now = super().full_map
        self._dirty_regions.update(filter(None, (place.visible_region for _, place in before.items() - now.items())))
        return now

    def render_update(
        self, full: bool = False, screen_stack: "list[Screen[Any]] | None" = None, simplify: bool = False
    ) -> Any:
        """What has changed since the last time, or None."""
        painter: ScreenPainter | None = getattr(active_app.get(), "painter", None)
        if full or simplify or painter is None or not painter.takes_paintings:
            return super().render_update(full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        regions = [region for region in self._dirty_regions if region]
        self._dirty_regions.clear()
        if not regions:
            return None
        whole = self.size.region in regions
        if whole or len(regions) > _MOST_REGIONS:
            regions = [Region.from_union(regions)]
        return self.paint(regions, whole=whole)

    def paint(self, regions: Iterable[Region], *, whole: bool) -> Painting:
        """Render these regions."""
        screen = self.size.region
        left = disjoint(region.intersection(screen) for region in regions)
        before: list[Region] = []
        pieces: list[Piece] = []
        for widget, (region, clip) in self.visible_widgets.items():  # from front to back
            if not left:
                break
            seen = region.intersection(clip)
            wanted = [crop for one in left if (crop := one.intersection(seen))]
            left = [rest for one in left for rest in beside(one, seen)]
            for crop in dict.fromkeys(part for one in wanted for part in _widened(one, seen, before)):
                pieces.append(_rendered(widget, crop, region))
            before.append(seen)
        return Painting(self.size, whole, pieces)


def _rendered(widget: Widget, crop: Region, region: Region) -> Piece:
    strips = widget.render_lines(crop.translate((-region.x, -region.y)))
    if len(strips) < crop.height:  # it has grown and not taken that over yet
        strips = [*strips, *[Strip.blank(crop.width, widget.rich_style)] * (crop.height - len(strips))]
    return Piece(crop, strips)


def _widened(crop: Region, seen: Region, before: Iterable[Region]) -> list[Region]:
    """The lines of a crop as far as the widget is seen, or a wide character at its edge would be cut in two."""
    lines = Region(seen.x, crop.y, seen.width, crop.height)
    parts = [lines]
    for front in before:
        if front.overlaps(lines):
            parts = [rest for part in parts for rest in beside(part, front)]
    return [part for part in parts if part.overlaps(crop)]


def beside(region: Region, taken: Region) -> list[Region]:
    """What another region leaves of a region: none to four parts."""
    inner = region.intersection(taken)
    if not inner:
        return [region] if region else []
    x, y, width, height = region
    parts = (
        Region(x, y, width, inner.y - y),
        Region(x, inner.y, inner.x - x, inner.height),
        Region(inner.right, inner.y, x + width - inner.right, inner.height),
        Region(x, inner.bottom, width, y + height - inner.bottom),
    )
    return [part for part in parts if part]


def disjoint(regions: Iterable[Region]) -> list[Region]:
    """The same cells without any twice."""
    found: list[Region] = []
    for region in sorted(regions, key=lambda region: region.area, reverse=True):
        parts = [region] if region else []
        for other in list(found):
            parts = [rest for part in parts for rest in beside(part, other)]
        found += parts
    return found
