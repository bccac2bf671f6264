"""From the main screen to the export and back: what is offered, and what came of it."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from tui.screens.dialogs.export import ExportScreen
from tui.screens.out.stage import ReadingStage
from tui.store.export.export import Format, Outcome, Source
from tui.views.export.formats import JsonFormat, JsonLinesFormat, MarkdownFormat
from tui.views.export.markdown import EVERYTHING, ReportOptions
from tui.views.export.way_back import way_back
from tui.views.export.words import FILTERED, THIS, TOLD, Scope, outcome_words, scopes
from tui.views.listing.title import count_words
from tui.views.text.format import plural


def open_export(context: ReadingStage) -> None:
    """Ask what is to be exported, as what, and where to."""
    conversation, project = context.at_hand, context.project
    title = context.settings.connection.name or "conversations"
    found = project.facts.found
    if found is not None:
        partial_words = f" ({project.facts.partial_words})" if project.facts.partial_words else ""
        filtered = f"{plural(found.matching, 'conversation')}{partial_words}" if found.matching else ""
    else:
        filtered = count_words(project.window) if project.window.count else ""
    offered = scopes(conversation, len(project.marks), filtered, title, datetime.now(UTC))
    if not offered:
        context.say("There is nothing to export yet.")
        return
    this = conversation.id if conversation is not None else ""
    screen = ExportScreen(
        offered,
        partial(_source, context, this),
        partial(_form, context),
        context.app.surroundings.folder,
        context.exported_to,
    )
    context.ask(screen, partial(_exported, context))


def _source(context: ReadingStage, this: str, scope: Scope) -> "Source[Any]":
    if scope.kind == FILTERED:
        return context.project.everything()
    return context.project.chosen([this] if scope.kind == THIS else list(context.project.marks))


def report_options(context: ReadingStage, chosen: str = EVERYTHING) -> ReportOptions:
    """What a report of conversations of this project needs to know."""
    project = context.project

    def opens(conversation_id: str) -> str | None:
        return way_back(conversation_id, 0, *context.settings.comes_back)

    return ReportOptions(project.people, project.patterns, opens, chosen)


def _form(context: ReadingStage, letter: str, scope: Scope) -> "Format[Any]":
    single = scope.kind == THIS
    if letter in TOLD:
        return MarkdownFormat(report_options(context, TOLD[letter]), single=single)
    return JsonFormat(single=single) if letter == "j" else JsonLinesFormat()


def _exported(context: ReadingStage, outcome: Outcome | None) -> None:
    if outcome is not None:
        context.exported_to = outcome.path.parent
        context.say(outcome_words(outcome), warning=bool(outcome.unreadable or outcome.notes))
