"""What ends the app: the first fault, kept for whoever runs it, without the variables that Textual would print.

And no haste ends it: Textual lets a dialogue close whatever is on top, and fails when nothing is left to close.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.worker import WorkerFailed

from tui.terminal.adapter.private import fits

_log = logging.getLogger(__name__)


class Faults:
    """Takes the faults of messages, timers, workers, threads and callbacks of the event loop for faults of the app."""

    def __init__(self, app: App[Any], keep_place: Callable[[], None]) -> None:
        self._app = app
        self._keep_place = keep_place
        self.first: BaseException | None = None
        """What ended the app, if something did."""
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear of the faults of all threads.

        Raises:
            Exception: the first fault, at the end.
        """
        # Without a log file Python would write what libraries log to the terminal, uncleaned and over the screen.
        logging.getLogger().addHandler(logging.NullHandler())
        before = threading.excepthook
        threading.excepthook = self._thread_failed
        try:
            yield
        finally:
            threading.excepthook = before
        if self.first is None and not fits() and self._app.return_code == 1:
            self.first = RuntimeError("Textual ended the app by a fault that it tells nobody")
        if self.first is not None:
            raise self.first

    def hear_loop(self) -> None:
        """From here on hear of faults that the event loop would only log."""
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(self._loop_tells)

    def counts(self, error: Exception) -> bool:
        """Whether a fault ends the app; the first one is kept."""
        leaving = fits() and self._app._exit
        if self.first is None and (leaving or (isinstance(error, NoMatches) and self.asked_by_a_closed_one())):
            _log.debug("A part that was still being built when it was left", exc_info=error)
            return False
        if self.first is None:
            self.first = error.error if isinstance(error, WorkerFailed) else error
            with suppress(Exception):  # a second fault must not hide the first
                self._keep_place()
        return True

    def end(self) -> None:
        """End without the traceback that Textual would show."""
        if fits():
            self._app._close_messages_no_wait()
        else:
            self._app.exit(return_code=1)

    def asked_by_a_closed_one(self) -> bool:
        """Whether what runs now was asked for by a screen that is closed, or by a part of one."""
        if not fits():
            return False
        from textual._context import active_message_pump

        asking = active_message_pump.get(None)
        try:
            screen = asking.screen if isinstance(asking, DOMNode) and asking is not self._app else None
        except NoScreen:
            return True
        return screen is not None and screen not in self._app.screen_stack

    def _take(self, error: Exception) -> None:
        if fits():
            self._app._handle_exception(error)
        elif self.counts(error):
            self.end()

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        error, loop = failed.exc_value, self._loop
        if not isinstance(error, Exception):
            return
        if loop is None or loop.is_closed():
            self.first = self.first or error
        else:
            loop.call_soon_threadsafe(self._take, error)

    def _loop_tells(self, loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
        """A picture that is painted once the terminal is free is nobody's message: its fault comes here."""
        error = told.get("exception")
        if isinstance(error, Exception) and "handle" in told and _is_ours(error):
            self._take(error)
        else:
            loop.default_exception_handler(told)


def _is_ours(error: Exception) -> bool:
    """Whether it came through our own code, and not only through that of a connection that is being closed."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith("tui."):
            return True
        trace = trace.tb_next
    return False
