"""Build the packages, install the wheel into a fresh environment, and use what was installed as a person would.

python -m tests.packaging.check_wheel
"""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.terminal_run import TerminalRun

ROOT = Path(__file__).parents[2]
ROW = r"\d+ msg"
"""What only a painted conversation row shows."""
FULL_SCREEN = b"\x1b[?1049h"
NORMAL_SCREEN = b"\x1b[?1049l"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="clarifeye-wheel-") as name:
        folder = Path(name)
        with _step("build the source archive, and the wheel from it"):
            _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", ROOT)
        wheel, archive = (next((folder / "dist").glob(kind)) for kind in ("*.whl", "*.tar.gz"))
        with _step("look into both"):
            check_wheel_names(zipfile.ZipFile(wheel).namelist())
            with tarfile.open(archive) as files:
                check_archive_names(files.getnames())
        with _step("install the wheel into a fresh environment"):
            venv.create(folder / "venv", with_pip=True)
            locked = ("--constraint", ROOT / "requirements-dev.lock")
            _run(folder / "venv/bin/python", "-m", "pip", "install", "--quiet", *locked, wheel)
        with _step("ask for its version, as a command and as a module"):
            check_version(folder, wheel)
        with _step("browse the demo in a terminal and quit"):
            check_demo(folder)


def check_wheel_names(names: list[str]) -> None:
    """The style sheets are inside the package, and nothing else lands in site-packages."""
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"tui", next(top for top in tops if top.endswith(".dist-info"))}, tops
    sheets = sorted(path.name for path in (ROOT / "styles").glob("*.tcss"))
    shipped = sorted(name.removeprefix("tui/styles/") for name in names if name.startswith("tui/styles/"))
    assert sheets, "there are no style sheets"
    assert shipped == sheets, f"style sheets: {shipped} shipped of {sheets}"
    sources = {str(path.relative_to(ROOT)) for path in (ROOT / "tui").rglob("*.py")}
    assert sources <= set(names), f"not shipped: {sorted(sources - set(names))}"


def check_archive_names(names: list[str]) -> None:
    """What is needed to build and test again is in the source archive."""
    inside = {name.partition("/")[2] for name in names}
    wanted = {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "Makefile",
        "requirements-dev.lock",
        "tui/cli.py",
    }
    assert wanted <= inside, f"not in the source archive: {sorted(wanted - inside)}"


def check_version(folder: Path, wheel: Path) -> None:
    """Both ways to start say the version that the wheel's name says."""
    version = wheel.name.split("-")[1]
    for command in (["venv/bin/clarifeye-tui"], ["venv/bin/python", "-m", "tui"]):
        said = _run(folder / command[0], *command[1:], "--version", cwd=folder)
        assert said.strip() == f"clarifeye-tui {version}", said


def check_demo(folder: Path) -> None:
    """A row is painted, q ends it well, and the terminal is as it was."""
    home = folder / "home"
    home.mkdir()
    environ = {"HOME": str(home), "LANG": "C.UTF-8"}
    with TerminalRun([str(folder / "venv/bin/clarifeye-tui"), "--demo"], environ=environ, folder=folder) as run:
        run.wait_for(ROW)
        run.send("q")
        status = run.wait_for_exit()
        assert status == 0, f"exit code {status}:\n{run.text}"
        assert run.raw.count(FULL_SCREEN) >= 1, "the full screen was never opened"
        assert run.raw.rindex(NORMAL_SCREEN) > run.raw.rindex(FULL_SCREEN), "the full screen was not left"
        assert run.is_restored, "the terminal's settings were not restored"


def _run(*command: str | Path, cwd: Path = ROOT) -> str:
    environ = {name: value for name, value in os.environ.items() if not re.match("CLARIFEYE_|PYTHONPATH", name)}
    done = subprocess.run(command, cwd=cwd, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit(f"\n{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


@contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"wheel: {name} ... ", end="", flush=True)
    yield
    print("ok", flush=True)


if __name__ == "__main__":
    main()
