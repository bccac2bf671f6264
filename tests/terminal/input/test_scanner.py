"""What is typed comes out in order; pastes are whole; what is no key never becomes one, however it arrives."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Paste

from tui.terminal.input.scanner import ANSWER_LIMIT, PASTE_LIMIT, PATIENCE, SEQUENCE_LIMIT, InputScanner

BEGIN, END = "\x1b[200~", "\x1b[201~"
DELAY = 0.025
PIECES = st.sampled_from([
    "\x1b", "\x1b[", "\x1bO", "\x1b]", "\x1bP", "\x1b\\", "\x07", "\x18", ";", ":", "1", "48", "1114112", "t", "u", "m",
    "M", "~", "$", "<", "?", " ", "a", "j", "é", "\x9b", "\x90", "\x9c", "\x8f", "\x85", "\x00", "\x7f", BEGIN, END,
    "9" * 300, "1;" * 50, "\x1b[A", "\x1b[<0;1;1M",
])  # fmt: skip
SENT = st.lists(PIECES, max_size=30).map("".join)
CUTS = st.lists(st.integers(0, 10_000), max_size=8)
TEXT = st.text(st.sampled_from("ab\x1b[20~1\x00\x07\r\n")).filter(lambda text: END not in text)


def cut(text: str, places: list[int]) -> Iterator[str]:
    """The text in pieces."""
    ends = sorted(place % (len(text) + 1) for place in places)
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        yield text[start:end]


def scanned(chunks: Iterator[str], scanner: InputScanner) -> list[str | tuple[str]]:
    """What came of the chunks, text in single characters and pastes as tuples."""
    found: list[str | tuple[str]] = []
    for chunk in chunks:
        for piece in scanner.take(chunk):
            found += [(piece.text,)] if isinstance(piece, Paste) else [piece] if "\x1b" in piece else piece
    return found


@given(SENT, CUTS)
def test_it_makes_no_difference_how_it_arrives(sent: str, places: list[int]) -> None:
    whole, torn = InputScanner(DELAY), InputScanner(DELAY)
    assert scanned(cut(sent, places), torn) == scanned(iter([sent]), whole)
    assert [*torn.let_go()] == [*whole.let_go()] or BEGIN in sent
    assert torn.patience is None


@given(SENT, CUTS)
def test_a_sequence_is_short_and_stands_alone(sent: str, places: list[int]) -> None:
    for piece in scanned(cut(sent, places), InputScanner(DELAY)):
        if isinstance(piece, str) and "\x1b" in piece:
            assert piece.rindex("\x1b") == 0
            assert len(piece) <= SEQUENCE_LIMIT


@given(TEXT, TEXT, TEXT, CUTS)
def test_a_paste_is_one_event_in_its_place_however_it_arrives(
    before: str, pasted: str, after: str, places: list[int]
) -> None:
    # An end that begins inside the pasted text is found there, as by any terminal program.
    if (pasted + END).index(END) != len(pasted) or (before + BEGIN).index(BEGIN) != len(before) or BEGIN in after:
        return
    found = scanned(cut(f"{before}{BEGIN}{pasted}{END}{after}", places), InputScanner(DELAY))
    at = found.index((pasted,))
    assert (
        found[:at] == [*scanned(iter([before]), scanner := InputScanner(DELAY)), *scanner.let_go()] or "\x1b" in before
    )
    assert found[at + 1 :] == scanned(iter([after]), InputScanner(DELAY))


@pytest.mark.parametrize(
    "keys", ["j", "\x1bj", "\x1b[A", "\x1b[1;5A", "\x1bOP", "\x1b[[A", "\x1b[23$", "\x1b[97;5u", "\x1b[27;5;9~"]
)
def test_keys_pass_at_once(keys: str) -> None:
    scanner = InputScanner(DELAY)
    assert list(scanner.take(keys)) == [keys]
    assert scanner.patience is None


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[1114112u", "\x1b[99999999999999999999u", "\x1b[:::u", "\x1b[97;;1114112u", "\x1b[27;5;1114112~",
        "\x1b[55296u", "\x1b[" + "1;" * 2000 + "m", "\x1b]11;" + "x" * 100_000 + "\x07",
        "\x1bP" + "y" * 100_000 + "\x1b\\", "\x1b[?2048;2$y", "\x1b[1 q", "\x1b[M\xff\xff\xff", "\x1b]0;title\x07",
        "\x1b_Gi=1;OK\x1b\\", "\x1b_Gi=31;ENOENT:qqq\x1b\\", "\x1b^qqq\x1b\\", "\x1bXqqq\x1b\\", "\x1bPqqq\x1b\\",
        "\x1b[?62;1;4;22c", "\x1b[>41;379;0c", "\x1bP!|00000000\x1b\\", "\x1bP>|XTerm(379)\x1b\\", "\x1b[?1u",
        "\x1bP1$r0m\x1b\\", "\x1bP1+r544e=78\x07", "\x1b]10;rgb:ff/ff/ff\x07", "\x1b]4;1;rgb:cc/00/00\x1b\\",
        "\x1b]52;c;cXFx\x07", "\x1b[<0;99999999;5M", "\x1b[<0;5M", "\x1b[?997;1n", "\x1b]lqqq\x1b\\",
        "\x1b[106;0u", "\x1b[106;0:1u", "\x1b[1;0A", "\x1b[3;00~", "\x1b[1\x7f06u", "\x1b[106;1\x7f\x7fu", "\x9b1\x7fA",
        "\x90>|foot\x9c", "\x9d11;rgb:0/0/0\x9c", "\x9f\x9c", "\x9b?62;22c", "\x9b1114112u", "\x85", "\x9c",
    ],
)  # fmt: skip
@pytest.mark.parametrize("places", [[], [3], [2000, 5000, 9000]])
def test_what_cannot_be_read_or_is_too_long_is_dropped(sequence: str, places: list[int]) -> None:
    scanner = InputScanner(DELAY)
    assert scanned(cut(f"a{sequence}b", places), scanner) == ["a", "b"]
    assert scanner.patience is None


@pytest.mark.parametrize("begun", ["\x1b", "\x1b[", "\x1bO", "\x1b]"])
def test_what_may_be_a_key_waits_no_longer_than_one(begun: str) -> None:
    scanner = InputScanner(DELAY)
    assert list(scanner.take(f"a{begun}")) == ["a"]
    assert scanner.patience == DELAY
    assert list(scanner.let_go()) == [begun]
    assert scanner.patience is None


@pytest.mark.parametrize("begun", ["\x1b[20", "\x1b[1;", "\x1b]11;rgb:", "\x1bP" + "x" * 10_000, "\x1b[M!"])
def test_the_begin_of_a_sequence_waits_for_its_rest_and_is_dropped_without_it(begun: str) -> None:
    scanner = InputScanner(DELAY)
    assert list(scanner.take(begun)) == []
    assert scanner.patience == PATIENCE
    assert list(scanner.let_go()) == []
    assert list(scanner.take("j")) == ["j"]


def test_an_answer_is_offered_and_no_key_and_what_begins_like_it_waits() -> None:
    offered: list[str] = []

    def take(sequence: str) -> bool:
        offered.append(sequence)
        return True

    scanner = InputScanner(DELAY, take, lambda: True)
    assert list(scanner.take("j\x1b]")) == ["j"]
    assert scanner.patience == PATIENCE
    assert list(scanner.take("11;rgb:0/0/0\x1b")) == []
    assert list(scanner.take("\\k\x1b[?62c\x1b]11;" + "x" * ANSWER_LIMIT + "\x07")) == ["k"]
    assert offered == ["\x1b]11;rgb:0/0/0\x1b\\", "\x1b[?62c"]


def test_nothing_of_a_paste_is_let_go_as_a_key() -> None:
    scanner = InputScanner(DELAY)
    assert list(scanner.take(f"{BEGIN}a\x1b")) == []
    assert scanner.patience == PATIENCE
    [paste] = scanner.take(f"q{END}")
    assert isinstance(paste, Paste)
    assert paste.text == "a\x1bq"


def test_an_escape_and_then_nothing_ends_a_paste_that_has_no_end() -> None:
    scanner = InputScanner(DELAY)
    assert list(scanner.take(f"{BEGIN}jjj")) == []
    assert list(scanner.take("\x1b")) == []
    [paste] = scanner.let_go()
    assert isinstance(paste, Paste)
    assert paste.text == "jjj"
    assert list(scanner.take("q")) == ["q"]


@pytest.mark.parametrize("key", ["q", "\r", "\x03", "\x1b[A"])
def test_a_paste_that_has_no_end_is_told_after_a_silence_and_one_key_goes_on_behind_it(key: str) -> None:
    scanner = InputScanner(DELAY)
    assert list(scanner.take(f"{BEGIN}jjj")) == []
    assert scanner.patience == PATIENCE
    [paste] = scanner.let_go()
    assert isinstance(paste, Paste)
    assert paste.text == "jjj"
    assert scanner.patience is None
    assert list(scanner.take(key)) == [key]


def test_a_paste_over_a_line_that_stalls_goes_on_and_nothing_of_it_is_a_key() -> None:
    scanner = InputScanner(DELAY)
    chunks = [f"{BEGIN}one ", "two ", f"q{END}", "q"]
    told = []
    for chunk in chunks:
        told += [*scanner.take(chunk), *scanner.let_go()]
    assert [piece.text if isinstance(piece, Paste) else piece for piece in told] == ["one ", "two ", "q", "q"]
    silent = InputScanner(DELAY)
    assert [*silent.take(f"{BEGIN}one"), *silent.let_go(), *silent.take(END)][1:] == []
    assert list(silent.take("j")) == ["j"]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x9bA", ["\x1b[A"]),
        ("\x8fP", ["\x1bOP"]),
        ("\x1b\x9bB", ["\x1b", "\x1b[B"]),
        ("\x9b<0;3;4M", ["\x1b[<0;3;4M"]),
        ("\x9b200~a\x1b[A\x9b201~j", [("a\x1b[A",), "j"]),
    ],
)
def test_sequences_may_begin_with_one_control_character(sent: str, keys: list[str]) -> None:
    scanner = InputScanner(DELAY)
    assert scanned(iter(sent), scanner) == keys
    assert scanner.patience is None


def test_an_endless_paste_is_not_kept_for_ever() -> None:
    scanner = InputScanner(DELAY)
    assert list(scanner.take(BEGIN + "x" * PASTE_LIMIT)) == []
    [paste] = scanner.take("y" * 10 + END)
    assert isinstance(paste, Paste)
    assert paste.text == "x" * PASTE_LIMIT
