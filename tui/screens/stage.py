"""What commands of any screen do with it: say something, ask in a dialogue, begin work, wait for a second key."""

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.screen import Screen
from textual.widget import AwaitMount

from tui.terminal.adapter.app import TerminalApp
from tui.terminal.text.clean import clean_line

if TYPE_CHECKING:
    from tui.widgets.lists.menu_list import Item

_SECONDS = 8.0
_WORDS_LIMIT = 600

ResultType = TypeVar("ResultType")


class Stage:
    """A screen as its commands see it."""

    def __init__(self, screen: Screen[Any]) -> None:
        self.screen = screen

    @property
    def app(self) -> "TerminalApp[Any]":
        """The app, which knows its terminal."""
        return cast("TerminalApp[Any]", self.screen.app)

    def choose(self, state: str, title: str, choices: "Sequence[Item]", aside: str = "") -> None:
        """Show the choices of a pending state and wait for a key: the commands `after` the state are meant then."""
        from tui.widgets.lists.choice_box import ChoiceBox

        box = next(iter(self.screen.query(ChoiceBox)), None)
        if box is None:
            box = ChoiceBox()
            self.screen.mount(box)
        box.open(title, choices, aside)
        self.app.straight_keys.choose(state, box)

    def say(self, words: str, *, warning: bool = False, seconds: float = _SECONDS) -> None:
        """Say something that need not stay; the words may be the server's."""
        said = clean_line(words, _WORDS_LIMIT)
        self.screen.notify(said, severity="warning" if warning else "information", timeout=seconds, markup=False)

    def ask(
        self, dialog: Screen[ResultType], answered: Callable[[ResultType | None], object] | None = None
    ) -> AwaitMount:
        """Show a dialogue, which gives its answer when it is left; awaited, it is there before the next key."""
        return self.app.push_screen(dialog, cast("Callable[[ResultType | None], None] | None", answered))

    def run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Begin something that takes its time; it ends what is under way in the same group."""
        self.screen.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    def give_up(self, group: str) -> None:
        """End what is under way in a group."""
        self.screen.workers.cancel_group(self.screen, group)
