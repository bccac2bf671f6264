"""The filter of a list: what the pane shows of it by name, and the rest of the line; two views of one expression."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.api.query import ConversationFilter

if TYPE_CHECKING:
    from tui.store.filter.division import Division
    from tui.store.filter.expression import Node


class ListFilter(Struct, frozen=True):
    """Which conversations a list shows."""

    text: str = ""
    """The words, which the server searches in the histories."""
    tags: tuple[str, ...] = ()
    """Any of these."""
    untagged: bool = False
    archived: bool = False
    """Archived ones too."""
    rest: str = ""
    """All other terms, as a line that means them."""

    @property
    def is_empty(self) -> bool:
        """Whether it shows everything that is active."""
        return self == ListFilter()

    @property
    def division(self) -> "Division":
        """What of it the server is asked, and what is checked here."""
        from tui.store.filter.division import Division, divided
        from tui.store.filter.expression import EVERYTHING

        return divided(self.expression) if self.rest else Division(self.server, EVERYTHING)

    @property
    def is_checked_here(self) -> bool:
        """Whether anything of it is checked here, and not by the server."""
        if not self.rest:
            return False
        from tui.store.filter.expression import EVERYTHING

        return self.division.here != EVERYTHING

    @property
    def server(self) -> ConversationFilter:
        """What the server is asked for."""
        if self.rest:
            return self.division.server
        return ConversationFilter(self.text, self.tags, self.untagged, self.archived)

    @property
    def expression(self) -> "Node":
        """All of it as one expression."""
        from tui.store.filter.expression import All, Term, Word, conjuncts
        from tui.store.filter.parser import parse
        from tui.store.filter.values import OneOf

        parts: list[Node] = [Word(self.text)] if self.text else []
        parts += [Term("tag", OneOf(self.tags))] if self.tags else []
        parts += [Term("untagged", True)] if self.untagged else []
        parts += [Term("archived", OneOf(("also",)))] if self.archived else []
        parts += conjuncts(parse(self.rest))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    @property
    def line(self) -> str:
        """The line that means it."""
        if self.is_empty:
            return ""
        from tui.store.filter.expression import EVERYTHING, Term, conjuncts
        from tui.store.filter.parser import parse
        from tui.store.filter.printing import line_of, words_line
        from tui.store.filter.values import OneOf

        parts = [words_line(self.text)] if self.text else []
        parts += [line_of(Term("tag", OneOf(self.tags)))] if self.tags else []
        parts += ["untagged:yes"] if self.untagged else []
        parts += ["archived:also"] if self.archived else []
        rest = parse(self.rest)
        if rest != EVERYTHING:
            alone = len(conjuncts(rest)) > 1 or not parts or not self.rest_is_choice
            parts.append(self.rest if alone else f"({self.rest})")
        return " ".join(parts)

    def joined(self, other: "ListFilter") -> "ListFilter":
        """The filter that shows what both of them show."""
        from tui.store.filter.expression import Term, conjuncts
        from tui.store.filter.parser import parse
        from tui.store.filter.printing import line_of_all
        from tui.store.filter.values import OneOf

        rest = [part for one in (self, other) for part in conjuncts(parse(one.rest))]
        if self.tags and other.tags:
            rest.append(Term("tag", OneOf(other.tags)))
        return ListFilter(
            " ".join(filter(None, (self.text, other.text))),
            self.tags or other.tags,
            self.untagged or other.untagged,
            self.archived or other.archived,
            line_of_all(rest),
        )

    @property
    def rest_is_choice(self) -> bool:
        """Whether the rest is a choice between terms, which needs brackets beside others."""
        from tui.store.filter.expression import AnyOf
        from tui.store.filter.parser import parse

        return isinstance(parse(self.rest), AnyOf)


def filter_of(line: str) -> ListFilter:
    """The filter that a line means.

    Raises:
        UnreadableLine: it cannot be read; says where and what would help.
    """
    from tui.store.filter.parser import parse

    return filter_from_expression(parse(line))


def filter_from_expression(node: "Node") -> ListFilter:
    """The filter that an expression means."""
    from tui.store.filter.expression import Term, Word, conjuncts, words_of
    from tui.store.filter.printing import line_of_all
    from tui.store.filter.values import OneOf

    found = ListFilter(words_of(node))
    rest: list[Node] = []
    for part in conjuncts(node):
        match part:
            case Word():
                pass
            case Term(name="tag", value=OneOf(texts)) if not found.tags and not any("*" in text for text in texts):
                found = replace(found, tags=tuple(dict.fromkeys(texts)))
            case Term(name="untagged", value=True):
                found = replace(found, untagged=True)
            case Term(name="archived", value=OneOf(("also",))):
                found = replace(found, archived=True)
            case Term(name="archived", value=OneOf(("no",))):
                pass
            case _:
                rest.append(part)
    return replace(found, rest=line_of_all(rest))
