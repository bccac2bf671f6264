"""Of one turn what goes into a report: all of it, or what shows a bug; as Markdown."""

from collections.abc import Iterator

from tui.views.export.block_markdown import block_markdown
from tui.views.export.safe_markdown import code
from tui.views.export.whole_history import HistoryBlock, WholeTurn
from tui.views.transcript.blocks.message_block import MessageBlock
from tui.views.transcript.blocks.tool_block import ToolBlock
from tui.views.transcript.blocks.turns import TurnBlock

_COMMAND_LIMIT = 1_000


def turn_markdown(turn: WholeTurn) -> str:
    """Every message of the turn, in the order of the history."""
    return "".join(block_markdown(one.block) for one in turn.blocks).lstrip("\n")


def bug_markdown(turn: WholeTurn, element: int, opens: str | None) -> str:
    """What shows a bug: the question, a tool call with its parameters and results, the answer, the way to this place.

    The call is the one that is the `element` of the history, else the first of the turn that failed.
    """
    parts = "".join(block_markdown(one.block) for one in _bug(turn, element))
    way = f"\n{code(opens, _COMMAND_LIMIT)}\n" if opens else ""
    return f"{parts}{way}".lstrip("\n")


def _bug(turn: WholeTurn, element: int) -> Iterator[HistoryBlock]:
    blocks = turn.blocks
    calls = [(one, one.block) for one in blocks if isinstance(one.block, ToolBlock)]
    here = next((one for one, _ in calls if one.element == element), None)
    call = here or next((one for one, block in calls if block.outcome.failure is not None), None)
    place = element if call is None else call.element
    asked = [one for one in blocks if isinstance(one.block, MessageBlock) and one.block.message.facts.role == "user"]
    yield from (one for one in blocks[:1] if isinstance(one.block, TurnBlock))
    yield from [one for one in asked if one.element <= place][-1:] or asked[:1]
    yield from (one for one in (call, turn.answer) if one is not None)
