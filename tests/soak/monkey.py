"""A seeded monkey at the real command in a pseudo-terminal, and what must hold whatever it does.

    report = soak(seed=1, actions=400)   # raises Broken, with the last actions in its notes

What is drawn by differences must equal a full repaint; a key is answered; the cursor stays on its conversation when the
list is fetched anew and rows above it have come or gone; memory and file descriptors do not grow with time.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pyte.screens import Char
from textual.binding import Binding, BindingType

from tests.bench.browser import LISTED, list_column
from tests.bench.probe import Probe
from tests.harness import process
from tests.soak.scales import Scales, judge_growth
from tests.soak.service import Weather
from tests.soak.torrent import sequences
from tui.app import BrowserApp
from tui.screens.across.screen import AcrossScreen
from tui.screens.browse.screen import BrowseScreen
from tui.screens.compare.screen import CompareScreen
from tui.screens.dialogs.help import HelpScreen
from tui.screens.dialogs.saved_filters import SavedFiltersScreen
from tui.screens.queue.screen import QueuedTranscript, QueueScreen
from tui.store.facts.sorting import SORTS
from tui.widgets.comparison_view import ComparisonView
from tui.widgets.inputs.command_input import CommandInput
from tui.widgets.inputs.filter_input import FilterInput
from tui.widgets.inputs.search_input import SearchInput
from tui.widgets.lists.choice_list import ChoiceList
from tui.widgets.lists.conversation_list import ConversationList
from tui.widgets.lists.saved_list import SavedList
from tui.widgets.tables.table_view import TableView
from tui.widgets.transcript.view import TranscriptView

CHECK_EVERY = 40
_NODES = (
    BrowserApp, BrowseScreen, ConversationList, TranscriptView, ChoiceList, FilterInput, SearchInput, HelpScreen,
    SavedFiltersScreen, SavedList, CommandInput, CompareScreen, ComparisonView, AcrossScreen, TableView,
    QueueScreen, QueuedTranscript,
)  # fmt: skip
_NOT_PRESSED = {"q", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+p", "colon", "x"}
"""What would end or stop the program, open the palette that offers to end it, or write files."""

_COMMANDS = ("untagged only", "include archived", "theme light", "theme dark", "next pane", "paint anew", "hide filter")
"""What is run from the palette: the first that matches is harmless in every pane."""

_PALETTE_MOVES = ("down", "up", "pagedown", "pageup", "home", "end", "ctrl+n", "ctrl+p")

_BYTES = {
    "slash": "/", "question_mark": "?", "plus": "+", "minus": "-", "equals_sign": "=", "asterisk": "*",
    "left_square_bracket": "[", "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "left_parenthesis": "(", "right_parenthesis": ")", "less_than_sign": "<", "greater_than_sign": ">",
    "vertical_line": "|", "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "ctrl+left": "\x1b[1;5D",
    "ctrl+right": "\x1b[1;5C", "alt+backspace": "\x1b\x7f", "exclamation_mark": "!", "at": "@", "comma": ",",
    "semicolon": ";", "number_sign": "#", "full_stop": ".",
}  # fmt: skip
_WORDS = ("refund", "a", "the", "Rückgabe", "返品", "🙂", "[bold]", "zzz", "tool", "%", "(", "  ", "\x1b[")
_TERMS = (
    "failed:>0", "-failed:>0", "tag:billing failed:>0", "took:>2m", "since:7d", "a tool(name:retrieval failed:yes)",
    "calls:0 or turns:>3", "agent:", "failed:many", "tool(", "faild:>0", "untagged:yes tokens:>10k", "ending:failed",
)  # fmt: skip
"""Lines of the filter; in some there is a mistake, and Enter twice searches those as they stand."""
_COMPLETED = ("", "", "tab", "down", "ctrl+p")
_ORDERS = (*(sort.letter for sort in SORTS.values()), "o", "o", "o", "escape")
_DAYS = ("today", "yesterday", "7d", "2025-03", "31.2.2025", "1.3.2026", "x", "")
_MOVES = ("down", "up", "pagedown", "pageup", "j", "k", "end", "home", "]", "[", "}", "{", ">", "<", "n", "e")
_WHERE_COMPARED = ("n", "n", "N", "enter", "*", "G", "g", "pagedown", "down", "y", "r", "?", "escape")
_WHERE_TABLES = (
    "enter", "enter", "tab", "down", "down", "right", "right", "F", "o", "=", "space", "G", "pagedown", "R", "?",
    "escape", "escape", "]", "[",
)  # fmt: skip
_VERDICTS = ("p", "f", "s", "1", "2", "enter", "!", "backspace", "i", "I", ".", "escape")
_WHERE_REVIEWED = (
    "p", "p", "f", "s", "1", "2", "enter", "!", "i", "backspace", "space", "space", ">", "<", "F", "G", "r", "?",
    "escape",
)  # fmt: skip
_SIZES = ((120, 40), (150, 45), (100, 30), (80, 24), (60, 20), (40, 12), (30, 8), (200, 50), (121, 24), (119, 36))
_ABSURD_SIZES = ((65535, 65535), (65535, 2), (1, 65535), (1, 1), (0, 0), (2000, 3))
_RUBBISH = 2000
"""Characters of a malformed sequence at most."""
_BUSY = re.compile(
    r"loading…|stops, R goes on|Loading conversations|Waiting for the server|Trying again|Filtering…|is on its way"
    r"|⋯ [\d,]+ *(?:[│┃]|$)|turn \S+/[\d,]+\+"
    r"|/[^│\n]*  [\d,/+]*…(?: ·| *$)",
    re.MULTILINE,
)
"""What is said while something is under way; at last while a long conversation grows, and while it is searched."""


_BROKEN = re.compile(r"^Traceback|File \"[^\"]*/tui/\w+/|A fault in clarifeye-tui itself", re.MULTILINE)
"""One of Python's reports begins at the edge; those that stand in what tools gave back do not."""
_DIALOGUE = "╭"
"""The corner of each dialogue, and of nothing else."""

