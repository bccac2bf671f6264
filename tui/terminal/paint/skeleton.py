"""The first thing on the screen: a title and empty panes, painted before anything slow is imported.

Even typing, contextlib and re would cost more than all that is done here, so they are not imported.
"""

from __future__ import annotations

import os
import termios

from tui.terminal.process.window_size import known_size, window_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import RLock
    from typing import Any

    from tui.terminal.paint.frame import Frame

    Picture = Callable[[int, int, int], Frame | None]
    """Makes the picture of as many columns and lines, whose cursor is so many rows below the first one; or None.

    It is the same frame each time, as long as the size is."""

WIDE_FROM, MIDDLE_FROM, TALL_FROM = 120, 80, 24
"""Columns from which the filter stands beside the list, from which the conversation does, and lines for both."""

FILTER_WIDTH = 24
_LIST_SHARE = 0.45
_ALTERNATE, _NORMAL = "\x1b[?1049h\x1b[?25l", "\x1b[H\x1b[2J\x1b[?25h\x1b[?1049l"


_PATIENCE = 0.5
"""Seconds that a program which ends waits for a terminal that does not take what is being painted."""
_READ = 4096
"""Bytes of what was typed that are taken at once."""


class Skeleton:
    """The frame on the screen and the terminal's settings before it; ends by `undo` or `hand_over`.

    Until then a picture may be painted over it from another thread, and the cursor in it be moved by what is typed;
    afterwards never. The first key that does not move it waits, with all that is typed behind it.
    """

    def __init__(self, output: int, source: int, attributes: list[Any] | None) -> None:
        self._output = output
        self._source = source
        self._attributes = attributes
        self.is_up = True
        self._lock: RLock | None = None
        self._is_still = False
        self._resizes = 0
        self._picture: tuple[Frame, int] | None = None
        """What was painted, and the resizes before it."""
        self.steps = 0
        """The rows that the cursor in it was moved by."""
        self._typed = b""
        """What was typed then, and waits."""
        self._followed: int | None = None
        """The end of a pipe that is closed when what is typed is not to be taken here any more."""
        self._fault: Exception | None = None

    def undo(self) -> None:
        """Leave the terminal as it was found; does nothing after a hand-over."""
        if not self.is_up:
            return
        self.be_still()
        self.is_up = False
        _write(self._output, _NORMAL)
        if self._attributes is not None:
            _set_attributes(self._source, self._attributes)

    def hand_over(self) -> list[Any] | None:
        """The terminal's original settings, for the driver that takes over and restores them in the end.

        The terminal stays raw and on its alternate screen, so that no key echoes or gets lost in between.

        Raises:
            Exception: a fault of our own, of who was asked for a picture.
        """
        self.be_still()
        if self._fault is not None:
            raise self._fault
        self.is_up = False
        return self._attributes

    def take_typed(self) -> bytes:
        """What was typed before, and has had no effect; once."""
        typed, self._typed = self._typed, b""
        return typed

    def be_still(self) -> None:
        """From here on nothing is painted or read; what is being painted is waited for, but not for ever."""
        held = self._lock is not None and self._lock.acquire(timeout=_PATIENCE)
        self._is_still = True
        if self._followed is not None:
            os.close(self._followed)
            self._followed = None
        if held and self._lock is not None:
            self._lock.release()

    def expect(self) -> None:
        """A picture may be painted from another thread from here on; called in the main one."""
        import signal
        from threading import RLock

        self._lock = RLock()  # a signal may interrupt who holds it, and end the program
        signal.signal(signal.SIGWINCH, self._resized)

    def paint(self, picture: Picture) -> None:
        """Paint a picture of as many columns and lines as the terminal has, if there is one and it is still wanted."""
        resizes, size = self._resizes, known_size(self._output)
        frame = None if self._is_still or size is None else picture(*size, 0)
        if frame is None or self._lock is None:
            return
        output = frame.flush()
        with self._lock:
            if not self._is_still and resizes == self._resizes:
                self._picture = frame, resizes
                _write(self._output, output)
                self._follow(picture)

    def _follow(self, picture: Picture) -> None:
        """Let what is typed from here on move the cursor in the picture."""
        if self._attributes is None:
            return  # no keys come from there
        from threading import Thread

        ended, self._followed = os.pipe()
        Thread(target=self._take_keys, args=(picture, ended), name="first-steps", daemon=True).start()

    def _take_keys(self, picture: Picture, ended: int) -> None:
        import select

        try:
            while ended not in select.select([self._source, ended], [], [])[0] and self._step(picture):
                pass
        except Exception as error:  # noqa: BLE001 - the border of the thread: raised by who hands over
            self._fault = error
        finally:
            os.close(ended)

    def _step(self, picture: Picture) -> bool:
        """Move the cursor by what has been typed; whether nothing waits behind that."""
        from tui.terminal.input.steps import leading_steps
        from tui.terminal.process.turns import one_long_turn

        lock, shown = self._lock, self._picture
        if lock is None or shown is None:
            return False
        with lock, one_long_turn():
            if self._is_still or shown[1] != self._resizes:
                return False
            try:
                typed = os.read(self._source, _READ)
            except OSError:
                return False  # the terminal is gone, which its next reader finds out
            while typed:
                rows, rest = leading_steps(typed)
                frame = picture(shown[0].width, shown[0].height, self.steps + rows) if rows else None
                if frame is None:
                    self._typed = typed
                    return False
                self.steps += rows
                _write(self._output, frame.flush())
                typed = rest
            return True

    def take_picture(self) -> Frame | None:
        """What the terminal shows of a picture, once; None where there is none, or another size came since."""
        found, self._picture = self._picture, None
        return found[0] if found is not None and found[1] == self._resizes else None

    def heed_resizes(self, handler: Any) -> None:
        """Let somebody else be told of the terminal's sizes, too, in the way of a handler of signals."""

        def resized(number: int, stack: Any) -> None:
            self._resizes += 1
            handler(number, stack)

        if self._picture is not None:
            import signal

            signal.signal(signal.SIGWINCH, resized)

    def _resized(self, _number: int, _stack: Any) -> None:
        self._resizes += 1


