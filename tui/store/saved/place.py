"""Where the user was when the program ended: filter, row, layout, and the line in the conversation."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import asdict

from tui.store.filter.list_filter import ListFilter
from tui.store.saved.filter_codec import filter_content, filter_from
from tui.store.saved.folds import MOST_VALUES, Fold, count_of, fold_content, fold_from
from tui.store.saved.state_file import Content

_MOST_FOLDS = 500
_MOST_PARTS = 4
_MOST = 100_000_000
_ID_LIMIT = 100


class Reading(Struct, frozen=True):
    """A place in a conversation: numbers of blocks and lines in them, as the transcript counts them."""

    conversation_id: str = ""
    top: tuple[int, int] = (0, 0)
    cursor: tuple[int, int] = (0, 0)
    folds: Mapping[int, bool | int] = field(default_factory=dict)
    """By block, what was folded by hand: whether it is, or for a tool call its level."""
    search: str = ""
    trees: Mapping[int, Mapping[str, Fold]] = field(default_factory=dict)
    """By block and part of it, what is folded in JSON."""


class Arrangement(Struct, frozen=True):
    """How the screen is arranged."""

    active: str = ""
    """The pane in use."""
    filter_hidden: bool = False
    zoomed: bool = False
    wider: int = 0
    rail_hidden: bool = False
    rail_wider: int = 0
    density: str = ""
    markdown: bool = True
    focused: bool = False
    reasoning: bool = False
    tools: int = 0
    sort: str = ""
    """By what the list is sorted; "" for the server's order."""
    turned: bool = False
    """Whether that is turned round."""
    details: bool = False
    hidden_columns: str = ""
    """The letters of the columns of the list that are not wanted."""


class Place(Struct, frozen=True):
    """Everything that a start comes back to."""

    query: ListFilter = field(default_factory=ListFilter)
    conversation_id: str = ""
    """The conversation under the cursor of the list."""
    index: int = 0
    """The row it was on: where to look for it first."""
    arrangement: Arrangement = field(default_factory=Arrangement)
    reading: Reading = field(default_factory=Reading)

    def content(self) -> Content:
        """As it is saved."""
        reading = self.reading
        return {
            "query": filter_content(self.query),
            "conversation_id": self.conversation_id,
            "index": self.index,
            "arrangement": asdict(self.arrangement),
            "reading": {
                "conversation_id": reading.conversation_id,
                "top": list(reading.top),
                "cursor": list(reading.cursor),
                "folds": {str(block): folded for block, folded in list(reading.folds.items())[:_MOST_FOLDS]},
                "search": reading.search,
                "trees": {
                    str(block): {part: fold_content(fold) for part, fold in parts.items()}
                    for block, parts in within_bounds(reading.trees).items()
                },
            },
        }


def place_from(content: object) -> Place | None:
    """What was saved, or None where nothing was; parts that make no sense are as in a first start."""
    if not isinstance(content, dict):
        return None
    return Place(
        query=filter_from(content.get("query")),
        conversation_id=_text(content.get("conversation_id")),
        index=_number(content.get("index")),
        arrangement=_arrangement(content.get("arrangement")),
        reading=_reading(content.get("reading")),
    )


def _arrangement(content: object) -> Arrangement:
    saved = content if isinstance(content, dict) else {}
    usual = Arrangement()
    found: dict[str, object] = {}
    for name, before in asdict(usual).items():
        value = saved.get(name)
        if type(value) is type(before) and (not isinstance(value, str) or len(value) <= _ID_LIMIT):
            found[name] = max(-_MOST, min(_MOST, value)) if type(value) is int else value
    return Arrangement(**found)  # type: ignore[arg-type]  # each is of its field's own type, which was just checked


def _reading(content: object) -> Reading:
    saved = content if isinstance(content, dict) else {}
    folds = saved.get("folds")
    return Reading(
        conversation_id=_text(saved.get("conversation_id")),
        top=_pair(saved.get("top")),
        cursor=_pair(saved.get("cursor")),
        folds={
            int(block): folded
            for block, folded in (list(folds.items())[:_MOST_FOLDS] if isinstance(folds, dict) else [])
            if _is_block(block) and type(folded) in (bool, int) and -1 <= folded <= 2
        },
        search=_text(saved.get("search")),
        trees=_trees(saved.get("trees")),
    )


def _trees(content: object) -> Mapping[int, Mapping[str, Fold]]:
    saved = list(content.items())[:_MOST_FOLDS] if isinstance(content, dict) else []
    found = {
        int(block): {
            part: fold
            for part, kept in list(parts.items())[:_MOST_PARTS]
            if _text(part) and (fold := fold_from(kept)) is not None
        }
        for block, parts in saved
        if _is_block(block) and isinstance(parts, dict)
    }
    return within_bounds(found)


def within_bounds(trees: Mapping[int, Mapping[str, Fold]]) -> dict[int, Mapping[str, Fold]]:
    """The first blocks of them, as many as may be remembered; without those that tell nothing."""
    kept: dict[int, Mapping[str, Fold]] = {}
    left = MOST_VALUES
    for block, parts in trees.items():
        values = sum(count_of(fold) for fold in parts.values())
        if 0 < values <= left and len(kept) < _MOST_FOLDS:
            kept[block] = parts
            left -= values
    return kept


def _is_block(key: object) -> bool:
    return isinstance(key, str) and key.isascii() and key.isdigit() and len(key) < 9


def _text(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _ID_LIMIT and value.isprintable() else ""


def _number(value: object) -> int:
    return value if type(value) is int and 0 <= value <= _MOST else 0


def _pair(value: object) -> tuple[int, int]:
    if isinstance(value, list) and len(value) == 2:
        return _number(value[0]), _number(value[1])
    return 0, 0
