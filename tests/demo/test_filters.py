"""Every combination of filters finds what a naive search over all conversations finds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.demo.database import Database, Filter
from tui.demo.project import Recipe, build_database

TAGS = ("billing", "refund", "warranty", "review", "返金", "à vérifier", "nobody-uses-this")
TEXTS = ("", "e-17", "Refund", "GEWÄHR", "währung", "破損", "TOO_MANY_REQUESTS", "%", "_", "'", "nothing has this")


@dataclass(frozen=True)
class Shelf:
    database: Database
    rows: list[dict[str, Any]]
    texts: list[str]


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    database = build_database(Recipe(250, seed=5))
    rows = [json.loads(body) for body in database.bodies(database.matching(Filter(include_archived=True)))]
    texts = [
        "\n".join(
            part.casefold()
            for entry in row["chat_history"]
            for part in (
                entry["content"],
                json.dumps(entry.get("input_parameters"), ensure_ascii=False),
                json.dumps(entry.get("results"), ensure_ascii=False),
            )
        )
        for row in rows
    ]
    yield Shelf(database, rows, texts)
    database.close()


@settings(max_examples=150, deadline=None)
@given(
    tags=st.sets(st.sampled_from(TAGS), max_size=3),
    no_tags=st.booleans(),
    text=st.sampled_from(TEXTS),
    include_archived=st.booleans(),
    owner=st.none() | st.integers(0, 249),
)
def test_a_filter_finds_what_a_naive_search_finds(
    shelf: Shelf, tags: set[str], no_tags: bool, text: str, include_archived: bool, owner: int | None
) -> None:
    who = None if owner is None else shelf.rows[owner]["created_by"]
    expected = [
        row["id"]
        for row, said in zip(shelf.rows, shelf.texts, strict=True)
        if (include_archived or not row["is_archived"])
        and (who is None or row["created_by"] == who)
        and (not tags or tags & set(row["tags"]))
        and not (no_tags and row["tags"])
        and text.casefold() in said
    ]
    wanted = Filter(tuple(sorted(tags)), no_tags, text, include_archived, who)
    found = [json.loads(body)["id"] for body in shelf.database.bodies(shelf.database.matching(wanted))]
    assert found == expected