def paint_skeleton(title: str, fd: int = 2, input_fd: int = 0, *, unicode: bool = True) -> Skeleton:
    """Enter the alternate screen, hide the cursor, paint title and panes, and stop keys from echoing."""
    attributes = _stop_echo(input_fd)
    width, height = window_size(fd)
    panes = "".join(_panes(width, height)) if unicode else ""
    title = title if unicode else title.replace("·", "-").encode("ascii", "replace").decode("ascii")
    _write(fd, f"{_ALTERNATE}\x1b[H{_shown(title, width)}\x1b[2m{panes}\x1b[m")
    return Skeleton(fd, input_fd, attributes)


def list_share(width: int) -> int:
    """Columns of the list where it shares so many with the conversation."""
    return round(width * _LIST_SHARE)


def pane_widths(width: int, height: int) -> list[int]:
    """The widths of the panes, from left to right, on a screen of this size; the main screen lays out the same."""
    if width < MIDDLE_FROM or height < TALL_FROM:
        return [width]
    beside = [FILTER_WIDTH] if width >= WIDE_FROM else []
    rest = width - sum(beside)
    return [*beside, list_share(rest), rest - list_share(rest)]


def _panes(width: int, height: int) -> list[str]:
    """The upper edges and what separates the panes, between the title line and the line of keys."""
    if height < 5 or width < 10:
        return []
    widths = pane_widths(width, height)
    top = "┬".join("─" * (pane - (number > 0)) for number, pane in enumerate(widths))
    stops = [sum(widths[:number]) for number in range(1, len(widths))]
    side = "".join(f"\x1b[{stop + 1}G│" for stop in stops)
    return ["\r\n" + top, *(["\r\n" + side] * (height - 3) if side else [])]


def _stop_echo(source: int) -> list[Any] | None:
    """Take keys one by one and unseen, as Textual will; Ctrl-C still interrupts. The settings before, if a terminal.

    Ctrl-Z waits as any other key does: the app leaves the screen before it stops, which nobody else would do.
    """
    try:
        before = termios.tcgetattr(source)
        raw = termios.tcgetattr(source)
        nothing = os.fpathconf(source, "PC_VDISABLE")
    except (OSError, termios.error, ValueError):
        return None
    raw[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
    raw[6][termios.VSUSP] = bytes([nothing])
    _set_attributes(source, raw)
    return before


def _set_attributes(source: int, attributes: list[Any]) -> None:
    """Set a terminal that may be gone by now."""
    try:
        # Not TCSAFLUSH: what was typed ahead must not get lost.
        termios.tcsetattr(source, termios.TCSANOW, attributes)
    except termios.error:
        return


def _shown(title: str, width: int) -> str:
    """The title line; only an unusual title needs the code that cleans."""
    line = f" {title}"
    if len(line) <= width and line.replace("·", "").isascii() and line.isprintable():
        return line
    from tui.terminal.text.clean import clean_line

    return clean_line(line, max(width, 1))


def _write(descriptor: int, text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        return
