"""The projects that can be gone to: the profiles, another project of the same server, and a new profile.

What a choice leads to is worked out while the present project stays: where that fails, nobody is thrown out.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from tui.api.background import in_thread
from tui.config.checks import REGIONS
from tui.config.choices import Choices
from tui.config.errors import ConfigError
from tui.config.settings import Settings
from tui.screens.keys import keys_of
from tui.screens.painting import paint_parts
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.text.clean import clean_line
from tui.views.text.ink import Span
from tui.widgets.bars.banner import Banner
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.lists.cursor_list import more_below
from tui.widgets.lists.project_list import DIGITS, ProjectList

_ANOTHER = "another project of this server: its id, or the address of one of its pages"
_WORDS_LIMIT = 400
_ASKING = "Asking for the token… Esc does not wait for it."


def open_projects(app: App[Any], choices: Choices, present: Settings) -> None:
    """Show what can be gone to from the present project; where something is chosen the app ends with it."""

    def chosen(settings: Settings | None) -> None:
        if settings is not None:
            app.exit(settings)

    app.push_screen(ProjectsScreen(choices, present), chosen)


class ProjectsScreen(PaintedScreen[Settings | None]):
    """Gives back the settings of the project to go to, or None."""

    IS_DIALOGUE = True
    AUTO_FOCUS = "ProjectList"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"choose({digit})", "Go there", show=False) for digit in range(1, DIGITS + 1)),
        Binding("n", "new", "new profile"),
        # With priority: what is typed in one go with the key is meant for the line.
        Binding("p,slash", "type", "another project", tooltip="Go to another project of this server", priority=True),
        Binding("escape,q", "leave", "close"),
    ]

    def __init__(self, choices: Choices, present: Settings) -> None:
        super().__init__()
        self._choices = choices
        self._present = present

    def compose(self) -> ComposeResult:
        """The profiles, a line for another project, and one for news."""
        with Vertical(id="projects") as box:
            box.border_title = "Projects"
            yield ProjectList(id="projects-list")
            if not self._present.demo:
                yield Label(_ANOTHER, markup=False)
                yield FilterInput("paste it here, then Enter", id="projects-another")
            yield Banner(id="projects-news")
            yield KeyBar(id="projects-keys")

    def on_mount(self) -> None:
        """Show what the config file says now."""
        paint_parts(self)
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._show_keys())
        self._say("")
        self._show()

    @property
    def _list(self) -> ProjectList:
        return self.query_one(ProjectList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The demo has one project; and in the line the key is a letter."""
        if action == "type" and (self._present.demo or isinstance(self.focused, FilterInput)):
            return False
        return super().check_action(action, parameters)

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_choose(self, digit: int) -> None:
        """Go to the profile of that digit."""
        self._list.choose(digit - 1)

    def action_new(self) -> None:
        """Make a new profile, and go there; a project that is still waited for is not gone to any more."""
        from tui.config.new_profile import Answers
        from tui.screens.dialogs.first_start import FirstStartScreen

        self._stop_waiting()

        def made(name: str | None) -> None:
            if name:
                self._show()
                self._go(name)

        connection = self._present.connection
        server = connection.region if connection.region in REGIONS else connection.base_url
        known = Answers(server="eu" if self._present.demo else server, name="", scheme=connection.scheme)
        path, environ = Path(self._choices.path), self._choices.environ
        self.app.push_screen(FirstStartScreen(path, environ, known, another=True), made)

    def action_type(self) -> None:
        """Type or paste another project of this server."""
        for line in self.query(FilterInput):
            self.set_focus(line)

    def action_leave(self) -> None:
        """Stop waiting for a token, or close."""
        if not self._stop_waiting():
            self.dismiss(None)

    def _stop_waiting(self) -> bool:
        """Wait for no token any more; whether one was waited for."""
        waiting = [worker for worker in self.workers if worker.group == "go" and not worker.is_finished]
        if waiting:
            self.workers.cancel_group(self, "go")
            self._say("")
        return bool(waiting)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted over the list is meant for the line."""
        for line in self.query(FilterInput):
            if not line.has_focus:
                self.set_focus(line)
                line.post_message(events.Paste(event.text))

    # -- what widgets tell -----------------------------------------------------------------------------------------

    @on(ProjectList.Chosen)
    def _chosen(self, event: ProjectList.Chosen) -> None:
        if event.name is None:
            self.action_new()
        else:
            self._go(event.name)

    @on(ProjectList.BelowChanged)
    def _below_changed(self) -> None:
        self.query_one("#projects").border_subtitle = more_below(self._list)

    @on(ProjectList.Left)
    def _list_left(self, event: ProjectList.Left) -> None:
        if event.direction > 0:
            self.action_type()

    @on(FilterInput.Submitted)
    def _typed(self, event: FilterInput.Submitted) -> None:
        typed = event.value
        if typed.strip():
            self._work_out(lambda: self._choices.another_project(typed, self._present))

    @on(FilterInput.Left)
    def _line_left(self, event: FilterInput.Left) -> None:
        event.stop()
        self._list.focus()

    # -- going there -----------------------------------------------------------------------------------------------

    def _go(self, name: str) -> None:
        self._work_out(lambda: self._choices.settings_of(name))

    def _work_out(self, settings: Callable[[], Settings]) -> None:
        self.run_worker(self._try(settings), group="go", exclusive=True, exit_on_error=False)

    async def _try(self, make: Callable[[], Settings]) -> None:
        self._say(_ASKING)
        try:
            settings = await in_thread(make, "settings")
        except ConfigError as error:
            detail = f" ({error.detail})" if error.detail else ""
            self._say(f"{error.title}{detail}. {error.hint}", wrong=True)
            return
        if settings.identity == self._present.identity:
            self._say("You are there already.")
        else:
            self.dismiss(settings)

    # -- around ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        try:
            self._list.show_choices(self._choices.offered(self._present))
        except ConfigError as error:
            self._list.show_choices(())
            self._say(f"{error.title}. {error.hint}", wrong=True)

    def _show_keys(self) -> None:
        typing = isinstance(self.focused, FilterInput)
        self.query_one(KeyBar).show_keys(keys_of(self.active_bindings.values(), typing=typing))

    def _say(self, words: str, *, wrong: bool = False) -> None:
        said = clean_line(words, _WORDS_LIMIT)
        self.query_one(Banner).show_line([Span(said, "failed" if wrong else "muted")] if said else [])
