"""Renders what is to be seen of the widgets, each cell once: nothing behind another widget, nothing beside a change.

Textual's own compositor renders the whole of every widget that lies anywhere between the first and the last change.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from textual._compositor import Compositor
from textual._context import active_app
from textual.geometry import Region, Size
from textual.strip import Strip

_MOST_REGIONS = 24
"""More changed regions than this are taken for one that surrounds them."""


class Piece(NamedTuple):
    """The lines of a part of the screen that one widget fills."""

    region: Region
    strips: list[Strip]


class Painting(NamedTuple):
    """What has changed on a screen of this size; pieces do not overlap."""

    size: Size
    whole: bool
    pieces: list[Piece]


class VisibleCompositor(Compositor):
    """Gives paintings to an app that takes them, and Textual's own updates to all others."""

    def render_full_update(self, simplify: bool = False) -> Any:
        """All of the screen."""
        if simplify or not _takes_paintings():
            return super().render_full_update(simplify)
        self._dirty_regions.clear()
        return self._painting([self.size.region], whole=True)

    def render_partial_update(self) -> Any:
        """What has changed, or None."""
        if not _takes_paintings():
            return super().render_partial_update()
        regions = [region for region in self._dirty_regions if region]
        self._dirty_regions.clear()
        if not regions:
            return None
        if len(regions) > _MOST_REGIONS:
            regions = [Region.from_union(regions)]
        return self._painting(regions, whole=False)

    def _painting(self, regions: Iterable[Region], *, whole: bool) -> Any:
        screen = self.size.region
        left = disjoint(region.intersection(screen) for region in regions)
        pieces: list[Piece] = []
        for widget, (region, clip) in self.visible_widgets.items():  # from front to back
            if not left:
                break
            seen = region.intersection(clip)
            for crop in [crop for one in left if (crop := one.intersection(seen))]:
                pieces.append(Piece(crop, widget.render_lines(crop.translate((-region.x, -region.y)))))
            left = [rest for one in left for rest in beside(one, seen)]
        return Painting(self.size, whole, pieces)


def _takes_paintings() -> bool:
    return getattr(active_app.get(), "takes_paintings", False)


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
