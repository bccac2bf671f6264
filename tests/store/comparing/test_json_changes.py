"""JSON by path: the changes applied to one value give the other, whatever the order of keys."""

import json
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tui.store.comparing.json_changes import MOST_CHANGES, Change, changes, is_rough
from tui.store.history.raw import RawValue

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["a", "b", "ä"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)


def raw(value: object) -> bytes:
    return json.dumps(value).encode()


def applied(value: Any, found: list[Change]) -> Any:
    """The value with each change made to it; what is taken from a list goes at the end, so that no place moves."""
    root = {"": value}
    for change in found:
        path = ("", *change.path)
        place: Any = root
        for step in path[:-1]:
            place = place[step]
        if change.after is None:
            place[path[-1]] = gone
        elif isinstance(place, list) and path[-1] == len(place):
            place.append(msgspec.json.decode(change.after))
        else:
            place[path[-1]] = msgspec.json.decode(change.after)
    return without_gone(root[""])


gone = object()


def without_gone(value: Any) -> Any:
    if isinstance(value, list):
        return [without_gone(one) for one in value if one is not gone]
    if isinstance(value, dict):
        return {key: without_gone(one) for key, one in value.items() if one is not gone}
    return value


@given(VALUES, VALUES)
def test_the_changes_of_one_value_make_the_other(before: Any, after: Any) -> None:
    assert applied(json.loads(raw(before)), list(changes(raw(before), raw(after)))) == after


@given(VALUES, VALUES)
def test_the_other_way_round_added_and_removed_are_swapped(before: Any, after: Any) -> None:
    def ends(value: RawValue | None) -> bytes | None:
        return None if value is None else bytes(value)

    there = {(one.path, ends(one.before), ends(one.after)) for one in changes(raw(before), raw(after))}
    back = {(one.path, ends(one.after), ends(one.before)) for one in changes(raw(after), raw(before))}
    assert there == back


@given(VALUES)
def test_the_same_value_written_otherwise_shows_nothing(value: Any) -> None:
    other = json.dumps(value, indent=3, ensure_ascii=False).encode()
    turned = msgspec.json.encode(value, order="sorted")
    assert list(changes(raw(value), other)) == []
    assert list(changes(raw(value), turned)) == []


def test_what_is_missing_is_not_what_is_null() -> None:
    assert list(changes(b'{"a": null}', b"{}")) == [Change(("a",), msgspec.Raw(b"null"), None)]
    assert list(changes(None, b"1")) == [Change((), None, b"1")]


def test_lists_are_compared_by_order() -> None:
    found = list(changes(b"[1, 2, 3]", b"[2, 3]"))
    assert [(one.path, one.after) for one in found] == [
        ((0,), msgspec.Raw(b"2")),
        ((1,), msgspec.Raw(b"3")),
        ((2,), None),
    ]


def test_a_key_that_comes_twice_is_told_whole() -> None:
    before, after = b'{"a": {"b": 1, "b": 2}}', b'{"a": {"b": 2}}'
    assert [one.path for one in changes(before, after)] == [("a",)]
    assert list(changes(before, before)) == []


def test_of_very_many_differences_the_rest_is_told_whole() -> None:
    before = raw([[number] for number in range(3 * MOST_CHANGES)])
    found = list(changes(before, raw([[-1 - number] for number in range(3 * MOST_CHANGES)])))
    assert is_rough(len(found))
    assert len(found) == 3 * MOST_CHANGES
    assert found[0].path == (0, 0)
    assert found[-1].path == (3 * MOST_CHANGES - 1,)


def test_damaged_json_is_a_value_like_any_other() -> None:
    assert list(changes(b"{damaged", b"{damaged")) == []
    assert [one.path for one in changes(b"{damaged", b"{}")] == [()]
