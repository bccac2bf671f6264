"""What is taken out of the tables: copies as TSV, and files as CSV or JSON Lines, which say what they cover."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from tui.errors import ClarifeyeError
from tui.screens.across.context import COPYING, AcrossContext
from tui.screens.across.levels import TablePart
from tui.screens.delivery import Make, copy_out
from tui.store.across.call_table import CallsTable
from tui.store.across.column import TableColumn
from tui.store.across.value import Value
from tui.store.export.file_names import safe_name
from tui.views.export.words import FILTERED, MARKED, OF_ROWS, Scope, outcome_words
from tui.views.tables.texts import as_told, csv_line, json_line, plain_text, tsv
from tui.views.text.format import local, plural
from tui.widgets.lists.menu_list import Item

if TYPE_CHECKING:
    from tui.store.export.export import Outcome

CELL, ROW, MARKED_ROWS, TABLE = "c", "y", "m", "t"
COPIES = {CELL: "the cell", ROW: "the row", MARKED_ROWS: "the marked rows", TABLE: "the whole table"}
"""The letters of what can be copied."""


def offer(context: AcrossContext) -> None:
    """Show what can be copied, and wait for its letter."""
    part = context.part
    asides = {MARKED_ROWS: plural(len(part.sheet.marked), "row"), TABLE: plural(part.table.count, "row")}
    context.choose(COPYING, "Copy, as TSV", [Item(one, COPIES[one], asides.get(one, "")) for one in COPIES])


def copy(context: AcrossContext, letter: str) -> None:
    """Copy what a letter stands for."""
    part = context.part
    sheet, columns = part.sheet, list(part.table.columns)
    if not part.table.count:
        context.say("There is nothing to copy yet.", seconds=3)
    elif letter == CELL:
        column = sheet.column_here
        here = as_told([column], [[sheet.value_here]])[1][0][0] if column is not None else sheet.value_here
        copy_out(context.screen, COPIES[letter], partial(plain_text, here))
    elif letter == ROW:
        row = part.table.values(sheet.row)
        copy_out(context.screen, COPIES[letter], partial(tsv, columns, [list(row)] if row is not None else []))
    elif letter == MARKED_ROWS and not sheet.marked:
        context.say("No row is marked: Space marks one.", seconds=3)
    else:
        copy_out(context.screen, COPIES[letter], _when_here(context, part, only_marked=letter == MARKED_ROWS))


async def _when_here(context: AcrossContext, part: TablePart, *, only_marked: bool) -> Make:
    columns = list(part.table.columns)
    rows = await _rows(context, part, only_marked=only_marked)
    return partial(tsv, columns, rows)


async def _rows(context: AcrossContext, part: TablePart, *, only_marked: bool) -> list[Sequence[Value]]:
    table, marked = part.table, part.sheet.marked
    places = [place for place in range(table.count) if not only_marked or table.key_at(place) in marked]
    rows = await table.all_rows(context.project.facts.use())
    return [rows[place] for place in places if place < len(rows)]


async def compare(context: AcrossContext) -> None:
    """Compare the two marked calls, or the marked one with the one under the cursor."""
    from tui.screens.compare.context import ComparedSubject
    from tui.screens.compare.screen import CompareScreen

    table, sheet = context.part.table, context.part.sheet
    if not isinstance(table, CallsTable):
        context.say("D compares two calls: Enter on a tool shows its calls.", seconds=4)
        return
    places = sorted(place for key in sheet.marked if (place := table.place_of(key)) is not None)
    if len(places) == 1 and sheet.row != places[0]:
        places.append(sheet.row)
    if len(places) != 2:
        context.say("D compares two: mark one with Space, and go to the other, or mark that, too.", seconds=4)
        return
    try:
        calls = await table.calls_at(places, context.project.facts.use())
    except ClarifeyeError as error:
        context.say(str(error), warning=True)
        return
    if len(calls) == 2:
        one, other = (ComparedSubject(call.conversation, call.message) for call in calls)
        folder = context.exported_to or context.app.surroundings.folder
        await context.ask(CompareScreen(context.project, one, other, folder))


def export(context: AcrossContext) -> None:
    """Ask where the rows are to be written to, and as what."""
    from tui.screens.dialogs.export import ExportScreen

    part = context.part
    if not part.table.count:
        context.say("There is nothing to export yet.", seconds=3)
        return
    day = local(datetime.now(UTC)).strftime("%Y-%m-%d")
    names = " ".join(level.title for level in context.levels)
    stem = safe_name(f"{names} {'' if len(context.level.parts) == 1 else part.title}".lower())[:60].strip("-.")
    covers = f" ({covered})" if (covered := _coverage(context, part)) else ""
    scopes = [Scope("1", FILTERED, f"all {plural(part.table.count, 'row')}{covers}", f"{stem}-{day}")]
    if part.sheet.marked:
        scopes.append(Scope("2", MARKED, plural(len(part.sheet.marked), "marked row"), f"{stem}-marked-{day}"))
    screen = ExportScreen(
        scopes,
        lambda scope: TableSource(context, part, only_marked=scope.kind == MARKED),
        lambda letter, _scope: TableFormat(letter, part.table.columns, _coverage(context, part)),
        context.app.surroundings.folder,
        context.exported_to,
        OF_ROWS,
    )
    context.ask(screen, partial(_exported, context))


def _coverage(context: AcrossContext, part: TablePart) -> str:
    """What the rows cover, where that is not all."""
    return ", ".join(filter(None, (context.coverage.partial_words, part.table.part_of_all)))


def _exported(context: AcrossContext, outcome: "Outcome | None") -> None:
    if outcome is not None:
        context.exported_to = outcome.path.parent
        context.say(outcome_words(outcome, "row"), warning=bool(outcome.notes))


class TableSource:
    """The rows of a table, as an export asks for them."""

    def __init__(self, context: AcrossContext, part: TablePart, *, only_marked: bool) -> None:
        self._context = context
        self._part = part
        self._only_marked = only_marked
        covers = _coverage(context, part)
        self.notes: tuple[str, ...] = (covers,) if covers else ()

    @property
    def total(self) -> int | None:
        """How many rows there are."""
        return len(self._part.sheet.marked) if self._only_marked else self._part.table.count

    async def elements(self) -> AsyncGenerator[Sequence[Value], None]:
        """The rows, in order."""
        for row in await _rows(self._context, self._part, only_marked=self._only_marked):
            yield row


class TableFormat:
    """Rows as CSV or JSON Lines; what they cover stands before them, where that is not all."""

    def __init__(self, letter: str, columns: Sequence[TableColumn], coverage: str) -> None:
        self._letter = letter
        self._columns = list(columns)
        self._coverage = coverage

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return OF_ROWS.suffixes[self._letter]

    def begin(self) -> bytes:
        """What it covers, and the heads."""
        if self._letter == "l":
            return json_line([TableColumn("coverage", "")], [self._coverage]).encode() if self._coverage else b""
        covers = csv_line([f"# {self._coverage}"]) if self._coverage else ""
        return (covers + csv_line([column.head for column in as_told(self._columns, [])[0]])).encode()

    def entry(self, element: Sequence[Value], _number: int) -> Iterator[bytes]:
        """One row."""
        columns, (row,) = as_told(self._columns, [element])
        line = json_line(columns, row) if self._letter == "l" else csv_line(row)
        yield line.encode("utf-8", "replace")

    def end(self) -> bytes:
        """Nothing."""
        return b""

    def head(self) -> bytes:
        """Nothing."""
        return b""
