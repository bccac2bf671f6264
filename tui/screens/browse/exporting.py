"""From the main screen to the export and back: what is offered, and what came of it."""

from datetime import UTC, datetime
from functools import partial

from tui.screens.browse.out_commands import TakingOutKeys
from tui.screens.dialogs.export import ExportScreen
from tui.store.export.export import Format, Outcome, Source
from tui.views.export.formats import JsonFormat, JsonLinesFormat, MarkdownFormat
from tui.views.export.words import FILTERED, THIS, Scope, outcome_words, scopes
from tui.views.listing.title import count_words


def open_export(host: TakingOutKeys) -> None:
    """Ask what is to be exported, as what, and where to."""
    conversation, project = host.at_hand, host.project
    title = host.settings.connection.name or "conversations"
    filtered = count_words(project.window) if project.window.count else ""
    offered = scopes(conversation, len(project.marks), filtered, title, datetime.now(UTC))
    if not offered:
        host.tell("There is nothing to export yet.")
        return
    this = conversation.id if conversation is not None else ""
    screen = ExportScreen(
        offered,
        partial(_source, host, this),
        partial(_form, host),
        host.painted_app.surroundings.folder,
        host.exported_to,
    )
    host.app.push_screen(screen, partial(_exported, host))


def _source(host: TakingOutKeys, this: str, scope: Scope) -> Source:
    if scope.kind == FILTERED:
        return host.project.everything()
    return host.project.chosen([this] if scope.kind == THIS else list(host.project.marks))


def _form(host: TakingOutKeys, letter: str, scope: Scope) -> Format:
    if letter == "m":
        return MarkdownFormat(host.project.people, host.project.patterns)
    return JsonFormat(single=scope.kind == THIS) if letter == "j" else JsonLinesFormat()


def _exported(host: TakingOutKeys, outcome: Outcome | None) -> None:
    if outcome is not None:
        host.exported_to = outcome.path.parent
        host.tell(outcome_words(outcome), warning=bool(outcome.unreadable or outcome.notes))
