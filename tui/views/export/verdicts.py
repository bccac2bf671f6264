"""Verdicts as others read them, and the commands that hand them on: a table for spreadsheets, a report, a list."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tui.config.errors import UsageError
from tui.config.settings import PROGRAM, ComesBack, Settings
from tui.store.verdicts.book import VerdictBook
from tui.store.verdicts.handing_on import lines_of, take_over
from tui.store.verdicts.journal import Journal, verdicts_file
from tui.store.verdicts.verdict import Verdict
from tui.terminal.text.clean import clean, clean_line
from tui.views.export.quoting import quoted_as_written
from tui.views.export.safe_markdown import code, inline
from tui.views.export.way_back import way_back
from tui.views.text import format as fmt
from tui.views.text.plain import print_line, printing
from tui.views.text.spreadsheet import csv_row, harmless

COLUMNS = (
    "conversation", "query_id", "label", "reasons", "note", "flagged", "reviewer", "at", "updated_at", "filter", "turn",
    "failed", "id",
)  # fmt: skip
"""Of the table, in their order."""

_BY_ITSELF = ComesBack(())
"""No flag is needed to come back."""


def csv_lines(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """The table, one row a verdict: no cell is a formula, and no control character is in it."""
    yield _row(COLUMNS)
    for verdict in verdicts:
        said, subject = verdict.opinion, verdict.subject
        yield _row(
            (
                subject.conversation,
                "" if subject.query_id is None else str(subject.query_id),
                said.label,
                "; ".join(said.reasons),
                said.note,
                "yes" if said.flagged else "",
                verdict.reviewer,
                verdict.at.isoformat(),
                verdict.updated_at,
                verdict.filter,
                str(verdict.evidence.turn or ""),
                verdict.evidence.failed,
                verdict.id,
            )
        )


def _row(cells: Sequence[str]) -> str:
    return csv_row(harmless(clean(cell)) for cell in cells)


def report_lines(verdicts: Sequence[Verdict], comes_back: ComesBack = _BY_ITSELF) -> Iterator[str]:
    """A report: counts by label and reason, then each verdict with its note, the failed call, and what opens it."""
    of: dict[str, list[Verdict]] = {}
    for one in verdicts:
        of.setdefault(one.subject.conversation, []).append(one)
    yield "# Verdicts\n\n"
    yield f"{fmt.plural(len(verdicts), 'verdict')} on {fmt.plural(len(of), 'conversation')}.\n\n"
    for title, counts in (
        ("Label", Counter(one.opinion.label or "none" for one in verdicts)),
        ("Reason", Counter(reason for one in verdicts for reason in one.opinion.reasons)),
        ("Reviewer", Counter(one.reviewer for one in verdicts)),
    ):
        if counts:
            yield f"| {title} | Verdicts |\n|---|---:|\n"
            yield from (f"| {inline(name)} | {number:,} |\n" for name, number in counts.most_common())
            yield "\n"
    for conversation, said in of.items():
        yield f"## {code(conversation)}\n\n"
        for one in said:
            yield from _told(one, comes_back)


def _told(verdict: Verdict, comes_back: ComesBack) -> Iterator[str]:
    said, query_id, evidence = verdict.opinion, verdict.subject.query_id, verdict.evidence
    place = f"turn {evidence.turn}" if evidence.turn > 0 else f"query {query_id}"
    about = "" if query_id is None else f" ({place})"
    words = [said.label or "no label", *said.reasons, *(["flagged"] if said.flagged else [])]
    yield f"- **{inline(' · '.join(words))}**{about} – {inline(verdict.reviewer)}, {fmt.exact_time(verdict.at)}\n\n"
    if said.note:
        yield f"{quoted_as_written(said.note)}\n"
    if evidence.failed:
        where = f" in turn {evidence.turn}" if evidence.turn > 0 else ""
        yield f"  Failed call: {code(evidence.failed)}{where}\n\n"
    command = way_back(verdict.subject.conversation, evidence.turn, *comes_back)
    if command is not None:
        yield f"  {code(command)}\n\n"


def list_line(verdict: Verdict) -> str:
    """One line for a list: when, who, what, of which conversation, and the begin of the note."""
    said, query_id = verdict.opinion, verdict.subject.query_id
    words = " ".join((said.label or "–", *(f"[{one}]" for one in said.reasons), *(["flagged"] if said.flagged else [])))
    turn = "" if query_id is None else f" query {query_id}"
    note = f"  {clean_line(said.note, 80)}" if said.note else ""
    line = f"{verdict.at:%Y-%m-%d %H:%M}  {verdict.reviewer}  {words}  {verdict.subject.conversation}{turn}{note}"
    return clean_line(line)


# the commands

_LINE_LIMIT = 9_000

Say = Callable[[str], object]
"""Says something on standard error."""


def _book(settings: Settings, folder: Path) -> VerdictBook:
    book = VerdictBook(Journal(verdicts_file(folder, settings)), settings.connection.project_id)
    book.refresh()
    if book.trouble is not None:
        raise book.trouble
    return book


def listed(settings: Settings, folder: Path, _: str, say: Say) -> None:
    """Print what counts, the oldest first, one line each."""
    book = _book(settings, folder)
    verdicts = book.all()
    for verdict in verdicts:
        print_line(list_line(verdict), _LINE_LIMIT)
    if not verdicts:
        say(f"{PROGRAM}: no verdict is kept of this project.")
    _say_skipped(say, sum(book.skipped.values()), "unreadable for this version, and kept in the file")


def exported(settings: Settings, folder: Path, form: str, _: Say) -> None:
    """Write what counts as a table (`csv`) or a report (`md`); else the file itself, with what was taken back.

    Raises:
        VerdictsNotKept: the file cannot be read.
        OutputFailed: standard output does not take it.
    """
    with printing():
        if form in ("csv", "md"):
            verdicts = _book(settings, folder).all()
            told = csv_lines(verdicts) if form == "csv" else report_lines(verdicts, settings.comes_back)
            for part in told:
                sys.stdout.buffer.write(part.encode("utf-8", "replace"))
        else:
            for line in Journal(verdicts_file(folder, settings)).read_on():
                sys.stdout.buffer.write(line + b"\n")


def imported(settings: Settings, folder: Path, name: str, say: Say) -> None:
    """Take over what a colleague has exported as lines of JSON, and say what became of it.

    Raises:
        UsageError: there is no such file, or it cannot be read.
        VerdictsNotKept: nothing was taken over.
    """
    try:
        with open(0 if name == "-" else name, "rb", closefd=name != "-") as file:
            taken = take_over(_book(settings, folder), settings.connection.project_id, lines_of(file))
    except OSError as error:
        hint = "Name a file that verdicts export has written."
        raise UsageError(f"The file cannot be read: {error.strerror}", hint) from None
    print_line(f"{taken.new:,} taken over, {taken.known:,} here already.")
    _say_skipped(say, taken.elsewhere, "of another project")
    _say_skipped(say, sum(taken.unread.values()), "unreadable for this version")


def _say_skipped(say: Say, lines: int, why: str) -> None:
    if lines:
        say(f"{PROGRAM}: {fmt.plural(lines, 'line')} {'is' if lines == 1 else 'are'} {why}.")
