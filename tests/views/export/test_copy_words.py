"""Before a text is pasted, what it may do there is said."""

import pytest

from tui.views.export.copy_words import paste_warning


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plain 日本語 ⚠️ 葛\U000e0100城市", ""),
        ("rm -rf\x1b[2J", "control characters"),
        ("字" + "字".join(map(chr, range(0xE0100, 0xE0120))), "control characters"),
        ("葛\U000e0100城\U000e0100" * 4, "variants of letters"),
    ],
)
def test_what_hides_something_is_named(text: str, words: str) -> None:
    assert words in paste_warning(text)
    assert bool(words) is bool(paste_warning(text))
