"""The one class that overrides Textual: what each part of ours has a say in, in one written order."""

import asyncio
import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import actions, events
from textual.app import App, SuspendNotSupported
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome
from textual.geometry import Size
from textual.message import Message
from textual.notifications import Notify
from textual.screen import Screen

from tui.terminal.adapter.faults import Faults
from tui.terminal.adapter.focus import FocusMemory
from tui.terminal.adapter.gates import DoubleClicks, SmallWindow, in_order
from tui.terminal.adapter.notices import Notices
from tui.terminal.adapter.painter import ScreenPainter
from tui.terminal.adapter.private import fits
from tui.terminal.adapter.restricted import FORBIDDEN, Restricted
from tui.terminal.adapter.screen import PaintedScreen, paint_now
from tui.terminal.adapter.straight_keys import StraightKeys
from tui.terminal.adapter.type_ahead import TypeAhead
from tui.terminal.capabilities import Capabilities, read_capabilities
from tui.terminal.input.reports import TerminalAnswer
from tui.terminal.process.environment import Surroundings
from tui.terminal.process.messages import Messages

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.terminal.paint.skeleton import Skeleton

ReturnType = TypeVar("ReturnType")


class TerminalApp(App[ReturnType], Generic[ReturnType]):
    """An app whose typing, painting, notices and faults are ours; where Textual's inner parts do not fit, Textual's."""

    ALLOW_SELECT: ClassVar[bool] = False
    """Textual's own selecting fails on a press where a notice has just gone; the transcript selects by itself."""
    ENABLE_COMMAND_PALETTE = False
    SMALLEST: ClassVar[Size] = Size(0, 0)
    """In less than this a dialogue is hidden, and keys act on nothing."""

    def __init__(
        self,
        *,
        capabilities: Capabilities | None = None,
        surroundings: Surroundings | None = None,
        skeleton: "Skeleton | None" = None,
        restricted: bool = False,
        messages: Messages | None = None,
        **options: Any,
    ) -> None:
        self.capabilities = capabilities or read_capabilities(os.environ)
        self.surroundings = surroundings or Surroundings()
        self.skeleton = skeleton
        self.keeps_screen = False
        """Whether another app takes over the picture when this one ends."""
        super().__init__(**options)
        self.animation_level = "none"
        self.error_console.quiet = True  # Textual would print a fault there, with all variables
        self.restricted = Restricted(self, restricted)
        self.faults = Faults(self, self.keep_place)
        self.notices = Notices(self, messages or Messages())
        self.focus_memory = FocusMemory(self)
        self.painter = ScreenPainter(self, self.capabilities)
        # What is typed and clicked waits for its turn, then the others have their say, and at last Textual.
        self.type_ahead = TypeAhead(self, self.awaited_part)
        self.small_window = SmallWindow(self, self.SMALLEST)
        self.straight_keys = StraightKeys(self, self._key_was_run)
        gates = (DoubleClicks(self), self.small_window, self.straight_keys)
        self._then = in_order(gates, super().on_event)

    @property
    def steps_before(self) -> int:
        """The rows that the user has moved the cursor by before there was an application."""
        return self.skeleton.steps if self.skeleton is not None else 0

    # Hooks

    def keep_place(self) -> None:
        """Hook: take note of where the user is; called before the app ends by a fault."""

    def awaited_part(self) -> asyncio.Event | None:
        """Hook: set once a part is there that is still being built and is to have the next key; None: there is none."""
        return None

    # What comes in

    def take_input(self, message: Message) -> None:
        """What the driver has read in the event loop: a key is run at once where it can be, all else is queued."""
        is_calm = self.type_ahead.is_calm and not self.small_window.hides
        if isinstance(message, events.Key) and is_calm and self.straight_keys.take(message):
            self.painter.hold()
            return
        if self.post_message(message) and isinstance(message, events.Event):
            self.type_ahead.posted(message)

    def all_taken(self) -> None:
        """Everything that was read at once has been taken: paint what came of it."""
        self.painter.let_go()
        self.straight_keys.finish(lambda: paint_now(self.screen))

    def _key_was_run(self, has_had_effect: bool) -> None:
        self.type_ahead.ran(has_had_effect and self.awaited_part() is None)
        self.painter.hurry()

    async def on_event(self, event: events.Event) -> None:
        """Every event of the app."""
        if isinstance(event, events.Key) and not self.message_queue_size:
            self.painter.hurry()  # of several that were typed at once the last
        await self.type_ahead.admit(event, self._then)

    def simulate_key(self, key: str) -> None:
        """Press a key, before those that were typed behind the click that presses it."""
        self.type_ahead.press(key, self._then)

    def on_mount(self) -> None:
        """Take what was typed before there was an application, where Textual's own driver does not know of it."""
        typed = self.skeleton.take_typed() if self.skeleton is not None else b""
        if typed:
            from textual._xterm_parser import XTermParser

            for message in XTermParser().feed(typed.decode("utf-8", "replace")):
                self.post_message(message)

    def on_resize(self, event: events.Resize) -> None:
        """The terminal has another size."""
        self.small_window.resized(event.size)
        self.painter.resized(event.size)

    def on_app_blur(self) -> None:
        """Another window has the keys."""
        self.focus_memory.take_note()

    def on_app_focus(self) -> None:
        """The keys are back."""
        self.focus_memory.give_back()

    # What is shown

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without colours our pens leave them out; Textual's greys would give a ground to what has the terminal's."""
        found = super().get_line_filters()
        if not (self.no_color and self.painter.paints):
            return found
        return [one for one in found if not isinstance(one, Monochrome)]

    # What is done

    async def run_action(
        self,
        action: "str | actions.ActionParseResult",
        default_namespace: "DOMNode | None" = None,
        namespaces: "Mapping[str, DOMNode] | None" = None,
    ) -> bool:
        """Every key, click and palette entry that is an action comes through here; what is forbidden is said."""
        name = (actions.parse(action) if isinstance(action, str) else action)[1]
        if self.restricted.forbids(name):
            self.restricted.refuse(FORBIDDEN[name])
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is forbidden is offered nowhere."""
        return False if self.restricted.forbids(action) else super().check_action(action, parameters)

    @contextlib.contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal to another program.

        Raises:
            SuspendNotSupported: the mode is restricted, or the system cannot.
        """
        if self.restricted.is_on:
            raise SuspendNotSupported("restricted")
        with super().suspend():
            yield

    def pop_screen(self) -> AwaitComplete:
        """Close what is on top, unless the one who asks is closed already: two quick Esc, or a double click."""
        if len(self.screen_stack) > 1 and not self.faults.asked_by_a_closed_one():
            return super().pop_screen()
        return AwaitComplete()

    # What is said

    def on_notify(self, event: Notify) -> None:
        """A notice comes."""
        self.notices.take(event)

    def _refresh_notifications(self) -> None:
        self.notices.place()
        super()._refresh_notifications()
        self.notices.tidy()

    # What goes out

    def get_driver_class(self) -> type[Driver]:
        """The quick driver, unless the environment names another one or Textual's parts do not fit."""
        if os.environ.get("TEXTUAL_DRIVER") or not fits():
            if self.skeleton is not None:
                self.skeleton.be_still()
            return super().get_driver_class()
        from tui.terminal.adapter.driver import FastDriver

        return FastDriver

    def get_default_screen(self) -> Screen[Any]:
        """A screen that is painted as it should be."""
        return PaintedScreen(id="_default")

    def begin_with(self, theme: str) -> None:
        """Paint in a theme from the first frame on; the style sheets are read with its colours, and not twice."""
        self.theme = theme
        self.stylesheet.set_variables(self.get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Another theme has come; Textual says so of the one of the start, too, with whose colours all was read."""
        if fits() and self.stylesheet._variables == self.get_css_variables():
            self.stylesheet.update(self, animate=animate)
        else:
            super().refresh_css(animate)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        self.painter.take(screen, renderable, super()._display)

    def forget_frame(self) -> None:
        """Suppose nothing about what the terminal shows, and paint all of it again."""
        self.painter.forget()

    def action_repaint(self) -> None:
        """Paint everything again, for a screen that something else has written over."""
        self.painter.forget()

    def send(self, sequence: str) -> None:
        """Send a sequence that paints nothing, such as one for the terminal's clipboard."""
        if fits() and self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    def set_mouse(self, enabled: bool) -> None:
        """Take the mouse, or give it back to the terminal for selecting text."""
        self._tell_driver("set_mouse", enabled)

    def ask(self, answer: TerminalAnswer) -> None:
        """Ask the terminal something; an answer, if one comes, may be told from another thread."""
        self._tell_driver("ask", answer)

    def _tell_driver(self, name: str, value: object) -> None:
        """Only our own driver can do it."""
        told = getattr(self._driver, name, None) if fits() else None
        if told is not None:
            told(value)

    # What goes wrong

    def run(self, *arguments: Any, **options: Any) -> Any:
        """Run until it is left.

        Raises:
            Exception: the first fault, once the terminal is as it was before.
        """
        with self.faults.heard():
            return super().run(*arguments, **options)

    def on_load(self) -> None:
        """The event loop runs."""
        self.faults.hear_loop()

    def _handle_exception(self, error: Exception) -> None:
        if self.faults.counts(error):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.faults.end()

    def panic(self, *_renderables: Any) -> None:
        """End without showing what an exception says of itself."""
        self.faults.end()
