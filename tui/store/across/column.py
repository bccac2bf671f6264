"""The columns of the tables: what they are called, and what kind of values they hold."""

from enum import Enum, auto

from msgspec import Struct

PARAMETER = "param."
"""What the key of a column begins with that shows a parameter; its path follows."""

VALUE = "value"
"""The key of a column of values that are counted: what is missing there is told in words."""


class CellKind(Enum):
    """How the values of a column are to be read."""

    TEXT = auto()
    NAME = auto()
    """The name of a tool."""
    COUNT = auto()
    FAILURES = auto()
    """So many that failed."""
    GUESSES = auto()
    """So many of them that only read like a failure."""
    SHARE = auto()
    """A part of one, from 0 to 1."""
    SECONDS = auto()
    BYTES = auto()
    MOMENT = auto()
    """Seconds since 1970."""
    STATE = auto()
    """What became of a call: one of the words of `State`."""
    WORDS = auto()
    """A failure in words."""
    BAR = auto()
    """A part of one, from 0 to 1, as a bar; no file and no copy has it."""
    FAILED_BAR = auto()
    """The same, of failures."""
    ANY = auto()
    """A value of JSON, as it stands there."""


IS_BAR = frozenset({CellKind.BAR, CellKind.FAILED_BAR})

IS_NUMBER = frozenset(
    {CellKind.COUNT, CellKind.FAILURES, CellKind.GUESSES, CellKind.SHARE, CellKind.SECONDS, CellKind.BYTES}
)
"""The kinds that stand at the right of their columns, and of which the greatest come first."""


class State(Enum):
    """What became of a call."""

    FAILED = "failed"
    GUESSED = "failed?"
    EMPTY = "empty"
    FINE = "ok"


class TableColumn(Struct, frozen=True):
    """One column: its key in orders and exports, its head, its kind, and what it means, for the help."""

    key: str
    head: str
    kind: CellKind = CellKind.TEXT
    words: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers only."""
        return self.kind in IS_NUMBER
