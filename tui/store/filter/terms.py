"""The terms that a line for finding knows: who checks each, what values it takes, and what it means in words."""

from enum import Enum

from msgspec import Struct

from tui.store.filter.values import Kind


class Checked(Enum):
    """Who looks at a term: the server, when it is asked for the list, or we, by the facts that were read."""

    SERVER = "server"
    HERE = "here"


class TermKind(Struct, frozen=True):
    """One term: its name, what it takes, and its meaning for the help."""

    name: str
    kind: Kind
    meaning: str
    checked: Checked = Checked.HERE
    choices: tuple[str, ...] = ()
    """All values there are, of a choice; of another kind those that are offered."""


_CONVERSATION = (
    TermKind("tag", Kind.WHOLE, "with one of these tags; a second tag: must hold, too", Checked.SERVER),
    TermKind("untagged", Kind.YES_NO, "without any tag", Checked.SERVER),
    TermKind("archived", Kind.CHOICE, "no, also, or only archived ones", Checked.SERVER, ("no", "also", "only")),
    TermKind("shared", Kind.YES_NO, "shared with others"),
    TermKind("agent", Kind.WHOLE, "the agent's name"),
    TermKind("by", Kind.WHOLE, "whose conversation it is: e-mail or id"),
    TermKind("name", Kind.PART, "the conversation's name"),
    TermKind("question", Kind.PART, "the first question"),
    TermKind("id", Kind.WHOLE, "the conversation's id"),
    TermKind("since", Kind.DATE, "created then or later"),
    TermKind("until", Kind.DATE, "created then or before"),
    TermKind("on", Kind.DATE, "created on that day, in that month or year"),
    TermKind("turns", Kind.NUMBER, "questions with what followed, told apart by their query_id"),
    TermKind("messages", Kind.NUMBER, "messages of all kinds, as the server counts them"),
    TermKind("calls", Kind.NUMBER, "tool calls"),
    TermKind("failed", Kind.NUMBER, "tool calls that failed, stated and guessed ones together"),
    TermKind("stated", Kind.NUMBER, "tool calls whose result states a failure in its structure, marked ✗"),
    TermKind("guessed", Kind.NUMBER, "tool calls whose text begins like an error, marked ✗?"),
    TermKind("empty", Kind.NUMBER, "tool calls that gave back nothing: no result, null, or an empty list or text"),
    TermKind(
        "repeat", Kind.NUMBER, "the longest run of identical calls: same tool, same parameters in any order of keys"
    ),
    TermKind("in", Kind.NUMBER, "input tokens"),
    TermKind("out", Kind.NUMBER, "output tokens"),
    TermKind("tokens", Kind.NUMBER, "input and output tokens"),
    TermKind("took", Kind.DURATION, "from the earliest message to the latest"),
    TermKind("wait", Kind.DURATION, "the longest time from a question to the next thing that the agent said"),
    TermKind("size", Kind.SIZE, "bytes of the history"),
    TermKind(
        "ending",
        Kind.CHOICE,
        "answered; none: without an answer; stopped: after a tool call; failed: after one that failed",
        choices=("answered", "none", "stopped", "failed"),
    ),
    TermKind("verdict", Kind.WHOLE, "the label that a reviewer gave it, or one of its turns"),
    TermKind("reviewed", Kind.YES_NO, "a reviewer gave it a label"),
    TermKind("flagged", Kind.YES_NO, "a reviewer flagged it, or one of its turns"),
    TermKind("note", Kind.PART, "what a reviewer noted on it, or on one of its turns"),
    TermKind(
        "feedback",
        Kind.WHOLE,
        "what people said of it: negative, positive, or to_review",
        choices=("to_review", "negative", "positive", "reviewed"),
    ),
    TermKind("by-reviewer", Kind.WHOLE, "who judged it, or one of its turns"),
    TermKind("tool", Kind.WHOLE, "has a call of this tool; tool( … ): one call that is all of this"),
)
_CALL = (
    TermKind("name", Kind.WHOLE, "the tool"),
    TermKind("failed", Kind.YES_NO, "it failed, stated or guessed"),
    TermKind("stated", Kind.YES_NO, "its result states a failure"),
    TermKind("guessed", Kind.YES_NO, "its text reads like a failure"),
    TermKind("empty", Kind.YES_NO, "it had no result"),
    TermKind("error", Kind.PART, "the failure in its words"),
    TermKind("results", Kind.NUMBER, "how many results"),
    TermKind("size", Kind.SIZE, "bytes of its results"),
    TermKind("took", Kind.DURATION, "from the call to the next message"),
    TermKind("turn", Kind.NUMBER, "the turn it belongs to"),
)
TERMS = {term.name: term for term in _CONVERSATION}
"""The terms of a conversation."""
CALL_TERMS = {term.name: term for term in _CALL}
"""The terms inside `tool( )`; beside them `param.NAME`."""
PARAMETER = "param."
"""What stands before the name of an input parameter."""


def term_kind(name: str, *, in_call: bool) -> TermKind | None:
    """The term of this name, or None; any parameter's name is one inside a call."""
    if in_call and name.startswith(PARAMETER) and len(name) > len(PARAMETER):
        return TermKind(name, Kind.ANY, "an input parameter")
    return (CALL_TERMS if in_call else TERMS).get(name)


def nearest(name: str, *, in_call: bool) -> str | None:
    """The term that was most likely meant: at most two letters away, and fewer for short names."""
    allowed = 2 if len(name) >= 4 else 1 if len(name) == 3 else 0
    known = [*(CALL_TERMS if in_call else TERMS), *((PARAMETER,) if in_call else ())]
    found = min(((_edits(name, term), term) for term in known), default=(allowed + 1, ""))
    return found[1] if found[0] <= allowed else None


def _edits(one: str, other: str) -> int:
    """How many letters must be changed, added, removed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        two_before, before = before, row
        row = [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if two_before and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, two_before[to - 2] + 1)
            row.append(cost)
    return row[-1]
