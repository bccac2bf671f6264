"""What an error advises: with the keys of the list where they work, without them elsewhere."""

import re
from collections.abc import Iterator

import pytest

from tui.api.errors import ApiError, BadProxy, BadRequest, NoProject, Terms, Unauthorized, Unreachable, UnreadableAnswer

_KEY = re.compile(r"\b[rc]\b|start again")


def _kinds(kind: type[ApiError] = ApiError) -> Iterator[type[ApiError]]:
    if kind.__module__ == ApiError.__module__:
        yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


@pytest.mark.parametrize("kind", _kinds(), ids=lambda kind: kind.__name__)
def test_an_advice_names_no_key_and_both_are_whole_sentences(kind: type[ApiError]) -> None:
    error = kind("what the server says")
    assert not _KEY.search(error.advice)
    assert re.fullmatch(r"[A-Z].*\w\.", error.hint)
    assert not error.advice or re.fullmatch(r"[A-Z].*\w\.", error.advice)
    assert not re.search(r"\.\.|[,;:]\.| [,;]|  ", error.hint + error.advice)


def test_the_keys_are_told_in_the_list_and_left_out_elsewhere() -> None:
    assert Unreachable().hint == "Check the network, VPN or proxy, then press r to try again."
    assert Unreachable().advice == "Check the network, VPN or proxy."
    assert BadProxy().hint == "Correct the variable or unset it, then start again. Nothing was sent."
    assert BadProxy().advice == "Correct the variable or unset it. Nothing was sent."
    assert BadRequest().advice == "", "whether there is a filter is not known"


def test_a_hint_in_other_words_needs_no_more_than_to_say_what_the_keys_do() -> None:
    class Eclipsed(ApiError):
        HINT = "Wait for the sun"
        KEYS = " and look with r"

    assert Eclipsed().hint == "Wait for the sun and look with r."
    assert Eclipsed().advice == "Wait for the sun."


def test_an_advice_is_in_the_terms_of_where_it_is_read() -> None:
    terms = Terms(again="Ctrl-R", address="the region", path="", token="token_file in profile 'x'", renewed="")
    assert Unreachable().hint_in(terms) == "Check the network, VPN or proxy, then press Ctrl-R to try again."
    assert UnreadableAnswer().hint_in(terms) == "Check that no proxy is in between; Ctrl-R tries again."
    assert NoProject().hint_in(terms) == "Check the region, then the project id."
    assert Unauthorized().hint_in(terms) == "Check token_file in profile 'x', and the region, then start again."
