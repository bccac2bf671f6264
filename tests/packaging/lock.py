"""Refresh requirements-dev.lock: what pip resolves today for running, building and testing, each at one version.

    python -m tests.packaging.lock

Reads the lower bounds in pyproject.toml, installs into a fresh environment, and writes down what is there.
"""

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-dev.lock"
_HEADER = """\
# What development and the checks run with, made by `make lock` from the bounds in pyproject.toml.
"""


def wanted() -> list[str]:
    """Every requirement of the project: to run, to build and to test."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *project["dependency-groups"]["dev"],
    ]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="clarifeye-lock-") as folder:
        venv.create(folder, with_pip=True)
        python = f"{folder}/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted()], check=True)
        frozen = subprocess.run([python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True).stdout
    pins = [line for line in frozen.splitlines() if "==" in line and not line.startswith(("#", "-"))]
    LOCK.write_text(_HEADER + "\n".join(pins) + "\n", encoding="utf-8")
    print(f"{LOCK.name}: {len(pins)} packages", file=sys.stderr)


if __name__ == "__main__":
    main()
