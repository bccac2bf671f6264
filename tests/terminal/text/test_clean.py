"""Whatever a stranger wrote, nothing of it reaches the terminal as a command, and ordinary text stays."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.text.clean import MARK_LIMIT, clean, clean_line, has_controls, has_many_variants, prepare
from tui.terminal.text.sequences import BESIDE, allowed
from tui.terminal.text.unassigned import not_in_unicode

ORDINARY = [
    "Invoice is wrong twice",
    "two\nlines, and a trailing one\n",
    "Größe, naïve, Ελληνικά, Українська",
    "日本語のテキスト　全角",
    "مرحبا بالعالم",
    "می‌خواهم کار‌ها ه‍ هجری",  # ZWNJ in Persian, ZWJ where a letter is to look as if joined
    "שָׁלוֹם",
    "क्षि क्‍ष ശ്രീ ന്‍ র‍্য ක්‍ෂ",  # ZWJ after a virama, and before one
    "สวัสดีชาวโลก น้ำ",
    "Việt Nam, e\u0301te\u0302\u0323",
    "👩‍👩‍👧‍👦 👍🏽 ❤️ ☎︎ 1️⃣ #️⃣ 🇩🇪 🏳️‍🌈 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "葛\U000e0100城市 辻\U000e0101さん 渡邉\U000e0102 \u1828\u180b",
    "🏴\u200d☠\ufe0f 🐻\u200d❄️ 🧑🏻\u200d❤️\u200d💋\u200d🧑🏿",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ☝🏽 ☝️🏽 \U0001fae8",
    "ᄒᆞᆫ글 각",
    "⡇⠀⠀⢸\n⠀⠀⠀⠀",  # a picture in Braille
    "≨\ufe00 朗\ufe02 。\ufe00",
    "\u06dd ١٢٣ \uf0b7 private",
    "no\u00a0break, thin\u2009space, « 1\u202f234 »",
    "[bold]not markup[/] [@click=app.quit]x[/]",
]

SHOWN = {
    "\x1b]0;title\x07": "^[]0;title^G",
    "\x1b[2J": "^[[2J",
    "\x9b2J": "<U+009B>2J",
    "\x9d52;c;AAAA\x9c": "<U+009D>52;c;AAAA<U+009C>",
    "end\x1b": "end^[",
    "a\x00b\x7f": "a^@b^?",
    "over\rwrite": "over^Mwrite",
    "\x08\x08": "^H^H",
    "abc\u202edef": "abc<U+202E>def",
    "\u2066x\u2069": "<U+2066>x<U+2069>",
    "zero\u200bwidth": "zero<U+200B>width",
    "soft\u00adhyphen": "soft<U+00AD>hyphen",
    "\ufeffbom": "<U+FEFF>bom",
    "a\u200db": "a<U+200D>b",
    "a\ufe0fb": "a<U+FE0F>b",
    "👍\u200dx": "👍<U+200D>x",
    "م\u200c\u200cن": "م<U+200C><U+200C>ن",
    "A\U000e0041\U000e0042": "A<U+E0041><U+E0042>",
    "🏴\U000e0067\U000e0062": "🏴<U+E0067><U+E0062>",
    "x\U000e0150": "x<U+E0150>",
    # what Unicode has not registered, or what joins nothing
    "葛\U000e0120 漢\ufe02 字\U000e01ef": "葛<U+E0120> 漢<U+FE02> 字<U+E01EF>",
    "1\ufe0f2\ufe0e 0\ufe00": "1<U+FE0F>2<U+FE0E> 0<U+FE00>",
    "🤖\ufe0f 😀\u200d😀 👦\u200d👩": "🤖<U+FE0F> 😀<U+200D>😀 👦<U+200D>👩",
    "क\u200cख ١\u200c٢ ب\u200dب ᠠ\u180f": "क<U+200C>ख ١<U+200C>٢ ب<U+200D>ب ᠠ<U+180F>",
    "م\u200dx\u200d\u200dم": "م\u200dx<U+200D><U+200D>م",
    "a\U00016fe4b\u070fc\U0001107f": "a<U+16FE4>b<U+070F>c<U+1107F>",
    "half \ud83d": "half <U+D83D>",
    "a\u2028b\u2029c\u0085d": "a<U+2028>b<U+2029>c<U+0085>d",
    "hangul\u3164filler": "hangul<U+3164>filler",
    # a channel for hidden text: a character that may take one selector, followed by many
    "葛\U000e0100\U000e0101\U000e0102": "葛\U000e0100<U+E0101><U+E0102>",
    "漢\ufe05😀\ufe00": "漢<U+FE05>😀<U+FE00>",
    "🏴\U000e0061\U000e0062\U000e0063\U000e007f": "🏴<U+E0061><U+E0062><U+E0063><U+E007F>",
    "a" + "\u1161" * 20: "a" + "\u1161" * MARK_LIMIT + f"<+{20 - MARK_LIMIT} marks>",
    "\u1161x": "◌\u1161x",
    "🏻 a🏽 👍🏽🏽": "<U+1F3FB> a<U+1F3FD> 👍🏽<U+1F3FD>",
    # tmux shows nothing in place of these
    "a\u0378\u0379b": "a<U+0378><U+0379>b",
    "a\U0001fffe\U0010ffff\U000e1000b": "a<U+1FFFE><U+10FFFF><U+E1000>b",
    "\U00012fff": "<U+12FFF>",
    "a\u2800b": "a<U+2800>b",
    "a\U0001d159b": "a<U+1D159>b",
    "\u0301x": "◌\u0301x",
    "x\n\u0301y": "x\n◌\u0301y",
    "a" + "\u0301" * 20: "a" + "\u0301" * MARK_LIMIT + f"<+{20 - MARK_LIMIT} marks>",
}

hostile = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"]),
        st.sampled_from(
            "\u200c\u200d\ufe0f\ufe0e\u0301\u094d\u20e3\t\r\n\x1b👩🏴❤1aم日\U000e0067\U000e007f\u180b🏽\u1161\u2800⠁\ufe00\U000e0101"
        ),
    )
)


def forbidden(character: str) -> bool:
    """Written anew, from the Unicode categories, to check the table in the code."""
    if character in "\n\u200c\u200d" or character in "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2":
        return False
    if character in "\u0890\u0891\U000110bd\U000110cd" or "\U000e0000" <= character <= "\U000e0fff":
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
    assert not has_controls(text)


@pytest.mark.parametrize(("text", "shown"), SHOWN.items())
def test_controls_and_invisible_characters_are_shown(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert has_controls(text)


@pytest.mark.parametrize("carrier", "日葛漢あ。😀❤م١कᠠ1a")
def test_no_byte_can_be_hidden_behind_a_letter(carrier: str) -> None:
    selectors = [*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))]
    for character in (*selectors, *map(chr, range(0xE0000, 0xE0080)), *"\u200b\u200c\u200d\u2060\u180b\u180c"):
        assert clean(carrier + 2 * character).count(character) <= 1
    assert sum(selector in clean(carrier + selector) for selector in selectors) <= 16


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("葛\U000e0100城市の辻\U000e0101さんと渡邉\U000e0102さん", False),
        ("می‌خواهم کتاب‌ها را به خانه‌ها ببریم و می‌خواهیم نامه‌ها را بخوانیم و می‌رویم" * 3, False),
        ("⚠️ " * 50 + "👩‍👩‍👧‍👦" * 50, False),
        ("a line\n" + "葛\U000e0100城\U000e0100" * 4, True),
        ("葛\U000e0100城\n" * 20, True),
        ("葛\U000e0100城市の男\n" * 20, False),
        ("بب\u200c" * 8 + "ب", True),
    ],
)
def test_more_variants_than_a_text_has_are_noticed(text: str, many: bool) -> None:
    assert clean(text) == text
    assert has_many_variants(text) is many


def test_every_control_and_format_character_of_unicode_is_shown() -> None:
    for code in range(0x110000):
        if forbidden(chr(code)) and chr(code) != "\t":
            assert chr(code) not in clean(f"a{chr(code)}b"), hex(code)


@given(hostile)
def test_nothing_forbidden_comes_out_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert not [character for character in cleaned if forbidden(character)]
    assert clean(cleaned) == cleaned
    assert not has_controls(cleaned)
    cleaned.encode()


@given(hostile)
def test_stacks_of_marks_are_bounded(text: str) -> None:
    runs = re.split(r"[^\u0300-\u036f]", clean(text + "a" + "\u0302" * 9))
    assert max(map(len, runs)) <= MARK_LIMIT


@given(hostile, st.integers(1, 40))
def test_a_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert not [character for character in line if forbidden(character)]


def test_a_line_that_is_cut_says_so() -> None:
    assert clean_line("a longer name", 6) == "a lon…"
    assert clean_line("fits", 4) == "fits"
    assert clean_line("x" + "\u0301" * 5000, 40).endswith("…")


@given(st.text(st.sampled_from("ab日👍é\t")))
def test_tabs_reach_the_next_stop_counted_in_cells(text: str) -> None:
    cleaned = clean(text)
    assert "\t" not in cleaned
    at = 0
    for part in text.split("\t")[:-1]:
        at += cell_len(part)
        at += 4 - at % 4
    assert cell_len(cleaned) == at + cell_len(text.split("\t")[-1])


def test_everything_that_unicode_does_not_know_is_shown_but_for_emoji_that_may_be_newer() -> None:
    unknown = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cn"]
    kept = [
        one for one in unknown if not "\U0001f000" <= one <= "\U0001fb00" and one < "\U00020000" and one in clean(one)
    ]
    assert kept == []


def test_spaces_of_every_kind_cost_no_look_through_unicode() -> None:
    spaces = "".join(chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Zs")
    not_in_unicode.cache_clear()
    assert clean(f"«{spaces}1\u202f234\u2009€ »\n\tc’est tout") == f"«{spaces}1\u202f234\u2009€ »\n    c’est tout"
    assert not_in_unicode.cache_info().currsize == 0


def test_once_prepared_no_text_waits_for_a_look_through_unicode() -> None:
    not_in_unicode.cache_clear()
    prepare()
    clean("👩\u200d🚀 می\u200cخواهم \u0378")
    assert not_in_unicode.cache_info().misses == 1


def test_windows_line_ends_become_line_feeds() -> None:
    assert clean("a\r\nb\r\n") == "a\nb\n"
    assert not has_controls("a\r\n\tb\r\n")


@pytest.mark.parametrize(
    "unit",
    [
        "\u1161",
        "葛\U000e0101",
        "\u0378",
        "🏽",
        "\u2800",
        "\u0301",
        "\u200d",
        "👍\u200d",
        "\x1b[",
        "\t日",
        "\U000e0067",
        "◌\n\u0301",
        "क्\u200d",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Eight times the text costs about eight times as much; a quadratic step would cost sixty-four times."""

    def cost(size: int) -> float:
        text = unit * size
        best = []
        for _ in range(5):
            start = time.process_time()
            clean(text)
            best.append(time.process_time() - start)
        return min(best)

    clean(unit)
    assert cost(32_000) < 32 * cost(4_000) + 0.002


@given(
    st.lists(st.sampled_from([*"".join(ORDINARY), "\u0301", "\u0300", "\u200d", "\u200c"]), min_size=1, max_size=40),
    st.integers(0, 39),
)
def test_whether_a_character_is_allowed_is_said_by_a_few_beside_it(letters: list[str], at: int) -> None:
    text, at = "".join(letters), at % len(letters)
    begin = max(0, at - BESIDE)
    assert allowed(text, at) == allowed(text[begin : at + 1 + BESIDE], at - begin)
