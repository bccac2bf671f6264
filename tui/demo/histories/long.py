"""Conversations for reading at scale: far larger than anybody has them, to try and to measure with."""

import json
from collections.abc import Iterator
from itertools import cycle
from random import Random

from tui.demo.database import fold
from tui.demo.histories.history import History, Teller
from tui.demo.histories.parts import Call, Stock, called, said
from tui.demo.histories.tools import some_id

_HEAVY_TURNS = 5_000
_HEAVY_BYTES = 49_000_000
_SMALL_TURNS = 50_000
_RESULT_BYTES = 5_000_000
_OBJECTS = 100_000


def long_histories(random: Random, stock: Stock, end: int, owner: str) -> Iterator[tuple[str, History]]:
    """Four names with their histories, each ending at `end` (milliseconds since 1970)."""
    heavy = Teller(random, stock)
    theme = stock.themes[0]
    turns = [turn for turn in theme.turns if turn.calls]
    for number in range(_HEAVY_TURNS):
        turn = turns[number % len(turns)]
        heavy.ask(turn.ask, number)
        if number % 5:
            heavy.call(random.choice(theme.turns[0].calls[0] if number % 25 != 1 else stock.failures["math"]), number)
        heavy.answer(turn.say, number)
    yield "10,000 messages and 4,000 tool calls", heavy.finish(end, owner, cycle(theme.padding), _HEAVY_BYTES)

    small = Teller(random, stock)
    words = [said(text) for text in ("Next.", "And the one after?", "Go on, please.", "Is that all?")]
    replies = [said(f"Item {number}: checked, **no** finding.") for number in range(1000)]
    for number in range(_SMALL_TURNS):
        small.ask(words[number % len(words)], number)
        small.answer(replies[number % len(replies)], number)
    yield "100,000 small messages", small.finish(end, owner, cycle(()), 0)

    for name, call in (
        ("A tool result of 5 MB", _large_result(random)),
        ("A list of 100,000 objects", _many_objects(random)),
    ):
        teller = Teller(random, stock)
        teller.ask(said("Show me everything you have."), 1)
        teller.call(call, 1)
        teller.answer(said("Here it is. It is a lot, so I would **filter** it first."), 1)
        yield name, teller.finish(end, owner, cycle(()), 0)


def _large_result(random: Random) -> Call:
    text = "The pump runs at 60 % of its rated power; the strainer was cleaned and the flow is back to normal. "
    pages = [
        {"page": page, "id": some_id(random), "lines": [f"{page}.{line} {text * 3}" for line in range(12)]}
        for page in range(_RESULT_BYTES // 3_950)
    ]
    result = {"document_name": "Maintenance log, all stations.pdf", "pages": pages, "complete": True}
    return called("document_retrieval", {"mode": "name", "document_name_search_string": "Maintenance log"}, [result])


def _many_objects(random: Random) -> Call:
    rows = ",".join(
        f'{{"row":{number},"station":"PS-{400 + number % 97}","code":"E-{number % 23}","flow":{number % 311 / 100},'
        f'"open":{"true" if number % 7 else "false"},"note":null}}'
        for number in range(_OBJECTS)
    )
    parameters = json.dumps({"query": "SELECT * FROM events", "dataset": "events", "max_rows": _OBJECTS})
    before = f'"tool_type":"data_statistics","input_parameters":{parameters},"results":[{rows}'
    return Call("data_statistics", before, "]", fold(before), len(parameters) // 4, len(rows) // 4)
