"""Reading very long conversations: opening, scrolling, jumping, folding, searching."""

from collections.abc import Callable

from tests.bench.browser import QUIET, browsing
from tests.bench.lists import bare_keys
from tests.bench.probe import Probe
from tests.bench.report import Row, Spread, at_most, spread
from tests.bench.serving import Service
from tests.harness.emulator import Emulator
from tests.harness.terminal_run import NeverCame

_MESSAGES, _SMALL, _RESULT, _LIST = range(4)
"""Where the conversations for reading at scale stand in the list."""

_KEYS = 100
_HISTORY_MB = 49.0
"""The JSON of the conversation of 10,000 messages."""

_OPENED = r"\] turn"
"""The keys of the reader, in the line of keys, while it is the pane in use."""


def measure() -> list[Row]:
    """All rows of this part."""
    bare = bare_keys()
    with Service(100, long=True) as service:
        return [
            *_opening(service),
            *_thousands(service, bare),
            *_hundred_thousand(service, bare),
            *_large_values(service),
        ]


def _opening(service: Service) -> list[Row]:
    """From the second conversation, the first is opened as it comes under the cursor."""
    opened: list[float] = []
    left: list[float] = []
    with browsing(service) as probe:
        for _ in range(4):
            probe.tap("end", quiet=0.3)
            probe.tap("home", quiet=QUIET)
            opened.append(probe.press("enter", until=_shows("10,000 msg"), quiet=0.1).paint_ms)
            left.append(probe.press("escape", quiet=0.1).paint_ms)
        alone = _alone()
    return [
        at_most("Enter on 10,000 messages (49 MB), to the first screen", Spread(opened).p50, 150),
        at_most("... and Esc back to the list beside it", Spread(left).p50, 60),
        at_most("... resident, with nothing else opened", alone, _HISTORY_MB * 1.5 + 60, "MB"),
    ]


def _alone() -> float:
    """Megabytes with the first conversation open, the list filtered to hold none but it."""
    with Service(0, long=True) as service, browsing(service, "--text", "restocking fee") as probe:
        probe.press("enter", quiet=0.3)
        probe.run(1.0)
        return probe.sample().resident_mb


def _shows(words: str) -> Callable[[Emulator], bool]:
    return lambda screen: words in screen.text and "] turn" in screen.lines[-1]


def _open(probe: Probe, number: int) -> None:
    """The conversation with this number in the list, its reader in use and quiet."""
    probe.tap("home", quiet=0.05)
    for _ in range(number):
        probe.press("down", quiet=QUIET)
    probe.press("enter", until=_OPENED, quiet=0.3)
    probe.run(1.0)  # what is still counted in the background is part of the opening


def _paints(probe: Probe, repeat: int, *keys: str) -> Spread:
    """Times of keys pressed in turn; one that changes nothing does not count."""
    taken = []
    for number in range(repeat):
        try:
            taken.append(probe.press(keys[number % len(keys)], quiet=QUIET, seconds=2).paint_ms)
        except NeverCame:
            continue
    return Spread(taken)


def _thousands(service: Service, bare: Spread) -> list[Row]:
    with browsing(service) as probe:
        _open(probe, _MESSAGES)
        rows = [
            spread("Down, 10,000 messages", _paints(probe, _KEYS, "down"), 5, 16, bare),
            spread("PageDown", _paints(probe, 40, "pagedown"), 5, 16, bare),
            spread("End, Home", _paints(probe, 20, "end", "home"), None, 16, bare),
            spread("next turn, next failed call", _paints(probe, 30, "]", "e"), None, 16, bare),
        ]
        probe.press("home", quiet=QUIET)
        probe.press("}", quiet=QUIET)
        rows += [
            spread("fold or unfold a tool call", _paints(probe, 30, "enter"), 12, None, bare),
            spread("fold or unfold all", _paints(probe, 6, "T"), 100, None),
        ]
        rows.append(_resizing(probe))
        rows += _searching(probe)
        return rows


def _resizing(probe: Probe) -> Row:
    probe.run(6)  # messages in the corner are gone
    bursts = [probe.resize(100 if number % 2 == 0 else 120, 40, quiet=0.1) for number in range(8)]
    settled = Spread([burst.settled_ms for burst in bursts])
    frames = max(burst.frames for burst in bursts)
    met = settled.p50 <= 40 and frames <= 1
    return Row("resize to settled", "<= 40 ms, 1 frame", f"{settled}, {frames} frames", met)


def _searching(probe: Probe) -> list[Row]:
    """For what is nowhere: the whole history has to be gone through, anew after each key."""
    probe.tap("home", quiet=QUIET)
    took, keys = [], []
    for word in ("zzqqx", "xqqzz", "qqqzz"):
        probe.press("/", quiet=0.1)
        took.append(probe.press(word, until=r"no match", quiet=0.1).paint_ms)
        for key in "qwxz":
            keys.append(probe.press(key, quiet=0.008).paint_ms)
        probe.press("escape", quiet=0.1)
    return [
        at_most("search through 49 MB for what is nowhere", Spread(took).p50, 700),
        spread("... keys meanwhile", Spread(keys), None, 20),
    ]


def _hundred_thousand(service: Service, bare: Spread) -> list[Row]:
    with browsing(service) as probe:
        _open(probe, _SMALL)
        return [
            spread("Down, 100,000 messages", _paints(probe, _KEYS, "down"), 5, 16, bare),
            spread("PageDown", _paints(probe, 40, "pagedown"), 5, 16, bare),
            spread("End, Home", _paints(probe, 20, "end", "home"), None, 16, bare),
        ]


def _large_values(service: Service) -> list[Row]:
    rows = []
    for number, what in ((_RESULT, "unfold a tool result of 5 MB"), (_LIST, "unfold a list of 100,000")):
        taken = []
        for _ in range(2):  # the first time counts: later the value is known
            with browsing(service) as probe:
                _open(probe, number)
                probe.press("}", quiet=0.1)
                taken.append(probe.press("enter", quiet=0.1).paint_ms)
        rows.append(at_most(what, Spread(taken).p50, 40))
    return rows
