"""Random expressions, facts and projects for the tests of the line for finding."""

from typing import Any

from hypothesis import strategies as st

from tui.store.filter.expression import All, AnyOf, Call, Node, Not, Term, Word
from tui.store.filter.terms import CALL_TERMS, TERMS, TermKind
from tui.store.filter.values import Ago, Kind, OneOf, Value, number

TEXTS = st.sampled_from(["a", "b", "a b", 'say "hi"', "a,b", "c|d", "(x)", "Support v3", "x:y", "*", "re*nd", "ü", "-"])
NUMBERS = st.sampled_from(["0", "3", ">0", ">=2", "<5", "<=5", "2..4", "..3", "2..", "=7"])


def values(kind: TermKind) -> st.SearchStrategy[Value]:
    """Values that a term takes."""
    match kind.kind:
        case Kind.WHOLE | Kind.PART:
            return st.lists(TEXTS, min_size=1, max_size=3).map(lambda texts: OneOf(tuple(texts)))
        case Kind.CHOICE:
            return st.sampled_from(kind.choices).map(lambda text: OneOf((text,)))
        case Kind.YES_NO:
            return st.booleans()
        case Kind.DATE:
            return st.sampled_from(["7d", "2026-10-15", "2026-10", "2025", "today", "12h"]).map(Ago)
        case _:
            return NUMBERS.map(lambda text: number(text, kind.kind))


def terms(kinds: dict[str, TermKind]) -> st.SearchStrategy[Node]:
    """Single terms of these kinds."""
    return st.sampled_from(list(kinds.values())).flatmap(
        lambda kind: values(kind).map(lambda value: Term(kind.name, value))
    )


def joined(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Leaves with what joins them."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.filter(lambda node: not isinstance(node, Not)).map(Not),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        ),
        max_leaves=6,
    )


CALLS = joined(terms(CALL_TERMS)).map(Call)
LOCAL = joined(st.one_of(terms(TERMS), CALLS))
WORDS = st.sampled_from(["refund", "a:b", "--flag", "(x)", 'sa"y', "two words", "failed:>0", "|", ")", "-x", '"']).map(
    Word
)
EXPRESSIONS = st.lists(st.one_of(WORDS, LOCAL), min_size=0, max_size=4).map(
    lambda parts: parts[0] if len(parts) == 1 else All(tuple(parts))
)

_TAGS = st.lists(st.sampled_from(["a", "b", "a b", "c|d", "x:y"]), max_size=3).map(tuple)


def facts() -> st.SearchStrategy[dict[str, Any]]:
    """The facts of one conversation; those of its history may not be known."""
    counts = {name: st.one_of(st.none(), st.integers(0, 8)) for name, kind in TERMS.items() if kind.kind is Kind.NUMBER}
    call = st.fixed_dictionaries(
        {"name": st.sampled_from(["a", "b"]), "failed": st.booleans(), "results": st.integers(0, 4)}
    )
    return st.fixed_dictionaries(
        {
            **counts,
            "tag": _TAGS,
            "archived": st.booleans(),
            "created": st.sampled_from([1_760_000_000.0, 1_792_000_000.0]),
            "agent": st.sampled_from(["a", "Support v3", ""]),
            "tool": st.one_of(st.none(), st.lists(call, max_size=3).map(tuple)),
        }
    ).map(lambda known: {**known, "untagged": not known["tag"]})
