"""The upper edge of a pane."""

from textual.strip import Strip

from tui.views.listing.edge import Edge
from tui.views.text.ink import Line
from tui.widgets.line_widget import LineWidget


class PaneEdge(LineWidget):
    """One line, heavy where the keys go; only what has changed in it is painted."""

    def __init__(
        self,
        title: str,
        *,
        title_counts: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._edge = Edge(title, title_counts)

    def show(
        self,
        title: str | None = None,
        right: Line | None = None,
        *,
        path: str | None = None,
        active: bool | None = None,
        joined: bool | None = None,
        shorter: tuple[str, ...] | None = None,
        shortest: tuple[str, ...] | None = None,
    ) -> None:
        """Take over what is given: cleaned title, right end, the place behind the title, and how it is painted.

        `active` says whether the keys go here, `joined` whether a pane stands left. Of the right end whole spans go,
        the last one first, of the path its beginning; `shorter` and `shortest` are titles for less room.
        """
        shown = self._edge
        new = shown._replace(
            title=shown.title if title is None else title,
            path=shown.path if path is None else path,
            right=shown.right if right is None else right,
            active=shown.active if active is None else active,
            joined=shown.joined if joined is None else joined,
            shorter=shown.shorter if shorter is None else shorter,
            shortest=shown.shortest if shortest is None else shortest,
        )
        if new != self._edge:
            self._edge = new
            self.refresh()

    def paint_line(self, y: int) -> Strip:
        """The edge."""
        return self.inks.strip(self._edge.line(self.size.width))
