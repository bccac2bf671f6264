"""The house keeps its shape: what breaks a rule today is named here, and what is mended must leave this list."""

import importlib
import pkgutil
from pathlib import Path
from types import FunctionType

import pytest

import tui
from tests.guards import rules
from tests.guards.rules import Sources

PACKAGE = Path(__file__).parents[2] / "tui"

# Each of these lists only shrinks: what is no longer true of the code must leave it, and nothing comes to it.
STILL_TOO_FULL: dict[str, int] = {}
STILL_TOO_DEEP: dict[str, int] = {}
STILL_TOO_MANY_CALLABLES: dict[str, int] = {}
STILL_TOO_MANY_ATTRIBUTES: dict[str, int] = {}
STILL_NAMED_TWICE: dict[str, int] = {}
STILL_PRIVATE: dict[str, int] = {}
_DOCUMENTED = {"tui.config.logs.PrivateFile._open"}
"""A place for one's own file, by the manual of `logging`."""


@pytest.fixture(scope="module")
def ours() -> Sources:
    """The program without its demo, which is a server."""
    return Sources(PACKAGE, leaving_out=("demo",))


def assert_shrinks(found: dict[str, int], still: dict[str, int]) -> None:
    """What is found is on the list and no worse than it says, and everything on the list is found."""
    worse = {name: size for name, size in found.items() if size > still.get(name, 0)}
    assert not worse, f"breaks the rule, or more than before: {worse}"
    mended = still.keys() - found.keys()
    assert not mended, f"mended, so it must leave the list: {sorted(mended)}"


def test_no_module_is_longer_than_it_may_be() -> None:
    assert not rules.too_long(Sources(PACKAGE))


def test_no_folder_holds_more_modules_than_it_may() -> None:
    assert_shrinks(rules.too_full(Sources(PACKAGE)), STILL_TOO_FULL)


def test_no_class_stands_on_a_chain_of_our_own(ours: Sources) -> None:
    assert_shrinks(rules.too_deep(ours), STILL_TOO_DEEP)


def test_no_class_does_everything(ours: Sources) -> None:
    assert_shrinks(rules.too_many_callables(ours), STILL_TOO_MANY_CALLABLES)
    assert_shrinks(rules.too_many_attributes(ours), STILL_TOO_MANY_ATTRIBUTES)


def test_a_public_class_name_exists_once(ours: Sources) -> None:
    assert_shrinks({name: len(homes) for name, homes in rules.named_twice(ours).items()}, STILL_NAMED_TWICE)


def test_private_names_of_others_are_used_in_the_adapter_only(ours: Sources) -> None:
    used = rules.foreign_private_names(ours)
    outside = {home: len(names) for home, names in used.items() if not home.startswith("terminal/adapter/")}
    assert_shrinks(outside, STILL_PRIVATE)


def test_private_methods_of_others_are_overridden_in_the_adapter_only() -> None:
    overridden = {
        f"{one.__module__}.{one.__name__}.{name}"
        for one in _classes_of_ours()
        for name in vars(one)
        if rules.is_private(name) and not name.endswith("_") and isinstance(vars(one)[name], FunctionType)
        if not one.__module__.startswith("tui.terminal.adapter")
        if any(name in vars(base) for base in one.__mro__ if not base.__module__.startswith("tui"))
    }
    assert overridden == _DOCUMENTED


def _classes_of_ours() -> set[type]:
    names = [module.name for module in pkgutil.walk_packages(tui.__path__, "tui.") if ".demo" not in module.name]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    return {
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and one.__module__ == module.__name__
    }


# -- each rule is seen to be broken


def planted(folder: Path, **modules: str) -> Sources:
    """Sources made of these texts."""
    for name, text in modules.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Sources(folder)


def test_a_long_module_is_caught(tmp_path: Path) -> None:
    assert rules.too_long(planted(tmp_path, long="x = 1\n" * 301, fair="x = 1\n" * 300)) == {"long.py": 301}


def test_a_full_folder_is_caught(tmp_path: Path) -> None:
    modules = {f"room__m{number}": "" for number in range(17)}
    assert rules.too_full(planted(tmp_path, **modules)) == {"room": 17}


def test_a_chain_of_classes_is_caught_and_errors_are_exempt(tmp_path: Path) -> None:
    chain = "class A: ...\nclass B(A): ...\nclass C(B): ...\n"
    errors = "class X(Exception): ...\nclass Y(X): ...\nclass Z(Y): ...\n"
    assert rules.too_deep(planted(tmp_path, chain=chain, errors=errors)) == {"C": 3}


def test_a_class_that_does_everything_is_caught_with_its_bases(tmp_path: Path) -> None:
    half = "".join(f"    def f{number}(self): ...\n" for number in range(23))
    rest = "".join(f"    def g{number}(self): ...\n" for number in range(23))
    many = "class M:\n    def __init__(self):\n" + "".join(f"        self.a{number} = 0\n" for number in range(19))
    sources = planted(tmp_path, half=f"class H:\n{half}", whole=f"class W(H):\n{rest}", many=many)
    assert rules.too_many_callables(sources) == {"W": 46}
    assert rules.too_many_attributes(sources) == {"M": 19}


def test_a_name_given_twice_is_caught(tmp_path: Path) -> None:
    twice = rules.named_twice(
        planted(tmp_path, one="class A: ...\nclass _P: ...\n", two="class A: ...\nclass _P: ...\n")
    )
    assert twice == {"A": ["one.py", "two.py"]}


def test_private_names_of_others_are_caught(tmp_path: Path) -> None:
    text = "from textual._thing import x\nimport rich._y\nfrom re import _z\napp._queue\napp._ours = 1\n"
    own = "class A:\n    def __init__(self):\n        self._ours = 0\n"
    used = rules.foreign_private_names(planted(tmp_path, uses=text, own=own))
    assert used == {"uses.py": {"textual._thing.x", "rich._y", "re._z", "_queue"}}


def test_a_list_of_exceptions_only_shrinks() -> None:
    assert_shrinks({"A": 3}, {"A": 4})
    for found, still in [({"A": 5}, {"A": 4}), ({"B": 1}, {}), ({}, {"A": 4})]:
        with pytest.raises(AssertionError):
            assert_shrinks(found, still)
