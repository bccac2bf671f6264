"""What is leaned on of Textual's inner parts: each one is named, and a missing one means Textual's own painting."""

import importlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import textual

from tests.guards import rules
from tests.harness.terminal_run import ROOT
from tests.terminal.probe_app import Painted
from tests.terminal.ptys import resize, running
from tui.terminal.adapter import private
from tui.terminal.adapter.compositor import VisibleCompositor
from tui.terminal.adapter.driver import FastDriver
from tui.terminal.adapter.private import INNER, Inner

ADAPTER = ROOT / "tui" / "terminal" / "adapter"


@pytest.fixture
def _looked_at_anew() -> Iterator[None]:
    private.missing.cache_clear()
    yield
    private.missing.cache_clear()


def test_everything_is_there() -> None:
    assert private.missing() == ()


def test_all_inner_names_that_are_used_are_named() -> None:
    sources = rules.Sources(ADAPTER)
    used = set().union(*rules.foreign_private_names(sources).values())
    own = {name for one in _adapter_classes(sources) for name in one}
    named = {name for inner in INNER for name in inner.path.split(".")}
    assert {name for name in used | own if name.rpartition(".")[2] not in named} == set()


def _adapter_classes(sources: rules.Sources) -> Iterator[set[str]]:
    """What classes of the adapter override of inner methods of Textual."""
    for home in sources.trees:
        module = importlib.import_module(f"tui.terminal.adapter.{Path(home).stem}" if home != "__init__.py" else "tui")
        for one in vars(module).values():
            if isinstance(one, type) and one.__module__ == module.__name__:
                bases = [base for base in one.__mro__[1:] if base.__module__.startswith("textual")]
                yield {
                    name
                    for name in vars(one)
                    if rules.is_private(name)
                    and callable(vars(one)[name])
                    and any(name in vars(base) for base in bases)
                }


@pytest.mark.usefixtures("_looked_at_anew")
@pytest.mark.parametrize("inner", INNER, ids=lambda inner: inner.path)
def test_one_that_is_missing_means_textuals_own_painting(inner: Inner, monkeypatch: pytest.MonkeyPatch) -> None:
    is_there = private._is_there
    monkeypatch.setattr(private, "_is_there", lambda one: one is not inner and is_there(one))
    app = Painted()
    assert not app.painter.paints
    assert not isinstance(app.get_default_screen()._compositor, VisibleCompositor)
    assert app.get_driver_class() is not FastDriver


@pytest.mark.usefixtures("_looked_at_anew")
@pytest.mark.parametrize(
    ("inner", "is_there"),
    [
        (Inner("textual.app", "App._display", "self screen renderable"), True),
        (Inner("textual.app", "App._display", "self renderable"), False),
        (Inner("textual.app", "App._display_anew"), False),
        (Inner("textual.app", "Application._display"), False),
        (Inner("textual.inner", "App"), False),
        (Inner("textual.app", "App._batch_count"), True),
        (Inner("textual.app", "App._batches"), False),
    ],
)
def test_what_is_there_is_told_from_what_is_not(inner: Inner, is_there: bool) -> None:
    assert private._is_there(inner) is is_there


@pytest.fixture(scope="module")
def another_textual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Textual in which every inner name that is leaned on is called otherwise, modules included."""
    source, folder = Path(textual.__file__).parent, tmp_path_factory.mktemp("another")
    names = {name for inner in INNER for name in f"{inner.module}.{inner.path}".split(".") if name.startswith("_")}
    inner_names = re.compile(rf"\b({'|'.join(names)})\b")
    for path in source.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            here = path.relative_to(source)
            copy = folder / "textual" / here.with_stem(f"{here.stem}_other" if here.stem in names else here.stem)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".py":
                copy.write_text(inner_names.sub(r"\1_other", path.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                shutil.copyfile(path, copy)
    return folder


def test_with_another_textual_it_is_textual_that_paints(another_textual: Path) -> None:
    with running("-m", "tests.terminal.probe_app", "painted", environment={"PYTHONPATH": str(another_textual)}) as it:
        it.wait_for("quiet")
        it.send(b"\x1b[B\x1b[Bt")
        it.wait_for("a toast")
        it.wait_for("▌   2")
        resize(it, 60, 20)
        it.wait_for("quiet")
        it.send(b"q")
        assert it.wait_for_exit() == 0
        assert "Traceback" not in it.text


def test_with_another_textual_the_program_runs_and_a_fault_shows_no_variables(
    another_textual: Path, tmp_path: Path
) -> None:
    environment = {
        "PYTHONPATH": str(another_textual),
        "CLARIFEYE_TOKEN": "a-token-nobody-sees",
        "XDG_STATE_HOME": str(tmp_path),
    }
    with running("-m", "tests.hostile.faulty", "key", "--demo", width=120, height=36, environment=environment) as it:
        it.wait_for("Conversations 1/")
        it.send(b"\x1b[B?")
        it.wait_for("In the list")
        it.send(b"\x1b")
        it.wait_until(lambda: "In the list" not in it.text)
        resize(it, 70, 24)
        it.wait_for("Conversations 2/")
        it.send(b"&")
        assert it.wait_for_exit() == 1
        assert "a fault in the program itself ended it" in it.text
        assert b"Traceback" not in it.raw
        assert b"a-token-nobody-sees" not in it.raw
