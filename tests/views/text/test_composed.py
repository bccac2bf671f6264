"""Equal texts are one when they are composed, and every place leads back to the characters that it came from."""

from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.views.text.composed import Composed, composed, is_joined

_PARTS = st.sampled_from(
    [
        "a", "e", " ", "\n", "k", "é", "e\u0301", "ệ", "e\u0302\u0323", "a\u0323\u0302", "x\u030c", "\u0301", "\u212b",
        "\u212a", "\u037e", "각", "\u1100\u1161\u11a8", "\u1100", "\u1161", "か\u3099", "が", "漢", "\uf900",
        "\u09c7\u09be", "q" * 4095, "漢" * 5000,
    ]
)  # fmt: skip
TEXTS = st.lists(_PARTS, max_size=12).map("".join) | st.text(max_size=40)


def made_of(text: str) -> Composed:
    made = Composed(text)
    for _ in made.make():
        pass
    return made


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.data())
def test_what_is_composed_leads_back_to_whole_characters(text: str, data: st.DataObject) -> None:
    made = made_of(text)
    assert made.text == normalize("NFC", text) == composed(text)
    if not made.text:
        return
    begin = data.draw(st.integers(0, len(made.text) - 1))
    end = data.draw(st.integers(begin + 1, len(made.text)))
    start, stop = made.origin((begin, end))
    assert made.text[begin:end] in normalize("NFC", text[start:stop])
    whole = [*(at for at, character in enumerate(text) if not at or not is_joined(character)), len(text)]
    after, before = whole[whole.index(start) + 1], whole[whole.index(stop) - 1]
    assert made.place(start) <= begin < len(normalize("NFC", text[:after]))
    assert len(normalize("NFC", text[:before])) < end <= len(normalize("NFC", text[:stop]))


@settings(deadline=None)
@given(TEXTS)
def test_places_of_characters_lead_there_and_back(text: str) -> None:
    made = made_of(text)
    for start, character in enumerate(text[:100]):
        if not start or not is_joined(character):
            place = made.place(start)
            assert made.origin((place, place + 1))[0] == start


def test_a_text_is_composed_with_pauses_and_ascii_is_left_alone() -> None:
    ascii_only = "plain " * 1000
    assert composed(ascii_only) is ascii_only
    assert sum(1 for _ in Composed("e\u0301 " * 50_000).make()) > 3
