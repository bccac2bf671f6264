"""Many conversations at once: what their facts cost, and how fast they answer."""

import json
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests.bench import many_seen
from tests.bench.browser import times
from tests.bench.report import Row, at_most
from tui.api.conversation import Conversation, Tokens
from tui.demo.database import Filter
from tui.demo.project import build_database
from tui.store.facts.compute import history_facts
from tui.store.facts.database import FactsDatabase
from tui.store.facts.facts import CallFacts, Ending, HistoryFacts
from tui.store.facts.question import FactsQuestion
from tui.store.facts.rows import write
from tui.store.facts.sorting import SORTS, Order
from tui.store.filter.expression import All, Term
from tui.store.filter.parser import parse
from tui.store.filter.values import OneOf

_MANY = 200_000
_ACTIVE = Term("archived", OneOf(("no",)))
_LINES = (
    "failed:>0",
    "-tag:refund took:>2m",
    "question:word77",
    "tool:retrieval",
    "tool(name:retrieval failed:yes)",
    "tool(param.top_k:>5)",
    "tool(param.query:*word77*)",
    "tool(name:retrieval param.top_k:>5)",
    "tool(param.top_k:>5 param.mode:tag)",
)
"""Terms of each kind that is looked up in a way of its own."""


def measure() -> list[Row]:
    """All rows of this part."""
    with tempfile.TemporaryDirectory(prefix="bench-facts-") as folder:
        return [*_cost(), *_facts(Path(folder)), *many_seen.measure(Path(folder, "facts"))]


def _cost() -> list[Row]:
    """Seconds of the processor, for they are worked out in a thread."""
    database = build_database()
    raw = database.bodies(database.matching(Filter())[:800])
    database.close()
    size = sum(map(len, raw)) / 1e6

    def work() -> float:
        begun = time.thread_time()
        for one in raw:
            history_facts(one)
        return (time.thread_time() - begun) * 1000 / size

    message = {"role": "user", "content": "x" * 40, "type": "message", "query_id": 1, "used_tokens_input": 0}
    message |= {"used_tokens_output": 0, "timestamp": "2026-03-05T12:00:00.000000Z"}
    small = json.dumps({"id": "1", "chat_history": [message] * (1_000_000 // len(json.dumps(message)))}).encode()

    def small_ones() -> float:
        begun = time.thread_time()
        history_facts(small)
        return (time.thread_time() - begun) * 1000

    return [
        at_most("facts of 1 MB of the demo's histories", min(times(5, work).values), 10, "ms"),
        at_most("facts of 1 MB of 200-byte messages", min(times(5, small_ones).values), 60, "ms"),
    ]


def _facts(folder: Path) -> list[Row]:
    """The database by itself, as its thread asks it."""
    empty, path = folder / "empty", folder / "facts"
    FactsDatabase(empty).close()
    fill(path, _MANY)
    before = resident_mb()
    database = FactsDatabase(path)
    rows = [
        at_most("an empty store", os.path.getsize(empty) / 1000, 100, "KB"),
        at_most("file of 200,000 with 5 calls each", os.path.getsize(path) / 1e6, 260, "MB"),
    ]
    for line in _LINES:
        asked = FactsQuestion(All((_ACTIVE, parse(line))), _ACTIVE)
        rows.append(at_most(f"{line}, of 200,000", _anew(database, asked), 60))
    sorts = {}
    for by in SORTS:
        asked = FactsQuestion(_ACTIVE, _ACTIVE, order=Order(by))
        sorts[by] = best(lambda asked=asked: database.ask(asked, 200))  # type: ignore[misc]
    slowest = max(sorts, key=lambda by: sorts[by])
    rows.append(at_most(f"sorted, of 200,000 (the slowest: {slowest})", sorts[slowest], 200))
    rows.append(at_most("resident meanwhile", resident_mb() - before, 40, "MB"))
    database.close()
    return rows


def _anew(database: FactsDatabase, asked: FactsQuestion) -> float:
    """Milliseconds of a question that was not asked yet, about a list whose own count is known."""
    rounds = []
    for _ in range(3):
        database._counted.clear()
        database.ask(FactsQuestion(_ACTIVE, _ACTIVE), 200)
        begun = time.perf_counter()
        database.ask(asked, 200)
        rounds.append((time.perf_counter() - begun) * 1000)
    return min(rounds)


def best(ask: Callable[[], object]) -> float:
    """Milliseconds of the best of three: what else the machine does is not of interest."""

    def once() -> float:
        begun = time.perf_counter()
        ask()
        return (time.perf_counter() - begun) * 1000

    return min(times(3, once).values)


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def fill(path: Path, wanted: int) -> None:
    """Facts of so many conversations with 5 calls of 100 bytes of parameters each."""
    random, database = Random(1), FactsDatabase(path)
    words = [f"word{number}" for number in range(2000)]
    tools = [f"tool_{number}" for number in range(7)] + ["retrieval"]
    cursor = database._connection.cursor()
    cursor.execute("BEGIN")
    for number in range(wanted):
        calls = tuple(_call(random, place, random.choice(tools), words) for place in range(5))
        question = "I need some help with " + " ".join(random.choices(words, k=5))
        facts = HistoryFacts(
            random.getrandbits(62), 5_000, 12, 0, 6, question, 1e9, 1e9 + random.randrange(600), 5_000, 600, 900,
            random.random() * 60, random.choice(list(Ending)), random.randrange(1, 5), 2, calls,
        )  # fmt: skip
        write(cursor, database._words, number + 1, _conversation(random, number), facts, time.time())
    cursor.execute("COMMIT")
    database.close()


def _call(random: Random, place: int, tool: str, words: list[str]) -> CallFacts:
    query = " ".join(random.choices(words, k=6))
    mode = random.choice(("name", "content", "tag", "id"))
    strict = random.random() < 0.5
    parameters = (("query", query), ("top_k", random.randrange(1, 11)), ("mode", mode), ("strict", strict))
    stated = random.random() < 0.06
    guessed = not stated and random.random() < 0.03
    failure = f"no such flight HAT{random.randrange(300)}" if stated or guessed else ""
    return CallFacts(
        place + 1, 2 * place + 1, tool, random.getrandbits(62), parameters, random.randrange(6), 300, stated,
        guessed, False, failure, random.random() * 9,
    )  # fmt: skip


def _conversation(random: Random, number: int) -> Conversation:
    return Conversation(
        id=f"{number:08x}-0000-4000-8000-{number:012x}",
        created_by=f"user {random.randrange(40)}",
        agent_settings_name=f"Support v{random.randrange(5)}",
        created_at=datetime(2026, 10, 1, tzinfo=UTC) - timedelta(minutes=7 * number),
        message_count=12,
        tool_call_count=5,
        tokens=Tokens(input=5_000 + number % 977, output=600, total=None),
        tags=("billing",) if number % 3 else ("refund", "review"),
        is_archived=number % 11 == 0,
    )
