"""Pastes come out whole and in order, however they arrive and whatever stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Paste

from tui.terminal.input.pastes import PASTE_LIMIT, Pastes

BEGIN, END = "\x1b[200~", "\x1b[201~"
TEXT = st.text(st.sampled_from("ab\x1b[20~1\x00\x07\r\n")).filter(lambda text: BEGIN not in text and END not in text)


def taken(chunks: list[str]) -> list[tuple[str, str]]:
    """What came of the chunks: ("typed" or "pasted", text), what was typed in one go joined."""
    pastes, found = Pastes(), [("typed", "")]
    pieces = [piece for chunk in chunks for piece in pastes.take(chunk)]
    for piece in [*pieces, pastes.let_go()]:
        if isinstance(piece, Paste):
            found += [("pasted", piece.text), ("typed", "")]
        else:
            found[-1] = ("typed", found[-1][1] + piece)
    return [one for one in found if one != ("typed", "")]


def cut(text: str, places: list[int]) -> list[str]:
    """The text in pieces."""
    ends = sorted(place % (len(text) + 1) for place in places)
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


@given(TEXT, TEXT, TEXT, st.lists(st.integers(0, 1000), max_size=8))
def test_a_paste_is_one_event_in_its_place_however_it_arrives(
    before: str, pasted: str, after: str, places: list[int]
) -> None:
    # An end that begins inside the pasted text is found there, as by any terminal program.
    if (pasted + END).index(END) != len(pasted) or (before + BEGIN).index(BEGIN) != len(before):
        return
    expected = [("typed", before), ("pasted", pasted), ("typed", after)]
    sent = f"{before}{BEGIN}{pasted}{END}{after}"
    assert taken(cut(sent, places)) == [one for one in expected if one != ("typed", "")]


@pytest.mark.parametrize("held", ["\x1b", "\x1b[", "\x1b[20"])
def test_a_lone_escape_waits_no_longer_than_a_key(held: str) -> None:
    pastes = Pastes()
    assert list(pastes.take(f"a{held}")) == ["a"]
    assert pastes.is_waiting
    assert pastes.let_go() == held
    assert not pastes.is_waiting


def test_nothing_of_a_paste_is_let_go_as_a_key() -> None:
    pastes = Pastes()
    assert list(pastes.take(f"{BEGIN}a\x1b")) == []
    assert not pastes.is_waiting
    assert pastes.let_go() == ""
    [paste] = pastes.take(f"q{END}")
    assert isinstance(paste, Paste)
    assert paste.text == "a\x1bq"


def test_an_endless_paste_is_not_kept_for_ever() -> None:
    pastes = Pastes()
    assert list(pastes.take(BEGIN + "x" * PASTE_LIMIT)) == []
    [paste] = pastes.take("y" * 10 + END)
    assert isinstance(paste, Paste)
    assert paste.text == "x" * PASTE_LIMIT
