"""However the picture changes, the terminal shows what a full repaint would show, for fewer bytes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tests.terminal.screens import Picture, frame, painted, place, unwrapped
from tui.terminal.text.widths import is_disputed

STYLES = [
    Style.null(),
    Style.parse("red"),
    Style.parse("bold #ff8800 on #202020"),
    Style.parse("dim on #202020"),
    Style.parse("italic underline #00ff00"),
    Style.parse("reverse"),
    Style.parse("strike on blue"),
    Style.parse("bold underline2 white on #303030"),
    Style.parse("on #303030"),
    Style.parse("#ff8800 on #303030 link https://example.com/a"),
]
TEXTS = [
    "",
    " ",
    "    ",
    "a",
    "word",
    "two words",
    "  indented  ",
    "日本",
    "x日y",
    "│ ▌",
    "e\u0301",
    "😀",
    "-" * 30,
    " " * 40,
]

pieces = st.tuples(st.sampled_from(TEXTS), st.sampled_from(STYLES))
rows = st.lists(pieces, max_size=6)


def fitted(row: list[tuple[str, Style]], width: int) -> list[Segment]:
    """Segments of exactly this many cells."""
    segments, at = [], 0
    for text, style in row:
        text = set_cell_size(text, min(cell_len(text), width - at))
        segments.append(Segment(text, style))
        at += cell_len(text)
    return [*segments, Segment(" " * (width - at), row[-1][1] if row else STYLES[8])]


@st.composite
def stories(draw: st.DrawFn) -> tuple[int, list[Picture]]:
    """A first picture and what becomes of it: edited, scrolled as a whole or in one pane, replaced."""
    width, height = draw(st.integers(12, 60)), draw(st.integers(5, 14))
    source = [fitted(row, width) for row in draw(st.lists(rows, min_size=height + 20, max_size=height + 20))]
    left = [fitted(row, 10) for row in draw(st.lists(rows, min_size=height, max_size=height))]
    offset, split, pictures = 5, draw(st.booleans()), []
    for move in draw(st.lists(st.integers(-5, 5), min_size=2, max_size=6)):
        offset = min(max(offset + move, 0), 20)
        picture = [list(row) for row in source[offset : offset + height]]
        if draw(st.booleans()):
            picture[draw(st.integers(0, height - 1))] = fitted(draw(rows), width)
        if split:
            narrow = [fitted([(s.text, s.style or STYLES[0]) for s in row], width - 10) for row in picture]
            picture = [[*a, *b] for a, b in zip(left, narrow, strict=True)]
        pictures.append(picture)
    return width, pictures


@settings(max_examples=150, deadline=None)
@given(stories(), st.booleans())
def test_every_picture_equals_a_full_repaint(story: tuple[int, list[Picture]], bce: bool) -> None:
    width, pictures = story
    height = len(pictures[0])
    terminal, painter = unwrapped(width, height), frame(bce=bce)
    for picture in pictures:
        place(painter, picture, width)
        terminal.feed(painter.flush())
        repainted = unwrapped(width, height)
        repainted.feed(painted(picture, width))
        assert terminal.seen() == repainted.seen()
        assert painter.flush() == ""


@settings(max_examples=50, deadline=None)
@given(stories())
def test_forgetting_repairs_a_disturbed_screen(story: tuple[int, list[Picture]]) -> None:
    width, pictures = story
    terminal, painter = unwrapped(width, len(pictures[0])), frame()
    place(painter, pictures[0], width)
    terminal.feed(painter.flush())
    before = terminal.seen()
    terminal.feed("\x1b[H\x1b[41mgarbage from a \x1b[1mneighbour\x1b[2J\x1b[m")
    painter.forget()
    terminal.feed(painter.flush())
    assert terminal.seen() == before


def text_picture(lines: list[str], width: int, style: Style = STYLES[0]) -> Picture:
    return [[Segment(line.ljust(width)[:width], style)] for line in lines]


def changed(before: Picture, after: Picture, width: int) -> str:
    painter = frame()
    place(painter, before, width)
    painter.flush()
    place(painter, after, width)
    return painter.flush()


def test_a_scrolled_line_costs_about_its_own_text() -> None:
    lines = [f"line {n} with some words of its own, number {n * n}" for n in range(60)]
    for by in (1, 3):
        output = changed(text_picture(lines[:40], 120), text_picture(lines[by : 40 + by], 120), 120)
        assert len(output) < 40 + by * 60
        back = changed(text_picture(lines[by : 40 + by], 120), text_picture(lines[:40], 120), 120)
        assert len(back) < 40 + by * 60


def test_a_pane_beside_a_quiet_one_scrolls_too() -> None:
    left = [f"row {n}".ljust(30) for n in range(30)]
    right = [
        f"{n} is a long line with many words, about {n * n} of them, and more to come".ljust(90) for n in range(40)
    ]
    before = [[Segment(a), Segment(b)] for a, b in zip(left, right, strict=False)]
    after = [[Segment(a), Segment(b)] for a, b in zip(left, right[1:], strict=False)]
    painter = frame()
    place(painter, before, 120)
    painter.flush()
    for y, row in enumerate(after):
        painter.place(30, y, painter.pens.row(row[1:], 90))
    assert len(painter.flush()) < 1000


def test_a_moved_mark_costs_a_few_bytes() -> None:
    before = text_picture(["▌one", " two", " three"], 80)
    after = text_picture([" one", "▌two", " three"], 80)
    assert len(changed(before, after, 80).encode()) < 24


def test_nothing_in_a_cell_commands_the_terminal() -> None:
    painter = frame()
    hostile = "a\x1b]0;t\x07\x9b2Jb\x00\u202ec\nd\x7f\u2066"
    link = Style(link="https://example.com/\x1b]52;c;AAAA\x07")
    place(painter, [[Segment(hostile, Style.null()), Segment("link", link)]], 60)
    output = painter.flush()
    allowed = output.replace("\x1b[1H", "").replace("\x1b[K", "").replace("\x1b[m", "")
    assert not any(character < " " or "\x7f" <= character <= "\x9f" for character in allowed.replace("\x1b[", "["))
    assert "\x1b]" not in output
    assert "\u202e" not in output


def test_a_link_is_opened_and_closed_with_one_id() -> None:
    link = Style(link="https://example.com/")
    painter = frame()
    place(painter, [[Segment("a link", link), Segment(" here")], [Segment("goes on", link), Segment("    ")]], 11)
    output = painter.flush()
    assert output.count("\x1b]8;id=0;https://example.com/\x1b\\") == 2
    assert output.count("\x1b]8;;\x1b\\") == 2


@pytest.mark.parametrize("cluster", ["👩‍👧", "❤️", "1️⃣", "☰", "䷀", "𝌀", "㉈", "\U0001fae8"])
def test_after_a_character_of_uncertain_width_the_place_is_told(cluster: str) -> None:
    painter = frame()
    width = 10 + cell_len(cluster)
    place(painter, [[Segment(f"ab{cluster}cdefghij")]], width)
    assert f"{cluster}\x1b[{3 + cell_len(cluster)}Gcdefghij" in painter.flush()


@pytest.mark.parametrize(
    "emoji",
    "\U0001f6d6\U0001f90c\U0001f972\U0001fa83\U0001fad6\U0001f979\U0001f7f0\U0001fae0\U0001f6dc\U0001fae8"
    "\U0001fa89\U0001fae9\U0001f6d8\U0001faea\U0001f8ff",
)
def test_an_emoji_that_older_terminals_do_not_know_is_of_uncertain_width(emoji: str) -> None:
    """From every Unicode since 13, and one of the future: the Python that runs this may know them all, or few."""
    assert is_disputed(emoji)


def test_emoji_that_are_known_everywhere_cost_nothing_more() -> None:
    painter = frame()
    place(painter, [[Segment("a😀b🚀c🥰d🪐e🇩🇪f")]], cell_len("a😀b🚀c🥰d🪐e🇩🇪f"))
    assert "a😀b🚀c🥰d🪐e" in painter.flush()


def test_every_emoji_that_this_python_does_not_know_is_of_uncertain_width() -> None:
    unknown = [chr(code) for code in range(0x1F000, 0x1FB00) if unicodedata.category(chr(code)) == "Cn"]
    assert [emoji for emoji in unknown if not is_disputed(emoji)] == []


@pytest.mark.parametrize("cluster", ["👩‍🚀", "❤️", "☰", "䷀", "㉈"])
def test_a_character_of_uncertain_width_stands_in_the_last_column(cluster: str) -> None:
    row = "abcdefghij"[: 10 - cell_len(cluster)]
    painter, terminal = frame(), unwrapped(10, 1)
    for text in ("·" * 10, row + cluster):
        place(painter, [[Segment(text)]], 10)
        terminal.feed(painter.flush())
    shown = [cell[0] for cell in terminal.seen()[0]]
    assert shown[: len(row)] == list(row)
    assert cluster.startswith(shown[len(row)])


def test_a_spacing_mark_takes_a_cell_and_what_follows_is_told_its_place() -> None:
    painter = frame()
    place(painter, [[Segment("कीमत")]], cell_len("कीमत"))
    assert cell_len("कीमत") == 4
    assert painter.flush() == "\x1b[m\x1b[1Hक \x1b[Dी\x1b[3Gमत"
    place(painter, [[Segment("कामत")]], 4)
    assert "क \x1b[Dा" in painter.flush()  # alone it would stand on whatever was sent before


def test_a_blank_of_east_asia_takes_both_of_its_cells() -> None:
    painter = frame()
    place(painter, [[Segment("日本\u3000語\u2003x")]], 10)
    assert "日本\u3000語 x" in painter.flush()


def test_nothing_old_is_left_in_the_cells_of_a_joined_emoji() -> None:
    painter = frame()
    place(painter, [[Segment("xyz and on")]], 10)
    painter.flush()
    place(painter, [[Segment("🏳️‍🌈z and on")]], 10)
    output = painter.flush()
    assert output.startswith("\x1b[1H  \x1b[2D🏳️‍🌈\x1b[3Gz and ")


def test_without_colours_what_stood_out_is_reversed() -> None:
    painter = frame(colourless=True)
    row = [Segment("plain", Style.parse("white on #121212")), Segment("cursor", Style.parse("bold white on #0178d4"))]
    place(painter, [row], 11)
    output = painter.flush()
    assert "38;" not in output
    assert "48;" not in output
    assert "plain\x1b[1;7mcursor" in output
