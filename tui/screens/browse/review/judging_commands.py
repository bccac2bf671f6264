"""The commands that judge what is under the cursor: a label, a reason, a note, a flag, and taking back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.config.settings import ReviewKey, ReviewSettings
from tui.errors import ClarifeyeError
from tui.screens.browse.context import JUDGING, REASONS, BrowseContext
from tui.store.told_beside import NO_THUMBS, Annotations
from tui.store.verdicts.verdict import NO_EVIDENCE, Evidence, Subject
from tui.terminal.input.keymap import Command
from tui.terminal.text.clean import clean_line
from tui.views import transcript
from tui.views.listing.columns import UNTOLD_FEEDBACK, UNTOLD_VERDICTS
from tui.views.listing.name import name_of
from tui.views.reader.verdicts import show_verdicts
from tui.widgets.lists.menu_list import Item

if TYPE_CHECKING:
    from textual.widget import AwaitMount

    from tui.store.verdicts.verdict import Opinion

_SAID = 3.0
"""Seconds for which it is said what was judged."""

_WORDS_LIMIT = 60


def begin_judging(context: BrowseContext) -> None:
    """Let list and reader show what is said of conversations, from here on."""
    judging, reader = context.judging, context.view.reader
    context.rows.painter.beside_of = lambda conversation_id: _beside(context, conversation_id)
    context.beside.told = lambda: _show_rows(context)
    reader.verdicts_of = judging.told
    judging.evidence = lambda subject: _evidence(context, subject)
    judging.folder = context.app.surroundings.data_folder
    judging.changed = lambda: _show(context)


def _beside(context: BrowseContext, conversation_id: str) -> Annotations:
    """What the list tells of a conversation: of reviewers and of people."""
    told, thumbs = context.judging.beside(conversation_id), context.project.feedback.thumbs(conversation_id)
    return told._replace(thumbs=thumbs) if thumbs is not NO_THUMBS else told


def _evidence(context: BrowseContext, subject: Subject) -> Evidence:
    """Where it shows: in what is read or, of what is not open, what is known of its history."""
    from tui.views.reader.evidence import shown_in

    found = shown_in(context.view.reader.document, subject)
    facts = context.project.facts.of(subject.conversation)
    if found == NO_EVIDENCE and subject.query_id is None and facts is not None:
        return Evidence(failed=facts.failure)
    return found


def _show(context: BrowseContext) -> None:
    """Other things are said of conversations than before, or they are written now, or not any more."""
    _show_rows(context)
    context.view.act(show_verdicts)


def _show_rows(context: BrowseContext) -> None:
    """The list tells other things of its rows, and its title."""
    judging, rows = context.judging, context.rows
    untold = "" if judging.has_any else UNTOLD_VERDICTS
    untold += "" if context.project.feedback.has_any else UNTOLD_FEEDBACK
    if untold != rows.painter.untold:
        rows.painter.untold = untold
        rows.lay_out_anew()
        context.list.show_heads()
    rows.refresh()
    context.list.trouble = (judging.trouble, judging.trouble) if judging.trouble else None
    context.list.show_position()


def judge(context: BrowseContext) -> None:
    """Show how the turn that is read, or the conversation under the cursor, can be judged, and wait for a letter."""
    conversation, viewport = context.at_hand, context.viewport
    if conversation is None:
        context.say("There is nothing to judge yet.", seconds=_SAID)
        return
    query_id = None
    if viewport is not None and viewport.document.section_of(viewport.cursor[0]) is not None:
        query_id = viewport.document.turn_at(viewport.cursor[0]).query_id
    context.judging.begin(conversation, query_id)
    _offer(context)


def judge_whole(context: BrowseContext) -> None:
    """Judge the conversation, and not the turn of it."""
    conversation = context.judging.conversation
    if conversation is not None:
        context.judging.begin(conversation)
        _offer(context)


def _offer(context: BrowseContext) -> None:
    judging, review = context.judging, context.settings.review
    present = judging.verdicts.opinion(judging.subject)
    choices = [Item(key.letter, clean_line(key.name), "", key.name == present.label) for key in review.labels]
    choices.append(Item("i", "note", clean_line(present.note, _WORDS_LIMIT), bool(present.note), several=True))
    if not context.app.restricted.is_on:
        choices.append(Item("I", "note in the editor"))
    choices.append(Item("!", "flag", "", present.flagged, several=True))
    if judging.subject.query_id is not None:
        choices.append(Item(".", "the conversation, not the turn"))
    choices.append(Item("backspace", "take the last one back"))
    context.choose(JUDGING, f"Judge {_what(context)}", choices)


def _what(context: BrowseContext) -> str:
    """What is judged, in words."""
    judging = context.judging
    if judging.subject.query_id is not None:
        viewport = context.viewport
        turn = viewport.document.turn_at(viewport.cursor[0]) if viewport is not None else None
        return f"turn {turn.number}" if turn is not None else "the turn"
    return name_of(judging.conversation, _WORDS_LIMIT) if judging.conversation is not None else ""


def label(context: BrowseContext, letter: str) -> "AwaitMount | None":
    """Give the label of a letter, or ask for its reason first."""
    review = context.settings.review
    name = _named(review.labels, letter)
    if not review.wants_reason(name):
        return give(context, lambda opinion: opinion._replace(label=name, reasons=()))
    context.judging.label = name
    choices = [Item(key.letter, clean_line(key.name)) for key in review.reasons]
    context.choose(REASONS, f"{clean_line(name)}: why", [*choices, Item("enter", "no reason")])
    return None


def reason(context: BrowseContext, letter: str) -> "AwaitMount | None":
    """Give the label that was chosen, with the reason of a letter or, with none, without."""
    name, reasons = context.judging.label, (_named(context.settings.review.reasons, letter),) if letter else ()
    return give(context, lambda opinion: opinion._replace(label=name, reasons=reasons))


def flag(context: BrowseContext) -> "AwaitMount | None":
    """Flag it, or take the flag away."""
    return give(context, lambda opinion: opinion._replace(flagged=not opinion.flagged))


def note(context: BrowseContext) -> "AwaitMount":
    """Ask for a note of one line."""
    from tui.screens.dialogs.line import AskedLine, LineScreen

    present = context.judging.verdicts.opinion(context.judging.subject).note
    asked = AskedLine(f"Note on {_what(context)}", "Enter keeps it · empty takes it away · Esc closes", value=present)

    def entered(text: str | None) -> None:
        if text is not None and text != present:
            give(context, lambda opinion: opinion._replace(note=text))

    return context.ask(LineScreen(asked), entered)


def edit_note(context: BrowseContext) -> None:
    """Write a note of any length in the editor."""
    from tui.screens.out.note_editor import write_note

    present = context.judging.verdicts.opinion(context.judging.subject).note
    text = write_note(context, present)
    if text is not None and text != present:
        give(context, lambda opinion: opinion._replace(note=text))


def take_back(context: BrowseContext) -> None:
    """Take back what was said last."""
    undone = context.judging.take_back()
    if undone is None:
        context.say("There is no verdict of yours to take back.", seconds=_SAID)
    else:
        context.say(f"Taken back: {transcript.opinion_words(undone.opinion)}", seconds=_SAID)


def give(context: BrowseContext, change: "Callable[[Opinion], Opinion]") -> "AwaitMount | None":
    """Say something of what is judged."""
    return ask_who(context, lambda: _say(context, change))


def ask_who(context: BrowseContext, then: Callable[[], object]) -> "AwaitMount | None":
    """Go on where it is known who judges; else that is asked first, and once."""
    verdicts = context.judging.verdicts
    if verdicts.reviewer:
        then()
        return None
    from tui.screens.dialogs.line import AskedLine, LineScreen

    def entered(name: str | None) -> None:
        if not name:
            context.say("Nothing is judged: nobody has said who judges.", seconds=_SAID)
            return
        try:
            verdicts.name_reviewer(name)
        except ClarifeyeError as error:
            context.say(f"{error.title}. {error.hint}", warning=True)
        then()

    asked = AskedLine(
        "Who judges?", "asked once; [review] name in the config says it, too", "your name", context.user_name
    )
    return context.ask(LineScreen(asked, _wrong_name), entered)


def _wrong_name(name: str) -> str:
    if not name:
        return "A name is needed: verdicts of several people are told apart by it."
    return "" if len(name) <= _WORDS_LIMIT and name.isprintable() else f"At most {_WORDS_LIMIT} plain characters."


def _say(context: BrowseContext, change: "Callable[[Opinion], Opinion]") -> None:
    try:
        verdict = context.judging.say(change)
    except ClarifeyeError as error:
        context.say(f"{error.title}. {error.hint}", warning=True)
    else:
        context.say(transcript.opinion_words(verdict.opinion) or "No verdict any more", seconds=_SAID)


def _named(keys: Sequence[ReviewKey], letter: str) -> str:
    return next((key.name for key in keys if key.letter == letter), "")


def label_commands(review: ReviewSettings) -> list[Command[BrowseContext]]:
    """The letters of the labels and reasons that there are."""
    labels = [
        Command(
            f"label_{key.letter}", key.letter, f"judge: {key.name}", label, (key.letter,), after=JUDGING, offered=False
        )
        for key in review.labels
    ]
    reasons = [
        Command(
            f"reason_{key.letter}",
            key.letter,
            f"the reason: {key.name}",
            reason,
            (key.letter,),
            after=REASONS,
            offered=False,
        )
        for key in review.reasons
    ]
    return [*labels, *reasons]
