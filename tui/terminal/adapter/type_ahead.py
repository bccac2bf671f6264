"""What is typed goes to the app one key after the other, however fast it comes.

Textual hands each key at once to whoever has the focus right now, runs bindings later, and moves the focus later still.
Keys that come in one piece, as over a slow line or from a paste of commands, would go to the pane that is being left;
and so would a key or a click right behind a click.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.dom import DOMNode, NoScreen
from textual.errors import NoWidget
from textual.message_pump import MessagePump
from textual.widgets import Input

from tui.terminal.adapter.gate import Forward

_MOVES = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "j", "k"})
"""What is held down: repeated in the same place these need not wait for each other."""

_ACTS = events.Key | events.Paste | events.MouseDown | events.MouseUp
"""What may have an effect that others have to wait for."""

_ROUNDS = 4
"""In the first a key climbs to its binding; in the second what the binding said climbs to a part that may say it anew
in other words, and so on to whoever moves the focus."""

_CALM = 0.05
"""Seconds after a key in which it may be painted first, before anybody asks whether it has had its effect."""

_PATIENCE = 3.0
"""Seconds after which whatever a key set off is no longer waited for."""

_END_OF_TYPING = 1.0
"""Seconds without a key after which nobody is in the middle of a line."""

_SCREENS = 4
"""Dialogues that one key may open or close on top of each other."""


class TypeAhead:
    """Forwards each key when the one before it has had its effect."""

    def __init__(self, app: App[Any], parts_are_there: Callable[[], Awaitable[None]]) -> None:
        """`parts_are_there` waits for a part that is still being built and is to have the next key."""
        self._app = app
        self._parts_are_there = parts_are_there
        self._typed: deque[tuple[events.Event, Forward]] = deque()
        """What waits for its turn, and where it goes then."""
        self.turns: asyncio.Task[None] | None = None
        """Gives what waits away, as long as something does."""
        self._calm: asyncio.TimerHandle | None = None
        self._answering: MessagePump | None = None
        """Who got the last key or click, as long as that may still have an effect to come."""
        self._last_key = ""
        self._typed_at = -_END_OF_TYPING
        self._had_effect = asyncio.Event()
        """Set when a key has had its effect."""
        self._clicked = False
        """Whether that was a click: a drag and the wheel do not wait for it."""

    async def admit(self, event: events.Event, forward: Forward) -> None:
        """Keys, pastes and what the mouse does wait for their turn; everything else does not."""
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await forward(event)
        elif self.turns is None and not self._has_to_wait(event):
            await self._take(event, forward)
        else:
            self._typed.append((event, forward))
            self._take_turns()

    def _has_to_wait(self, event: events.Event) -> bool:
        if self._answering is None or (self._clicked and not isinstance(event, _ACTS)):
            return False
        held = isinstance(event, events.Key) and event.key == self._last_key and event.key in _MOVES
        leaves = isinstance(self._answering, Input)  # a move up or down leads to another field
        return leaves or not (held and self._answering is self._target())

    async def _take(self, event: events.Event, forward: Forward) -> None:
        if isinstance(event, _ACTS):
            self._clicked = isinstance(event, events.MouseEvent)
            self._answering = self._pointed_at(event) if isinstance(event, events.MouseUp) else self._target()
            self._last_key = event.key if isinstance(event, events.Key) else ""
            self._typed_at = time.monotonic()
            if self._calm is not None:
                self._calm.cancel()
            self._calm = asyncio.get_running_loop().call_later(_CALM, self._take_turns)
        await forward(event)

    async def pause_in_typing(self) -> None:
        """Wait while somebody is typing a line: a dialogue that opens by itself would get the rest of it."""
        while isinstance(self._target(), Input):
            left = self._typed_at + _END_OF_TYPING - time.monotonic()
            if left <= 0:
                return
            self._had_effect.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._had_effect.wait(), left)

    def _take_turns(self) -> None:
        if self.turns is None:
            self.turns = asyncio.create_task(self._one_after_the_other())

    async def _one_after_the_other(self) -> None:
        try:
            with suppress(TimeoutError):
                await self._settle()
                while self._typed:
                    await self._take_next()
                    if self._typed and self._has_to_wait(self._typed[0][0]):
                        await self._settle()
            while self._typed:
                await self._take_next()
        finally:
            self.turns = None

    async def _take_next(self) -> None:
        """In the app's own task, as if it had come just now."""
        await _through(self._app, partial(self._take, *self._typed.popleft()))

    def _target(self) -> MessagePump | None:
        with suppress(NoScreen, ScreenStackError):
            return self._app.focused or self._app.screen
        return None

    def _pointed_at(self, event: events.MouseUp) -> MessagePump | None:
        with suppress(NoWidget, NoScreen, ScreenStackError):
            return self._app.mouse_captured or self._app.get_widget_at(event.x, event.y)[0]
        return None

    def press(self, key: str, forward: Forward) -> None:
        """Press a key, before those that were typed behind the click that presses it."""
        self._typed.appendleft((events.Key(key, None), forward))
        self._take_turns()

    async def _settle(self) -> None:
        """Wait until the last key or click has had its effect.

        Raises:
            TimeoutError: it takes too long.
        """
        answering, self._answering = self._answering, None
        async with asyncio.timeout(_PATIENCE):
            for _ in range(_ROUNDS):
                await _climb(answering)
            await self._parts_are_there()
            await self._wait_for_screen_on_top()
        self._had_effect.set()

    async def _wait_for_screen_on_top(self) -> None:
        """A dialogue that was opened gives the focus to one of its parts; one that was closed gives it back."""
        seen: object = None
        for _ in range(_SCREENS):
            try:
                screen = self._app.screen
            except (NoScreen, ScreenStackError):
                return
            if screen is seen:
                return
            seen = screen
            await _climb(screen)


async def _climb(node: MessagePump | None) -> None:
    """Wait for it and for all that it tells of what happens to it."""
    while node is not None:
        await _through(node)
        node = node.parent if isinstance(node, DOMNode) else None


async def _through(pump: MessagePump, call: Callable[[], Awaitable[None]] | None = None) -> None:
    """Wait until it has done all that it had to do before, and this."""
    done = asyncio.get_running_loop().create_future()

    async def come() -> None:
        try:
            if call is not None:
                await call()
        finally:
            if not done.done():
                done.set_result(None)

    if pump.call_later(come):
        await done
