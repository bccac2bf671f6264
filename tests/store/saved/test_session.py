"""What is remembered between two starts: it comes back as it was, and no file content can do harm."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli import main
from tui.config.secret import Secret
from tui.config.settings import AskedFilter, Connection, Settings
from tui.store.filter.list_filter import ListFilter
from tui.store.saved.filter_codec import as_flags, filter_content, filter_from
from tui.store.saved.folds import MOST_VALUES, Fold, fold_content, fold_from
from tui.store.saved.place import Arrangement, Place, Reading, place_from, within_bounds
from tui.store.saved.saved_filters import SavedFilters, saved_filters_from
from tui.store.saved.session import Session, asked_filter
from tui.store.saved.state_file import StateFile
from tui.store.saved.text_history import history_from, remember
from tui.views.jsontree.tree import JsonTree
from tui.views.text.wrap import line_width

SETTINGS = Settings(Connection("http://127.0.0.1/api/v1", "project", Secret("token")))
BILLING = ListFilter("refund", ("billing", "review"))
ARCHIVED = ListFilter(archived=True, untagged=True)
FOLD = Fold(True, True, False, 1_100, 2_000, {3: Fold(True, as_json=True, inside={0: Fold(True)})})

texts = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20).map(str.strip)
queries = st.builds(
    ListFilter,
    text=texts,
    tags=st.lists(texts.filter(bool), unique=True, max_size=4).map(tuple),
    untagged=st.booleans(),
    archived=st.booleans(),
    rest=st.sampled_from(["", "", "failed:>0", "-tag:a ending:none", "agent:a | agent:b"]),
).filter(lambda query: query.text.isprintable() and all(tag.isprintable() for tag in query.tags))

STATE_KEYS = ["entries", "default", "name", "text", "tags", "query", "reading", "folds", "trees", "top", "arrangement"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "entries",
                    "default",
                    "name",
                    "text",
                    "tags",
                    "query",
                    "reading",
                    "folds",
                    "trees",
                    "top",
                    "arrangement",
                ]
            )
            | st.text(max_size=3),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def test_names_are_kept_in_order_and_have_digits() -> None:
    filters = SavedFilters().save("Needs review", BILLING).save("Old", ARCHIVED).save("  needs REVIEW ", ARCHIVED)
    assert [entry.name for entry in filters.entries] == ["needs REVIEW", "Old"]
    first, second = filters.at(1), filters.at(2)
    assert first is not None
    assert first.query == ARCHIVED
    assert second is not None
    assert second.name == "Old"
    assert filters.at(3) is None
    assert filters.at(0) is None


def test_only_nine_have_a_digit() -> None:
    filters = SavedFilters()
    for number in range(12):
        filters = filters.save(f"filter {number}", BILLING)
    assert filters.at(9) is not None
    assert filters.at(10) is None


def test_a_rename_never_takes_the_name_of_another() -> None:
    filters = SavedFilters().save("a", BILLING).save("b", ARCHIVED).start_with("a")
    assert filters.rename("a", "B") == filters
    assert filters.rename("a", " ") == filters
    renamed = filters.rename("a", "c")
    assert [entry.name for entry in renamed.entries] == ["c", "b"]
    assert renamed.default == "c"
    assert filters.rename("a", "A").default == "A"


def test_the_default_goes_with_its_filter_and_is_switched_off_again() -> None:
    filters = SavedFilters().save("a", BILLING).save("b", ARCHIVED).start_with("b")
    assert filters.default_entry == filters.find("b")
    assert filters.start_with(None).default is None
    assert filters.delete("b").default is None
    assert filters.delete("a").default == "b"


def test_moving_changes_the_digits() -> None:
    filters = SavedFilters().save("a", BILLING).save("b", ARCHIVED)
    assert [entry.name for entry in filters.move("b", -1).entries] == ["b", "a"]
    assert filters.move("b", 1) == filters


@given(st.lists(st.tuples(texts, queries), max_size=5))
def test_saved_filters_come_back_as_they_were(entries: list[tuple[str, ListFilter]]) -> None:
    filters = SavedFilters()
    for name, query in entries:
        filters = filters.save(name, query)
    assert saved_filters_from(json.loads(json.dumps(filters.content()))) == filters


@given(queries)
def test_flags_lead_to_the_same_filter(query: ListFilter) -> None:
    import shlex

    from tui.config.arguments import parse

    flags = parse(shlex.split(as_flags(query)))[1]
    assert asked_filter(flags.asked) == query


@given(queries, st.integers(0, 10**6))
def test_a_place_comes_back_as_it_was(query: ListFilter, number: int) -> None:
    place = Place(
        query,
        "an-id",
        number,
        Arrangement("list-pane", True, True, -number, True, number, "columns", False, True, True, 2, "calls", True),
        Reading("an-id", (number, 2), (number, 3), {number: False, 2: True}, "words", {3: {"results": FOLD}}),
    )
    assert place_from(json.loads(json.dumps(place.content()))) == place


def test_folds_are_kept_within_bounds_and_what_makes_no_sense_is_left_out() -> None:
    wide = Fold(True, inside={place: Fold(True) for place in range(MOST_VALUES)})
    kept = within_bounds({1: {"results": FOLD}, 2: {"results": wide}, 3: {"results": FOLD}, 4: {}})
    assert kept == {1: {"results": FOLD}, 3: {"results": FOLD}}
    assert fold_from(json.loads(json.dumps(fold_content(FOLD)))) == FOLD
    deep: list[object] = ["o", 100, 2000]
    for _ in range(5_000):
        deep = ["o", 100, 2000, [[0, *deep]]]
    many = ["o", 100, 2000, [[place, "o", 100, 2000] for place in range(MOST_VALUES)]]
    odd = [["o", -1, 2000], ["o", True, 2000], ["o", 100, 10**12], ["o", 100, 2000, [[-1, "", 1, 1]]], ["o"], [0, 1, 1]]
    assert [fold_from(content) for content in (deep, many, *odd, None, {}, 7)] == [None] * 11


fold_contents = st.recursive(
    st.tuples(st.sampled_from(["", "o", "ota", "zz"]), st.integers(-1, 10**9), st.integers(0, 5_000)).map(list)
    | json_values,
    lambda inner: st.builds(
        lambda shown, places: ["o", shown, 2_000, [[at, *kept] for at, kept in places if isinstance(kept, list)]],
        st.integers(0, 300),
        st.lists(st.tuples(st.integers(-1, 5), inner), max_size=4),
    ),
    max_leaves=10,
)


@given(fold_contents)
def test_folds_that_were_tampered_with_are_read_without_harm(content: object) -> None:
    fold = fold_from(content)
    assert fold is None or fold_from(json.loads(json.dumps(fold_content(fold)))) == fold
    tree = JsonTree(b'{"a": [{"b": 1, "c": "x"}, {"b": 2, "c": "[1]"}], "d": "text", "e": 7, "f": {}}')
    tree.restore(fold)
    for row in range(tree.row_count(60)):
        assert line_width(tree.row(row, 60)) <= 60


@given(json_values)
def test_whatever_stands_in_the_file_is_read_without_harm(content: object) -> None:
    place = place_from(content)
    assert place is None or place_from(json.loads(json.dumps(place.content()))) == place
    filters = saved_filters_from(content)
    assert saved_filters_from(filters.content()) == filters
    assert filter_from(filter_content(filter_from(content))) == filter_from(content)
    history_from(content)


def test_the_newest_search_is_last_and_there_only_once() -> None:
    found: tuple[str, ...] = ()
    for text in ("a", "b", " a ", "", "\x1b[2J"):
        found = remember(found, text)
    assert found == ("b", "a")
    for number in range(500):
        found = remember(found, str(number))
    assert len(found) == 200


def test_another_start_finds_everything(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "state.json")
    first = Session(file)
    assert first.place is None
    first.change_filters(lambda filters: filters.save("Needs review", BILLING).start_with("Needs review"))
    first.remember_text("refund")
    first.remember_place(Place(ARCHIVED, "id", 7))
    first.remember_look("light")
    first.close()
    second = Session(file)
    assert second.filters == first.filters
    assert second.texts == ("refund",)
    assert second.place == Place(ARCHIVED, "id", 7)
    assert second.look == "light"
    assert second.begin(SETTINGS) == ARCHIVED
    assert second.begin(SETTINGS._replace(fresh=True)) == BILLING, "the default filter"


def test_a_filter_that_is_asked_for_wins_and_only_the_layout_comes_back(tmp_path: Path) -> None:
    session = Session(StateFile(tmp_path / "state.json"))
    layout = Arrangement(zoomed=True)
    place = Place(ARCHIVED, "id", 7, layout, Reading("id", (1, 2), (3, 4)))
    session.remember_place(place)
    assert session.begin(SETTINGS._replace(asked=AskedFilter(archived=True, untagged=True))) == ARCHIVED
    assert session.place == place, "the same filter: the same place"
    assert session.begin(SETTINGS._replace(asked=AskedFilter("refund"))) == ListFilter("refund")
    assert session.place == Place(ListFilter("refund"), arrangement=layout)
    assert session.begin(SETTINGS._replace(open_id="other")) == ListFilter()


def test_two_instances_keep_each_others_filters_and_searches(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "state.json")
    one, other = Session(file), Session(file)
    one.change_filters(lambda filters: filters.save("one", BILLING))
    one.remember_text("one")
    one.close()
    other.change_filters(lambda filters: filters.save("other", ARCHIVED))
    other.remember_text("other")
    other.close()
    one.change_filters(lambda filters: filters.delete("nothing"))
    one.close()
    third = Session(file)
    assert [entry.name for entry in third.filters.entries] == ["one", "other"]
    assert third.texts == ("one", "other")


def test_what_went_wrong_before_anybody_listened_is_told_then(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("damaged")
    session = Session(StateFile(tmp_path / "state.json"))
    said: list[str] = []
    session.listen(said.append)
    session.listen(said.append)
    assert len(said) == 1
    assert "set aside" in said[0]


@pytest.mark.parametrize("query", [BILLING, ARCHIVED, ListFilter("--tag x", ("-a", "it's, so"))])
def test_a_shared_line_of_flags_is_accepted_by_the_command(
    query: ListFilter, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import shlex

    monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere")
    monkeypatch.delenv("CLARIFEYE_PROJECT", raising=False)
    main(["--region", "eu", *shlex.split(as_flags(query))])
    assert "No project is set" in capsys.readouterr().err or query.untagged


def test_a_start_goes_back_to_the_remembered_row_unless_it_begins_elsewhere() -> None:
    session = Session()
    assert (session.first_row(SETTINGS), session.goal(SETTINGS)) == (0, None)
    session.place = Place(conversation_id="c", index=5_000)
    assert session.goal(SETTINGS) is session.place
    assert 4_980 < session.first_row(SETTINGS) < 5_000
    assert session.first_row(SETTINGS._replace(open_id="other")) == 0
    session.place = Place(index=5_000)
    assert session.first_row(SETTINGS) == 0
    session.place = Place(conversation_id="c", index=3)
    assert session.first_row(SETTINGS) == 0
    session.place = Place(query=ListFilter(rest="failed:>0"), conversation_id="c", index=5_000)
    assert session.first_row(SETTINGS) == 0


def test_what_was_saved_before_there_were_terms_and_orders_is_read() -> None:
    query = {"text": "refund", "tags": ["billing"], "untagged": False, "archived": True}
    place = place_from(
        {
            "query": query,
            "conversation_id": "an-id",
            "index": 7,
            "arrangement": {"active": "list-pane", "filter_hidden": False, "density": "columns"},
            "reading": {"conversation_id": "an-id", "top": [1, 2], "cursor": [1, 3], "folds": {}, "search": ""},
        }
    )
    expected = ListFilter("refund", ("billing",), archived=True)
    assert place is not None
    assert place.query == expected
    assert (place.arrangement.density, place.arrangement.sort, place.arrangement.turned) == ("columns", "", False)
    saved = saved_filters_from({"entries": [{"name": "Mine", **query}], "default": "Mine"})
    assert saved.default_entry is not None
    assert saved.default_entry.query == expected
