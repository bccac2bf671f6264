"""The rules that keep the house in shape, each as a function from a folder of sources to what breaks it."""

import ast
import builtins
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

MOST_LINES = 300
MOST_MODULES = 16
DEEPEST = 2
MOST_CALLABLES = 45
MOST_ATTRIBUTES = 18
_DOCUMENTED = frozenset({"_fields", "_replace", "_asdict", "_make", "_exit"})
"""Of named tuples and of `os`: public in spite of their names."""


@dataclass(slots=True)
class Class:
    """One class as it is written: its own bases, callables and attributes by name."""

    name: str
    home: str
    bases: tuple[str, ...]
    callables: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


class Sources:
    """The parsed modules below a folder, by path relative to it."""

    def __init__(self, folder: Path, leaving_out: tuple[str, ...] = ()) -> None:
        paths = sorted(folder.rglob("*.py"))
        self.texts = {
            str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for path in paths
            if path.relative_to(folder).parts[0] not in leaving_out
        }
        self.trees = {name: ast.parse(text) for name, text in self.texts.items()}

    @cached_property
    def classes(self) -> dict[str, list[Class]]:
        """Every class by its name; more than one where a name is given twice."""
        found: dict[str, list[Class]] = defaultdict(list)
        for home, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(_class_of(node, home))
        return found

    def chain(self, one: Class) -> list[Class]:
        """The class and all its own bases, the nearest first."""
        found = {id(one): one}
        for base in one.bases:
            for candidate in self.classes.get(base, [])[:1]:
                if candidate is not one:
                    found.update({id(link): link for link in self.chain(candidate)})
        return list(found.values())

    def depth(self, one: Class) -> int:
        """How many of our own classes stand on top of each other here."""
        own = [self.classes[base][0] for base in one.bases if base in self.classes]
        return 1 + max((self.depth(base) for base in own if base is not one), default=0)


def too_long(sources: Sources) -> dict[str, int]:
    """The modules of more lines than a module may have."""
    lengths = {name: len(text.splitlines()) for name, text in sources.texts.items()}
    return {name: lines for name, lines in lengths.items() if lines > MOST_LINES}


def too_full(sources: Sources) -> dict[str, int]:
    """The folders of more modules than a folder may have."""
    counts = Counter(str(Path(name).parent) for name in sources.texts if Path(name).name != "__init__.py")
    return {folder: count for folder, count in counts.items() if count > MOST_MODULES}


def too_deep(sources: Sources) -> dict[str, int]:
    """The classes that stand on too many of our own; errors are exempt, since they are a tree on purpose."""
    depths = {one.name: sources.depth(one) for one in _each(sources) if not _is_error(sources, one)}
    return {name: depth for name, depth in depths.items() if depth > DEEPEST}


def too_many_callables(sources: Sources) -> dict[str, int]:
    """The classes that have, with all their own bases, more callables than a class may have."""
    counts = {one.name: len(_callables(sources, one)) for one in _each(sources)}
    return {name: count for name, count in counts.items() if count > MOST_CALLABLES}


def too_many_attributes(sources: Sources) -> dict[str, int]:
    """The classes that have, with all their own bases, more attributes than a class may have."""
    counts = {
        one.name: len(set[str]().union(*(link.attributes for link in sources.chain(one))) - _callables(sources, one))
        for one in _each(sources)
    }
    return {name: count for name, count in counts.items() if count > MOST_ATTRIBUTES}


def named_twice(sources: Sources) -> dict[str, list[str]]:
    """The public class names that more than one module gives."""
    homes = {name: [one.home for one in ones] for name, ones in sources.classes.items()}
    return {name: places for name, places in homes.items() if len(places) > 1 and not name.startswith("_")}


def foreign_private_names(sources: Sources) -> dict[str, set[str]]:
    """The private names of other libraries that each module uses.

    A private module or name that is imported from another package; and an attribute with a leading underscore that none
    of our own classes, functions or assignments gives.
    """
    own = {name for tree in sources.trees.values() for name in _given(tree)}
    found = {home: set(_used(tree, own)) for home, tree in sources.trees.items()}
    return {home: names for home, names in found.items() if names}


def _each(sources: Sources) -> Iterator[Class]:
    return (one for ones in sources.classes.values() for one in ones)


def _callables(sources: Sources, one: Class) -> set[str]:
    return set[str]().union(*(link.callables for link in sources.chain(one)))


def _is_error(sources: Sources, one: Class) -> bool:
    bases = {base for link in sources.chain(one) for base in link.bases}
    return any(_is_builtin_error(base) for base in bases)


def _is_builtin_error(name: str) -> bool:
    known = getattr(builtins, name, None)
    return isinstance(known, type) and issubclass(known, BaseException)


def _class_of(node: ast.ClassDef, home: str) -> Class:
    one = Class(node.name, home, tuple(name for base in node.bases if (name := _last_name(base))))
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            one.callables.add(item.name)
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and not _is_constant(item.target.id):
            one.attributes.add(item.target.id)
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store) and _is_self(inner.value):
            one.attributes.add(inner.attr)
    return one


def _last_name(node: ast.expr) -> str:
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_constant(name: str) -> bool:
    return name.isupper()


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def is_private(name: str) -> bool:
    """Whether a name says that it is nobody else's business."""
    return name.startswith("_") and not name.startswith("__") and name != "_" and name not in _DOCUMENTED


def _given(tree: ast.Module) -> Iterator[str]:
    """The private names that a module gives itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value):
            yield node.attr


def _used(tree: ast.Module, own: set[str]) -> Iterator[str]:
    """The private names of others that a module uses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(("tui", "_typeshed")):
            parts = (node.module or "").split(".")
            yield from (
                f"{node.module}.{alias.name}" for alias in node.names if any(map(is_private, [*parts, alias.name]))
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if any(map(is_private, alias.name.split("."))))
        elif isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
            yield node.attr
