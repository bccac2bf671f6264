"""What commands of any screen do with it: say something, ask in a dialogue, begin work, wait for a second key."""

import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.screen import Screen
from textual.widget import AwaitMount
from textual.worker import Worker, WorkerState

from tui.terminal.adapter.app import TerminalApp
from tui.terminal.text.clean import clean_line

if TYPE_CHECKING:
    from tui.terminal.input.keymap import Command
    from tui.widgets.lists.menu_list import Item

_log = logging.getLogger(__name__)
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
        self.app.straight_keys.choose(state, box)  # closes the box where its choices are those of another state
        box.open(title, choices, aside)

    def say(self, words: str, *, warning: bool = False, seconds: float = _SECONDS) -> None:
        """Say something that need not stay; the words may be the server's."""
        said = clean_line(words, _WORDS_LIMIT)
        self.screen.notify(said, severity="warning" if warning else "information", timeout=seconds, markup=False)

    def ask(
        self, dialog: Screen[ResultType], answered: Callable[[ResultType | None], object] | None = None
    ) -> AwaitMount:
        """Show a dialogue, which gives its answer when it is left; awaited, it is there before the next key."""
        return self.app.push_screen(dialog, cast("Callable[[ResultType | None], None] | None", answered))

    def carry_out(self, command: "Command[Any]") -> object:
        """Run a command that acts on this, or say that the restricted mode forbids it."""
        restricted = self.app.restricted
        if command.forbidden and restricted.is_on:
            restricted.refuse(command.forbidden)
            return None
        return command.run(self, *command.arguments)

    def tell_fault(self, event: Worker.StateChanged) -> None:
        """The outermost border of the workers: a fault of our own is logged and said, and ends nothing."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None:
            _log.error("The worker %s failed", event.worker.group, exc_info=error)
            words = clean_line(f"A fault in clarifeye-tui itself ({type(error).__name__})")
            self.screen.notify(words, severity="error", markup=False)

    def run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Begin something that takes its time; it ends what is under way in the same group."""
        self.screen.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    def give_up(self, group: str) -> None:
        """End what is under way in a group."""
        self.screen.workers.cancel_group(self.screen, group)
