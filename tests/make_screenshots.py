"""Makes the pictures of the README from the demo, with a fixed seed and a fixed clock.

python -m tests.make_screenshots            writes screenshots/*.svg
python -m tests.make_screenshots --check    writes nothing, and fails where a picture is not what it would write
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from tests.screens.browsing import NOW, Browsing, browsing, time_stands_still
from tests.screens.pictures import still_picture
from tui.config.settings import ReviewSettings
from tui.demo.database import Database
from tui.demo.project import Recipe, build_database
from tui.demo.server import DemoServer
from tui.screens.compare.screen import CompareScreen
from tui.screens.queue.screen import QueueScreen
from tui.store.load import Ready
from tui.terminal.process.environment import Surroundings

FOLDER = Path(__file__).parent.parent / "screenshots"
_ENVIRONMENT = {"TZ": "UTC", "TERM": "xterm-256color", "COLORTERM": "truecolor"}


async def _main_screen(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("slash", *_TEXT, "enter")
    await it.until_seen(f'"{_TEXT}" ×')
    await it.until_quiet()
    await it.press("down", "down")
    await it.until_followed()


async def _filter_drawer(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("t")
    await it.until(lambda: isinstance(it.screen.project.tags, Ready))  # and not those of the loaded rows
    await it.until_quiet()
    await it.press("down", "down", "down", "space")
    await it.until_seen("[x]")
    await it.until_quiet()
    await it.until_followed()


async def _tool_call(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("enter", "right_curly_bracket", "right_curly_bracket", "enter")
    await it.until_read("input parameters")


async def _tools(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("L")
    await it.until_seen("Tools 1/", "Failures 1/", "R reads the rest")
    await it.press("R")
    await it.until_seen("all read")
    await it.until(lambda: " … " not in it.text)


async def _error(it: Browsing, server: DemoServer) -> None:
    await _loaded(it)
    await asyncio.to_thread(server.stop)
    await it.press("end")
    await it.until_seen("The service cannot be reached", "r tries again")


async def _sorted_columns(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("d", "z", "o", "f", "R")
    await it.until_seen("by failed calls", "all read")
    await it.press("home")
    await it.until_quiet()


async def _sorted(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("z", "o", "t")
    await it.until_seen("by tokens", "reads the rest")
    await it.press("home")
    await it.until_quiet()


async def _line_with_an_error(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("slash", *"refund fail:>0")
    await it.until_seen("There is no term")
    await it.until_quiet()


async def _loaded(it: Browsing) -> None:
    await it.until_seen("conversations ·")
    await it.until(lambda: len(it.filter._tags) > 1)
    await it.until(lambda: it.screen.project.people)
    await it.until(lambda: it.screen.project.feedback.has_any)
    await it.until_quiet()
    await it.until_followed()


_TEXT = "refund"


async def _agent_page(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("down", "enter", "A")
    await it.until_seen("Project brief")


async def _comparison(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("slash", *"question:*gross*fall*", "enter", "R")
    await it.until_seen("all read")
    await it.until_quiet()
    await it.press("home", "space", "space", "D")
    await it.until(lambda: isinstance(it.app.screen, CompareScreen))
    await it.until_seen("difference 1/")


async def _feedback(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.until_seen("to review")
    await it.press("slash", *"feedback:negative", "enter", "R")
    await it.until_seen("all read")
    await it.press("enter", "c")
    await it.until_read("Thumbs down")


async def _queue(it: Browsing, _server: DemoServer) -> None:
    await _loaded(it)
    await it.press("slash", *"tag:refund failed:>0", "enter", "R")
    await it.until_seen("all read")
    await it.until_quiet()
    await it.press("Q")
    for number, keys in enumerate(("p", "f1", "p", "p", "s3"), 1):
        await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.app.screen.context.judging.conversation)
        await it.press(*keys)
        await it.until_seen(f" {number}/")
    await it.until(lambda: isinstance(it.app.screen, QueueScreen) and it.app.screen.context.judging.conversation)


async def _queue_asks_why(it: Browsing, server: DemoServer) -> None:
    await _queue(it, server)
    await it.press("i", *"its token had expired", "enter", "f")
    await it.until_seen("fail: why")


Scene = Callable[[Browsing, DemoServer], Awaitable[None]]
SCENES: dict[str, tuple[Scene, tuple[int, int]]] = {
    "main": (_main_screen, (130, 36)),
    "filter-drawer": (_filter_drawer, (80, 24)),
    "tool-call": (_tool_call, (130, 36)),
    "agent": (_agent_page, (100, 36)),
    "feedback": (_feedback, (110, 32)),
    "queue": (_queue, (120, 36)),
    "queue-small": (_queue_asks_why, (80, 24)),
    "tools": (_tools, (130, 36)),
    "error": (_error, (100, 30)),
    "columns": (_sorted_columns, (120, 36)),
    "sorted": (_sorted, (80, 24)),
    "compare": (_comparison, (130, 32)),
    "find-error": (_line_with_an_error, (80, 24)),
}

_JUDGED = (_queue, _queue_asks_why)
"""Scenes in which verdicts are written."""


async def make_pictures(names: Iterable[str] = SCENES) -> dict[str, str]:
    """Pictures by name: all, unless some are asked for."""
    database = build_database(Recipe(now=NOW.timestamp()))
    try:
        with time_stands_still():
            return {name: await _shoot(database, *SCENES[name]) for name in names}
    finally:
        database.close()


async def _shoot(database: Database, scene: Scene, size: tuple[int, int]) -> str:
    server = DemoServer(database, token="demo", remember=False)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            around = Surroundings(data_folder=Path(folder)) if scene in _JUDGED else None
            async with browsing(server, size=size, surroundings=around, review=ReviewSettings(name="ana")) as it:
                await scene(it, server)
                return await still_picture(it)
    finally:
        server.stop()


def main() -> int:
    """Write the pictures, or say which are stale."""
    parser = argparse.ArgumentParser(prog="python -m tests.make_screenshots", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a picture is stale")
    check = parser.parse_args().check
    os.environ.pop("NO_COLOR", None)
    os.environ.update(_ENVIRONMENT)
    time.tzset()
    stale = []
    for name, svg in asyncio.run(make_pictures()).items():
        path = FOLDER / f"{name}.svg"
        if not path.exists() or path.read_text(encoding="utf-8") != svg:
            stale.append(path.name)
            if not check:
                path.write_text(svg, encoding="utf-8")
    if stale:
        print(("Stale: {}. Run make screenshots." if check else "Written: {}.").format(", ".join(stale)))
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