_ROUND = 0.2
_ROUNDS = 100
"""Rounds of waiting after which a key counts as not answered, and an answer as not coming."""

_ROUNDS_AT_WORK = 300
"""Rounds after which it counts as never resting: 120,000 matches of a filter in 48 MB take a busy machine long."""

_ASKED_AGAIN = (10, 20, 40, 80, 160)
"""Rounds after which it is told to ask again, ever more seldom: a busy machine may take long for each answer."""

_REST_MS = 4
"""Of processor time in a round of waiting: what a program that has nothing to do may take."""

_SEEN = 14
"""Characters of a name that are compared: a notice may stand before the rest."""

_LOG_TAIL = 6000
_CHECKS_WITH_A_SELECTION = 12
"""After more checks the selection must have been looked at."""

_MOST_MB = 400
_MOST_DESCRIPTORS = 24
"""More than after the start: connections, and what is being read."""
_MOST_THREADS = 16
"""More than after the start: those that libraries keep to give them work."""


Seen = list[Char]
"""A row of cells."""


class Terminal(Probe):
    """A probe that tells when the program is gone, and changes its size without waiting for what comes of it."""

    @property
    def ended(self) -> bool:
        """Whether nobody writes to the terminal any more."""
        return self.terminal.has_ended

    def set_size(self, columns: int, rows: int) -> None:
        """Another size."""
        self.terminal.resize(columns, rows)

    def set_absurd_size(self, columns: int, rows: int) -> None:
        """A size that no screen has, told to the program alone."""
        self.terminal.tell_size(columns, rows)

    def stacks(self) -> str:
        """What the program is doing right now, at the price of its life."""
        self.received.clear()
        self.drain(quiet=0.1)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGABRT)
        self.drain(quiet=1.0)
        said = self.received.decode("utf-8", "replace")
        return said[said.find("Fatal Python error") :] if "Fatal Python error" in said else "it is gone"


class Broken(AssertionError):
    """Something does not hold any more."""


@dataclass
class Report:
    """What was seen."""

    seed: int
    actions: int = 0
    checks: int = 0
    selections: int = 0
    """How often the cursor was seen to stay on its conversation while rows came or went above it."""
    resident: list[float] = field(default_factory=list)
    """Megabytes at each check, as the system counts them."""
    in_use: list[float] = field(default_factory=list)
    """Megabytes at each check that something is in."""
    descriptors: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        """For people."""
        return (
            f"seed {self.seed}: {self.actions} actions, {self.checks} checks, {self.selections} of the selection; "
            f"resident {self.resident[0]:.0f} MB at first, {max(self.resident):.0f} at most, "
            f"{self.resident[-1]:.0f} at the end; in use {self.in_use[0]:.0f}, {max(self.in_use):.0f} at most, "
            f"{self.in_use[-1]:.0f} at the end; threads {self.threads[0]}, {max(self.threads)} at most; "
            f"descriptors {self.descriptors[0]}, {max(self.descriptors)} at most, "
            f"{self.descriptors[-1]} at the end"
        )


