"""What the structure of the code promises: imports go one way, and no file grows into one that does everything."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_LINES = 300


def lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", code, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_no_file_is_longer_than_it_may_be() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "tui").rglob("*.py")}
    assert lengths
    assert not {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES}


def test_an_import_against_the_direction_is_caught(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "tui", tmp_path / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "tui/store/__init__.py").open("a") as file:
        file.write("\nimport tui.cli\n")
    done = lint_imports(tmp_path)
    assert done.returncode != 0, done.stdout + done.stderr
    assert "tui.store is not allowed to import tui.cli" in done.stdout
