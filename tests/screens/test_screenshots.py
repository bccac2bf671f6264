"""The pictures of the README are those of the program as it is, and need no network."""

import re

from tests.make_screenshots import FOLDER, make_pictures


async def test_the_pictures_are_not_stale_and_ask_no_host_for_anything() -> None:
    for name, svg in (await make_pictures()).items():
        kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
        assert kept == svg, f"{name}.svg is stale: run make screenshots"
        assert set(re.findall(r"https?://[\w.-]+", svg)) == {"http://www.w3.org"}
        assert "@font-face" not in svg
