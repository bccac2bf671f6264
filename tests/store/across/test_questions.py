"""The tables that are the answer to one question: where they are not all there is, they say so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

import pytest

from tests.store.across.made import asked, known, record
from tui.store.across.call_table import CallsTable
from tui.store.across.calls import CallsOf
from tui.store.across.column import PARAMETER, CellKind, TableColumn
from tui.store.across.numbers import TimeUnit
from tui.store.across.pictures import times_picture
from tui.store.across.questions import failures_table, same_table, values_table
from tui.store.across.rows import RowsTable
from tui.store.facts.database import FactsDatabase
from tui.store.facts.store import FactsStore

A = TableColumn(f"{PARAMETER}a", "a", CellKind.ANY)
CALLS = CallsOf(asked(), "one")


class Store:
    """Facts that are asked where one is."""

    def __init__(self, database: FactsDatabase) -> None:
        self.database = database

    async def query(self, ask: Callable[[FactsDatabase], Any]) -> Any:
        return ask(self.database)


def call(number: int) -> dict[str, Any]:
    """One that fails in words of its own and has a parameter that few others have."""
    words = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    parameters = {"a": number, f"p{number % 50}": 1}
    return {"type": "tool_call", "tool_type": "one", "input_parameters": parameters, "results": f"Error: {words}"}


async def loaded(table: RowsTable | CallsTable, database: FactsDatabase) -> tuple[int, str]:
    await table.load(cast("FactsStore", Store(database)), lambda: None)
    return table.count, table.part_of_all


@pytest.mark.parametrize(
    ("table", "count", "said"),
    [
        (lambda: values_table(CALLS, A), 5_000, "the most frequent of 5,003"),
        (lambda: failures_table(asked()), 2_000, "the most frequent"),
        (lambda: same_table(asked(), "one"), 2_000, "the most frequent"),
        (lambda: CallsTable(CALLS), 10_006, "the 40 most frequent parameters"),
    ],
)
async def test_what_is_more_than_a_table_holds_is_said(
    table: Callable[[], RowsTable | CallsTable], count: int, said: str
) -> None:
    with known([[call(number) for number in range(5_003)] * 2]) as database:
        assert await loaded(table(), database) == (count, said)
    with known([[call(number) for number in range(30)] * 2]) as database:
        assert (await loaded(table(), database))[1] == ""


async def test_days_that_are_left_out_are_said() -> None:
    table = times_picture(asked(), TimeUnit.DAY)
    with known([]) as database:
        for number, year in enumerate((1900, 2500)):
            database.take(record(number, [], created_at=datetime(year, 1, 2).astimezone().isoformat()))
        database.flush()
        assert await loaded(table, database) == (20_000, "the newest")
        database.take(record(0, [], created_at=datetime(2500, 1, 1).astimezone().isoformat(), updated_at="2600-01-01"))
        database.flush()
        assert (await loaded(table, database))[1] == ""
