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

from tui.terminal.adapter.gates import Forward

_ACTS = events.Key | events.Paste | events.MouseDown | events.MouseUp
"""What may have an effect that others have to wait for."""

_POINTS = events.MouseUp | events.MouseMove | events.MouseScrollDown | events.MouseScrollUp
"""What goes to whatever is under the pointer or holds the mouse, wherever the focus is."""

_ROUNDS = 4
"""In the first a key climbs to its binding; in the second what the binding said climbs to a part that may say it anew
in other words, and so on to whoever moves the focus."""

_CALM = 0.05
"""Seconds after a key in which it may be painted first, before anybody asks whether it has had its effect."""

_END_OF_TYPING = 1.0
"""Seconds without a key after which nobody is in the middle of a line."""

_SCREENS = 4
"""Dialogues that one key may open or close on top of each other."""


class TypeAhead:
    """Forwards each key when the one before it has had its effect."""

    def __init__(self, app: App[Any], awaited_part: Callable[[], asyncio.Event | None]) -> None:
        """`awaited_part` tells of a part that is still being built and is to have the next key."""
        self._app = app
        self._awaited_part = awaited_part
        self.patience = 3.0
        """Seconds after which whatever a key set off is no longer waited for."""
        self._typed: deque[tuple[events.Event, Forward]] = deque()
        """What waits for its turn, and where it goes then."""
        self.turns: asyncio.Task[None] | None = None
        """Gives what waits away, as long as something does."""
        self._calm: asyncio.TimerHandle | None = None
        self._answering: MessagePump | None = None
        """Who got the last key or click, as long as that may still have an effect to come."""
        self._typed_at = -_END_OF_TYPING
        self._had_effect = asyncio.Event()
        """Set when a key has had its effect."""
        self._clicked = False
        """Whether that was the mouse: a drag and the wheel do not wait for it."""
        self._posted: deque[events.Event] = deque()
        """What was read and is on its way through the app's queue."""

    @property
    def is_calm(self) -> bool:
        """Whether everything that came before has had its effect, so that a key may be run where it is read."""
        return self.turns is None and not self._posted and self._answering is None and self._is_built

    def posted(self, event: events.Event) -> None:
        """It was read, and goes through the app's queue: nothing that is read later may overtake it."""
        self._posted.append(event)

    def ran(self, effective: bool) -> None:
        """The command of a key was run; unless it is not yet effective, nothing has to wait for it."""
        self._typed_at = time.monotonic()
        self._answering = None if effective else self._target()
        self._settle_soon()

    async def admit(self, event: events.Event, forward: Forward) -> None:
        """Keys, pastes and what the mouse does wait for their turn; everything else does not."""
        if event in self._posted:
            while self._posted.popleft() is not event:
                pass  # the later of two sizes has taken the place of the earlier
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await forward(event)
        elif self.turns is None and not self._has_to_wait(event):
            await self._take(event, forward)
        else:
            self._typed.append((event, forward))
            self._take_turns()

    @property
    def _is_built(self) -> bool:
        """Whether the screen on top has its parts: the rows may be seen before they can be moved in."""
        with suppress(NoScreen, ScreenStackError):
            return self._app.screen.is_mounted
        return False

    def _has_to_wait(self, event: events.Event) -> bool:
        if not self._is_built:
            return True
        return self._answering is not None and not (self._clicked and not isinstance(event, _ACTS))

    async def _take(self, event: events.Event, forward: Forward) -> None:
        if isinstance(event, _ACTS) or self._answering is None:
            self._clicked = isinstance(event, events.MouseEvent)
            self._answering = self._pointed_at(event) if isinstance(event, _POINTS) else self._target()
        if isinstance(event, _ACTS):
            self._typed_at = time.monotonic()
        self._settle_soon()
        await forward(event)

    def _settle_soon(self) -> None:
        if self._calm is not None:
            self._calm.cancel()
            self._calm = None
        if self._answering is not None:
            self._calm = asyncio.get_running_loop().call_later(_CALM, self._take_turns)

    async def pause_in_typing(self) -> None:
        """Wait while the user is typing a line: a dialogue that opens by itself would get the rest of it."""
        while isinstance(self._target(), Input):
            left = self._typed_at + _END_OF_TYPING - time.monotonic()
            if left <= 0:
                return
            self._had_effect.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._had_effect.wait(), left)

    def _take_turns(self) -> None:
        # The event loop may go on for a moment after the app, and would be closed in the middle of a turn.
        if self.turns is None and self._app.is_running:
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

    def _pointed_at(self, event: events.MouseEvent) -> MessagePump | None:
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
        async with asyncio.timeout(self.patience):
            for _ in range(_ROUNDS):
                await _climb(answering)
            if (part := self._awaited_part()) is not None:
                await part.wait()
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
