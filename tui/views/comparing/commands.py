"""The keys that move in a comparison and fold it, as a table of functions of a `Comparer`."""

from tui.terminal.input.keymap import Command, Keymap
from tui.views.comparing.comparer import Comparer
from tui.views.comparing.outline import EQUAL, EQUAL_TURNS, TURN


def step(comparer: Comparer, by: int) -> None:
    """Move by lines."""
    if comparer.blocks:
        comparer.go(comparer.step(comparer.cursor, by))


def page(comparer: Comparer, pages: float) -> None:
    """Move by pages, the view with the cursor."""
    by = int(pages * max(1, comparer.height - 1))
    if comparer.blocks:
        end = comparer.step(comparer.top, by + comparer.height - 1 if by > 0 else by)
        comparer.top = comparer.step(end, 1 - comparer.height) if by > 0 else end
        comparer.go(comparer.step(comparer.cursor, by))


def scroll(comparer: Comparer, by: int) -> None:
    """Move the view by lines; the cursor stays in it."""
    if comparer.blocks:
        comparer.has_moved = True
        last = comparer.step(comparer.top, comparer.height - 1)
        comparer.top = (
            comparer.step(comparer.step(last, by), 1 - comparer.height) if by > 0 else comparer.step(comparer.top, by)
        )
        rows = comparer.rows()
        comparer.cursor = min(max(comparer.cursor, rows[0]), rows[-1])


def end(comparer: Comparer, direction: int) -> None:
    """Go to the begin (-1) or to the end (1)."""
    last = len(comparer.blocks) - 1
    comparer.go((last, len(comparer.lines(last)) - 1) if direction > 0 and last >= 0 else (0, 0))


def next_difference(comparer: Comparer, by: int) -> str | None:
    """Go to the next difference (1) or the previous one (-1); in words why there is none."""
    here = comparer.cursor[0]
    found = [number for number, at in enumerate(comparer.differences) if (at > here if by > 0 else at < here)]
    comparer.has_moved = True
    if found:
        comparer.go_to_difference(found[0] if by > 0 else found[-1])
        return None
    if not comparer.comparison.is_complete:
        return "The rest is still being compared."
    if not comparer.differences:
        return "There is no difference."
    return "There is no difference after this one." if by > 0 else "There is no difference before this one."


def fold(comparer: Comparer) -> None:
    """Unfold what is at the cursor, or fold it."""
    block = comparer.block
    if block is not None and block.kind != TURN:
        comparer.has_moved = True
        comparer.fold(block.key, unfolded=block.key not in comparer.unfolded)


def fold_all(comparer: Comparer) -> None:
    """Unfold all that is equal, or fold it where it is."""
    block = comparer.block
    if block is None:
        return
    comparer.has_moved = True
    folds = {one.key for one in comparer.blocks if one.kind in (EQUAL, EQUAL_TURNS)}
    if folds - comparer.unfolded:
        while folds - comparer.unfolded:
            comparer.unfolded |= folds
            comparer.show_anew(block.key)
            folds = {one.key for one in comparer.blocks if one.kind in (EQUAL, EQUAL_TURNS)}
    else:
        comparer.unfolded -= folds
        comparer.show_anew(block.key)


COMPARER: Keymap[Comparer] = Keymap(
    "In a comparison",
    [
        Command("down", "down j", "down", step, (1,), footer="move", footer_key="↑↓"),
        Command("up", "up k", "up", step, (-1,)),
        Command("page_down", "space pagedown ctrl+f", "page down", page, (1,)),
        Command("page_up", "b pageup ctrl+b", "page up", page, (-1,)),
        Command("half_page_down", "ctrl+d", "half a page down", page, (0.5,)),
        Command("half_page_up", "ctrl+u", "half a page up", page, (-0.5,)),
        Command("first", "home g", "begin", end, (-1,), also="top first"),
        Command("last", "end G", "end", end, (1,), also="bottom last"),
        Command(
            "next_difference", "n", "next difference", next_difference, (1,), footer="difference", footer_key="n N"
        ),
        Command("previous_difference", "N", "previous difference", next_difference, (-1,)),
        Command("fold", "enter", "unfold what is equal or cut, or fold it", fold, footer="unfold", also="expand more"),
        Command("fold_all", "*", "unfold all that is equal, or fold it", fold_all, also="expand everything"),
    ],
    first=("next_difference", "fold", "down", "copy_difference", "export_comparison", "back"),
)
