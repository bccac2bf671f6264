"""Types, the start and one sitting on each other Python that is found here, in an environment of its own.

python -m tests.packaging.check_pythons
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MINORS = range(11, 16)
"""The minor versions of Python 3 that are looked for; the oldest is the one that pyproject.toml names."""
_WALK = "tests/e2e/test_demo_in_a_terminal.py"
_VERSION = "import sys; print(sys.version_info.minor)"


def main() -> None:
    """Check on every Python that is found beside the one that runs this."""
    others = {minor: python for minor, python in found().items() if minor != sys.version_info.minor}
    if not others:
        print("No other Python 3.11 or newer is here.", flush=True)
    for minor, python in others.items():
        print(f"Python 3.{minor}: types, start, one sitting", flush=True)
        _run(Path(sys.executable), "-m", "mypy", "--python-version", f"3.{minor}", "--no-error-summary")
        own = environment(minor, python)
        _run(own, "-m", "tui", "--version")
        _run(own, "-m", "pytest", "-q", "-p", "no:cacheprovider", _WALK)


def found() -> dict[int, Path]:
    """By minor version: the first Python of it that runs, on the path or kept by pyenv."""
    pythons: dict[int, Path] = {}
    for minor in MINORS:
        for candidate in _candidates(minor):
            done = subprocess.run([candidate, "-c", _VERSION], capture_output=True, text=True, check=False)
            if done.returncode == 0 and done.stdout.strip() == str(minor):
                pythons.setdefault(minor, candidate)
    return pythons


def _candidates(minor: int) -> Iterator[Path]:
    name = f"python3.{minor}"
    if on_path := shutil.which(name):
        yield Path(on_path)
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(kept.glob(f"3.{minor}.*/bin/{name}"))


def environment(minor: int, python: Path) -> Path:
    """The Python of an environment with what the lock file names; made again when that changes."""
    folder = Path(sys.prefix) / "pythons" / f"3.{minor}"
    lock = ROOT / "requirements-dev.lock"
    stamp = folder / ".ready"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        _run(python, "-m", "venv", "--clear", folder)
        own = folder / "bin/python"
        install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(own, *install, "-r", lock)
        _run(own, *install, "--no-deps", "--no-build-isolation", "-e", ROOT)
        stamp.touch()
    return folder / "bin/python"


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"failed: {' '.join(map(str, command))}")


if __name__ == "__main__":
    main()
