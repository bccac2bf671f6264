"""A screen on which a conversation is read, as copies, exports, other programs and the page of an agent see it."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.screen import Screen
from textual.widget import AwaitMount

from tui.config.settings import Settings
from tui.screens.beside import BesideControl
from tui.store.project import Project
from tui.terminal.adapter.app import TerminalApp

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.views.transcript.viewport import Viewport
    from tui.widgets.lists.menu_list import Item
    from tui.widgets.transcript.view import TranscriptView

COPYING = "copy"
"""The pending state in which the next key says what is copied."""

ResultType = TypeVar("ResultType")


class ReadingStage(Protocol):
    """What is read, of which project, and what can be done with the screen, as `Stage` does it."""

    screen: Screen[Any]
    project: Project
    beside: BesideControl
    exported_to: Path | None

    @property
    def app(self) -> TerminalApp[Any]:
        """The app."""

    @property
    def settings(self) -> Settings:
        """What the program was started with."""

    @property
    def at_hand(self) -> "Conversation | None":
        """The conversation that is meant."""

    @property
    def view(self) -> "TranscriptView":
        """The reader."""

    @property
    def viewport(self) -> "Viewport | None":
        """What is read of the conversation, while the keys are in the reader."""

    def choose(self, state: str, title: str, choices: "Sequence[Item]", aside: str = "") -> None:
        """Wait for one of the choices."""

    def say(self, words: str, *, warning: bool = False, seconds: float = 8.0) -> None:
        """Say something that need not stay."""

    def ask(
        self, dialog: Screen[ResultType], answered: Callable[[ResultType | None], object] | None = None
    ) -> AwaitMount:
        """Show a dialogue."""

    def run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Begin something that takes its time."""