def bound_keys(nodes: Iterable[type] = _NODES) -> list[str]:
    """The keys of the real bindings, as `Probe.send` takes them."""
    entries: list[BindingType] = [entry for node in nodes for entry in getattr(node, "BINDINGS", ())]
    names = {binding.key for entry in entries for binding in Binding.make_bindings([entry])}
    return sorted(_BYTES.get(name, name) for name in names - _NOT_PRESSED)


class Monkey:
    """Does things at random, and checks."""

    def __init__(self, probe: Terminal, weather: Weather, scales: Scales, seed: int) -> None:
        self.report = Report(seed)
        self.last: deque[str] = deque(maxlen=2 * CHECK_EVERY)
        """The last actions, in words."""
        self._probe = probe
        self._weather = weather
        self._scales = scales
        self._random = random.Random(seed)
        self._keys = bound_keys()
        self._hidden = 0

    # -- doing -----------------------------------------------------------------------------------------------------

    def act(self) -> None:
        """One action."""
        actions: list[tuple[int, Callable[[], None]]] = [
            (60, self._key), (8, self._hold), (7, self._click), (5, self._wheel), (3, self._drag), (7, self._type),
            (3, self._resize), (5, self._change_weather), (2, self._palette), (1, self._export), (2, self._rubbish),
            (1, self._absurd_size), (3, self._sort), (3, self._term), (2, self._read_on), (2, self._to_day),
            (1, self._columns), (2, self._two), (3, self._tables), (3, self._judge), (3, self._review),
        ]  # fmt: skip
        weights, choices = zip(*actions, strict=True)
        self._random.choices(choices, weights)[0]()
        self._probe.drain(quiet=self._random.choice((0.0, 0.0, 0.005, 0.03)), limit=2)
        self.report.actions += 1
        if self._probe.ended:
            raise Broken(f"it has ended:\n{self._probe.screen.text}")

    def _send(self, words: str, *keys: str) -> None:
        self.last.append(words)
        self._probe.send(*keys)

    def _key(self) -> None:
        key = self._random.choice(self._keys)
        self._send(f"key {key!r}", key)

    def _hold(self) -> None:
        key, times = self._random.choice(_MOVES), self._random.randint(3, 20)
        self._send(f"hold {key} {times}", *[key] * times)

    def _type(self) -> None:
        text = self._random.choice(_WORDS)
        begin, end = self._random.choice(("", "/", "/")), self._random.choice(("", "enter", "escape", "enter"))
        pasted = self._random.random() < 0.3
        typed = f"\x1b[200~{text}\x1b[201~" if pasted else text
        self._send(f"type {begin!r} {typed!r} {end}", *filter(None, (begin, typed, end)))

    def _sort(self) -> None:
        letter = self._random.choice(_ORDERS)
        self._send(f"sort {letter}", "o", letter)

    def _term(self) -> None:
        """What histories tell is looked for, in a line that may be wrong or completed."""
        line, end = self._random.choice(_TERMS), self._random.choice(("enter", "enter", "escape", ""))
        completed = self._random.choice(_COMPLETED)
        keys = [*filter(None, ("/", line, completed, end))]
        self._send(f"term {keys}", *keys, *(["enter"] if end and self._random.random() < 0.2 else []))

    def _read_on(self) -> None:
        end = self._random.choice(("", "", "escape"))
        self._send(f"read on {end}", "R", *filter(None, [end]))

    def _to_day(self) -> None:
        day, end = self._random.choice(_DAYS), self._random.choice(("enter", "enter", "escape", ""))
        self._send(f"go to {day!r} {end}", "@", *filter(None, [day, end]))

    def _columns(self) -> None:
        """One key: rows as columns, or as before."""
        self._send("columns", "d")

    def _two(self) -> None:
        """Two conversations compared, and what is done there."""
        keys = self._random.choices(_WHERE_COMPARED, k=self._random.randint(0, 8))
        self._send(f"compare {keys}", "U", "space", "space", "D", *keys)

    def _tables(self) -> None:
        """The tables across conversations, or the numbers, and what is done there."""
        keys = self._random.choices(_WHERE_TABLES, k=self._random.randint(0, 10))
        opened = self._random.choice(("L", "L", "#"))
        self._send(f"tables {opened} {keys}", opened, *keys)

    def _judge(self) -> None:
        """What is under the cursor is judged, or nearly."""
        keys = self._random.choices(_VERDICTS, k=self._random.randint(0, 6))
        self._send(f"judge {keys}", ".", *keys)

    def _review(self) -> None:
        """The queue, where it is asked first who judges, and what is done there."""
        name = self._random.choice(((), ("monkey", "enter")))
        keys = self._random.choices(_WHERE_REVIEWED, k=self._random.randint(0, 12))
        self._send(f"review {name} {keys}", "Q", *name, *keys)

    def _cell(self) -> tuple[int, int]:
        """Anywhere but on the line of keys, where one of them ends the program."""
        screen = self._probe.screen
        return self._random.randint(1, screen.columns), self._random.randint(1, max(1, screen.rows - 1))

    def _click(self) -> None:
        x, y = self._cell()
        times = self._random.choice((1, 1, 2, 3))
        self._send(f"click {x},{y} {times}", f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" * times)

    def _wheel(self) -> None:
        x, y = self._cell()
        button, times = self._random.choice((64, 65)), self._random.randint(1, 8)
        self._send(f"wheel {button} {x},{y} {times}", f"\x1b[<{button};{x};{y}M" * times)

    def _drag(self) -> None:
        (x, y), (to_x, to_y) = self._cell(), self._cell()
        self._send(f"drag {x},{y} {to_x},{to_y}", f"\x1b[<0;{x};{y}M\x1b[<32;{to_x};{to_y}M\x1b[<0;{to_x};{to_y}m")

    def _resize(self) -> None:
        columns, rows = self._random.choice(_SIZES)
        self.last.append(f"resize {columns}x{rows}")
        self._probe.set_size(columns, rows)

    def _absurd_size(self) -> None:
        """For a moment, as an odd client may tell it; what is drawn for it is drawn over again."""
        columns, rows = self._random.choice(_ABSURD_SIZES)
        self.last.append(f"resize {columns}x{rows}")
        self._probe.set_absurd_size(columns, rows)
        self._probe.drain(quiet=0.05, limit=2)
        self._resize()

    def _rubbish(self) -> None:
        """What no terminal sends; what could be a key that ends the program is left out, and a paste gets its end."""
        some = islice(sequences(self._random), self._random.randint(1, 6))
        sent = "".join(one[:_RUBBISH] for one in some if not one.endswith(("u", "~"))) + "\x18\x1b[201~"
        self._send(f"rubbish {sent!r}", sent)

    def _change_weather(self) -> None:
        name = self._random.choice(("calm", "stormy", "stormy", "down", "expired", "shifting", "slow"))
        self.last.append(f"weather {name}")
        self._weather.set(name)

    def _palette(self) -> None:
        """Go about in it at once, run something harmless or nothing, and leave it whatever became of that."""
        self._escape()
        opening, words = self._random.choice((":", "ctrl+p")), self._random.choice(_COMMANDS)
        moves = self._random.choices(_PALETTE_MOVES, k=self._random.randint(0, 8))
        run = self._random.choice(((), (words,), (words, "down", "pageup", "enter")))
        self._send(f"palette {opening} {moves} {run}", opening, *moves, *run)
        self._escape()

    def _export(self) -> None:
        self._send("export", "x", "down", "escape", "escape")

    # -- checking --------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Everything that must hold."""
        self._weather.set("calm")
        self.last.append("check")
        self._come_out()
        self._probe.send("r")
        self._settle()
        self._compare()
        self._keep_selection()
        self._weigh()
        self._probe.received.clear()
        self.report.checks += 1

    def _come_out(self) -> None:
        """Out of every dialogue and input; a key is answered there: it paints the screen anew."""
        for _ in range(_ROUNDS):
            self._escape()
            before = len(self._probe.received)
            self._probe.send("ctrl+l")
            self._probe.drain(quiet=_ROUND)
            text = self._probe.screen.text
            if len(self._probe.received) > before and LISTED.search(text) and _DIALOGUE not in text:
                return
            if min(self._probe.screen.columns // 40, self._probe.screen.rows // 12) < 1:
                self._probe.set_size(*_SIZES[0])
        raise Broken(f"no key is answered:\n{self._probe.screen.text}")

    def _escape(self) -> None:
        """Out of a dialogue in a dialogue; one Esc after the other, or two are read as one key."""
        for _ in range(3):
            self._probe.tap("escape", quiet=0.08)

    def _settle(self) -> None:
        """Nothing is under way any more; what failed is asked for again."""
        for number in range(_ROUNDS_AT_WORK):
            before = process.cpu_ms(self._probe.pid)
            self._probe.drain(quiet=0.3)
            text = self._probe.screen.text
            if found := _BROKEN.search(text):
                raise Broken(f"{found[0]!r} is on the screen:\n{text}")
            if not (_BUSY.search(text) or self._is_at_work(before)):
                return
            if number + 1 in _ASKED_AGAIN:
                self._escape()
                self._probe.send("r")
        raise Broken(f"it never comes to rest:\n{self._probe.screen.text}")

    def _is_at_work(self, before: float) -> bool:
        """Whether it has still something to do, such as a key to answer, on a machine that leaves it little time."""
        return process.cpu_ms(self._probe.pid) > before + _REST_MS or process.is_running(self._probe.pid)

    def _compare(self) -> None:
        """What stands there equals a full repaint; a notice may go away just then, hence the second look."""
        for _ in range(5):
            self._settle()
            before = self._picture()
            self._probe.send("ctrl+l")
            self._probe.drain(quiet=0.3)
            after = self._picture()
            different = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
            if not different:
                return
            if different[0] <= 1:
                continue  # the titles tell of each answer that comes, and of a conversation that grows
            if all(before[y][:-1] == after[y][:-1] for y in different):
                continue  # the map beside a conversation that has come to its end just now
            if not _is_notice([before[y] for y in different], [after[y] for y in different], after[1][0].bg):
                rows = "\n".join(f"{y}: {_difference(before[y], after[y])}" for y in different[:4])
                raise Broken(f"a full repaint differs:\n{rows}")
        raise Broken(f"news and notices come without end:\n{self._probe.screen.text}")

    def _picture(self) -> list[Seen]:
        return [[_seen(cell) for cell in self._probe.screen.cells(y)] for y in range(self._probe.screen.rows)]

    def _keep_selection(self) -> None:
        """Rows come or go above the cursor, the list is fetched anew: it stands on the same conversation."""
        self._probe.send(*self._random.choice((("down",), ("pagedown", "pagedown"), ("end", "up"))))
        self._settle()
        before, place, ground = self._selected()
        if before is None or place < 12:
            return
        self._hidden = self._random.choice([hidden for hidden in range(6) if hidden != self._hidden])
        self.last.append(f"hide {self._hidden}")
        self._weather.hide(self._hidden)
        self._probe.send("r")
        self._settle()
        after, _, now = self._selected()
        if after is None or now != ground:
            return  # a notice stands before it, or stood there
        if not (after.startswith(before) or before.startswith(after)):  # one may be cut sooner than the other
            told = f"the cursor was on {before!r}, row {place}, and is on {after!r}; {self._hidden} rows are hidden"
            raise Broken(f"{told}:\n{self._probe.screen.text}")
        self.report.selections += 1

    def _selected(self) -> tuple[str | None, int, str]:
        """The name under the cursor of the list, where that is seen, its place, and what colour is behind it."""
        lines = self._probe.screen.lines
        title = LISTED.search(lines[1])
        place = title and (title[1] or title[2])
        if not place:
            return None, 0, ""
        begin, end = list_column(self._probe.screen)
        for y, line in enumerate(lines[2:], 2):
            part = line[begin:end].lstrip("│")
            if part.startswith("▌"):
                bar = next(cell for cell in self._probe.screen.cells(y)[begin:] if cell.data == "▌")
                return _name(part[1:]) or None, int(place.replace(",", "")), bar.bg
        return None, 0, ""

    def _weigh(self) -> None:
        sample = self._probe.sample()
        self.report.resident.append(sample.resident_mb)
        self.report.in_use.append(self._scales.in_use_mb())
        self.report.descriptors.append(sample.descriptors)
        self.report.threads.append(sample.threads)
        if sample.resident_mb > _MOST_MB:
            raise Broken(f"it takes {sample.resident_mb:.0f} MB")
        if sample.descriptors > self.report.descriptors[0] + _MOST_DESCRIPTORS:
            raise Broken(f"it holds {sample.descriptors} file descriptors, {self.report.descriptors[0]} at first")
        if sample.threads > self.report.threads[0] + _MOST_THREADS:
            raise Broken(f"it has {sample.threads} threads, {self.report.threads[0]} at first")
        if self._weather.others:
            raise Broken("something other than GET was sent")

    def judge_growth(self) -> None:
        """Whether what is in use grows; that the selection was looked at."""
        if self.report.checks > _CHECKS_WITH_A_SELECTION and not self.report.selections:
            raise Broken("the cursor of the list was never seen: nothing is known of the selection")
        judge_growth(self.report.in_use)


def _name(line: str) -> str:
    """The name at the begin of a row, as far as no notice stands before it."""
    return re.split(r"\s{2,}|▌|…", line.strip())[0].rstrip()[:_SEEN]


def _seen(cell: Char) -> Char:
    """A cell as it is seen: of a blank only the background."""
    lines = cell.underscore or cell.strikethrough or cell.reverse
    return Char(" ", bg=cell.bg) if cell.data == " " and not lines else cell


def _is_notice(before: list[Seen], after: list[Seen], ground: str) -> bool:
    """Whether all that differs is a notice that came or went just then: unlike the panes it has a surface."""
    left = min(_first_difference(old, new) for old, new in zip(before, after, strict=True))
    # Where the bar cuts a wide character in two, the first cell that differs is the one before.
    bars = (cell for row in (*before, *after) for cell in row[: left + 2] if cell.data == "▌")
    return any(cell.bg != ground for cell in bars)


def _first_difference(before: Seen, after: Seen) -> int:
    return next(column for column, (old, new) in enumerate(zip(before, after, strict=True)) if old != new)


def _difference(before: Seen, after: Seen) -> str:
    """The first cells that differ, and the texts."""
    column = _first_difference(before, after)
    return f"column {column}: {before[column]} and {after[column]}\n    {_text(before)!r}\n    {_text(after)!r}"


def _text(row: Seen) -> str:
    return "".join(cell.data for cell in row)


def soak(
    seed: int,
    actions: int,
    tell: Callable[[str], None] = lambda _line: None,
    check_every: int = CHECK_EVERY,
    *,
    long: bool = True,
) -> Report:
    """Let the monkey loose, with long conversations at the top of the list or without.

    Raises:
        Broken: with the seed and the last actions.
    """
    home = tempfile.mkdtemp(prefix="soak-home-")
    command = [
        "sh",
        "-c",
        'cd "$HOME" && exec "$0" --log-file log',
        str(Path(sys.executable).with_name("clarifeye-tui")),
    ]
    scales = Scales(home)
    surroundings = {"HOME": home, "PAGER": "true", "EDITOR": "true", "TMPDIR": home, "PYTHONFAULTHANDLER": "1"}
    try:
        with (
            Weather(seed, long=long) as weather,
            Terminal(command, environ={**surroundings, **scales.environ, **weather.environ}) as probe,
        ):
            monkey = Monkey(probe, weather, scales, seed)
            probe.wait(r"↑\d")
            try:
                monkey.check()
                while monkey.report.actions < actions:
                    for _ in range(check_every):
                        monkey.act()
                    monkey.check()
                    tell(str(monkey.report))
                monkey.judge_growth()
            except AssertionError as error:
                error.add_note(f"seed {seed}, after {monkey.report.actions} actions; the last ones:")
                error.add_note("\n".join(monkey.last))
                error.add_note(probe.stacks())
                logs = [*Path(home).rglob("crash-*.txt"), *Path(home).glob("log")]
                error.add_note("\n".join(path.read_text()[-_LOG_TAIL:] for path in logs))
                raise
            return monkey.report
    finally:
        shutil.rmtree(home, ignore_errors=True)
