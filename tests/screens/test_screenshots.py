"""The pictures of the README are those of the program as it is, and need no network."""

import re
from collections.abc import Sequence

import pytest

from tests.make_screenshots import FOLDER, SCENES, make_pictures

_SOME = ("main", "queue-small", "error")


@pytest.mark.parametrize(
    "names",
    [_SOME, pytest.param([name for name in SCENES if name not in _SOME], marks=pytest.mark.long)],
    ids=["some", "rest"],
)
async def test_the_pictures_are_not_stale_and_ask_no_host_for_anything(names: Sequence[str]) -> None:
    for name, svg in (await make_pictures(names)).items():
        kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
        assert kept == svg, f"{name}.svg is stale: run make screenshots"
        without_words = re.sub(r"(<text\b[^>]*>)[^<]*", r"\1", svg)  # an answer may name its source
        assert set(re.findall(r"https?://[\w.-]+", without_words)) == {"http://www.w3.org"}
        assert "@font-face" not in svg
