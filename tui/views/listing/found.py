"""What is said of a list that facts make: how many match, in how many that are read, and what reads the rest."""

from datetime import datetime
from typing import TYPE_CHECKING

from tui.terminal.text.clean import clean_line
from tui.views.listing.advice import IN_THE_LIST, WHOLE_KEY, Keys
from tui.views.text.format import plural, size, thousands
from tui.views.text.ink import Line, Span
from tui.views.text.moments import of_time

if TYPE_CHECKING:
    from tui.store.reading_on import FoundRows

_WHY_LIMIT = 80


def progress_line(found: "FoundRows", *, rail: bool = False) -> Line:
    """How far reading is, for the end of the list's title: what counts most comes first; a rail has room for little."""
    if found.is_complete and not found.is_running:
        return [Span("all read", "muted")]
    if found.total is None and not found.known and not found.is_running:
        return []  # nothing has come
    if rail and found.total:
        return [Span(f"{min(99, 100 * found.read // found.total)} % read", "muted")]
    words = f"read {thousands(found.read)}"
    words += f"/{thousands(found.total)}" if found.total is not None and found.total >= found.read else ""
    line: Line = [Span(words, "muted")]
    if found.is_running:
        line.append(Span(f" · {size(found.size)}", "muted"))
        line += [Span(f" · {_seconds(found.seconds_left)} left", "muted")] if found.seconds_left is not None else []
    return line


def coverage_line(found: "FoundRows", keys: Keys) -> Line:
    """One line below the rows: what the list covers, where that is not all; what went wrong before the rest.

    Where none matches, how many were looked through stands in place of the rows.
    """
    reads = f" · {keys.lead}R"
    if found.trouble:
        return [Span(clean_line(found.trouble), "warning")]
    if found.is_running:
        far = f"{_matching(found)} so far{_kept(found)}" if found.matching else ""
        return [Span(" · ".join(filter(None, (far, "" if keys.lead else f"{keys.stop} stops, R goes on"))), "muted")]
    if found.total is None and not found.known:
        return []  # nothing has come
    unreadable = f" · {plural(found.unreadable, 'history', 'histories')} unreadable" if found.unreadable else ""
    if found.is_complete:
        return [Span(unreadable.removeprefix(" · "), "muted")] if unreadable else []
    if found.is_nearly_known:
        return [Span(f"{_matching(found)} so far", "muted")] if found.matching else []
    of = f" of {thousands(found.total)}" if found.total is not None else ""
    far = f"{_matching(found)} in {thousands(found.read)} read{of}{_kept(found)}" if found.matching else ""
    line: Line = [Span(far or unreadable.removeprefix(" · "), "text")]
    line += [Span(unreadable, "text")] if far else []
    if found.vain and found.why is not None:
        why = clean_line(found.why.title, _WHY_LIMIT)
        whole = f", {WHOLE_KEY} shows all" if keys == IN_THE_LIST else ""
        words = f"{plural(found.vain, 'row')} did not come: {why}{reads} tries again{whole}"
        return [*line, Span(f" · {words}" if line[0].text else words, "warning")]
    return [*line, Span(f"{reads} reads the rest{_about(found)}", "accent")] if far else line


def nothing_found(found: "FoundRows", keys: Keys) -> list[Line]:
    """What stands in place of rows where none matches."""
    if found.is_complete:
        return []
    reads = "reading on" if found.is_running or found.is_nearly_known else f"{keys.lead}R reads on"
    words = f"0 of {thousands(found.read)} read{_kept(found)} match · {reads}{_about(found)}"
    lines: list[Line] = [[Span(words, "text strong")]]
    if found.trouble:
        lines.append([Span(clean_line(found.trouble), "warning")])
    return lines


def _about(found: "FoundRows") -> str:
    """How much there is to read."""
    return f", about {size(found.bytes_left)}" if found.bytes_left and not found.is_running else ""


def _kept(found: "FoundRows") -> str:
    """What is known from an earlier run only, and of when that is."""
    if not found.old or found.of is None:
        return ""
    return f", {thousands(found.old)} of {of_time(found.of, datetime.now().astimezone())}"


def _matching(found: "FoundRows") -> str:
    return f"{thousands(found.matching)} {'matches' if found.matching == 1 else 'match'}"


def _seconds(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 100 else f"{round(whole / 60)} min"
