"""Bytes to the terminal: what each action sends, beside `less -R` on the same text; and what a slow line adds."""

import shutil
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.browser import COLUMNS, QUIET, ROWS, browser, browsing
from tests.bench.probe import Probe
from tests.bench.report import Row, amount, at_most, at_most_times
from tests.bench.serving import Service
from tests.harness.emulator import Emulator

_STEPS = 20
_SETTLED = 0.3
_REST = 0.2
"""Seconds that end a burst: longer than the cursor has to rest before the detail follows."""

_HASTE = 0.002
_ROUNDS, _IN_A_ROUND = 3, 8
"""The list scrolls with each fourth step."""

_SLOW = 12_500
"""Bytes per second: 100 kbit/s."""

_BODY = range(2, ROWS - 1)
"""The rows of the reader when it has the whole screen."""

_BESIDE = 140
"""Columns in which the list stands beside the reader."""

_PAGE = len(_BODY) - 2
"""Rows that a page moves by."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Bytes: medians over some twenty steps; no time is in any of them."""

    start: float
    start_screen: float
    """The first full screen as text with colour codes."""
    step_in_view: float
    step_scrolling: float
    step_scrolling_alone: float
    """The list on the whole screen."""
    rest: float
    reader_beside: float
    reader_alone: float
    reader_page: float
    less_line: float
    less_page: float
    fold: float
    focus: float
    """From the list to the filter and back."""
    enter: float
    """From browsing to reading."""
    entered_screen: float
    leave: float
    left_screen: float
    notice: float
    resize: float
    resized_screen: float


READ = r"turn \S+/\d+ "
"""What the reader's title says once all of a conversation is here."""


