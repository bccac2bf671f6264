"""Runs a full-screen program in a pseudo-terminal and measures what a person at it would feel. Linux only.

    with Probe([sys.executable, "-m", "tui", "--demo"], columns=120, rows=40) as probe:
        probe.wait(r"Conversations \\d")
        burst = probe.press("down")
        print(burst.paint_ms, burst.size)
        probe.press("enter", until=r"Turn 1")
        assert probe.leave("ctrl+q").code == 0

While a burst of output comes in, its pieces are only stamped with their time; the emulated screen replays them once it
is quiet. So the cost of the emulator is in no number.
"""

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.bench.keys import encode
from tests.harness import process
from tests.harness.emulator import Answerer, Emulator
from tests.harness.terminal_run import DEADLINE, NeverCame, TerminalRun

Until = str | Callable[[Emulator], bool] | None
"""What ends an action: a regular expression on the screen, a condition, or None for any change of the screen."""

_QUIET = 0.06
"""Seconds without output that end a burst."""

_MOMENT = 2.0
"""Seconds after which even a program that never stops writing is looked at."""

_FRAME = b"\x1b[?2026h"


@dataclass(frozen=True, slots=True)
class Burst:
    """The output that an action caused; times in milliseconds since the action."""

    paint_ms: float
    """To the piece that made the screen change as awaited."""
    settled_ms: float
    """To the last piece."""
    cpu_ms: float
    """On the processors, until it was quiet."""
    raw: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Bytes that a line to the terminal has to carry."""
        return len(self.raw)

    @property
    def frames(self) -> int:
        """Frames of synchronised output."""
        return self.raw.count(_FRAME)


@dataclass(frozen=True, slots=True)
class Leaving:
    """How a program ended: its exit code, and milliseconds since it was asked to."""

    code: int
    took_ms: float


class Probe:
    """A program under a pseudo-terminal; leaving the context kills it if it still runs."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environ: Mapping[str, str] | None = None,
        bytes_per_second: int = 0,
    ) -> None:
        """Start the command at once; a line of `bytes_per_second` is slow, 0 takes everything immediately."""
        usual = {"COLORTERM": "truecolor", "LANG": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath)}
        self._answerer = Answerer()
        self.terminal = TerminalRun(
            command,
            environ=usual | dict(environ or {}),
            columns=columns,
            rows=rows,
            bytes_per_second=bytes_per_second,
            answerer=self._answerer,
        )

    @property
    def screen(self) -> Emulator:
        """What is seen."""
        return self.terminal.screen

    @property
    def received(self) -> bytearray:
        """Every byte that came out."""
        return self.terminal.raw

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self.terminal.pid

    # -- reading ---------------------------------------------------------------------------------------------------

    def drain(self, quiet: float = _QUIET, limit: float = DEADLINE) -> None:
        """Draw what comes, until nothing came for `quiet` seconds."""
        self.terminal.drain(quiet, limit)

    def run(self, seconds: float) -> int:
        """Let the program run, draw what comes, and return the number of bytes."""
        end, before = time.perf_counter() + seconds, len(self.received)
        while (left := end - time.perf_counter()) > 0 and not self.terminal.has_ended:
            self.terminal.take(left)
        return len(self.received) - before

    def wait(self, until: Until = None, seconds: float = DEADLINE) -> float:
        """Wait for the screen to show something; returns milliseconds from the start of the program to that piece.

        Raises:
            NeverCame: it did not, or the program ended.
        """
        return self.watch(until or r"\S", seconds=seconds)[0]

    def watch(self, *untils: str | Callable[[Emulator], bool], seconds: float = DEADLINE) -> list[float]:
        """Like `wait`, for several things that come in any order; the times of all of them.

        Raises:
            NeverCame: one of them did not, or the program ended.
        """
        conditions = [_condition(until) for until in untils]
        seen = [self.terminal.stamp if condition(self.screen) else None for condition in conditions]
        end = time.perf_counter() + seconds
        while None in seen:
            if self.terminal.has_ended or time.perf_counter() > end:
                missing = [until for until, stamp in zip(untils, seen, strict=True) if stamp is None]
                raise NeverCame(f"{missing} never came to the screen:\n{self.screen.text}")
            for stamp, data in self._pieces(0.02):
                self.screen.feed(data)
                seen = [
                    (stamp if condition(self.screen) else None) if known is None else known
                    for known, condition in zip(seen, conditions, strict=True)
                ]
        return [(stamp - self.terminal.started_at) * 1000 for stamp in seen if stamp is not None]

    def _pieces(self, quiet: float) -> list[tuple[float, bytes]]:
        """All output until it is quiet, but for no longer than a moment."""
        pieces, end = [], time.perf_counter() + _MOMENT
        while time.perf_counter() < end and (piece := self.terminal.read(quiet)):
            pieces.append(piece)
        return pieces

    # -- acting ----------------------------------------------------------------------------------------------------

    def send(self, *keys: str) -> None:
        """Press keys without waiting for anything."""
        self.terminal.send(encode(*keys, application_cursor=self._answerer.application_cursor))

    def tap(self, *keys: str, quiet: float = _QUIET) -> None:
        """Press keys and draw what comes of it, if anything does."""
        self.send(*keys)
        self.drain(quiet)

    def press(self, *keys: str, until: Until = None, quiet: float = _QUIET, seconds: float = DEADLINE) -> Burst:
        """Press keys and take the burst of output that follows."""
        return self.act(lambda: self.send(*keys), until, quiet, seconds)

    def resize(self, columns: int, rows: int, until: Until = None, quiet: float = _QUIET) -> Burst:
        """Another size of the terminal, and what the program makes of it."""
        return self.act(lambda: self.terminal.resize(columns, rows), until, quiet)

    def act(self, action: Callable[[], None], until: Until = None, quiet: float = _QUIET, seconds: float = 30) -> Burst:
        """Do something and take the burst of output that follows.

        Raises:
            NeverCame: the screen did not change as awaited in so many seconds.
        """
        self.drain(quiet=0.005)
        self.screen.mark()
        condition = Emulator.changed if until is None else _condition(until)
        cpu = process.cpu_ms(self.pid)
        pieces: list[tuple[float, bytes]] = []
        replayed, painted = 0, None
        begun = time.perf_counter()
        action()
        while painted is None:
            pieces += self._pieces(quiet)
            for stamp, data in pieces[replayed:]:
                self.screen.feed(data)
                if painted is None and condition(self.screen):
                    painted = stamp
            replayed = len(pieces)
            if painted is None and (self.terminal.has_ended or time.perf_counter() > begun + seconds):
                raise NeverCame(f"{until or 'a change'!r} never came to the screen:\n{self.screen.text}")
        return Burst(
            (painted - begun) * 1000,
            (pieces[-1][0] - begun) * 1000,
            process.cpu_ms(self.pid) - cpu,
            b"".join(data for _, data in pieces),
        )

    def hold(self, *keys: str, seconds: float, rate: float = 30.0) -> float:
        """Hold keys down with a keyboard's repeat; returns for how many seconds output still came after the release."""
        begun = time.perf_counter()
        for number in range(int(seconds * rate)):
            self.send(*keys)
            while (left := begun + (number + 1) / rate - time.perf_counter()) > 0:
                if piece := self.terminal.read(left):
                    self.screen.feed(piece[1])
        released = time.perf_counter()
        self.drain(quiet=0.5)
        return max(0.0, self.terminal.stamp - released)

    def sample(self) -> process.Sample:
        """Memory, processor time and threads now."""
        return process.sample(self.pid)

    # -- ending ----------------------------------------------------------------------------------------------------

    def leave(self, *keys: str, seconds: float = DEADLINE) -> Leaving:
        """Ask the program to end by keys, and wait for it while its output is taken.

        Raises:
            NeverCame: it is still there after so many seconds.
        """
        begun = time.perf_counter()
        self.send(*keys)
        while self.terminal.is_running:
            if time.perf_counter() > begun + seconds:
                raise NeverCame(f"still running:\n{self.screen.text}")
            self.terminal.take(0.002)
        took = (time.perf_counter() - begun) * 1000
        return Leaving(self.terminal.wait_for_exit(), took)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.terminal.__exit__(kind, error, trace)


def _condition(until: str | Callable[[Emulator], bool]) -> Callable[[Emulator], bool]:
    if callable(until):
        return until
    pattern = re.compile(until, re.MULTILINE)
    return lambda screen: pattern.search(screen.text) is not None
