"""What an export is called, how far it is, and what it has brought, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.store.export.export import ExportProgress, Outcome
from tui.store.export.file_names import safe_name
from tui.terminal.text.clean import clean_line
from tui.views.export.markdown import ANSWERS, EVERYTHING, FAILED_TURNS
from tui.views.listing.name import name_of
from tui.views.text import format as fmt
from tui.views.text.ink import Line, Span

if TYPE_CHECKING:
    from tui.api.conversation import Conversation

THIS, MARKED, FILTERED = "this", "marked", "filtered"
"""What can be exported."""

SCOPE_KEYS = ("1", "2", "3")

TOLD = {"m": EVERYTHING, "f": FAILED_TURNS, "a": ANSWERS}
"""The letters of a Markdown document, and what of the conversations is in it."""

FORMATS = {**dict.fromkeys(TOLD, ".md"), "j": ".json", "l": ".jsonl"}
"""The letter of each format, and how its files end."""

_NAME_BYTES = 36
"""Bytes of a conversation's or a project's name that a file is called by: a line to type in shows them whole."""
_BAR = 24
_LIMIT = 600


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice of what is exported: its key, which it is, its words, and what a file is called without a suffix."""

    key: str
    kind: str
    words: str
    stem: str


def scopes(conversation: "Conversation | None", marked: int, filtered: str, project: str, now: datetime) -> list[Scope]:
    """What can be exported, numbered: this conversation, those that are marked, all that the filter finds.

    `filtered` says how many those are; "" where there are none.
    """
    day = fmt.local(now).strftime("%Y-%m-%d")
    called = _beginning(project)
    found: list[tuple[str, str, str]] = []
    if conversation is not None:
        stem = _beginning(conversation.name.lower()) if conversation.name else f"conversation-{conversation.id[:8]}"
        found.append((THIS, f"this conversation: {name_of(conversation, 60)}", stem))
    if marked:
        found.append((MARKED, fmt.plural(marked, "marked conversation"), f"{called}-marked-{day}"))
    if filtered:
        found.append((FILTERED, f"all under the filter: {filtered}", f"{called}-conversations-{day}"))
    return [Scope(key, *one) for key, one in zip(SCOPE_KEYS, found, strict=False)]


def _beginning(name: str) -> str:
    whole = safe_name(name)
    cut = whole.encode()[:_NAME_BYTES].decode("utf-8", "ignore")
    words = cut if cut == whole or whole[len(cut)] == "-" else cut.rpartition("-")[0] or cut
    return words.rstrip("-.")


def format_rows(letter: str, *, in_one: bool) -> list[tuple[str, str]]:
    """The letter and the words of each format; where there is little room those of Markdown `in_one` row."""
    rows = [(one, "Markdown" if told == EVERYTHING else f"Markdown, {told}") for one, told in TOLD.items()]
    if in_one:
        shown, words = next((row for row in rows if row[0] == letter), rows[0])
        others = ", ".join(one for one in TOLD if one != shown)
        rows = [(shown, f"{words} ({others}: other parts)")]
    return [*rows, ("j", "JSON, value by value as the service sent it"), ("l", "JSON Lines")]


class Formats(NamedTuple):
    """What an export can be written as."""

    suffixes: Mapping[str, str]
    """How the files of each end, by its letter; the first one is chosen at the beginning."""
    rows: Callable[[str, bool], list[tuple[str, str]]]
    """The letter and the words of each, given the one that is chosen, and whether there is little room."""


OF_CONVERSATIONS = Formats(FORMATS, lambda letter, in_one: format_rows(letter, in_one=in_one))
OF_ROWS = Formats(
    {"c": ".csv", "l": ".jsonl"}, lambda _letter, _in_one: [("c", "CSV, for spreadsheets"), ("l", "JSON Lines")]
)


def progress_line(progress: ExportProgress, width: int) -> Line:
    """A bar, the counts, the bytes."""
    told = f"{fmt.thousands(progress.done)}"
    if progress.total is not None:
        told += f"/{fmt.thousands(progress.total)}"
    words = f"{told} · {fmt.size(progress.size)}"
    if progress.words:
        words += f" · {clean_line(progress.words, 80)}"
    cells = min(_BAR, max(0, width - len(words) - 2))
    share = min(1.0, progress.done / progress.total) if progress.total else 0.0
    full = int(cells * share)
    return [Span("█" * full, "accent"), Span("░" * (cells - full), "muted"), Span("  " if cells else ""), Span(words)]


def outcome_words(outcome: Outcome, what: str = "conversation") -> str:
    """How many, how many that cannot be read, and where."""
    words = f"Exported {fmt.plural(outcome.written, what)}, {fmt.size(outcome.size)}, to {outcome.path}"
    if outcome.unreadable:
        words += f"; {fmt.thousands(outcome.unreadable)} of them cannot be read and stand there as they came"
    return clean_line(_joined([words, *outcome.notes]), _LIMIT)


def _joined(sentences: Sequence[str]) -> str:
    return "; ".join(sentences) + "."