def count(service: Service, steps: int = _STEPS) -> Counts:
    """Count what each action sends; the service has the long conversations."""
    with browser(service) as probe:
        probe.wait(r"↑\d")
        probe.drain(quiet=0.5)
        start, start_screen = len(probe.received), screen_size(probe.screen)
        in_view = _in_haste(probe, "home")
        probe.tap(*["down"] * (ROWS // 3 + 2), quiet=_SETTLED)
        scrolling = _in_haste(probe)
        probe.press("z", quiet=_SETTLED)
        scrolling_alone = _sizes(probe, steps, "down")
        probe.press("z", quiet=_SETTLED)
        rest = _sizes(probe, steps // 2, "down", "up", quiet=_REST)
        probe.tap("home", quiet=_SETTLED)
        probe.wait(READ)
        focus = _sizes(probe, 6, "shift+tab", "tab")
        enter = probe.press("enter", quiet=0.5).size
        entered_screen = screen_size(probe.screen)
        leave = probe.press("escape", quiet=0.5).size
        left_screen = screen_size(probe.screen)
        probe.press("enter", quiet=0.5)
        fold = _folds(probe)
        alone, pages, text = _alone(probe, steps)
        probe.resize(_BESIDE, ROWS, quiet=_SETTLED)
        beside = _scrolling(probe, steps)
        probe.resize(COLUMNS, ROWS, quiet=_SETTLED)
        bursts = [probe.resize(100 if number % 2 == 0 else COLUMNS, ROWS, quiet=0.2) for number in range(4)]
        resized = statistics.median(burst.size for burst in bursts)
        resized_screen = screen_size(probe.screen)
        notice = _notice(probe)
    less_line, less_page = _less(text, steps)
    return Counts(
        start, start_screen, in_view, scrolling, scrolling_alone, rest, beside, alone, pages, less_line, less_page,
        fold, focus, enter, entered_screen, leave, left_screen, notice, resized, resized_screen,
    )  # fmt: skip


def screen_size(screen: Emulator) -> int:
    """The bytes of a screen as lines of text with colour codes: what has to be sent at least to show it."""
    return sum(len(screen.ansi(row).encode()) + 2 for row in range(screen.rows))


def _sizes(probe: Probe, repeat: int, *keys: str, quiet: float = QUIET) -> float:
    return statistics.median(probe.press(keys[number % len(keys)], quiet=quiet).size for number in range(repeat))


def _in_haste(probe: Probe, *begin: str) -> float:
    """All that each Down sends where the next comes before the cursor rests, so that the detail does not follow it.

    The least of a few rounds: on a busy machine it may come to rest all the same.
    """
    rounds = []
    for _ in range(_ROUNDS):
        probe.tap(*begin, quiet=_SETTLED)
        before = len(probe.received)
        for _ in range(_IN_A_ROUND):
            probe.press("down", quiet=_HASTE)
        rounds.append((len(probe.received) - before) / _IN_A_ROUND)
    return min(rounds)


def _scrolling(probe: Probe, steps: int) -> float:
    """Line by line, from where each line scrolls."""
    probe.tap("home", quiet=QUIET)
    probe.tap(*["down"] * (len(_BODY) + 2), quiet=0.1)
    return _sizes(probe, steps, "down")


def _folds(probe: Probe) -> float:
    probe.tap("home", quiet=QUIET)
    probe.press("}", quiet=_SETTLED)
    return _sizes(probe, 4, "enter", quiet=_SETTLED)


def _notice(probe: Probe) -> float:
    """A message in the corner: there is no failed tool call before the first."""
    probe.tap("home", quiet=_SETTLED)
    return probe.press("E", quiet=_SETTLED).size


def _alone(probe: Probe, steps: int) -> tuple[float, float, list[str]]:
    """The reader, which has the whole screen: a line, a page, and the text that went by."""
    line = _scrolling(probe, steps)
    probe.tap("home", quiet=_SETTLED)
    text = [probe.screen.ansi(row) for row in _BODY]
    pages = []
    for _ in range(steps):
        pages.append(probe.press("pagedown", quiet=0.1).size)
        text += [probe.screen.ansi(row) for row in _BODY[-_PAGE:]]
    return line, statistics.median(pages), text


def _less(text: Sequence[str], steps: int) -> tuple[float, float]:
    """A line and a page of the same text in `less -R`; NaN where there is no less."""
    program = shutil.which("less")
    if program is None:
        return float("nan"), float("nan")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(text))
        file.flush()
        with Probe([program, "-R", file.name], columns=COLUMNS, rows=ROWS) as probe:
            probe.wait()
            probe.drain(quiet=_SETTLED)
            lines = [probe.press("down", quiet=QUIET).size for _ in range(steps)]
            probe.press("g", quiet=QUIET)
            pages = [probe.press("pagedown", quiet=QUIET).size for _ in range(min(steps, len(text) // ROWS - 1))]
            probe.leave("q")
    return statistics.median(lines), statistics.median(pages)


def idle(service: Service, seconds: float, *keys: str, times: int = 1) -> tuple[int, float]:
    """Bytes and milliseconds of processor in so many idle seconds, after these keys: the idlest of a few times."""
    with browsing(service) as probe:
        probe.send(*keys)
        probe.run(2.5)  # garbage is looked for once all is quiet
        found = []
        for _ in range(times):
            before = probe.sample().cpu_ms
            sent = probe.run(seconds)
            found.append((sent, probe.sample().cpu_ms - before))
            if not sent:
                break
        return min(found)


def measure() -> list[Row]:
    """All rows of this part."""
    with Service(300, long=True) as service:
        counted = count(service)
        held, paged = _slow_line(service)
    with Service(2400) as service:
        sent, cpu = idle(service, 10)
        dialogue_sent, dialogue_cpu = idle(service, 3, "?")
    return [
        at_most("idle for 10 s", sent, 0, "B"),
        Row("... processor", "0 ms", amount(cpu, "ms"), cpu < 1),
        at_most("... with a dialogue, for 3 s", dialogue_sent, 0, "B"),
        Row("... processor", "0 ms", amount(dialogue_cpu, "ms"), dialogue_cpu < 1),
        *rows(counted),
        at_most("12.5 KB/s: painting after Down was held 2 s", held * 1000, 1200),
        at_most("12.5 KB/s: ... PageDown in the reader, 2 s", paged * 1000, 2000),
    ]


def _slow_line(service: Service) -> tuple[float, float]:
    with browsing(service) as probe:
        probe.terminal.bytes_per_second = _SLOW
        held = probe.hold("down", seconds=2)
        probe.terminal.bytes_per_second = 0
        probe.tap("home", quiet=0.5)
        probe.press("enter", quiet=0.5)
        probe.terminal.bytes_per_second = _SLOW
        paged = probe.hold("pagedown", seconds=2)
        return held, paged


def rows(counted: Counts) -> list[Row]:
    """The counts beside their goals."""
    c, less, screen = counted, "less -R", "screens"
    return [
        at_most("Down in the list, in view", c.step_in_view, 150, "B"),
        at_most("Down in the list, scrolling", c.step_scrolling, 500, "B"),
        at_most("... with the list alone on the screen", c.step_scrolling_alone, 500, "B"),
        at_most("cursor comes to rest, the detail follows", c.rest, 5_000, "B"),
        at_most("line in the reader, beside the list", c.reader_beside, 2_000, "B"),
        at_most_times("line in the reader, alone", c.reader_alone, 2.0, c.less_line, "B", less),
        at_most_times("page in the reader, alone", c.reader_page, 1.3, c.less_page, "B", less),
        at_most("fold a tool call", c.fold, 2_500, "B"),
        at_most("focus to the next pane", c.focus, 800, "B"),
        at_most_times("entering the reader", c.enter, 1.1, c.entered_screen, "B", screen),
        at_most_times("leaving the reader", c.leave, 1.1, c.left_screen, "B", screen),
        at_most("message in the corner", c.notice, 1_000, "B"),
        at_most_times("resize", c.resize, 1.2, c.resized_screen, "B", screen),
        at_most_times("start", c.start, 0.95, c.start_screen, "B", screen),
    ]
