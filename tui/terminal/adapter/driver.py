"""Textual's driver with a reader that sleeps until something happens and a writer that knows its backlog."""

import asyncio
import signal
import termios
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from textual.drivers.linux_driver import KITTY_DISAMBIGUATE_ESCAPE_CODES as DISAMBIGUATE
from textual.drivers.linux_driver import KITTY_REPORT_ALL_KEYS as REPORT_ALL
from textual.drivers.linux_driver import KITTY_REPORT_ASSOCIATED_TEXT as REPORT_TEXT
from textual.drivers.linux_driver import LinuxDriver
from textual.events import MouseEvent, MouseMove, MouseUp, Resize
from textual.geometry import Size
from textual.message import Message

from tui.terminal.adapter.key_parser import KeyParser
from tui.terminal.adapter.tty import Line, LoopReader, ThreadReader, Utf8
from tui.terminal.capabilities import Capabilities
from tui.terminal.input.reports import TerminalAnswer, is_size_report
from tui.terminal.paint.frame import CLEAR, PLAIN
from tui.terminal.process.tty_guard import OURS, is_free, polite, sudden
from tui.terminal.process.window_size import window_size

if TYPE_CHECKING:
    from io import TextIOWrapper

    from textual.app import App

    from tui.terminal.paint.skeleton import Skeleton

_CURSOR = "\x1b[?25h"
_CLOSING_SECONDS = 2.0
"""How long quitting waits for a terminal that takes nothing any more."""
_ALTERNATE_SCREEN, _MAIN_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
_INSTEAD = {
    # The painter leaves its last pen behind; and where there is no alternate screen, the picture would stay.
    _MAIN_SCREEN: f"{PLAIN}{CLEAR}{_MAIN_SCREEN}",
    # Plain keys stay as they are: after `kill -9` a shell could read none that are all told in the long form.
    f"\x1b[>{DISAMBIGUATE | REPORT_ALL | REPORT_TEXT}u": f"\x1b[>{DISAMBIGUATE}u",
}
"""What is written in place of what Textual writes."""


class Host(Protocol):
    """What the driver asks of its app."""

    capabilities: Capabilities
    skeleton: "Skeleton | None"
    """The frame that is already on the screen."""
    keeps_screen: bool
    """Whether another app takes over the picture in the end."""

    def take_input(self, message: Message) -> None:
        """What was read in the event loop."""

    def all_taken(self) -> None:
        """There is no more for now."""

    def forget_frame(self) -> None:
        """The terminal shows something else than before."""


