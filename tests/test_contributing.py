"""The guide for who carries this on names files and functions that are really there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
_PATH = re.compile(r"`((?:tui|tests|styles)(?:/[\w.]+)*)`(?: \(((?:`\w+`(?:, )?)+)\))?")


def named() -> list[tuple[str, tuple[str, ...]]]:
    """Every path that the guide names, and the functions that it names with it."""
    return [(path, tuple(re.findall(r"\w+", functions or ""))) for path, functions in _PATH.findall(GUIDE)]


@pytest.mark.parametrize(("path", "functions"), named())
def test_what_the_guide_names_is_there(path: str, functions: tuple[str, ...]) -> None:
    place = ROOT / path
    assert place.exists()
    for name in functions:
        assert re.search(rf"^ *(?:async )?def {name}\b", place.read_text(encoding="utf-8"), re.M), f"{path}: {name}"


def test_every_room_is_on_the_map() -> None:
    modules = [path.relative_to(ROOT) for path in (ROOT / "tui").rglob("*.py") if path.name != "__init__.py"]
    rooms = {path.parent.as_posix() for path in modules if path.parent.parent.parts and path.parent.parts[1] != "demo"}
    paths = {path for path, _ in named()}
    unnamed = {room for room in rooms - paths if not any(f"`{Path(room).name}`" in line for line in _rows(room))}
    assert rooms
    assert not unnamed


def _rows(room: str) -> list[str]:
    """The lines of the map that are about what holds a room."""
    return [line for line in GUIDE.splitlines() if f"`{Path(room).parent.as_posix()}`" in line]


def test_the_readme_leads_to_the_guide() -> None:
    assert "(CONTRIBUTING.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
