"""Fetches what the service tells beside conversations; `host` is the screen whose workers these are."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.store.load import Loading, Ready
from tui.store.project import Project
from tui.views.reader.reader import Reader
from tui.widgets.transcript.view import TranscriptView

if TYPE_CHECKING:
    from tui.screens.agent_page import AgentScreen

_NAMES, _AGENT = "names", "agent"
_SECONDS = 8


class BesideControl:
    """The names of tools and the feedback in the reader, and the page of an agent."""

    def __init__(self, host: Widget, project: Project) -> None:
        self.told: Callable[[], object] = lambda: None
        """Called when feedback has come: lists and titles tell of it."""
        self._host = host
        self._project = project
        self._views: list[TranscriptView] = []
        self._page: AgentScreen | None = None
        self._is_told = False

    def start(self) -> None:
        """From now on what is looked at is asked for."""
        self.tell(self._host.query_one(TranscriptView))
        self._project.agents.wanted = lambda: self._host.call_later(self._run, _NAMES)

    def tell(self, view: TranscriptView) -> None:
        """Show in a reader, as long as it is there, what the service tells."""
        modes = view.reader.modes
        modes.called, modes.said = self._project.agents.called, self._project.feedback.of
        self._views.append(view)

    def leave(self, reader: Reader) -> None:
        """A reader goes."""
        self._views = [view for view in self._views if view.reader is not reader]

    def show_on(self, page: "AgentScreen") -> None:
        """Tell on this page what an agent was told, and ask for what is not here yet."""
        self._page = page
        self._run(_AGENT)

    def leave_page(self) -> None:
        """The page is left: what arrives later is told when one is opened again."""
        self._page = None

    def ask_again(self) -> None:
        """Ask anew what agents were told."""
        self._work(partial(self._fetch, anew=True), _AGENT)

    def _run(self, group: str) -> None:
        work = self._names if group == _NAMES else partial(self._fetch, anew=False)
        self._work(work, group)

    def _work(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> None:
        """Begin it in its turn; an app that ends before has begun nothing that was to be awaited."""
        self._host.run_worker(work, group=group, exclusive=True, exit_on_error=False)  # type: ignore[arg-type]  # one of three ways

    def feedback_arrived(self) -> None:
        """What people said is known anew."""
        self._project.facts.beside.put("feedback", self._project.feedback.rows())
        self.told()
        for view in self._views:
            view.act(Reader.refresh_feedback)

    def sees_own_alone(self) -> None:
        """Tell those who see the feedback alone that they gave themselves, once there is some, and once."""
        if self._project.feedback.givers and not self._is_told:
            self._is_told = True
            self._host.notify("Feedback: as no admin you see what you gave yourself.", timeout=_SECONDS, markup=False)

    async def _names(self) -> None:
        await self._project.agents.fetch_names()
        self._arrived()

    async def _fetch(self, *, anew: bool) -> None:
        told = self._project.agents
        if anew or not isinstance(told.agents, Ready | Loading):
            await told.fetch_agents()
            self._arrived()
        if anew or not isinstance(told.tools, Ready | Loading):
            await told.fetch_tools()
            self._arrived()

    def _arrived(self) -> None:
        if self._page is not None and self._page.is_mounted:
            self._page.show()
        for view in self._views:
            view.act(Reader.repaint, everything=True)
