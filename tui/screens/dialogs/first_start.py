"""The form of a new profile: where the project is and how to get in, tried with one request before it is saved."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Label, Static

from tui.api.client import Client
from tui.api.errors import ApiError
from tui.api.query import ConversationFilter
from tui.config.errors import ConfigError
from tui.config.new_profile import Answers, check_name, connection_of, missing_in, save_profile
from tui.config.settings import Connection
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.text.clean import clean_line
from tui.widgets.inputs.filter_input import FilterInput

_FIELDS = (
    ("server", "Region (eu or us), or a base URL ending in /api/v1", ""),
    ("project", "Project: its id, or the address of one of its pages", "3c90c3cc-0d44-4b50-8888-8dd25736052a"),
    ("token", "API token: stays hidden, is kept in a file that only you can read", "paste it here"),
    ("variable", "… or the name of an environment variable that holds it", "ACME_TOKEN"),
    ("command", "… or a command that prints it", "pass show acme/clarifeye"),
    ("name", "A name for this profile", "acme"),
)
_WELCOME = "Welcome. Where are the conversations?"
_LIMIT = 600
_SAID_LIMIT = 250
"""Characters of what a server says: the keys that help come after it."""


class FirstStartScreen(PaintedScreen[str]):
    """Gives back the name of the profile that was saved, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority: a token that is typed in one go with the key must not land in the field before.
        Binding("tab", "app.focus_next", "next field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "previous field", show=False, priority=True),
        Binding("enter", "next", "next", show=False, priority=True),
        Binding("ctrl+s", "try", "try and save"),
        Binding("escape,ctrl+q,ctrl+c", "leave", "leave", priority=True),
    ]

    def __init__(
        self, path: Path, environ: Mapping[str, str], known: Answers | None = None, *, another: bool = False
    ) -> None:
        """`known` is there already; `another`: the program is running, so nobody is welcomed."""
        super().__init__()
        self._known = known or Answers()
        self._another = another
        self._path = path
        self._environ = environ
        self._trying = False

    def compose(self) -> ComposeResult:
        """One line to type in for each answer."""
        title = "A new profile: where are the conversations?"
        with VerticalScroll(id="first-start"):
            yield Static(title if self._another else _WELCOME, classes="title", markup=False)
            for name, words, example in _FIELDS:
                yield Label(words, markup=False)
                field = FilterInput(example, id=name)
                field.password = name == "token"
                field.value = getattr(self._known, name)
                yield field
            yield Static(self._how(), id="said", markup=False)

    def on_mount(self) -> None:
        """Begin with the first field that is empty."""
        fields = self.query(FilterInput).results()
        self.set_focus(next((field for field in fields if not field.value), None))

    def _how(self) -> str:
        return f"Enter: next, and in the last line try. Ctrl-S: try now. Esc: leave. It is saved in {self._path}."

    @on(FilterInput.Left)
    def _left(self, event: FilterInput.Left) -> None:
        event.stop()
        if event.direction > 0:
            self.focus_next()
        elif event.direction < 0:
            self.focus_previous()

    def action_next(self) -> None:
        """Go to the next field; from the last one, or from a token, try."""
        field = self.focused
        if isinstance(field, Input) and field.id in ("token", _FIELDS[-1][0]):
            field.call_later(self._go_on, field)  # after the keys that it has not taken yet
        else:
            self.focus_next()

    def _go_on(self, field: Input) -> None:
        if field.id != "token" or field.value.strip():
            self.action_try()
        else:
            self.focus_next()

    def action_leave(self) -> None:
        """Leave without a profile."""
        self.dismiss("")

    def action_try(self) -> None:
        """Try the answers with one request, and save them if it is answered."""
        missing = missing_in(self._answers())
        if missing is not None and not self._trying:
            self.set_focus(self.query_one(f"#{missing[0]}"))
            self._say(missing[1], wrong=True)
        elif not self._trying:
            self._trying = True
            self._say("Trying…")
            self.run_worker(self._try(), group="try", exclusive=True, exit_on_error=False)

    async def _try(self) -> None:
        try:
            answers = self._answers()
            check_name(self._path, answers.name)
            connection = await asyncio.to_thread(connection_of, answers, self._environ)
            await _ask_once(connection)
            save_profile(self._path, answers, connection)
        except ConfigError as error:
            self._say(f"{error.title}. {error.hint}", wrong=True)
        except ApiError as error:
            said = f" ({clean_line(error.detail, _SAID_LIMIT)})" if error.detail else ""
            advice = f"{error.advice.rstrip('.')}; then " if error.advice else ""
            self._say(f"{error.title}{said}. {advice}Ctrl-S tries again.", wrong=True)
        else:
            self.dismiss(answers.name)
        finally:
            self._trying = False

    def _answers(self) -> Answers:
        given = {name: self.query_one(f"#{name}", Input).value for name, _, _ in _FIELDS}
        return Answers(**given, scheme=self._known.scheme)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.update(clean_line(words, _LIMIT))
        said.set_class(wrong, "-wrong")
        if self.focused is not None:
            self.focused.scroll_visible(animate=False)  # what is typed is seen


async def _ask_once(connection: Connection) -> None:
    """One conversation is asked for; raises ApiError for what is wrong."""
    client = Client(connection)
    try:
        await client.conversations(ConversationFilter(), 1, 0)
    finally:
        await client.close()
