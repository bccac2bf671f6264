"""What stands for values in a condition, and which numbers shared texts have."""

from collections.abc import Callable, Mapping, Sequence

from tui.store.filter.patterns import like
from tui.store.filter.values import OneOf, Range, Value

Parameter = str | float | int

WordsLike = Callable[[str, Mapping[str, object]], Sequence[int]]
"""The numbers of the shared texts for which a condition on `text` holds."""


class Values:
    """The values of one statement."""

    def __init__(self, words: WordsLike) -> None:
        self._words = words
        self.parameters: dict[str, Parameter] = {}

    def mark(self, parameter: Parameter) -> str:
        """What stands for a parameter; by its name, so that a condition may stand twice."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = parameter
        return f":{name}"

    def sets(self, value: Value) -> str:
        """The sets that have one of the texts that a value says."""
        return f"(SELECT word_set FROM in_sets WHERE word IN {self.words(value)})"

    def words(self, value: Value) -> str:
        """The numbers of the shared texts that a value says, such as tools: they are few."""
        texts = value.texts if isinstance(value, OneOf) else ()
        conditions = " OR ".join(_like("text", text, f":p{place}") for place, text in enumerate(texts)) or "0"
        found = self._words(conditions, {f"p{at}": like(text, part=False) for at, text in enumerate(texts)})
        return f"({', '.join(map(str, found))})"

    def word(self, text: str) -> str:
        """The number of a shared text, in any case; null where there is none."""
        return str(next(iter(self._words("text = :text", {"text": text})), "NULL"))

    def fits(self, column: str, value: Value, *, part: bool = False) -> str:
        """The condition that a column has a value."""
        match value:
            case bool():
                return column if value else f"NOT {column}"
            case Range():
                return self._within(column, value)
            case OneOf():
                return f"({' OR '.join(self.like(column, text, part=part) for text in value.texts)})"
            case _:
                return "NULL"

    def like(self, column: str, text: str, *, part: bool = False) -> str:
        """The condition that a column has a text, in which `*` stands for any characters."""
        return _like(column, text, self.mark(like(text, part=part)))

    def _within(self, column: str, wanted: Range) -> str:
        conditions: list[str] = []
        if wanted.low is not None:
            conditions.append(f"{column} {'>' if wanted.low_open else '>='} {self.mark(wanted.low)}")
        if wanted.high is not None:
            conditions.append(f"{column} {'<' if wanted.high_open else '<='} {self.mark(wanted.high)}")
        return f"({' AND '.join(conditions)})" if conditions else f"{column} IS NOT NULL"


def _like(column: str, text: str, mark: str) -> str:
    """SQLite takes ASCII letters for the same in either case; for others the text is folded as Python does."""
    folded = column if text.isascii() else f"folded({column})"
    return f"{folded} LIKE {mark} ESCAPE '\\'"


def folded(text: object) -> str | None:
    """A text as such patterns are folded, for SQLite, which calls it by this name."""
    return str(text).casefold() if text is not None else None
