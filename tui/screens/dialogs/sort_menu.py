"""The menu of the orders of a list: a letter, or a click, sorts at once."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tui.screens.painting import paint_parts
from tui.store.facts.sorting import SORTS, Order
from tui.terminal.adapter.screen import PaintedScreen
from tui.widgets.lists.menu_list import Item, MenuList

_SERVER = "o"


class SortMenu(PaintedScreen[Order | None]):
    """Stands at the bottom; gives back the order that was chosen, or None."""

    IS_DIALOGUE = True
    AUTO_FOCUS = ""
    # Bindings, not an event handler: the letter of a quick "of" is on its way before this screen is there.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close"),
        Binding(_SERVER, f"choose('{_SERVER}')", show=False),
        *(Binding(sort.letter, f"choose('{sort.letter}')", show=False) for sort in SORTS.values()),
    ]

    def __init__(self, present: Order) -> None:
        super().__init__()
        self._present = present

    def compose(self) -> ComposeResult:
        """One line for each order; the present one is marked."""
        with VerticalScroll(id="menu", can_focus=False) as box:
            box.border_title = "Sort by"
            box.border_subtitle = "the same again turns it round · Esc closes"
            yield MenuList([*(self._item(name) for name in SORTS), self._server()])

    def on_mount(self) -> None:
        """Paint in the theme's colours."""
        paint_parts(self)

    def action_choose(self, letter: str) -> None:
        """Sort by what the letter stands for."""
        name = next((name for name, sort in SORTS.items() if sort.letter == letter), "")
        self.dismiss(self._present.chosen(name) if name else Order())

    @on(MenuList.Chosen)
    def _clicked(self, event: MenuList.Chosen) -> None:
        self.action_choose(event.letter)

    def _item(self, name: str) -> Item:
        on_now = self._present.by == name
        return Item(SORTS[name].letter, SORTS[name].words, self._present.words if on_now else "", on_now)

    def _server(self) -> Item:
        return Item(_SERVER, "the server's order", on=not self._present.by)
