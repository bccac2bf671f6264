"""How conversations are judged, as the config file says: checked at the start, with the line of what is wrong."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.errors import ConfigFileError
from tui.config.profiles import read_config
from tui.config.review import review_in
from tui.config.settings import Flags, ReviewKey, ReviewSettings
from tui.config.show import describe

OURS = """
theme = "dark"

[review]
name = "ana"
skip = "later"
no_reasons = ["good"]
labels = { p = "good", f = "bad", s = "later" }

[review.reasons]
t = "tool"
1 = "tone"
"""


def test_what_it_says_is_taken_and_what_it_leaves_out_is_as_usual(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(OURS)
    review = read_config(path, required=True).review
    assert review == ReviewSettings(
        "ana",
        (ReviewKey("p", "good"), ReviewKey("f", "bad"), ReviewKey("s", "later")),
        (ReviewKey("t", "tool"), ReviewKey("1", "tone")),
        ("good",),
        "later",
    )
    assert review.wants_reason("bad")
    assert not review.wants_reason("good")
    shown = dict(describe(Flags(config=str(path)), {}))
    assert (shown["reviewer"], shown["labels"], shown["reasons"]) == (
        "ana", "p good, f bad, s later", "t tool, 1 tone"
    )  # fmt: skip
    path.write_text('[review]\nlabels = { a = "yes" }')
    assert read_config(path, required=True).review == ReviewSettings(
        labels=(ReviewKey("a", "yes"),), no_reasons=("yes",), skip=""
    )
    path.write_text("")
    assert read_config(path, required=True).review == ReviewSettings()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("review = 3", 1, "must be a table"),
        ("[review]\n\nlabel = 3", 3, "unknown key 'label'"),
        ("[review]\nname = 3", 2, "text in quotes"),
        ('[review]\nname = "a\\u001b[31m"', 2, "control character"),
        ('[review]\n[review.labels]\np = "pass"\nj = "fail"', 4, "j in labels is used"),
        ('[review]\nlabels = { p = "pass", Q = "fail" }', 2, "Q in labels is used"),
        ('[review]\nlabels = { p = "pass", 1 = "fail" }', 2, "'1' in labels is no key"),
        ('[review]\nlabels = { p = "pass", "ab" = "fail" }', 2, "'ab' in labels is no key"),
        ('[review]\nlabels = { p = "pass", f = "pass" }', 2, "'pass' stands twice"),
        ('[review]\nlabels = { p = "\\u009b31m" }', 2, "control character"),
        (f'[review]\nlabels = {{ p = "{"x" * 41}" }}', 2, "1 to 40 characters"),
        ("[review]\nlabels = { p = 3 }", 2, "p in labels must be text"),
        ("[review]\nlabels = {}", 2, "a table of 1 to 20"),
        ('[review]\nreasons = { 1 = "tool", i = "x" }', 2, "i in reasons is used"),
        ("[review]\nreasons = 1", 2, "reasons must be a table"),
        ('[review]\nno_reasons = "pass"', 2, "list of labels"),
        ('[review]\nno_reasons = ["good"]', 2, "'good' is no label"),
        ('[review]\nskip = "later"', 2, "'later' is no label"),
        ('[profiles.a]\nregion = "eu"\n\n[review]\nskip = "later"', 5, "'later' is no label"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigFileError) as caught:
        read_config(path, required=True)
    said = str(caught.value)
    assert words in said
    assert f"in line {line} of" in said
    assert "\x1b" not in said


def test_a_letter_twice_is_no_toml_and_its_line_is_said(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[review.labels]\np = "pass"\np = "fail"')
    with pytest.raises(ConfigFileError, match="line 3"):
        read_config(path, required=True)


@given(st.text(st.sampled_from('[]{}=.,"\\nreviewlabsp1 '), max_size=60))
def test_any_text_is_taken_or_refused_with_a_word(text: str) -> None:
    import tomllib

    try:
        tomllib.loads(text)
    except ValueError:
        return
    with suppress(ConfigFileError):
        assert isinstance(review_in("config.toml", text), ReviewSettings)
