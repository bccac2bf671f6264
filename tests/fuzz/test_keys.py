"""No text holds up a key: what one key costs at most, whatever stands in messages, in fences and in JSON."""

import gc
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from time import thread_time
from typing import Any

import pytest

from tests.fuzz.readers import PIECES
from tests.views.code.test_highlight import PIECES as CODE
from tests.views.transcript.histories import answer, document, message, tool
from tui.views.code.highlight import LONGEST_LINE
from tui.views.code.languages import NAMES
from tui.views.text.pages import ONE_PAGE
from tui.views.transcript.viewport import Viewport

MOST = 0.05
"""Seconds of the processor that the longest key may take."""

SLACK = 4
"""So many times slower than the machine that this was measured on another one may be."""

ODD = (
    "👩\u200d👩\u200d👧 ", "😀", "🇩🇪", "क्षेत्र ", "❤\ufe0f", "👍🏽", "\u1820\u180b", "می\u200cخواهم ",
    "🏴\U000e0067\U000e0062", "𝒳 ", "\n\u0301", "日本語の文章です。", "日\t",
)  # fmt: skip
"""Characters that are costly to clean and to measure."""

OCTETS = 10_000
FENCES = 5
GROUPS = 8


def _text(piece: str) -> str:
    """10 KB of it, in lines as long as those that have inks."""
    text = piece * (OCTETS // len(piece.encode("utf-8", "replace")))
    return "\n".join(text[at : at + LONGEST_LINE] for at in range(0, len(text), LONGEST_LINE))


def _histories(piece: str, languages: Iterator[str]) -> Iterator[list[dict[str, Any]]]:
    text = _text(piece)
    fences = "\n".join(f"```{language}\n{text}\n```" for language in islice(languages, FENCES))
    yield [message(text), answer(fences[: ONE_PAGE - 1])]
    yield [message("?"), answer(text), tool([{"text": text}], input_parameters={piece: text})]


def _longest_key(history: list[dict[str, Any]]) -> float:
    """Of those that open, leaf through, go to the ends and unfold everything, each with its rows."""
    made = document(history, grown=False)
    view = Viewport(made, 40)

    def rows() -> None:
        for place in view.rows():
            made.line(*place)

    def unfold(index: int) -> None:
        made.blocks[index].set_folded(False)
        made.changed(index)
        view.to_block(index)

    def seconds(key: Callable[[], object]) -> float:
        begin = thread_time()
        key()
        rows()
        return thread_time() - begin

    longest = seconds(lambda: made.grow(1.0, lines=80))
    while made.grow(0.004):
        pass
    for _ in range(2):
        longest = max(longest, *(seconds(lambda: view.page(39)) for _ in range(3)), seconds(view.to_last))
        longest = max(longest, seconds(view.to_first))
        for index in range(made.first_of_history, len(made.blocks)):
            longest = max(longest, seconds(lambda index=index: unfold(index)))  # type: ignore[misc]  # it takes none
    return longest


@pytest.fixture
def _without_garbage() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_without_garbage")
@pytest.mark.parametrize("group", range(GROUPS))
def test_no_text_holds_up_a_key(group: int) -> None:
    slow: list[str] = []
    languages = cycle(NAMES)
    for piece in [piece for piece in dict.fromkeys((*CODE, *PIECES, *ODD)) if "\ud800" not in piece][group::GROUPS]:
        for history in _histories(piece, languages):
            # Only what is slow again and again is slow by itself.
            if all(_longest_key(history) > SLACK * MOST for _ in range(3)):
                slow.append(piece)
    assert slow == []
