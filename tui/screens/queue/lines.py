"""What stands around a conversation that is judged: how far the queue is, what is read, and what can be said of it."""

from collections.abc import Sequence
from statistics import median

from tui.config.settings import ReviewKey, ReviewSettings
from tui.store.verdicts.queue import ReviewQueue, Tally
from tui.store.verdicts.verdict import Opinion
from tui.terminal.text.clean import clean_line
from tui.views.text.format import duration, thousands
from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, line_width

_BAR = 12
_LIMIT = 60
_LEAST_PACES = 3
"""Conversations judged until it is told how long the rest takes."""


def progress_line(queue: ReviewQueue, tally: Tally, paces: Sequence[float], gone: int, width: int) -> Line:
    """` Review failed:>0 · 7/20 ███░ · 4 pass 2 fail · about 9 min left`; `paces` are seconds per conversation.

    How long it still takes is told where there is room for all of that.
    """
    done = round(_BAR * tally.judged / tally.total) if tally.total else _BAR
    counts = " ".join(f"{number} {clean_line(label, _LIMIT)}" for label, number in tally.labels.items())
    told = [counts, f"{thousands(gone)} went away" if gone else ""]
    line: Line = [
        Span(" Review ", "title"),
        Span(clean_line(queue.line, _LIMIT) or "everything", "tag"),
        Span(f" · {thousands(tally.judged)}/{thousands(tally.total)} "),
        Span("█" * done, "accent"),
        Span("░" * (_BAR - done), "muted"),
    ]
    line += [Span(f" · {one}", "muted") for one in told if one]
    if tally.left and len(paces) >= _LEAST_PACES:
        minutes = max(1, round(median(paces) * tally.left / 60))
        left = Span(f" · about {duration(60.0 * minutes)} left ", "muted")
        line += [left] if line_width([*line, left]) <= width else []
    return line


def done_words(tally: Tally, skip: str) -> str:
    """What is said where nothing waits any more."""
    skipped = tally.labels.get(skip, 0) if skip else 0
    return f"Done, {thousands(skipped)} skipped: < goes to them" if skipped else "Done: all are judged"


def keys_line(keys: Sequence[ReviewKey], chosen: Sequence[str]) -> Line:
    """Letters with what they stand for, those that are chosen brighter."""
    line: Line = []
    for key in keys:
        name = clean_line(key.name, _LIMIT)
        ink = "strong" if key.name in chosen else "text"
        line += [Span(f"[{key.letter}]", "accent strong"), Span(f" {name}  ", ink)]
    return line


def verdict_line(review: ReviewSettings, opinion: Opinion, asked: str) -> Line:
    """What can be said of what is read, and what was said; `asked` is the label for which a reason is asked."""
    if asked:
        reasons = keys_line(review.reasons, opinion.reasons)
        none: Line = [Span("[Enter]", "accent strong"), Span(" no reason", "muted")]
        return [Span(f" {clean_line(asked, _LIMIT)}: why  ", "title"), *reasons, *none]
    line: Line = [Span(" verdict  ", "title"), *keys_line(review.labels, [opinion.label])]
    if opinion.reasons:
        line.append(Span(f"{clean_line(', '.join(opinion.reasons), _LIMIT)}  ", "muted"))
    note = f": {clean_line(opinion.note, _LIMIT)}" if opinion.note else ""
    flag = Span(" flagged", "warning") if opinion.flagged else Span(" flag")
    return [*line, Span("[i]", "accent strong"), Span(f" note{note}  "), Span("[!]", "accent strong"), flag]


def key_under(line: Line, x: int) -> str:
    """The key of what stands in a cell of that line; empty where there is none."""
    at, key = 0, ""
    for span in line:
        if span.text.startswith("[") and span.text.endswith("]"):
            key = span.text[1:-1]
        elif span.ink == "title":
            key = ""
        at += cell_width(span.text)
        if x < at:
            return key.lower() if len(key) > 1 else key
    return ""
