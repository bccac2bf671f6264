"""The menu of what can be copied here: a letter, or a click, copies at once."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tui.screens.painting import paint_parts
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.text.clean import clean_line
from tui.views.export.copies import LETTERS, Copyable, WholeCopyable
from tui.views.text import format as fmt
from tui.widgets.lists.menu_list import Item, MenuList

_WORDS_LIMIT = 200

Choice = Copyable | WholeCopyable


class CopyMenu(PaintedScreen[Choice | None]):
    """Stands at the bottom; gives back what was chosen."""

    IS_DIALOGUE = True
    AUTO_FOCUS = ""
    # Bindings, not an event handler: the letter of a quick "yy" is on its way before this screen is there.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close"),
        *(Binding(letter, f"choose('{letter}')", show=False) for letter in LETTERS),
    ]

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = {choice.letter: choice for choice in choices}

    def compose(self) -> ComposeResult:
        """One line for each, with its size where that is known."""
        with VerticalScroll(id="menu", can_focus=False) as box:
            box.border_title = "Copy"
            box.border_subtitle = "Esc closes"
            yield MenuList([_item(choice) for choice in self._choices.values()])

    def on_mount(self) -> None:
        """Paint in the theme's colours."""
        paint_parts(self)

    def action_choose(self, letter: str) -> None:
        """Copy what the letter stands for, if it stands for something here."""
        if letter in self._choices:
            self.dismiss(self._choices[letter])

    @on(MenuList.Chosen)
    def _clicked(self, event: MenuList.Chosen) -> None:
        self.dismiss(self._choices[event.letter])


def _item(choice: Choice) -> Item:
    size = choice.size if isinstance(choice, Copyable) else None
    return Item(choice.letter, clean_line(choice.words, _WORDS_LIMIT), fmt.size(size) if size is not None else "")
