"""After a change of the theme every pane has its colours, as if the program had begun with it."""

from tests.screens.browsing import Browsing, browsing, time_stands_still
from tests.screens.pictures import still
from tests.screens.test_pictures import project, ready
from tests.servers import ScriptedServer
from tui.widgets.themes import THEMES

SIZE = (130, 32)
NAMES = [theme.name for theme in THEMES]


async def by_palette(it: Browsing, theme: str) -> None:
    await it.press("colon")
    await it.until_seen("Enter")
    await it.type(f"Theme: {theme}")
    await it.until(lambda: it.has(theme))
    await it.press("enter")
    await it.until(lambda: it.app.theme == theme)


async def by_setting(it: Browsing, theme: str) -> None:
    it.app.theme = theme
    await it.worked_through()


async def cells_of(it: Browsing) -> list[str]:
    """The lines of the screen, each of words with their looks."""
    await it.until(lambda: it.screen.is_active)
    return (await still(it, _cells)).splitlines()


def _cells(it: Browsing) -> str:
    lines = (" ".join(f"{text!r}:{style}" for text, style, _ in strip.simplify()) for strip in it.strips)
    return "\n".join(lines)


async def reading(it: Browsing) -> None:
    await ready(it)
    await it.press("enter", "right_curly_bracket", "enter")
    await it.until_read("input parameters")
    await it.until(lambda: it.screen.project.seen)  # its name in the list is faint from then on


async def test_all_panes_take_the_colours_of_each_theme(server: ScriptedServer) -> None:
    server.answer(project())
    changes = [*((by_palette, theme) for theme in NAMES), *((by_setting, theme) for theme in reversed(NAMES))]
    with time_stands_still():
        expected = {}
        for theme in NAMES:
            async with browsing(server, size=SIZE, theme=theme) as it:
                await reading(it)
                expected[theme] = await cells_of(it)
        assert len({"".join(lines) for lines in expected.values()}) == len(THEMES)
        async with browsing(server, size=SIZE, theme=NAMES[-1]) as it:
            await reading(it)
            for change, theme in changes:
                await change(it, theme)
                assert await cells_of(it) == expected[theme], (change, theme)
