"""Blocks with their heights: lines exist only near where the user looks, elsewhere heights are estimated."""

from collections import OrderedDict
from time import perf_counter

from tui.views.text.ink import Line
from tui.views.transcript.blocks.block import Block
from tui.views.transcript.heights import Heights
from tui.views.transcript.modes import Look, Modes

_KEPT = 400
"""Blocks whose lines are kept in memory."""

_ESTIMATED_AT_ONCE = 1_000
"""Blocks up to which another width takes all heights anew at once; of more they are taken in slices of time."""

_ESTIMATES = 128
"""Heights taken between two looks at the clock."""


class LaidOut:
    """The blocks of a document as they are laid out."""

    def __init__(self, modes: Modes) -> None:
        self.modes = modes
        self.look = Look(80, modes.markdown, details=modes.details)
        self.blocks: list[Block] = []
        self.heights = Heights()
        self._laid_out: OrderedDict[int, None] = OrderedDict()
        self._estimates: list[int] | None = None
        """Heights for the present width as far as they are taken, until there are all."""

    def is_beside(self, index: int) -> bool:
        """Hook: whether focused reading leaves the block out."""
        raise NotImplementedError

    def answers(self) -> set[int | None]:
        """Hook: the blocks that focused reading shows in any case."""
        raise NotImplementedError

    def set_width(self, width: int) -> bool:
        """Lay out for another width from now on; whether it is another one."""
        if width == self.look.width:
            return False
        self.look = Look(width, self.look.markdown, details=self.look.details)
        if len(self.blocks) <= _ESTIMATED_AT_ONCE:
            self.estimate_all()
        else:
            self._estimates = []
        return True

    @property
    def estimating(self) -> bool:
        """Whether heights are still those of another width, except where the user looks."""
        return self._estimates is not None

    def estimate_more(self, seconds: float) -> None:
        """Go on for a slice of time; all heights change together, once all are there."""
        taken, end = self._estimates, perf_counter() + seconds
        if taken is None:
            return
        while len(taken) < len(self.blocks):
            few = range(len(taken), min(len(taken) + _ESTIMATES, len(self.blocks)))
            taken += [self.estimate(index) for index in few]
            if perf_counter() >= end:
                return
        for index in self._laid_out:
            taken[index] = self.estimate(index)
        self._estimates = None
        self.heights.replace(taken)

    def set_markdown(self, on: bool) -> None:
        """Show text as rendered Markdown, or as it was written."""
        self.modes.markdown = on
        self.look_anew()

    def set_details(self, on: bool) -> None:
        """Tell everything of the conversation and its messages, or what fits."""
        self.modes.details = on
        self.look_anew()

    def look_anew(self) -> None:
        """Lay everything out as the modes want it now."""
        self.look = Look(self.look.width, self.modes.markdown, details=self.modes.details)
        self.estimate_all()

    def estimate_all(self) -> None:
        """Take every height anew, after a change that concerns many blocks."""
        look = self.look
        self._estimates = None
        if self.modes.focused:
            answers = self.answers()
            self.heights.replace(
                0 if block.beside and index not in answers else block.estimate(look)
                for index, block in enumerate(self.blocks)
            )
        else:
            self.heights.replace([block.estimate(look) for block in self.blocks])

    def estimate(self, index: int) -> int:
        """The height of a block as far as it is known; 0 when it is not shown."""
        return 0 if self.modes.focused and self.is_beside(index) else self.blocks[index].estimate(self.look)

    def height(self, index: int) -> int:
        """The exact height of a block, which is laid out for it."""
        if self.modes.focused and self.is_beside(index):
            height = 0
        else:
            height = self.blocks[index].lay_out(self.look)
            self._remember(index)
        self._set(index, height)
        return height

    def line(self, index: int, line: int) -> Line:
        """One line of a block."""
        self._remember(index)
        return self.blocks[index].line(line, self.look)

    def _remember(self, index: int) -> None:
        laid_out = self._laid_out
        laid_out[index] = None
        laid_out.move_to_end(index)
        if len(laid_out) > _KEPT:
            oldest, _ = laid_out.popitem(last=False)
            self.blocks[oldest].drop_lines()

    @property
    def total(self) -> int:
        """The lines of the whole document, partly estimated."""
        return self.heights.total

    def changed(self, index: int) -> None:
        """Take the height of a block anew after it was folded or unfolded."""
        self._set(index, self.estimate(index))

    def _set(self, index: int, height: int) -> None:
        self.heights.set(index, height)
        if self._estimates is not None and index < len(self._estimates):
            self._estimates[index] = height
