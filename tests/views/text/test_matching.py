"""Names found by a few letters: every word counts, begins of words come first, and the letters are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.views.text.matching import match, matches

NAMES = ["Read in the pager", "Clear the filter", "Refresh", "Fold or unfold", "Show or hide the filter", "Prepare"]


def found(wanted: str) -> list[str]:
    return [NAMES[index] for index, _ in matches(wanted, NAMES)]


def meant(wanted: str, name: str) -> str:
    one = match(wanted, name)
    assert one is not None
    return "".join(name[place] for place in sorted(one.places))


def test_begins_of_words_come_before_their_insides() -> None:
    assert found("re") == ["Read in the pager", "Refresh", "Prepare"]
    assert found("fil") == ["Clear the filter", "Show or hide the filter"]
    assert found("") == NAMES


def test_letters_may_be_left_out_where_nothing_else_matches() -> None:
    assert match("fres", "For every second") is not None
    assert [index for index, _ in matches("fres", ["For every second", "Refresh"])] == [1]
    assert found("rdi") == ["Read in the pager"]
    assert found("rfsh") == ["Refresh"]


@pytest.mark.parametrize("wanted", ["filter clear", "CLEAR  the", "clear filter the"])
def test_all_words_must_occur_in_any_order_and_case(wanted: str) -> None:
    assert found(wanted) == ["Clear the filter"]
    assert found(f"{wanted} pager") == []


def test_accents_and_case_do_not_matter_and_the_characters_are_those_of_the_name() -> None:
    assert meant("ruck", "Saved filter: Rückgabe") == "Rück"
    assert meant("STRASSE", "Große Straße") == "Straße"
    assert meant("Rück", "RUCK") == "RUCK"


def test_few_letters_are_not_scattered_over_a_name() -> None:
    assert match("ro", "Fold or unfold: raw") is None
    assert match("rlw", "Read, and then a long way on: well") is None


@given(st.text(max_size=12), st.text(max_size=40))
def test_whatever_is_typed_the_places_are_in_the_name(wanted: str, name: str) -> None:
    one = match(wanted, name)
    if one is not None:
        assert all(0 <= place < len(name) for place in one.places)


@given(st.text(max_size=40))
def test_nothing_typed_matches_everything_and_marks_nothing(name: str) -> None:
    one = match("", name)
    assert one is not None
    assert not one.places
