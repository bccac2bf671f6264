"""Names of files made from what strangers wrote."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.store.export.file_names import LONGEST, safe_name


@given(st.text(max_size=300), st.sampled_from([".md", ".json", ".jsonl", ""]))
@example("../../etc/passwd", ".md")
@example("CON", "")
@example("-rf ~", ".md")
@example("\u202egnp.exe", ".md")
@example("a" * 200 + "é", ".jsonl")
def test_a_name_stays_in_its_folder_and_hides_nothing(text: str, suffix: str) -> None:
    name = safe_name(text, suffix)
    assert name.endswith(suffix)
    assert 0 < len(name.encode()) <= LONGEST
    assert not set(name) & set('/\\:*?"<>|\n\r\t\x00 ')
    assert name[0] not in ".-~"
    assert name[-1] != "."
    assert not [one for one in name if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert name.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert Path("/folder", name).resolve().parent == Path("/folder").resolve()


@given(st.text(max_size=200))
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Refund for a damaged item", "Refund-for-a-damaged-item.md"),
        ("Größe / 日本: ok?", "Größe-日本-ok.md"),
        ("..", "conversation.md"),
        ("", "conversation.md"),
        ("nul", "conversation-nul.md"),
        ("CONIN$", "conversation-CONIN$.md"),
        ("\u3164\u2800", "conversation.md"),
        ("漢\U000e0101\U000e0102\U000e0103 x", "漢\U000e0101-x.md"),  # the first may be the letter's own
        ("Z" + "\u0308" * 40, "Z" + "\u0308" * 6 + "-+34-marks.md"),
        ("v1.2 notes", "v1.2-notes.md"),
    ],
)
def test_it_still_tells_what_it_is(text: str, name: str) -> None:
    assert safe_name(text, ".md") == name
