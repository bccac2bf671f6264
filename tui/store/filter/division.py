"""Who checks what: the strongest question that the server understands, and what is left to be checked here."""

from dataclasses import dataclass

from tui.api.query import ConversationFilter
from tui.store.filter.expression import EVERYTHING, All, AnyOf, Call, Node, Not, Term, Word, conjuncts, words_of
from tui.store.filter.values import OneOf


@dataclass(frozen=True, slots=True)
class Division:
    """An expression divided: what the server is asked, and what is checked here."""

    server: ConversationFilter
    here: Node


def divided(node: Node) -> Division:
    """Divide an expression; both parts together mean the same as the whole."""
    parts = conjuncts(node)
    tags = _first_tags(parts)
    untagged = any(_means_untagged(part) for part in parts)
    server = ConversationFilter(
        text=words_of(node),
        tags=() if tags is None else _tags_of(tags) or (),
        untagged=untagged,
        archived=_wants_archived(node),
    )
    left = tuple(part for part in parts if not (_is_settled(part, server) or (isinstance(tags, Term) and part is tags)))
    return Division(server, left[0] if len(left) == 1 else All(left) if left else EVERYTHING)


def _is_settled(part: Node, server: ConversationFilter) -> bool:
    """Whether what the server is asked alone makes it true."""
    if isinstance(part, Word):
        return True
    if isinstance(part, Term) and part.name == "untagged":
        return part.value is True
    return (
        isinstance(part, Term) and part.name == "archived" and _archived(part) == {"also" if server.archived else "no"}
    )


def _means_untagged(part: Node) -> bool:
    match part:
        case Term(name="untagged"):
            return part.value is True
        case Not(inner=Term(name="untagged") as term):
            return term.value is False
        case AnyOf():
            return all(_means_untagged(inner) for inner in part.inner)
        case All():
            return any(_means_untagged(inner) for inner in part.inner)
        case _:
            return False


def _first_tags(parts: tuple[Node, ...]) -> Node | None:
    """The first part that only conversations with one of some tags fulfil: the call knows no other join (API page)."""
    return next((part for part in parts if _tags_of(part) is not None), None)


def _tags_of(part: Node) -> tuple[str, ...] | None:
    """The tags of which a conversation must have one for this part to be true; None where it says no such thing."""
    match part:
        case Term(name="tag", value=OneOf() as value):
            return None if any("*" in text for text in value.texts) else tuple(dict.fromkeys(value.texts))
        case AnyOf():
            every = [_tags_of(inner) for inner in part.inner]
            known = [tags for tags in every if tags is not None]
            return tuple(dict.fromkeys(tag for tags in known for tag in tags)) if len(known) == len(every) else None
        case All():
            return next((tags for inner in part.inner if (tags := _tags_of(inner)) is not None), None)
        case _:
            return None


def _wants_archived(node: Node, *, negated: bool = False) -> bool:
    """Whether archived conversations can match at all."""
    match node:
        case Term(name="archived"):
            return negated or _archived(node) != {"no"}
        case Not():
            return _wants_archived(node.inner, negated=True)
        case All() | AnyOf():
            return any(_wants_archived(inner, negated=negated) for inner in node.inner)
        case Call() | _:
            return False


def _archived(term: Term) -> set[str]:
    return set(term.value.texts) if isinstance(term.value, OneOf) else set()
