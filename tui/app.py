"""The application: style sheets, theme, global keys, and the first screen."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.message import Message
from textual.scrollbar import ScrollBar

from tui.api.client import Client
from tui.api.errors import Unauthorized
from tui.api.http.first_page import FirstPage
from tui.api.retry import Retrying
from tui.config.settings import Connection, Settings
from tui.resources import STYLES
from tui.screens.browse.layout import SMALLEST_HEIGHT, SMALLEST_WIDTH
from tui.screens.browse.screen import BrowseScreen
from tui.store.history.failure_patterns import failure_patterns
from tui.store.listing.request import FirstRequest
from tui.store.project import Project
from tui.store.saved.session import Session
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.capabilities import Capabilities
from tui.terminal.input.background import BackgroundAnswer, Look, asks, look_by_environment
from tui.terminal.input.reports import ReorderingAnswer, may_reorder
from tui.terminal.paint.skeleton import Skeleton
from tui.terminal.process.collector import Collector, begin_collecting
from tui.terminal.process.environment import Surroundings
from tui.terminal.process.messages import Messages
from tui.widgets.filter_pane import FilterPane
from tui.widgets.theme_choice import suits_the_terminal, theme_for
from tui.widgets.themes import THEMES
from tui.widgets.thin_bar import ThinBar
from tui.zone import ZONE

if TYPE_CHECKING:
    from tui.config.choices import Choices
    from tui.config.new_profile import Answers
    from tui.screens.dialogs.token import TokenRenewal

_SHEETS = ("app.tcss", "browse.tcss", "transcript.tcss")
_MODAL_SHEETS = (
    "modals.tcss", "token.tcss", "taking_out.tcss", "projects.tcss", "first_start.tcss", "compare.tcss", "tables.tcss",
)  # fmt: skip
"""Read when the first modal screen is shown: the main screen has to be there before."""

_NO_UTF_8 = (
    "The locale is not UTF-8: other signs and ? stand for what is not ASCII. "
    "{}=C.UTF-8 before the start mends that, in a terminal that reads UTF-8."
)
_NOTICE_SECONDS = 15.0
_CLOSING = 0.5


class Ended(NamedTuple):
    """How a project was left: with which exit code, or for which other project."""

    code: int
    chosen: Settings | None = None
    last_read: tuple[str, int] | None = None
    """The conversation and turn that were read last."""
    lost: str = ""
    """What could not be written, in words."""


@dataclass
class BackgroundTold(Message):
    """The terminal has told what its background is."""

    look: Look
    guessed_theme: str
    """What the theme was when it was asked."""


class BrowserApp(TerminalApp[Settings]):
    """Browses one project; ends with the settings of another one where that was chosen."""

    TITLE = "clarifeye-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / name for name in _SHEETS]
    SMALLEST = Size(SMALLEST_WIDTH, SMALLEST_HEIGHT)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Stop, until fg in the shell", show=False, priority=True),
    ]

    def __init__(
        self,
        settings: Settings,
        first_page: FirstPage | None = None,
        *,
        session: Session | None = None,
        capabilities: Capabilities | None = None,
        surroundings: Surroundings | None = None,
        skeleton: Skeleton | None = None,
        choices: "Choices | None" = None,
        messages: Messages | None = None,
    ) -> None:
        """With `choices` the person can go to another project: then the app ends with its settings."""
        super().__init__(
            capabilities=capabilities,
            surroundings=surroundings,
            skeleton=skeleton,
            restricted=settings.restricted,
            messages=messages,
        )
        ScrollBar.renderer = ThinBar
        self._renewal: TokenRenewal | None = None
        self._collector = Collector()
        ZONE.choose(settings.time_zone)
        session = session or Session()
        environment = surroundings.environment if surroundings is not None else {}
        look = session.look or look_by_environment(environment)
        for theme in THEMES:
            self.register_theme(theme)
        self.begin_with(theme_for(settings.theme, self.capabilities, look, low_bandwidth=settings.low_bandwidth))
        query = session.begin(settings)
        client = Client(settings.connection, self._retrying, first_page, renew=self._renew)
        patterns = failure_patterns(settings.facts.failure_patterns)
        goal = session.goal(settings)
        first = FirstRequest(session.first_row(settings), goal.conversation_id if goal is not None else "")
        project = Project(client, query, self._list_changed, patterns, first)
        project.facts.read_on_below = settings.facts.read_on_below
        if settings.facts.kept and surroundings is not None:
            from tui.store.facts.kept_file import facts_file

            project.facts.path = facts_file(surroundings.state_folder, settings.connection.name, settings.identity)
        self._browse = BrowseScreen(project, settings, session, choices)

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        """Show another screen above the main one, with the rules that such screens need."""
        if self.screen_stack and not self.stylesheet.has_source(str(STYLES / _MODAL_SHEETS[0])):
            self.stylesheet.read_all([STYLES / name for name in _MODAL_SHEETS])
            self.stylesheet.parse()
        self.straight_keys.typed.end()  # the keys are the other screen's
        return super().push_screen(*arguments, **options)

    def on_mount(self) -> None:
        """Ask whether the terminal is light or dark, where no setting says, and more; say what it cannot show."""
        self._collector.start()
        settings, guessed = self._browse.settings, self.theme
        if (
            suits_the_terminal(settings.theme, self.capabilities)
            and not settings.low_bandwidth
            and asks(self.capabilities)
        ):
            self.ask(BackgroundAnswer(lambda look: self.post_message(BackgroundTold(look, guessed))))
        if may_reorder(self.capabilities):
            self.ask(ReorderingAnswer(lambda: self.call_later(self.painter.mark_seams)))
        if not self.capabilities.unicode and self.notices.messages.is_first("no UTF-8"):
            words = _NO_UTF_8.format(self.capabilities.locale_variable)
            self.notify(words, severity="warning", timeout=_NOTICE_SECONDS, markup=False)

    def on_background_told(self, event: "BackgroundTold") -> None:
        """The terminal has answered: the theme that suits it, now, unless one was chosen, and at the next start."""
        self._browse.session.remember_look(event.look)
        if self.theme == event.guessed_theme:
            self.theme = theme_for(self._browse.settings.theme, self.capabilities, event.look, low_bandwidth=False)

    def get_default_screen(self) -> BrowseScreen:
        """The main screen is the first one: there is no empty screen below it to be laid out and painted before."""
        return self._browse

    def awaited_part(self) -> asyncio.Event | None:
        """The filter is built after the first frame: what is typed into it before then waits."""
        with suppress(NoMatches):  # the screen itself is still being built
            return self._browse.query_one(FilterPane).awaited
        return None

    def post_display_hook(self) -> None:
        """Something on the screen has changed, so perhaps the place that is remembered."""
        self._browse.context.place.touch()
        self._collector.touch()

    def exit(self, result: Settings | None = None, *arguments: Any, **options: Any) -> None:
        """Take note of the place, then leave; with the settings of another project only to that one."""
        self.keep_place()
        self.keeps_screen = result is not None
        super().exit(result, *arguments, **options)

    def close_project(self) -> str:
        """The program ends: facts on their way to a file are waited for a little. Says in words what is lost."""
        self._browse.project.facts.close(_CLOSING)
        return self._browse.context.judging.close()

    async def on_unmount(self) -> None:
        """A process that goes on has no use for the connections of the project that is left."""
        if self.keeps_screen:
            await self._browse.project.close()

    def keep_place(self) -> None:
        """Take note of where the user is."""
        if self._browse.is_mounted:
            self._browse.context.place.save()

    async def _renew(self, refused: Connection, error: Unauthorized, worked: bool) -> Connection | None:
        if self._renewal is None:
            from tui.screens.dialogs.token import TokenRenewal

            source = self._browse.settings.token_source
            self._renewal = TokenRenewal(self, lambda: self._browse.project.shown.count is not None, source)
        return await self._renewal(refused, error, worked)

    def _list_changed(self) -> None:
        if self.is_running:  # else the parts of the screen are being taken down
            self._browse.list_changed()

    def _retrying(self, news: Retrying | None) -> None:
        self._browse.retrying(news)


class FirstStartApp(TerminalApp[bool]):
    """Asks where the project is, before there is anything to browse."""

    TITLE = "clarifeye-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / name for name in ("app.tcss", "first_start.tcss")]

    def __init__(
        self, path: Path, environ: Mapping[str, str], capabilities: Capabilities, known: "Answers | None" = None
    ) -> None:
        super().__init__(capabilities=capabilities)
        self._known = known
        for theme in THEMES:
            self.register_theme(theme)
        look = look_by_environment(environ)
        self.begin_with(theme_for(None, self.capabilities, look, low_bandwidth=False))
        self._path = path
        self._environ = environ

    def on_mount(self) -> None:
        """Show the form, and end with it."""
        from tui.screens.dialogs.first_start import FirstStartScreen

        self.push_screen(FirstStartScreen(self._path, self._environ, self._known), lambda name: self.exit(bool(name)))


def ask_for_a_project(path: Path, environ: Mapping[str, str], capabilities: Capabilities, known: "Answers") -> bool:
    """Ask, try and save; whether there is a profile in the config file at `path` now."""
    begin_collecting()
    return bool(FirstStartApp(path, environ, capabilities, known).run())


def run(
    settings: Settings,
    first_page: FirstPage | None,
    *,
    session: Session,
    capabilities: Capabilities,
    surroundings: Surroundings,
    skeleton: Skeleton | None,
    choices: "Choices",
    messages: Messages,
) -> Ended:
    """Run the program until the project is left, or raise the fault that ended it."""
    begin_collecting()
    app = BrowserApp(
        settings,
        first_page,
        session=session,
        capabilities=capabilities,
        surroundings=surroundings,
        skeleton=skeleton,
        choices=choices,
        messages=messages,
    )
    try:
        app.run(mouse=not settings.low_bandwidth)
    finally:
        lost = app.close_project()
        session.close()
    return Ended(app.return_code or 0, app.return_value, session.last_read, lost)
