"""The tools that the conversations of a filter use, what of their calls failed, and in which words."""

from array import array
from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.store.across.parameters import as_json, parameters_of
from tui.store.facts.schema import GUESSED

if TYPE_CHECKING:
    from tui.store.facts.database import FactsDatabase
    from tui.store.facts.question import FactsQuestion

MOST_GROUPS = 2_000
"""Groups of failures, or of identical calls, that are told, at most."""


class ToolRow(Struct, frozen=True):
    """What the calls of one tool come to."""

    tool: str
    calls: int
    stated: int
    guessed: int
    empty: int
    same: int
    """Calls that have their like, with the same parameters, in the same conversation."""
    longest: float | None
    conversations: int

    @property
    def failed(self) -> int:
        """Stated and guessed failures."""
        return self.stated + self.guessed


class FailureGroup(Struct, frozen=True):
    """The failures of one tool that are the same in other words."""

    tool: str
    words: str
    """What they have in common; numbers, ids, quoted strings, dates and paths are signs."""
    example: str
    """One of them, as it was written."""
    calls: int
    guessed: int
    conversations: int
    last: float | None
    """When the newest of the conversations was made, in seconds since 1970."""


class SameCalls(Struct, frozen=True):
    """Calls of one tool with the same parameters in one conversation."""

    key: int
    """That of the conversation among the facts."""
    conversation: str
    digest: int
    calls: int
    failed: int
    parameters: str
    """As JSON."""


def tools_of(database: "FactsDatabase", question: "FactsQuestion") -> list[ToolRow]:
    """From the sums: no call is looked at."""
    within = database.within(question)
    rows = database.select(
        "SELECT words.text, n, s, g, e, a, l, c FROM (SELECT tool, sum(calls) AS n, sum(stated) AS s, "
        "sum(guessed) AS g, sum(empty) AS e, sum(same) AS a, max(longest) AS l, count(*) AS c "
        f"FROM tools WHERE conversation IN ({within.condition}) GROUP BY tool) JOIN words ON words.id = tool "
        "ORDER BY s + g DESC, n DESC, text",
        within.parameters,
    )
    return [ToolRow(*row) for row in rows]


def medians_of(database: "FactsDatabase", question: "FactsQuestion") -> dict[str, float]:
    """How long half of a tool's calls took at most, in seconds, by tool; all calls are looked at."""
    within = database.within(question)
    took: defaultdict[int, array[float]] = defaultdict(lambda: array("d"))
    for tool, seconds in database.select(
        f"SELECT tool, took FROM calls WHERE took IS NOT NULL AND conversation IN ({within.condition})",
        within.parameters,
    ):
        took[tool].append(seconds)
    names = dict(database.select(f"SELECT id, text FROM words WHERE id IN ({', '.join(map(str, took))})").fetchall())
    return {names[tool]: median(seconds) for tool, seconds in took.items()}


def failures_of(database: "FactsDatabase", question: "FactsQuestion") -> list[FailureGroup]:
    """The failures of each tool, those together that are the same in other words, the most frequent first."""
    within = database.within(question)
    rows = database.select(
        "SELECT words.text, w, x, n, g, c, l FROM (SELECT k.tool, alike(k.failure) AS w, "
        f"min(coalesce(k.failure, '')) AS x, count(*) AS n, sum(k.state = {GUESSED}) AS g, "
        "count(DISTINCT k.conversation) AS c, max(c.created) AS l "
        "FROM calls AS k JOIN conversations AS c ON c.key = k.conversation WHERE k.state IS NOT NULL "
        f"AND k.conversation IN ({within.condition}) GROUP BY k.tool, w ORDER BY n DESC LIMIT {MOST_GROUPS}) "
        "JOIN words ON words.id = tool ORDER BY n DESC, words.text, w",
        within.parameters,
    )
    return [FailureGroup(*row) for row in rows]


def same_calls_of(database: "FactsDatabase", question: "FactsQuestion", tool: str) -> list[SameCalls]:
    """The calls of a tool that have their like in the same conversation, together, the most frequent first."""
    within = database.within(question)
    rows = database.select(
        "SELECT k.conversation, CASE WHEN t.name != '' THEN t.name ELSE t.id END, k.digest, count(*) AS n, "
        "count(k.state), min(k.number) FROM calls AS k JOIN texts AS t ON t.key = k.conversation "
        f"WHERE k.tool = (SELECT id FROM words WHERE text = :tool) AND k.conversation IN ({within.condition}) "
        "GROUP BY k.conversation, k.digest HAVING n > 1 "
        f"ORDER BY n DESC, k.conversation, k.digest LIMIT {MOST_GROUPS}",
        {**within.parameters, "tool": tool},
    )
    return [
        SameCalls(key, name, digest, calls, failed, as_json(parameters_of(database, key, number)))
        for key, name, digest, calls, failed, number in rows.fetchall()
    ]
