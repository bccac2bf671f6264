"""Folding one thing at the cursor, or all of a kind."""

from typing import TYPE_CHECKING

from tui.views.reader.reader import Reader
from tui.views.transcript.kinds import HEADER
from tui.views.transcript.modes import LEVEL_WORDS

if TYPE_CHECKING:
    from tui.views.transcript.document import Document


def fold(reader: Reader, folded: bool | None = None) -> None:
    """Fold, or unfold, what is at the cursor; None takes what it is not, on an agent's name it asks of the agent."""
    if reader.viewport is None:
        return
    index, line = reader.viewport.cursor
    if reader.viewport.document.names_agent(index, line) and folded is None:
        reader.news.asks_agent = True
        return
    if reader.viewport.document.blocks[index].kind == HEADER:
        show_details(reader, None if folded is None else not folded)
        return
    reader.finder.keep_opened()

    def change(document: "Document") -> None:
        block = document.blocks[index]
        if folded is None:
            block.toggle(line, document.look)
        else:
            block.fold_at(line, document.look, folded)
        document.changed(index)

    reader.change(change)


def show_details(reader: Reader, on: bool | None = None) -> None:
    """Tell every field of the conversation and its messages, or what fits; None takes what it is not."""
    wanted = not reader.modes.details if on is None else on
    reader.finder.shows_details = False
    if reader.viewport is None:
        reader.modes.details = wanted
    elif wanted is not reader.modes.details:
        reader.change(lambda document: document.set_details(wanted))


def tools(reader: Reader) -> None:
    """Take all tool calls to the next level: closed, with parameters, with everything."""
    level = (reader.modes.tools + 1) % len(LEVEL_WORDS)
    reader.change(lambda document: document.set_tools(level))
    reader.say(f"All tool calls: {LEVEL_WORDS[level]}")


def reasoning(reader: Reader) -> None:
    """Unfold or fold all reasoning."""
    shown = not reader.modes.reasoning
    reader.change(lambda document: document.set_reasoning(shown))
    reader.say(f"Reasoning: {'shown' if shown else 'folded'}")


def focused(reader: Reader) -> None:
    """Show questions and final answers only, or everything."""
    on = not reader.modes.focused
    reader.change(lambda document: document.set_focused(on))
    reader.say("Questions and final answers only" if on else "Everything is shown")


def markdown(reader: Reader) -> None:
    """Show text as it was written, or as rendered Markdown."""
    on = not reader.modes.markdown
    reader.change(lambda document: document.set_markdown(on))
    reader.say("Text: rendered Markdown" if on else "Text: as it was written")


def show_as(reader: Reader, *, markdown: bool, focused: bool, reasoning: bool, tools: int, details: bool) -> None:
    """Show everything in these modes, as at a place that is come back to; nothing where they are the present ones."""
    modes, level = reader.modes, tools % len(LEVEL_WORDS)
    if reader.viewport is None:
        modes.markdown, modes.focused, modes.reasoning, modes.tools = markdown, focused, reasoning, level
    if modes.markdown is not markdown:
        reader.change(lambda document: document.set_markdown(markdown))
    if modes.focused is not focused:
        reader.change(lambda document: document.set_focused(focused))
    if modes.reasoning is not reasoning:
        reader.change(lambda document: document.set_reasoning(reasoning))
    show_details(reader, details)
    if modes.tools != level:
        reader.change(lambda document: document.set_tools(level))
