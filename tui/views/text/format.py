"""Numbers, sizes, times and small charts as people read them."""

import math
from collections.abc import Sequence
from datetime import datetime, tzinfo

from tui.terminal.text.clean import clean_line
from tui.zone import ZONE

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BARS = "▁▂▃▄▅▆▇█"
_ZONE_LIMIT = 10
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_RELATIVE_DAYS = 7
_ABSURD = 10**15
"""From here on a number is damage, and may be too large to be a float."""


def thousands(number: int) -> str:
    """1284 as `1,284`."""
    return f"{number:,}"


def compact(number: int | float) -> str:
    """A number in at most five characters: `950`, `18.2k`, `142k`, `3.1M`."""
    size = abs(number)
    if size >= _ABSURD:
        return "-huge" if number < 0 else "huge"
    if size < 1000:
        return f"{number:.0f}"
    for factor, unit in ((1e3, "k"), (1e6, "M"), (1e9, "G")):
        scaled = size / factor
        if scaled < 99.95:
            return f"{math.copysign(scaled, number):.1f}{unit}"
        if scaled < 999.5:
            return f"{math.copysign(scaled, number):.0f}{unit}"
    return f"{number / 1e12:.1f}T"


def size(octets: int) -> str:
    """A number of bytes: `812 B`, `1.2 KB`, `12 KB`, `4.9 MB` (1 KB is 1,024 bytes)."""
    if octets < 1024:
        return f"{octets} B"
    scaled = float(octets)
    for unit in ("KB", "MB", "GB"):
        scaled /= 1024
        if scaled < 9.95:
            return f"{scaled:.1f} {unit}"
        if scaled < 1023.5:
            return f"{scaled:.0f} {unit}"
    return f"{scaled / 1024:.1f} TB"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 tool call`, `1,284 tool calls`; `many` where an s does not do."""
    return f"{thousands(number)} {one if number == 1 else many or one + 's'}"


def lines(text: str) -> str:
    """How many lines a text has as it was written, in words; the end of the last one begins no other."""
    return plural(text.count("\n") + (not text.endswith("\n")) if text.strip() else 0, "line")


def duration(seconds: float) -> str:
    """A span of time: `35 ms`, `0.8 s`, `42 s`, `2 min 3 s`, `8 h 48 m`, `3 d 4 h`."""
    if seconds < 0:
        return "-" + duration(-seconds)
    if seconds < 0.0995:
        return f"{seconds * 1000:.0f} ms" if seconds else "0 s"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return _two(whole // _MINUTE, "min", whole % _MINUTE, "s")
    if whole < _DAY:
        return _two(whole // _HOUR, "h", whole % _HOUR // _MINUTE, "m")
    return _two(whole // _DAY, "d", whole % _DAY // _HOUR, "h")


def _two(large: int, unit: str, small: int, subunit: str) -> str:
    return f"{large} {unit} {small} {subunit}" if small else f"{large} {unit}"


def gap(seconds: float) -> str:
    """A pause between two turns: `8 h later`, `1 d 17 h later`."""
    return f"{duration(seconds)} later"


def ago(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """How long ago when fresh (`now`, `5m ago`, `2h ago`, `3d ago`), else the day; `zone` is the local time zone."""
    passed = (now - moment).total_seconds()
    if passed < -_MINUTE or passed >= _RELATIVE_DAYS * _DAY:
        return day(moment, zone, now)
    if passed < _MINUTE:
        return "now"
    if passed < _HOUR:
        return f"{int(passed // _MINUTE)}m ago"
    if passed < _DAY:
        return f"{int(passed // _HOUR)}h ago"
    return f"{int(passed // _DAY)}d ago"


def local(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """The moment in the zone (None: the one that times are shown in); at the edge of the calendar it stays as it is."""
    if zone is None:
        return ZONE.place(moment)
    try:
        return moment.astimezone(zone)
    except (OverflowError, OSError, ValueError):
        return moment


def day(moment: datetime, zone: tzinfo | None = None, now: datetime | None = None) -> str:
    """`12 Jan 2025`, and `12 Jan` when `now` is given and in the same year."""
    here = local(moment, zone)
    short = f"{here.day} {_MONTHS[here.month - 1]}"
    if now is not None and local(now, zone).year == here.year:
        return short
    return f"{short} {here.year}"


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """`14:02:11`."""
    return local(moment, zone).strftime("%H:%M:%S")


def day_and_time(moment: datetime, zone: tzinfo | None = None, now: datetime | None = None) -> str:
    """`12 Mar 14:02`, with the year where it is not the year of `now`."""
    return f"{day(moment, zone, now)} {local(moment, zone).strftime('%H:%M')}"


def zone_name(moment: datetime) -> str:
    """What the zone that times are shown in is called at a moment: `CET`; cleaned, and "" where it has no name."""
    return clean_line(ZONE.name_at(moment), _ZONE_LIMIT)


def exact_time(moment: datetime) -> str:
    """A time to the second with its zone: `12 Mar 2025 14:02:11 CET`."""
    return f"{day(moment)} {clock(moment)} {zone_name(moment)}".rstrip()


def same_day(one: datetime, other: datetime, zone: tzinfo | None = None) -> bool:
    """Whether both fall on one day of the zone."""
    return local(one, zone).date() == local(other, zone).date()


def bars(values: Sequence[float], width: int) -> str:
    """A chart of one character a value, `▁` to `█`; more values than `width` are joined, the highest of each kept."""
    if not values or width <= 0:
        return ""
    count = len(values)
    if count > width:
        values = [max(values[at * count // width : (at + 1) * count // width]) for at in range(width)]
    top = max(values)
    if top <= 0:
        return _BARS[0] * len(values)
    steps = len(_BARS) - 1
    return "".join(_BARS[max(0, min(steps, math.ceil(value / top * steps)))] for value in values)
