"""The ways to the terminal: in the event loop where it can be opened anew, else by threads; nothing is lost or held."""

import asyncio
import os
import pty
import select
import tty as modes
from collections.abc import AsyncIterator, Iterator

import pytest

from tui.terminal.adapter import tty
from tui.terminal.adapter.tty import Line, LoopReader, Utf8, open_anew


class Letters:
    """Gives each character as a message; one behind a `<` waits for the next."""

    def __init__(self) -> None:
        self.held = ""

    @property
    def patience(self) -> float | None:
        return 0.001 if self.held else None

    def take(self, text: str) -> Iterator[str]:
        text, self.held = self.held + text, ""
        if text.endswith("<"):
            text, self.held = text[:-1], "<"
        yield from text

    def let_go(self) -> Iterator[str]:
        held, self.held = self.held, ""
        yield from held


class Terminal:
    """A terminal, and what is read from it."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        modes.setraw(self.slave)
        self.told: list[str] = []
        self.wanted = 0
        self.came = asyncio.Event()
        self.turns = self.lost = 0
        loop = asyncio.get_running_loop()
        self.reader: LoopReader[str] = LoopReader(loop, Utf8(Letters()), self.take, self.done, self.gone)

    def take(self, message: str) -> None:
        self.told.append(message)
        if len(self.told) >= self.wanted:
            self.came.set()

    def done(self) -> None:
        self.turns += 1

    def gone(self) -> None:
        self.lost += 1
        self.came.set()

    async def until_told(self, count: int) -> str:
        self.wanted = count
        if len(self.told) < count:
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), 20)
        return "".join(self.told)


@pytest.fixture
async def terminal() -> AsyncIterator[Terminal]:
    one = Terminal()
    yield one
    one.reader.stop()
    for descriptor in (one.master, one.slave):
        os.close(descriptor)


async def test_what_is_typed_is_told_in_one_turn(terminal: Terminal) -> None:
    assert terminal.reader.start(terminal.slave)
    os.write(terminal.master, "größe".encode())
    assert await terminal.until_told(5) == "größe"
    await asyncio.sleep(0)
    assert terminal.turns == 1


async def test_halves_wait_for_their_other_halves_or_time_out(terminal: Terminal) -> None:
    assert terminal.reader.start(terminal.slave)
    os.write(terminal.master, b"a\xc3")
    assert await terminal.until_told(1) == "a"
    os.write(terminal.master, b"\xa9<")
    assert await terminal.until_told(3) == "aé<"


async def test_half_a_character_is_dropped_where_nothing_follows(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tty, "_HALF", 0.001)
    assert terminal.reader.start(terminal.slave)
    os.write(terminal.master, b"a\xc3")
    await terminal.until_told(1)
    while terminal.turns < 2:  # noqa: ASYNC110 - there is no event for what is not told
        await asyncio.sleep(0)
    os.write(terminal.master, b"\xa9b")
    assert await terminal.until_told(3) == "a\ufffdb"


def test_a_control_character_that_comes_as_one_byte_is_one_and_torn_characters_are_not() -> None:
    sent = b"\x9bA\xe4\x9bB\xff\x85\xed\xa0\x80"
    assert "".join(Utf8(Letters()).take(sent)) == "\x9bA\ufffdB\ufffd\x85\ufffd\ufffd\x80"


async def test_only_so_much_is_taken_at_a_time(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tty, "_READ", 4)
    assert terminal.reader.start(terminal.slave)
    os.write(terminal.master, b"0123456789")
    assert await terminal.until_told(10) == "0123456789"
    await asyncio.sleep(0)
    assert terminal.turns == 3


async def test_much_that_is_typed_leaves_others_their_turn(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr(tty, "perf_counter", lambda: next(clock) * 0.003)
    between: list[int] = []

    def look() -> None:
        between.append(len(terminal.told))
        if len(terminal.told) < 10:
            asyncio.get_running_loop().call_soon(look)

    assert terminal.reader.start(terminal.slave)
    os.write(terminal.master, b"0123456789")
    look()
    assert await terminal.until_told(10) == "0123456789"
    assert {3, 6, 9} <= set(between)
    os.write(terminal.master, b"ab")
    assert await terminal.until_told(12) == "0123456789ab"


async def test_a_stopped_reader_leaves_the_rest_and_goes_on_later(terminal: Terminal) -> None:
    assert terminal.reader.start(terminal.slave)
    os.write(terminal.master, b"a")
    await terminal.until_told(1)
    terminal.reader.stop()
    os.write(terminal.master, b"bc")
    assert select.select([terminal.slave], [], [], 20)[0]
    assert os.read(terminal.slave, 1) == b"b"
    assert terminal.reader.start(terminal.slave)
    assert await terminal.until_told(2) == "ac"


async def test_a_terminal_that_goes_away_is_told_once(terminal: Terminal) -> None:
    assert terminal.reader.start(terminal.slave)
    os.close(terminal.master)
    terminal.master = os.dup(terminal.slave)
    await asyncio.wait_for(terminal.came.wait(), 20)
    assert (terminal.told, terminal.lost) == ([], 1)


async def test_where_the_loop_cannot_wait_for_it_nothing_is_begun(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(asyncio.get_running_loop(), "add_reader", refuse)
    before = len(os.listdir("/proc/self/fd"))
    assert not terminal.reader.start(terminal.slave)
    assert len(os.listdir("/proc/self/fd")) == before


def test_what_has_no_name_is_not_opened_anew() -> None:
    reader, writer = os.pipe()
    assert open_anew(writer, os.O_WRONLY) is None
    line = Line(writer, lambda: None, lambda: None)
    line.open()
    assert line.write_now(b"for the thread") == b"for the thread"
    for descriptor in (reader, writer):
        os.close(descriptor)


def test_another_terminal_of_the_same_name_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [*pty.openpty(), *pty.openpty()]
    name = os.ttyname(ends[3])
    monkeypatch.setattr(os, "ttyname", lambda _descriptor: name)
    assert open_anew(ends[1], os.O_WRONLY) is None
    for descriptor in ends:
        os.close(descriptor)


def test_a_full_terminal_takes_a_part_and_the_rest_is_given_back() -> None:
    master, slave = pty.openpty()
    modes.setraw(slave)
    assert os.get_blocking(slave)
    line = Line(slave, lambda: None, lambda: None)
    line.open()
    data = bytes(range(65, 91)) * 10_000
    rest = line.write_now(data)
    assert 0 < len(rest) < len(data)
    assert data.endswith(rest)
    assert os.get_blocking(slave), "the shell's terminal, too, would not block any more"
    line.close()
    assert line.write_now(b"later") == b"later"
    for descriptor in (master, slave):
        os.close(descriptor)
