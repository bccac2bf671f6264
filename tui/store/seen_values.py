"""The values of terms that were seen, for the completion of a line: of the rows that are here, and of all facts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from tui.store.filter.completion import PARAMETERS

if TYPE_CHECKING:
    from tui.api.conversation import Conversation
    from tui.store.facts.database import FactsDatabase
    from tui.store.facts.schema import BesideValue
    from tui.store.project import Project

_MOST = 200
"""Values of one term; nobody goes through more of them with a key."""


_LONGEST = 60
"""Characters of what reviewers wrote that is offered."""


def _most_frequent(table: str, column: str) -> str:
    return (
        f"SELECT text FROM {table} JOIN words ON words.id = {column} WHERE text != '' "
        f"GROUP BY {column} ORDER BY count(*) DESC LIMIT {_MOST}"
    )


_OF_FACTS = {
    "agent": _most_frequent("conversations", "agent"),
    "by": _most_frequent("conversations", "owner"),
    "tool": _most_frequent("tools", "tool"),
    # A step over the index for each name, however many calls have it.
    PARAMETERS: "WITH RECURSIVE named (name) AS (SELECT min(name) FROM parameters UNION ALL"
    " SELECT (SELECT min(name) FROM parameters WHERE name > named.name) FROM named WHERE named.name IS NOT NULL)"
    f" SELECT text FROM named JOIN words ON words.id = named.name LIMIT {_MOST}",
}
"""What tells the values of a term, and the names of input parameters."""


async def seen_values(project: "Project", *, of_calls: bool = False) -> dict[str, tuple[str, ...]]:
    """The values of each term that has any, the most frequent first.

    With `of_calls` facts are in use from here on, so that the histories that are at hand tell tools and parameters.

    Raises:
        FactsUnavailable: the facts do not answer.
    """
    people, store = project.people, project.facts.store
    if store is None and of_calls:
        store = project.facts.use()
        await store.caught_up()
    seen = {**_of_rows(project.window.conversations(), people), **_of_opinions(project.facts.beside.of("opinions"))}
    if store is not None:
        for term in _OF_FACTS:
            told = await store.query(partial(_of_facts, term=term))
            known = [people.get(one, one) for one in told] if term == "by" else told
            seen[term] = (*known, *seen.get(term, ()))
    return {term: tuple(dict.fromkeys(values)) for term, values in seen.items()}


def _of_facts(database: "FactsDatabase", term: str) -> list[str]:
    rows = database.select(_OF_FACTS[term])
    return [text for (text,) in rows]


def _of_opinions(rows: "Iterable[tuple[BesideValue, ...]]") -> dict[str, tuple[str, ...]]:
    """What reviewers said, as the table of `BESIDE` has it."""
    counted = {term: Counter[str]() for term in ("verdict", "note", "by-reviewer")}
    for _, label, note, _, reviewer in rows:
        for term, value in (("verdict", label), ("note", note), ("by-reviewer", reviewer)):
            if isinstance(value, str) and 0 < len(value) <= _LONGEST:
                counted[term][value] += 1
    return {term: tuple(value for value, _ in values.most_common(_MOST)) for term, values in counted.items()}


def _of_rows(rows: "Iterable[Conversation]", people: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    agents, owners = Counter[str](), Counter[str]()
    for row in rows:
        if row.agent_settings_name:
            agents[row.agent_settings_name] += 1
        if row.created_by:
            owners[people.get(row.created_by, row.created_by)] += 1
    counted = {"agent": agents, "by": owners}
    return {term: tuple(value for value, _ in values.most_common(_MOST)) for term, values in counted.items() if values}
