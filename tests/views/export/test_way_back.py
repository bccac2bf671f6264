"""The command that comes back: a shell reads from it exactly what was meant, whatever a server calls an id."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers import uuid_of
from tui.config.secret import Secret
from tui.views.export.way_back import WAY_BACK_LIMIT, way_back

WORDS = st.lists(
    st.text(st.sampled_from("aZ0 '\"\\$`;&|<>()*?#~!{}[]\n\t\x1b\u202eé=-/") | st.characters(), max_size=40)
)
IDS = st.one_of(
    st.uuids().map(str),
    st.uuids().map(lambda one: one.hex.upper()),
    st.text(),
    st.tuples(st.uuids(), st.text(max_size=6)).map(lambda both: f"{both[0]}{both[1]}"),
)


@given(IDS, st.integers(0, 10**6), WORDS)
def test_a_shell_reads_back_exactly_what_was_meant(conversation_id: str, turn: int, words: list[str]) -> None:
    command = way_back(conversation_id, turn, words)
    if command is None:
        return
    place = f"{conversation_id}#{turn}" if turn else conversation_id
    assert shlex.split(command) == ["clarifeye-tui", "open", place, *words]
    assert "\n" not in command
    assert "\x1b" not in command
    assert len(command) <= WAY_BACK_LIMIT
    assert conversation_id.replace("-", "").isalnum()


@pytest.mark.parametrize("turn", [0, 3])
def test_an_ordinary_place_has_one(turn: int) -> None:
    words = ["--config", "/home/me/my config's.toml", "--profile", "$(touch x)"]
    command = way_back(uuid_of(1), turn, words)
    assert command is not None
    assert shlex.split(command)[3:] == words


@pytest.mark.parametrize(
    "conversation_id", ["$(touch x)", "`id`", "", "a", "-h", f"{uuid_of(1)}\n", f"{uuid_of(1)};id", f" {uuid_of(1)}"]
)
def test_what_is_no_id_has_none(conversation_id: str) -> None:
    assert way_back(conversation_id, 1, []) is None


def test_a_part_of_a_command_is_not_offered() -> None:
    assert way_back(uuid_of(1), 1, ["--config", "/" + "a b" * WAY_BACK_LIMIT]) is None


def test_a_command_that_would_show_the_token_is_not_offered() -> None:
    secret = Secret("tok-that-nobody-may-see")
    assert way_back(uuid_of(1), 1, ["--profile", secret.reveal()]) is None
