"""A token that expires in the middle: read again from where it came from, or asked for, without losing the place."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.api.background import in_thread
from tui.api.errors import Unauthorized
from tui.config.errors import ConfigError
from tui.config.settings import Connection
from tui.config.token import Token, parse_token
from tui.terminal.adapter.app import TerminalApp
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.text.clean import clean_line
from tui.widgets.inputs.filter_input import FilterInput

_SAID_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is said when a token is asked for: whose, what the server said, and why no other was found."""

    connection: Connection
    said: str = ""
    reason: str = ""
    again: bool = False
    """Whether one that was given here has been refused too."""


class TokenRenewal:
    """Finds another token: `source` is read again, and where that does not help, the person is asked."""

    def __init__(
        self, app: TerminalApp[Any], is_needed: Callable[[], bool], source: Callable[[], Token] | None
    ) -> None:
        self._app = app
        self._is_needed = is_needed
        self._source = source
        self._at_start: Connection | None = None
        self._from_source: Connection | None = None
        self._typed: Connection | None = None

    async def __call__(self, refused: Connection, error: Unauthorized, worked: bool) -> Connection | None:
        """The connection with another token, or None where there is nothing to lose or nobody has one."""
        needed = self._is_needed()
        if not needed and refused is not self._at_start:
            self._at_start = refused  # it has only just been read; if the user asks again, so is its source
            return None
        reason = ""
        if self._source is not None and (worked or refused is not self._from_source):
            try:
                token = await in_thread(lambda: _told(self._source), "token")
            except _Unavailable as unavailable:
                reason = str(unavailable)
            else:
                if token.secret != refused.token:
                    self._from_source = _with(refused, token)
                    return self._from_source
        if not needed or self._app.restricted.is_on:
            return None
        typed = await self._asked(Refusal(refused, error.detail, reason, refused is self._typed and not worked))
        self._typed = _with(refused, typed) if typed is not None else None
        return self._typed

    async def _asked(self, refusal: Refusal) -> Token | None:
        answer: asyncio.Future[Token | None] = asyncio.get_running_loop().create_future()

        def answered(token: Token | None) -> None:
            if not answer.done():
                answer.set_result(token)

        await self._app.type_ahead.pause_in_typing()
        self._app.push_screen(TokenScreen(refusal), answered)
        return await answer


class _Unavailable(ValueError):
    """The source has no token; says why."""


def _told(source: Callable[[], Token] | None) -> Token:
    assert source is not None
    try:
        return source()
    except ConfigError as error:
        raise _Unavailable(error.title) from None


def _with(connection: Connection, token: Token) -> Connection:
    return connection._replace(token=token.secret, scheme=token.scheme or connection.scheme)


class TokenInput(FilterInput):
    """Takes a token unseen; nothing of it can be copied from here."""

    def __init__(self) -> None:
        super().__init__("Paste or type a token", password=True)


class TokenScreen(PaintedScreen[Token | None]):
    """Asks for a token; Esc gives none, and everything stays as it is."""

    IS_DIALOGUE = True
    AUTO_FOCUS = "TokenInput"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Go on without")]

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self._refusal = refusal

    def compose(self) -> ComposeResult:
        """What happened, a line to type in, and what the keys do."""
        with Vertical(id="token"):
            yield Static(self._words(), id="token-why", markup=False)
            yield TokenInput()
            yield Static("", id="token-problem", markup=False)
            yield Static("Enter goes on where you were · Esc keeps what is here, without new rows", markup=False)

    def on_mount(self) -> None:
        """The title is in the border."""
        self.query_one("#token").border_title = "The token is no longer accepted"

    def _words(self) -> str:
        refusal = self._refusal
        lines = []
        if refusal.again:
            lines.append("This one is not accepted either.")
        if refusal.said:
            lines.append(f"The server says: {clean_line(refusal.said, _SAID_LIMIT)}")
        if refusal.reason:
            lines.append(clean_line(refusal.reason, _SAID_LIMIT))
        name = clean_line(refusal.connection.name or refusal.connection.project_id, _SAID_LIMIT)
        lines.append(f"A new token for {name} is kept in memory only; nothing is saved.")
        return "\n".join(lines)

    @on(FilterInput.Left)
    def _left(self, event: FilterInput.Left) -> None:
        if not event.direction:
            self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        try:
            token = parse_token(event.value, "What was typed")
        except ConfigError as error:
            self.query_one("#token-problem", Static).update(clean_line(f"{error.title}.", _SAID_LIMIT))
            return
        event.input.value = ""
        self.dismiss(token)
