"""From a number in the list to what it counts in the conversation."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.store.history.messages import parts_of
from tui.store.verdicts.verdict import NO_EVIDENCE, Evidence, Subject
from tui.terminal.text.clean import clean_line
from tui.views import transcript
from tui.views.reader import moves
from tui.views.reader.reader import Reader
from tui.views.transcript.kinds import FAILED, TOOL

if TYPE_CHECKING:
    from tui.store.history.turns import Turn
    from tui.views.transcript.document import Document

_WORDS_LIMIT = 200

_Key = tuple[str | None, bytes]
"""What is the same for calls of one tool with the same input parameters."""


def to_evidence(reader: Reader, of: str) -> None:
    """Go to what a number of the list counts, once all of the conversation is known."""

    def go() -> None:
        document = reader.document
        found = _PLACES[of](document) if document is not None else None
        if found is None:
            reader.say("There is nothing of that here.")
        else:
            moves.to_place(reader, found)

    reader.go_when_grown(go)


def _first_call(document: "Document") -> int | None:
    return next(iter(document.places[TOOL]), None)


def _last_turn(document: "Document") -> int | None:
    return document.turns[-1].blocks[0] if document.turns else None


def _greatest_turn(document: "Document") -> int | None:
    return _turn_by(document, lambda turn: turn.tokens_in + turn.tokens_out)


def _longest_turn(document: "Document") -> int | None:
    return _turn_by(document, lambda turn: turn.seconds or 0)


def _turn_by(document: "Document", weight: "Callable[[Turn], float]") -> int | None:
    """The first of the turns that weigh most."""
    return max(document.turns, key=weight).blocks[0] if document.turns else None


def _first_repeated(document: "Document") -> int | None:
    """The first call of the longest run of calls of one tool that ask the same."""
    best, longest = None, 1
    before: _Key | None = None
    begin, length = 0, 0
    for index in document.places[TOOL]:
        message = document.blocks[index].message
        if message is None:
            continue
        asked = parts_of(message.raw).parameters
        key = message.facts.tool_type, bytes(asked) if asked is not None else b""
        begin, length = (begin, length + 1) if key == before else (index, 1)
        before = key
        if length > longest:
            best, longest = begin, length
    return best


def shown_in(document: "Document | None", subject: Subject) -> Evidence:
    """Where in a conversation it shows what is judged, as far as that is known: the turn, the first failed call."""
    if document is None or document.conversation.id != subject.conversation:
        return NO_EVIDENCE
    for index in document.places[FAILED]:
        turn, block = document.turn_at(index), document.blocks[index]
        if (
            subject.query_id in (None, turn.query_id)
            and isinstance(block, transcript.ToolBlock)
            and block.outcome.failure
        ):
            words = f"{block.name}: {block.outcome.failure.words}"
            return Evidence(turn.number, clean_line(words, _WORDS_LIMIT))
    if subject.query_id is None:
        return NO_EVIDENCE
    return Evidence(next((turn.number for turn in document.turns if turn.query_id == subject.query_id), 0))


_PLACES: "dict[str, Callable[[Document], int | None]]" = {
    "calls": _first_call,
    "repeat": _first_repeated,
    "tokens": _greatest_turn,
    "took": _longest_turn,
    "turns": _last_turn,
}
"""The block that each number of the list leads to."""
