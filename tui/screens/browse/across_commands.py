"""The commands that lead from the list, or from a tool call that is read, to the tables across conversations."""

from typing import TYPE_CHECKING

from textual.widget import AwaitMount

from tui.screens.browse.context import BrowseContext, ThroughTables
from tui.screens.browse.filter_commands import apply_filter, take_up
from tui.screens.browse.layout import Pane
from tui.store.reading_terms import Land
from tui.views.reader.place import call_here

if TYPE_CHECKING:
    from tui.screens.across.levels import Level, Narrow, Visit
    from tui.store.saved.place import Place


def tools(context: BrowseContext) -> AwaitMount:
    """The tools of what the filter shows; on a tool call that is read, all calls of its tool from this one on."""
    from tui.screens.across.levels import Visit, calls_level, tools_level
    from tui.store.across.calls import CallsOf

    facts, read = context.project.facts, context.reading.reading_id
    facts.use()
    levels = [tools_level(facts.question)]
    call = call_here(context.view.reader) if context.reads else None
    if call is not None and read is not None:
        record = context.project.history_at_hand(read)
        if record is not None:
            facts.passed(record)
        message, tool = call
        levels.append(calls_level(CallsOf(facts.question, tool), expects=Visit(read, message)))
    return show(context, levels)


def numbers(context: BrowseContext) -> AwaitMount:
    """Numbers of what the filter shows, as pictures."""
    from tui.screens.across.levels import numbers_level

    context.project.facts.use()
    return show(context, [numbers_level(context.project.facts.question)])


def show(context: BrowseContext, levels: "list[Level]", begin: "Place | None" = None) -> AwaitMount:
    """Show tables, the last of these first; who leaves them is back at `begin`, None being where they are now."""
    from tui.screens.across.levels import Narrow
    from tui.screens.across.screen import AcrossScreen

    def left(chosen: "Visit | Narrow | None") -> None:
        context.told_of_facts = lambda: None
        context.exported_to = screen.context.exported_to
        context.through = None
        if isinstance(chosen, Narrow):
            _narrow(context, chosen.line)
        elif chosen is not None:
            here = context.place.here
            context.through = ThroughTables(levels, chosen.conversation, begin or here, here)
            _read(context, chosen)
        elif begin is not None:
            take_up(context, begin)

    screen = AcrossScreen(context.project, context.list.found, levels, context.exported_to)
    context.told_of_facts = screen.context.ask_again
    screen.context.closed = left
    return context.ask(screen)


def _narrow(context: BrowseContext, line: str) -> None:
    """See the conversations of the filter for which more terms hold."""
    from tui.store.filter.list_filter import filter_of

    context.layout.activate(Pane.LIST)
    apply_filter(context, context.project.query.joined(filter_of(line)))


def _read(context: BrowseContext, visit: "Visit") -> None:
    row = context.project.shown.index_of(visit.conversation)
    context.place.leave()
    context.detail.send(visit.conversation, row if row is not None else -1, Land(message=visit.message))
    context.layout.activate(Pane.DETAIL, leaves=False)


def back_to_tables(context: BrowseContext, before: "Place | None" = None) -> bool:
    """Go back to the tables, where the call that they led to is still what is read; whether that is so.

    On the way back that is meant where the place `before` is the one that was left for the call.
    """
    way = context.through
    if way is None or context.reading.reading_id != way.conversation or context.layout.wish.active is not Pane.DETAIL:
        return False
    if before is not None and before != way.left:
        return False
    show(context, way.levels, way.begin)
    return True
