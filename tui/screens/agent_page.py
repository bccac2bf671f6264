"""The page of what an agent was told, over the main screen, and its commands."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui.screens.delivery import copy_out
from tui.screens.keys import keys_of
from tui.screens.painting import paint_parts
from tui.terminal.adapter.screen import PaintedScreen
from tui.terminal.input.keymap import Command, Keymap
from tui.views.beside.agent_lines import AskedAgent, agent_lines, raw_text
from tui.views.beside.page import TextPageView
from tui.views.text.ink import Span
from tui.widgets.bars.key_bar import KeyBar
from tui.widgets.bars.pane_edge import PaneEdge
from tui.widgets.bindings import bindings_of
from tui.widgets.page_body import PageBody

_TITLE = "What the agent was told"


class AgentContext:
    """What the commands act on: the page, and what is asked for from it."""

    def __init__(self, asked: Callable[[], AskedAgent], again: Callable[[], object]) -> None:
        """`asked` tells what is known now; `again` asks the service again."""
        self.asked = asked
        self.again = again
        self.page = TextPageView(lambda look: agent_lines(asked(), look))


def scroll(screen: "AgentScreen", lines: int) -> None:
    """Move by lines."""
    screen.context.page.scroll(lines)


def turn(screen: "AgentScreen", pages: float) -> None:
    """Move by pages."""
    page = screen.context.page
    page.scroll(int(pages * page.page))


def end(screen: "AgentScreen", direction: int) -> None:
    """Go to the end (1) or to the begin (-1)."""
    page = screen.context.page
    page.scroll(direction * len(page.lines))


def markdown(screen: "AgentScreen") -> None:
    """Show the texts as they were written, or as rendered Markdown."""
    screen.context.page.switch_markdown()


def copy(screen: "AgentScreen") -> None:
    """Copy all texts as they were written."""
    agent = screen.context.asked().agent
    copy_out(screen, "what the agent was told", lambda: "" if agent is None else raw_text(agent))


def again(screen: "AgentScreen") -> None:
    """Ask again what it is told."""
    screen.context.again()


def show_help(screen: "AgentScreen") -> None:
    """The keys of the page."""
    from tui.screens.dialogs.help import help_on

    screen.app.push_screen(help_on(screen.app, [(AGENT.context, AgentScreen)]))


def leave(screen: "AgentScreen") -> None:
    """Back to where the page was opened."""
    screen.dismiss(None)


AGENT: Keymap["AgentScreen"] = Keymap(
    "On an agent's page",
    [
        Command("line_down", "j down", "next line", scroll, (1,)),
        Command("line_up", "k up", "previous line", scroll, (-1,)),
        Command("page_down", "space pagedown ctrl+f", "next page", turn, (1,), footer="page"),
        Command("page_up", "b pageup ctrl+b", "previous page", turn, (-1,)),
        Command("half_page_down", "ctrl+d", "half a page down", turn, (0.5,)),
        Command("half_page_up", "ctrl+u", "half a page up", turn, (-0.5,)),
        Command("first", "g home", "begin", end, (-1,)),
        Command("last", "G end", "end", end, (1,)),
        Command("markdown", "M", "raw text or Markdown", markdown, footer="raw text"),
        Command("copy", "y", "copy all of it as it was written", copy, footer="copy"),
        Command("again", "r ctrl+r", "ask again what the agent is told", again, footer="refresh"),
        Command("help", "? f1", "these keys", show_help, footer="help"),
        Command("leave", "escape q h left A", "back", leave, footer="back"),
    ],
    first=("leave",),
)


class AgentScreen(PaintedScreen[None]):
    """All that is told of one agent, to scroll in."""

    IS_DIALOGUE = True
    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(AGENT)
    keymap: ClassVar[Keymap["AgentScreen"]] = AGENT

    def __init__(self, context: AgentContext) -> None:
        super().__init__()
        self.context = context

    def compose(self) -> ComposeResult:
        """The name, the page, the keys."""
        yield PaneEdge(_TITLE)
        yield PageBody(self.context.page)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known already."""
        paint_parts(self)
        self.query_one(KeyBar).show_keys(keys_of(self.active_bindings.values(), first=AGENT.first))
        self.show()

    def show(self) -> None:
        """There is something else to tell."""
        page = self.context.page
        page.compose()
        self._paint()

    def do(self, command: Command["AgentScreen"]) -> object:
        """Run a command of the table, and show what came of it."""
        result = command.run(self, *command.arguments)
        self._paint()
        return result

    def action_do(self, name: str) -> None:
        """Run a command by its name, as bindings do."""
        self.do(AGENT[name])

    def _paint(self) -> None:
        page = self.context.page
        raw = [] if page.markdown else [Span("raw text", "warning")]
        self.query_one(PaneEdge).show(f"{_TITLE} · {self.context.asked().name}", raw, active=True, joined=False)
        self.query_one(PageBody).refresh()
