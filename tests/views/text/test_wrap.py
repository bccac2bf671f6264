"""Wrapping: every line fits, nothing is lost, nothing is torn apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from tui.views.text.ink import Line, Span
from tui.views.text.wrap import cell_width, crop_line, line_width, plain, wrap_spans

PIECES = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="ab é日本ｱ，（）。 \n", max_size=30),
    st.sampled_from(
        ["👨‍👩‍👧‍👦", "⚠️", "e\u0301", "\u200d", "\ufe0f", "🇩🇪", "한국어", "שלום", "مرحبا", "x" * 200, " " * 40]
    ),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
SPANS = st.lists(st.builds(Span, TEXTS, st.sampled_from(["text", "strong", "code"])), max_size=5)


def squeezed(text: str) -> str:
    return re.sub(r"[ \n]", "", text)


@given(SPANS, st.integers(4, 300))
def test_no_line_is_wider_than_the_width_and_nothing_is_lost(spans: Line, width: int) -> None:
    lines = wrap_spans(spans, width, [Span("• ")], [Span("  ")])

    assert all(cell_len(plain(line)) <= width and line_width(line) <= width for line in lines)
    assert squeezed("".join(plain(line)[2:] for line in lines)) == squeezed(plain(spans))
    assert not any("\n" in span.text for line in lines for span in line)


@given(SPANS, st.integers(20, 80))
def test_a_character_keeps_its_ink(spans: Line, width: int) -> None:
    def inks(line: Line) -> set[tuple[str, str]]:
        return {(character, span.ink) for span in line for character in span.text if " " < character <= "~"}

    spans = [Span(span.text.replace("\u200d", ""), span.ink) for span in spans]

    assert set().union(*(inks(line) for line in wrap_spans(spans, width))) <= inks(spans)


@given(TEXTS, st.integers(0, 80))
def test_a_cropped_line_fits(text: str, width: int) -> None:
    line = [Span(text.replace("\n", " ")), Span("tail", "muted")]

    assert line_width(crop_line(line, width)) <= width


@given(TEXTS)
def test_the_measure_is_never_less_than_what_is_painted(text: str) -> None:
    assert cell_width(text) == cell_len(text)


def test_wide_and_narrow_characters_are_told_apart_in_every_script() -> None:
    for code in [*range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0x20000)]:
        if cells := get_character_cell_size(chr(code)):
            lines = wrap_spans([Span(chr(code) * 5)], 8)
            assert plain(lines[0]) == chr(code) * (8 // cells if cells > 1 else 5), hex(code)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("one\n\ntwo", 20, ["one", "", "two"]),
        ("  indented text", 11, ["  indented", "text"]),
        ("https://example.com/long", 10, ["https://ex", "ample.com/", "long"]),
        ("退款窗口是三十天。", 8, ["退款窗口", "是三十", "天。"]),
        ("a ⚠️⚠️⚠️ b", 6, ["a", "⚠️⚠️⚠️", "b"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_people_would(text: str, width: int, expected: list[str]) -> None:
    assert [plain(line) for line in wrap_spans([Span(text)], width)] == expected


def test_lead_and_hang_align_the_lines_of_an_item() -> None:
    lines = wrap_spans([Span("one two three")], 9, [Span("- ", "accent")], [Span("  ")])

    assert [plain(line) for line in lines] == ["- one two", "  three"]
    assert lines[0][0] == Span("- ", "accent")


def test_a_crop_ends_in_the_mark() -> None:
    assert plain(crop_line([Span("refund "), Span("damaged", "strong")], 10)) == "refund da…"
    assert plain(crop_line([Span("日本語")], 4)) == "日…"