class FastDriver(LinuxDriver):
    """Reports Escape at once, costs nothing while idle, and tells when the terminal lags behind."""

    hang_up_code: ClassVar[int] = 128 + signal.SIGHUP

    def __init__(
        self, app: "App[Any]", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._host = cast("Host", app)
        capabilities = self._host.capabilities
        self._output = capabilities.output
        self._size = size or self._get_terminal_size()
        self._is_lent = False
        """Whether another program has the terminal for a while."""
        self._answers: list[TerminalAnswer] = []
        self._queued = 0
        self._when_free: Callable[[], None] | None = None
        self._on_alternate_screen = False
        self._line = Line(self._output, self._written, self._terminal_lost)
        self._file = cast("TextIOWrapper[Any]", self._line)
        keys = KeyParser(capabilities.escape_delay, self._take_answer, self._expects_answer, debug=self._debug)
        self._parser = parser = Utf8(keys)
        lost = self._input_lost
        self._reader = LoopReader(self._loop, parser, self.process_message, self._host.all_taken, lost)
        self._thread = ThreadReader(parser, self.process_message, lost)

    # Size

    def _get_terminal_size(self) -> tuple[int, int]:
        return window_size(self._output)

    def _query_in_band_window_resize(self) -> None:
        """Ask for no reports of the size: the kernel tells each change, and with them the mouse is told in pixels."""

    def _look_at_size(self) -> None:
        size = Size(*self._get_terminal_size())
        if size != self._app.size:
            self.process_message(Resize(size, size))

    # Writing

    @property
    def busy(self) -> bool:
        """Whether the terminal has not yet taken all that was written."""
        return self._queued != self._line.taken

    def call_when_free(self, callback: Callable[[], None]) -> None:
        """Call back in the event loop as soon as the terminal has taken everything."""
        self._when_free = callback
        if not self.busy:
            self._written()

    def ask(self, answer: TerminalAnswer) -> None:
        """Ask the terminal something; what it answers is no key."""
        self._answers.append(answer)
        self.write(answer.question)

    def write(self, data: str) -> None:
        """Send data to the terminal, what it does not take at once by the thread."""
        if data == _ALTERNATE_SCREEN and self._on_alternate_screen:
            # The skeleton stands there already: entering again would blank it.
            self._on_alternate_screen = False
            return
        if data in (_MAIN_SCREEN, _CURSOR) and self._host.keeps_screen:
            return
        raw = _INSTEAD.get(data, data).encode("utf-8", "replace")
        # Not by the thread where the terminal takes it at once: that would have to wait for its turn in Python.
        rest = raw if self.busy else self._line.write_now(raw)
        if rest and self._writer_thread is not None:
            self._queued += 1
            self._writer_thread.write(cast("str", rest))  # a file of ours takes it

    def _written(self) -> None:
        callback = self._when_free
        if callback is not None and not self.busy:
            self._when_free = None
            self._in_loop(callback)

    def _in_loop(self, callback: Callable[[], object]) -> None:
        # The threads may outlive the loop by a moment.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(callback)

    # Starting and stopping

    def start_application_mode(self) -> None:
        """Take over the terminal, from the skeleton if there is one."""
        self._is_lent = False
        self._line.open()
        skeleton = self._host.skeleton
        attributes, taken_over = None, None
        if skeleton is not None and skeleton.is_up:
            attributes, taken_over = skeleton.hand_over(), skeleton
            self._on_alternate_screen = True
        self._end_on_signals()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it untyped
        if attributes is not None:
            self.attrs_before = attributes
        if taken_over is not None:
            for message in self._parser.take(taken_over.take_typed()):
                self.process_message(message)
        if not self._reader.start(self.fileno):
            self._thread.start(self.fileno)
        if taken_over is None:
            self._in_loop(self._host.forget_frame)
        else:  # nobody has written over what stands there
            taken_over.heed_resizes(signal.getsignal(signal.SIGWINCH))

    def _end_on_signals(self) -> None:
        """A closed window or a kill ends the program the ordinary way, so that it can save its place."""
        loop = asyncio.get_running_loop()
        for number in filter(is_free, polite()):
            loop.add_signal_handler(number, self._end, 128 + number)
        # Not by the loop, which would also hear the Ctrl-\ that the user types in a pager on our terminal.
        for number in filter(is_free, sudden()):
            signal.signal(number, self._quit)

    def _quit(self, number: int, _frame: object) -> None:
        self._in_loop(lambda: self._end(128 + number))

    def suspend_application_mode(self) -> None:
        """Lend the terminal; what was typed ahead is for who gets it."""
        self._is_lent = True
        super().suspend_application_mode()

    def disable_input(self) -> None:
        """Read no more; what is left unread in the end is dropped, or the shell would take it for a command."""
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        self._reader.stop()
        self._thread.stop()
        if not self._is_lent:
            with suppress(termios.error):
                termios.tcflush(self.fileno, termios.TCIFLUSH)

    def close(self) -> None:
        """Wait until the terminal has taken everything, but not for ever."""
        if self._writer_thread is None:
            return
        waiting = Thread(target=self._writer_thread.stop, daemon=True, name="terminal-close")
        waiting.start()
        waiting.join(_CLOSING_SECONDS)
        self._line.close()

    def _terminal_lost(self) -> None:
        self._in_loop(lambda: self._end(self.hang_up_code))

    def _end(self, code: int) -> None:
        self._app.exit(return_code=code)

    # Mouse

    def set_mouse(self, enabled: bool) -> None:
        """Take the mouse, or give it back to the terminal for selecting text."""
        if enabled:
            self._mouse = True
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()
            self._mouse = False

    def _enable_mouse_support(self) -> None:
        """Clicks, the wheel and dragging; a report of each pointer move would cost bytes up the line and a wake-up."""
        if self._mouse:
            self.write("\x1b[?1000;1002;1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000;1002;1006l")

    # Reading

    def _run_input_thread(self) -> None:
        """Begin nothing: Textual starts this as a thread that is no daemon, and could keep a stuck process alive."""

    def send_message(self, message: Message) -> None:
        """Give it to the app; a thread does so by the app's queue."""
        if self._reader.reads:
            self._host.take_input(message)
        else:
            self._app.post_message(message)

    def process_message(self, message: Message) -> None:
        """Report a message; a mouse that is not on the screen presses and scrolls nothing."""
        if isinstance(message, MouseEvent):
            right, bottom = self._app.size.width - 1, self._app.size.height - 1
            if message.screen_x > right or message.screen_y > bottom:
                if not isinstance(message, MouseMove | MouseUp):
                    return
                message._x = message._screen_x = min(message.screen_x, right)
                message._y = message._screen_y = min(message.screen_y, bottom)
        super().process_message(message)

    def _take_answer(self, sequence: str) -> bool:
        """What the terminal answered to a question of ours, or reports, is no key."""
        if is_size_report(sequence):
            self._look_at_size()
            return True
        return any(answer.take(sequence) for answer in self._answers)

    def _expects_answer(self) -> bool:
        return any(answer.is_expected for answer in self._answers)

    def _input_lost(self) -> None:
        """What is read comes to its end: with the terminal the program ends, too."""
        if self.input_tty:
            self._terminal_lost()


OURS.add(FastDriver._quit)
