"""The box in which the choices of a pending state stand: it takes no keys, and a click on a choice presses its key."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tui.terminal.input.keymap import key_label, key_name
from tui.widgets.lists.menu_list import Item, MenuList
from tui.widgets.palette import Palette

_LEAVE = "Esc leaves"


class ChoiceBox(Vertical):
    """Stands above the line of keys, over the panes, as long as a key is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._menu = MenuList(beside=True)
        self._aside = ""

    def compose(self) -> ComposeResult:
        """The choices."""
        yield self._menu

    def on_mount(self) -> None:
        """Paint in the theme's colours."""
        self._menu.set_palette(Palette(self.app.theme_variables))

    def open(self, title: str, choices: Sequence[Item], aside: str = "") -> None:
        """Show choices, each with its key as tables have it; `aside` is what else is to be known."""
        self._aside = f"{aside} · {_LEAVE}" if aside else _LEAVE
        self.border_title, self.border_subtitle = Content(title), Content(self._aside)
        self._menu.show_items(choices)
        self.display = True

    def close(self) -> None:
        """No key is waited for any more."""
        self.display = False

    def refuse(self, key: str) -> None:
        """Say that a key is none of the choices."""
        self.border_subtitle = Content(f"{key_label(key)} is none of these · {_LEAVE}")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press in the box leaves nothing."""
        event.stop()

    @on(MenuList.Chosen)
    def _clicked(self, event: MenuList.Chosen) -> None:
        event.stop()
        self.app.simulate_key(key_name(event.letter))
