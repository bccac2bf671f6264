from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.filter.evaluation import Facts, in_span, matches
from tests.store.filter.expressions import EXPRESSIONS, facts
from tui.store.filter.division import divided
from tui.store.filter.expression import All, AnyOf, Node, Not, Term
from tui.store.filter.parser import parse
from tui.store.filter.patterns import fits
from tui.store.filter.values import OneOf, day_span

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_what_is_not_known_is_neither_a_match_nor_none() -> None:
    for line in ("failed:>0", "-failed:>0", "failed:0", "tool(name:a)"):
        assert matches(parse(line), {}, NOW) is None
    assert matches(parse("failed:>0 | agent:x"), {"agent": "X"}, NOW) is True
    assert matches(parse("failed:>0 agent:x"), {"agent": "y"}, NOW) is False


def test_one_call_must_be_all_of_it() -> None:
    calls: tuple[Facts, ...] = ({"name": "a", "failed": False}, {"name": "b", "failed": True})
    assert matches(parse("tool(name:a failed:yes)"), {"tool": calls}, NOW) is False
    assert matches(parse("tool:a failed:1"), {"tool": calls, "failed": 1}, NOW) is True
    assert matches(parse("tool(param.top_k:>5)"), {"tool": ({"param.top_k": 6},)}, NOW) is True
    assert matches(parse("tool(param.q:5)"), {"tool": ({"param.q": 5}, {"param.q": "5"})}, NOW) is True


def test_dates_are_days_of_the_readers_zone_and_times_back_are_moments() -> None:
    assert day_span("2026-10", NOW) == (
        datetime(2026, 10, 1, tzinfo=UTC).timestamp(),
        datetime(2026, 11, 1, tzinfo=UTC).timestamp(),
    )
    day = day_span("2026-10-15", NOW)
    noon = datetime(2026, 10, 15, 12, tzinfo=UTC).timestamp()
    assert all(in_span(name, noon, day) for name in ("since", "until", "on"))
    assert not in_span("until", day[1], day)
    assert day_span("7d", NOW)[0] == NOW.timestamp() - 7 * 86400


@given(st.text("ab*", max_size=8), st.text("ab", max_size=10))
def test_a_star_stands_for_any_run(glob: str, text: str) -> None:
    assert fits(OneOf((glob,)), text) == fnmatchcase(text, glob)


def test_no_pattern_takes_longer_than_its_text() -> None:
    assert not fits(OneOf(("*a" * 30 + "*b",)), "a" * 20_000)


@given(EXPRESSIONS, st.lists(facts(), max_size=5))
def test_the_server_and_we_together_find_what_the_whole_expression_means(
    node: Node, project: list[dict[str, Any]]
) -> None:
    """The server does what the API page says: any of the tags, untagged, active ones unless archived are asked for."""
    division = divided(node)
    asked = division.server
    answered = [
        row
        for row in project
        if (asked.archived or not row["archived"])
        and (not asked.untagged or not row["tag"])
        and (not asked.tags or set(asked.tags) & set(row["tag"]))
    ]
    found = [row for row in answered if matches(division.here, row, NOW)]
    active_only = not any(_names(node, "archived")) or not asked.archived
    wanted = [row for row in project if matches(node, row, NOW) and not (active_only and row["archived"])]
    assert found == wanted
    assert not (asked.matches_nothing and wanted)


def _names(node: Node, name: str) -> list[bool]:
    match node:
        case Term():
            return [True] if node.name == name else []
        case All() | AnyOf():
            return [one for inner in node.inner for one in _names(inner, name)]
        case Not():
            return _names(node.inner, name)
        case _:
            return []


@pytest.mark.parametrize(
    ("line", "text", "tags", "untagged", "archived", "here"),
    [
        ("refund window", "refund window", (), False, False, ""),
        ("tag:a,b x", "x", ("a", "b"), False, False, ""),
        ("tag:a tag:b", "", ("a",), False, False, "tag:b"),
        ('tag:"a,b"', "", ("a,b",), False, False, ""),
        ("tag:a | tag:b", "", ("a", "b"), False, False, "tag:a | tag:b"),
        ("tag:re*", "", (), False, False, "tag:re*"),
        ("-tag:a", "", (), False, False, "-tag:a"),
        ("untagged:yes", "", (), True, False, ""),
        ("untagged:no", "", (), False, False, "untagged:no"),
        ("archived:also", "", (), False, True, ""),
        ("archived:only failed:>0", "", (), False, True, "archived:only failed:>0"),
        ("archived:only | failed:>0", "", (), False, True, "archived:only | failed:>0"),
        ("archived:no", "", (), False, False, ""),
        ("(tag:a failed:>0) | (tag:b agent:x)", "", ("a", "b"), False, False, "(tag:a failed:>0) | (tag:b agent:x)"),
    ],
)
def test_the_server_gets_the_strongest_question_it_understands(
    line: str, text: str, tags: tuple[str, ...], untagged: bool, archived: bool, here: str
) -> None:
    division = divided(parse(line))
    assert (division.server.text, division.server.tags) == (text, tags)
    assert (division.server.untagged, division.server.archived) == (untagged, archived)
    assert division.here == parse(here)


@pytest.mark.parametrize("line", ["untagged:yes tag:x", "tag:x -untagged:no", "(tag:a | tag:b) untagged:yes calls:>1"])
def test_the_server_is_not_asked_for_what_nothing_can_match(line: str) -> None:
    assert divided(parse(line)).server.matches_nothing
