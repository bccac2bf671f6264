"""Keys that are commands of a part of the screen are run where they are read, and painted at their end.

Textual hands a key from the app to the part with the focus, lets it climb from there to its binding, and paints with
the next sixtieth of a second. That way is left to lines to type in, to dialogues, and to keys that no table has.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from inspect import isawaitable
from typing import Any, TypeGuard

from textual import events
from textual.app import App, ScreenStackError
from textual.binding import Binding
from textual.dom import DOMNode, NoScreen
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui.terminal.adapter.gates import Forward
from tui.terminal.adapter.private import fits
from tui.terminal.input.keymap import Choosing, Command, TakesKeys, Typed


class StraightKeys:
    """Looks a key up in the tables of the parts from the focus outwards, and runs its command."""

    def __init__(self, app: App[Any], when_run: Callable[[bool], None]) -> None:
        """`when_run` is told of each command whether it has had its effect, so that the next key can be looked up."""
        self._app = app
        self._when_run = when_run
        self.typed = Typed()
        self._chosen_on: Screen[Any] | None = None
        """The screen that shows the choices of a pending state."""
        self.last_key = ""
        """The key that was looked up last, by the name that its event has for it."""
        self._told: list[tuple[Widget, Message]] = []
        self._work: set[asyncio.Task[None]] = set()
        self.is_running = False
        """Whether what is told now comes of a command."""

    async def admit(self, event: events.Event, forward: Forward) -> None:
        """Run the command of a key that had to wait for its turn; everything else goes on."""
        if isinstance(event, events.Paste):
            self.typed.end()
        if not isinstance(event, events.Key) or event.is_forwarded:
            await forward(event)
        elif self._is_left:
            return
        elif (found := self._find(event.key)) is None:
            await forward(event)
        else:
            work = self._run(*found)
            self.deliver()
            if work is not None:
                await work

    def take(self, event: events.Key) -> bool:
        """Run the command of a key that is just being read; whether it is one of ours."""
        if not fits() or self._is_left or not self._app._running:
            return False
        if self._told and event.key != self.last_key:
            self._guard(self.deliver)
        found = self._find(event.key)
        if found is not None:
            self._guard(lambda: self._begin(*found))
        return found is not None

    @property
    def _is_left(self) -> bool:
        """Whether the app is ending, and nothing is done any more."""
        return fits() and self._app._exit

    def finish(self, paint: Callable[[], None]) -> None:
        """All that was read has been taken: tell what has not been told, and paint."""
        if fits() and self._app._running:
            self._guard(self.deliver)
            self._guard(paint)

    def choose(self, state: str, shown: Choosing) -> None:
        """Wait for a key of a pending state, whose choices are shown."""
        self._chosen_on = self._app.screen
        parts = filter(_takes_keys, self._chosen_on.walk_children(with_self=True))
        self.typed.begin(state, shown, [part for part in parts if part.keymap.knows(state)])

    def tell(self, widget: Widget, message: Message) -> None:
        """Let those above a widget hear of what a command did, before another command is looked up.

        Of messages that replace each other, as when a key is held down, only the last is told.
        """
        kept = [(teller, told) for teller, told in self._told if teller is not widget or not told.can_replace(message)]
        self._told = [*kept, (widget, message)]

    def deliver(self) -> None:
        """Give what was told to those who hear of it, and what they tell then."""
        self.is_running = True
        try:
            while self._told:
                told, self._told = self._told, []
                for widget, message in told:
                    _hand_up(widget, message)
        finally:
            self.is_running = False

    def _guard(self, act: Callable[[], None]) -> None:
        """What it begins belongs to the app, and what it raises is a fault of the app, as if Textual had run it."""
        with self._app._context():
            try:
                act()
            except Exception as error:  # noqa: BLE001 - the outermost border, as in Textual's loop of messages
                self._app._handle_exception(error)

    def _begin(self, part: TakesKeys, command: Command[Any] | None) -> None:
        work = self._run(part, command)
        if work is not None:
            task = asyncio.create_task(self._see_through(work))
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def _see_through(self, work: Awaitable[object]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - as above
            self._app._handle_exception(error)

    def _find(self, key: str) -> tuple[TakesKeys, Command[Any] | None] | None:
        """Who is to do what; without a command where the key means nothing in a pending state; None: it is not ours."""
        self.last_key = key
        app = self._app
        try:
            screen = app.screen
            node: DOMNode = app.focused or screen
        except (NoScreen, ScreenStackError):
            return None
        if not ((hasattr(node, "keymap") or self.typed.pending) and app.app_focus and screen.is_running):
            return None
        if key in _priority_keys(type(app)) or key in _priority_keys(type(screen)):
            return None
        parts = _parts(node)
        if parts and self.typed.pending and self._chosen_on not in (None, screen):
            self.typed.end()  # a page was opened over the choices, and has keys of its own
        found = self.typed.find(parts, key) if parts else None
        if found is None:
            return (parts[0], None) if parts and self.typed.pending else None
        return found if _is_offered(*found) else None

    def _run(self, part: TakesKeys, command: Command[Any] | None) -> Awaitable[object] | None:
        """Run it; returns what is to be waited for before the next key, if anything is."""
        if command is None:
            return None
        before = self._app.screen
        self.is_running = True
        try:
            result: object = part.do(command)
        finally:
            self.is_running = False
        if not all(told.can_replace(told) for _, told in self._told):
            self.deliver()  # one of them may move the focus
        if self._app.mouse_captured is not None and fits() and _changes_layout(before):
            self._app.capture_mouse(None)  # what is dragged stands somewhere else now, or is gone
        work = result if isawaitable(result) else None
        self._when_run(work is None and self._has_keys(before))
        return work

    def _has_keys(self, before: Screen[Any]) -> bool:
        """Whether a part with a table has the keys now, on the same screen."""
        try:
            return self._app.screen is before and _takes_keys(self._app.focused or before)
        except (NoScreen, ScreenStackError):
            return False


def tell(widget: Widget, message: Message) -> None:
    """Let those above a widget hear of something: while a command runs before the next one, else in their turn."""
    keys: StraightKeys | None = getattr(widget.app, "straight_keys", None)
    if keys is not None and keys.is_running and fits():
        keys.tell(widget, message)
    else:
        widget.post_message(message)


def _hand_up(widget: Widget, message: Message) -> None:
    from textual._callback import count_parameters

    message.set_sender(widget)
    for node in widget.ancestors_with_self:
        for _, method in node._get_dispatch_methods(message.handler_name, message):
            handler: Callable[..., object] = method
            handler(*[message][: count_parameters(handler)])
        if message._stop_propagation:
            return


def _changes_layout(screen: Screen[Any]) -> bool:
    return any(widget._layout_required for widget in (screen, *screen._compositor.widgets))


def _parts(node: DOMNode) -> list[TakesKeys]:
    """Who may take a key, from a node outwards."""
    return [part for part in node.ancestors_with_self if _takes_keys(part)]


def _takes_keys(node: object) -> TypeGuard[TakesKeys]:
    return hasattr(node, "keymap")


def _is_offered(part: TakesKeys, command: Command[Any]) -> bool:
    return not isinstance(part, DOMNode) or part.check_action("do", (command.name,)) is True


@cache
def _priority_keys(kind: type[DOMNode]) -> frozenset[str]:
    """The keys that come before whatever the part with the focus does with them."""
    bindings = (binding for base in kind.__mro__ for binding in Binding.make_bindings(vars(base).get("BINDINGS", ())))
    return frozenset(binding.key for binding in bindings if binding.priority)
