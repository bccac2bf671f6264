"""An app that ends on a fault without showing variables: Textual would print the locals of each frame.

And one that no haste ends: Textual lets a dialogue close whatever is on top, and fails when nothing is left to close.
"""

import asyncio
import logging
import threading
from contextlib import suppress
from typing import Any, ClassVar

from textual._context import active_message_pump
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.notifications import Notification, Notify
from textual.worker import WorkerFailed

_log = logging.getLogger(__name__)

_MOMENT = 0.005


class Notice(Notification):
    """A notification that always has a moment left, until it is gone.

    One that is shown anew, as when a dialogue closes, may come to the end of its time just then. Textual would start a
    timer with less than nothing, which never ends, and no key would be answered any more.
    """

    @property
    def time_left(self) -> float:
        """Seconds, at least a few milliseconds."""
        return max(_MOMENT, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0


class SturdyApp(App[Any]):
    """Keeps the first fault for whoever runs it; to be mixed in before another app."""

    ALLOW_SELECT: ClassVar[bool] = False
    """Textual's own selecting fails on a press where a notice has just gone; the transcript selects by itself."""

    fault: BaseException | None = None
    """What ended the app, if something did."""

    def run(self, *arguments: Any, **options: Any) -> Any:
        """Run, with the faults of all threads taken for faults of the app.

        Raises:
            Exception: the first fault, once the terminal is as it was before.
        """
        # Without a log file Python would write what libraries log to the terminal, uncleaned and over the screen.
        logging.getLogger().addHandler(logging.NullHandler())
        before = threading.excepthook
        threading.excepthook = self._thread_failed
        try:
            result = super().run(*arguments, **options)
        finally:
            threading.excepthook = before
        if self.fault is not None:
            raise self.fault
        return result

    def on_load(self) -> None:
        """From here on hear of faults that the event loop would only log."""
        asyncio.get_running_loop().set_exception_handler(self._loop_tells)

    def keep_place(self) -> None:
        """Hook: take note of where somebody is; called before the app ends by a fault."""

    def pop_screen(self) -> AwaitComplete:
        """Close what is on top, unless the one who asks is closed already: two quick Esc, or a double click."""
        if len(self.screen_stack) > 1 and not self._asked_by_a_closed_one():
            return super().pop_screen()
        return AwaitComplete()

    def on_notify(self, event: Notify) -> None:
        """Show it as one of ours."""
        event.notification = Notice(**vars(event.notification))

    def _asked_by_a_closed_one(self) -> bool:
        asking = active_message_pump.get(None)
        try:
            screen = asking.screen if isinstance(asking, DOMNode) and asking is not self else None
        except NoScreen:
            return True
        return screen is not None and screen not in self.screen_stack

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        error, loop = failed.exc_value, self._loop
        if not isinstance(error, Exception):
            return
        if loop is None or loop.is_closed():
            self.fault = self.fault or error
        else:
            loop.call_soon_threadsafe(self._handle_exception, error)

    def _loop_tells(self, loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
        """A picture that is painted once the terminal is free is nobody's message: its fault comes here."""
        error = told.get("exception")
        if isinstance(error, Exception) and "handle" in told and _is_ours(error):
            self._handle_exception(error)
        else:
            loop.default_exception_handler(told)

    def _handle_exception(self, error: Exception) -> None:
        """Textual tells every fault of a message, a timer or a worker here, and the app ends."""
        left = self._exit or (isinstance(error, NoMatches) and self._asked_by_a_closed_one())
        if left and self.fault is None:
            _log.debug("A part that was still being built when it was left", exc_info=error)
            return
        if self.fault is None:
            self.fault = error.error if isinstance(error, WorkerFailed) else error
            with suppress(Exception):  # a second fault must not hide the first
                self.keep_place()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without the traceback that Textual would show."""
        self._close_messages_no_wait()

    def panic(self, *_renderables: Any) -> None:
        """End without showing what an exception says of itself."""
        self._close_messages_no_wait()


def _is_ours(error: Exception) -> bool:
    """Whether it came through our own code, and not only through that of a connection that is being closed."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith("tui."):
            return True
        trace = trace.tb_next
    return False
