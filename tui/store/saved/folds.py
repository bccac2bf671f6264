"""What is folded and shown in the JSON of a tool call, as another start gets it back."""

from collections.abc import Mapping

from msgspec import Struct, field

WINDOW = 100
"""Children shown of a container that has more."""

TEXT_WINDOW = 2_000
"""Characters shown of a text that has more."""

MOST_VALUES = 1_000
"""Values whose folds are remembered."""

_DEEPEST = 120
_MOST = 100_000_000
_MOST_DIGITS = 4
_FLAGS = ("opened", "table", "as_json", "by_hand")


class Fold(Struct, frozen=True):
    """One value: whether it is unfolded, a table, decoded, how much of it is shown, and the same of values in it."""

    opened: bool = False
    table: bool = False
    as_json: bool = False
    shown: int = WINDOW
    text_shown: int = TEXT_WINDOW
    inside: Mapping[int, "Fold"] = field(default_factory=dict)
    by_hand: bool = False
    """Whether the user wanted it so; else another width may lay it out in another way."""
    depth: int | None = None
    """The levels of it that the user wanted unfolded; None: as many as there is room for."""


_USUAL = Fold()


def count_of(fold: Fold) -> int:
    """The values that a fold tells about."""
    return 1 + sum(count_of(inner) for inner in fold.inside.values())


def told(fold: Fold) -> Fold:
    """The fold without the values that are as they usually are."""
    inside = {place: kept for place, inner in fold.inside.items() if (kept := told(inner)) != _USUAL}
    return Fold(fold.opened, fold.table, fold.as_json, fold.shown, fold.text_shown, inside, fold.by_hand, fold.depth)


def fold_content(fold: Fold) -> list[object]:
    """As it is saved: letters for what is on and the levels, two numbers, and the values in it by their places."""
    letters = "".join(name[0] for name in _FLAGS if getattr(fold, name))
    levels = "" if fold.depth is None else str(fold.depth)
    content: list[object] = [letters + levels, fold.shown, fold.text_shown]
    if fold.inside:
        content.append([[place, *fold_content(inner)] for place, inner in fold.inside.items()])
    return content


def fold_from(content: object) -> Fold | None:
    """What was saved, or None where that makes no sense or is too much."""
    return _read(content, _Left(MOST_VALUES), 0)


class _Left(Struct):
    """How many values may still be read."""

    values: int


def _read(content: object, left: _Left, depth: int) -> Fold | None:
    left.values -= 1
    if not isinstance(content, list) or len(content) not in (3, 4) or left.values < 0 or depth > _DEEPEST:
        return None
    letters, shown, text_shown = content[:3]
    if not isinstance(letters, str) or not _is_number(shown, 1) or not _is_number(text_shown, 1):
        return None
    levels = letters.lstrip("otab")
    if levels and not (levels.isascii() and levels.isdigit() and len(levels) <= _MOST_DIGITS):
        return None
    to_depth = int(levels) if levels else None
    inside: dict[int, Fold] = {}
    entries = content[3] if len(content) == 4 else []
    for entry in entries if isinstance(entries, list) else []:
        fold = _read(entry[1:], left, depth + 1) if isinstance(entry, list) and entry else None
        if fold is None or not _is_number(entry[0], 0):
            return None
        inside[entry[0]] = fold
    return Fold("o" in letters, "t" in letters, "a" in letters, shown, text_shown, inside, "b" in letters, to_depth)


def _is_number(value: object, least: int) -> bool:
    return type(value) is int and least <= value <= _MOST
