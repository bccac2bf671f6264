"""What a line for finding means: a tree of words, terms, and what joins them; each node knows where it was typed."""

from dataclasses import dataclass, field

from tui.store.filter.values import Value


@dataclass(frozen=True, slots=True)
class Extent:
    """Where something stands in the line, in characters; `end` is behind it."""

    start: int = 0
    end: int = 0


_NOWHERE = Extent()


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the server searches in the histories."""

    text: str
    place: Extent = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A fact and what it must be, such as `failed:>0`; `name` is the name of a term, `param.NAME` inside a call."""

    name: str
    value: Value
    place: Extent = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One tool call that is all of this: `tool(name:retrieval failed:yes)`."""

    inner: "Node"
    place: Extent = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold; what is not known holds neither way."""

    inner: "Node"
    place: Extent = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """All of these hold; none of them is everything."""

    inner: "tuple[Node, ...]" = ()
    place: Extent = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these holds."""

    inner: "tuple[Node, ...]"
    place: Extent = field(default=_NOWHERE, compare=False)


Node = Word | Term | Call | Not | All | AnyOf

EVERYTHING = All()


def conjuncts(node: Node) -> tuple[Node, ...]:
    """What must all hold, at the top of the expression."""
    return node.inner if isinstance(node, All) else (node,)


def words_of(node: Node) -> str:
    """The words at the top, in order, joined by one blank: the one `text` that the server searches (API page)."""
    return " ".join(part.text for part in conjuncts(node) if isinstance(part, Word))
