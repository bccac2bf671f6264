"""The ways to the terminal and from it: in the event loop where it can be opened anew, else by threads that wait."""

import asyncio
import os
import selectors
from codecs import getincrementaldecoder, register_error
from collections.abc import Callable, Iterator
from threading import Thread
from time import perf_counter
from typing import Generic, Protocol, TypeVar

T = TypeVar("T", covariant=True)

_READ = 4096
_TURN = 0.008
"""Seconds that what was typed takes at a time, before others have their turn."""


def open_anew(descriptor: int, flags: int) -> int | None:
    """The terminal of a descriptor as an open file of our own that never blocks, or None where that cannot be.

    Set on the descriptor itself O_NONBLOCK would be the shell's, too. A terminal has no name here that belongs to
    another container, and may not be opened by who has become another user (su).
    """
    try:
        anew = os.open(os.ttyname(descriptor), flags | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:
        return None
    if os.fstat(anew).st_rdev == os.fstat(descriptor).st_rdev:
        return anew
    os.close(anew)
    return None


class Line:
    """The way to the terminal as a file for Textual's writer thread: counts what was taken and survives its end."""

    def __init__(self, descriptor: int, on_write: Callable[[], None], on_lost: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_write = on_write
        self._on_lost = on_lost
        self._own: int | None = None
        self.taken = 0
        self.lost = False

    def open(self) -> None:
        """From now on write at once what the terminal takes at once, where that can be."""
        self.close()
        self._own = open_anew(self._descriptor, os.O_WRONLY)

    def write_now(self, data: bytes) -> bytes:
        """Hand over what the terminal takes at once, without a thread; returns what it does not."""
        if self._own is None:
            return data
        try:
            return data[os.write(self._own, data) :]
        except OSError:  # full, or gone, which the thread finds out
            return data

    def write(self, data: bytes) -> int:
        """Hand all of it to the terminal, waiting for that; once it is gone, drop everything."""
        left = memoryview(data)
        try:
            while left and not self.lost:
                left = left[self._write_some(left) :]
        except OSError:
            self.lost = True
            self._on_lost()
        self.taken += 1
        self._on_write()
        return len(data)

    def _write_some(self, data: memoryview) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            with selectors.SelectSelector() as selector:
                selector.register(self._descriptor, selectors.EVENT_WRITE)
                selector.select(1.0)
            return 0

    def close(self) -> None:
        """Let go of what was opened here."""
        if self._own is not None:
            os.close(self._own)
            self._own = None

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._descriptor


class Parser(Protocol[T]):
    """Makes messages of what is typed."""

    @property
    def patience(self) -> float | None:
        """Seconds after which `let_go` is to be called if nothing comes; None where nothing is waited for."""

    def take(self, text: str) -> Iterator[T]:
        """The messages of some text."""

    def let_go(self) -> Iterator[T]:
        """The messages of what was waited for in vain."""


_HALF = 1.0
"""Seconds in which the rest of a character comes, also over a line that stalls."""


def _read_anyhow(error: UnicodeError) -> tuple[str, int]:
    """A control character that is sent as one byte, as by terminals that are told to send eight bits; else a mark."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start]
    return (chr(byte), error.start + 1) if 0x80 <= byte < 0xA0 else ("\ufffd", error.end)


_ERRORS = "clarifeye-input"
register_error(_ERRORS, _read_anyhow)


class Utf8(Generic[T]):
    """Gives a parser whole characters: half of one waits for its other half, but not for ever."""

    def __init__(self, parser: Parser[T]) -> None:
        self._parser = parser
        self._decoder = getincrementaldecoder("utf-8")(_ERRORS)

    @property
    def patience(self) -> float | None:
        """Seconds after which `let_go` is to be called if nothing comes; None where nothing is waited for."""
        patience = self._parser.patience
        return _HALF if patience is None and self._decoder.getstate()[0] else patience

    def take(self, data: bytes) -> Iterator[T]:
        """The messages of some bytes."""
        return self._parser.take(self._decoder.decode(data))

    def let_go(self) -> Iterator[T]:
        """The messages of what was waited for in vain; half a character is none."""
        if self._parser.patience is None:
            self._decoder.reset()
        return self._parser.let_go()


class LoopReader(Generic[T]):
    """Reads what is typed in the event loop: nothing has to be handed over by a thread that waits for its turn."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        parser: Utf8[T],
        report: Callable[[T], None],
        when_done: Callable[[], None],
        when_lost: Callable[[], None],
    ) -> None:
        """Each message is reported; after all of what was read at once `when_done` is called."""
        self._loop = loop
        self._parser = parser
        self._report = report
        self._when_done = when_done
        self._when_lost = when_lost
        self._own: int | None = None
        self._listens = False
        self._late: asyncio.TimerHandle | None = None

    @property
    def reads(self) -> bool:
        """Whether it does."""
        return self._own is not None

    def start(self, descriptor: int) -> bool:
        """Begin to read, where the terminal can be opened anew and the loop can wait for it; returns whether it can."""
        self._own = open_anew(descriptor, os.O_RDONLY)
        if self._own is None:
            return False
        try:
            self._listen(self._own)
        except (OSError, ValueError, NotImplementedError):
            os.close(self._own)
            self._own = None
        return self._own is not None

    def stop(self) -> None:
        """Read no more; what was not read stays in the terminal."""
        if self._own is None:
            return
        self._wait_no_more()
        self._pause()
        os.close(self._own)
        self._own = None

    def _pause(self) -> None:
        if self._listens and self._own is not None:
            self._loop.remove_reader(self._own)
        self._listens = False

    def _listen(self, own: int) -> None:
        if not self._listens:
            self._loop.add_reader(own, self._readable, own)
            self._listens = True
        if self._parser.patience is not None:
            self._late = self._loop.call_later(self._parser.patience, self._let_go)

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _readable(self, own: int) -> None:
        try:
            data = os.read(own, _READ)
        except BlockingIOError:
            return  # another reader has it
        except OSError:
            data = b""
        self._wait_no_more()
        if data:
            self._go_on(self._parser.take(data))
        else:
            self.stop()
            self._when_lost()

    def _let_go(self) -> None:
        self._late = None
        self._go_on(self._parser.let_go())

    def _go_on(self, messages: Iterator[T]) -> None:
        """Report them, and after a while leave the rest to the next turn; until then nothing more is read."""
        end = perf_counter() + _TURN
        for message in messages:
            self._report(message)
            if perf_counter() >= end:
                self._pause()
                self._loop.call_soon(self._go_on, messages)
                return
        if self._own is not None:
            self._listen(self._own)
        self._when_done()


class ThreadReader(Generic[T]):
    """Reads what is typed in a thread that waits for it: where the event loop cannot."""

    def __init__(self, parser: Utf8[T], report: Callable[[T], None], when_lost: Callable[[], None]) -> None:
        self._parser = parser
        self._report = report
        self._when_lost = when_lost
        self._thread: Thread | None = None
        self._wake = (-1, -1)
        """The ends of a pipe by which the thread is told to stop."""

    def start(self, descriptor: int) -> None:
        """Begin to read. A fault is that of any thread; a daemon keeps no process of a stuck terminal."""
        self._wake = os.pipe()
        self._thread = Thread(target=self._run, args=(descriptor,), daemon=True, name="terminal-input")
        self._thread.start()

    def stop(self) -> None:
        """Read no more, which takes no time."""
        if self._thread is None:
            return
        os.write(self._wake[1], b"\0")
        self._thread.join()
        self._thread = None
        for end in self._wake:
            os.close(end)

    def _run(self, descriptor: int) -> None:
        with selectors.SelectSelector() as selector:
            for one in (descriptor, self._wake[0]):
                selector.register(one, selectors.EVENT_READ)
            while self._wake[0] not in (ready := {key.fd for key, _ in selector.select(self._parser.patience)}):
                if not ready:
                    self._tell(self._parser.let_go())
                elif data := _read(descriptor):
                    self._tell(self._parser.take(data))
                else:
                    self._when_lost()
                    return

    def _tell(self, messages: Iterator[T]) -> None:
        for message in messages:
            self._report(message)


def _read(descriptor: int) -> bytes:
    """What was typed; nothing when the terminal is gone."""
    try:
        return os.read(descriptor, _READ)
    except OSError:
        return b""
