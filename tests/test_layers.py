"""What the structure of the code promises: imports go one way, and nothing but GET is sent."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", code, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


_SPEAKERS = {
    "httpx",
    "requests",
    "aiohttp",
    "http",
    "urllib",
    "urllib3",
    "websockets",
    "socket",
    "_socket",
    "ftplib",
    "smtplib",
}
_OTHERS = {"POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"}
_SENDING = {"request", "stream", "send", "build_request", "putrequest", "sendall", "urlopen"}


def _ours() -> dict[str, ast.Module]:
    """The program without its demo, which is a server."""
    paths = [path for path in (ROOT / "tui").rglob("*.py") if "demo" not in path.parts]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _imports(tree: ast.Module) -> set[str]:
    named = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    # urllib.parse and the like send nothing
    return {name for name in named if name.partition(".")[0] in _SPEAKERS and name != "urllib.parse"}


def test_the_source_knows_no_method_but_get() -> None:
    words = {
        (name, node.value)
        for name, tree in _ours().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.upper() in _OTHERS
        if node.value.isupper() or "api" in name
    }
    assert not words


def test_only_two_places_send_and_both_say_get() -> None:
    speakers = {name: tree for name, tree in _ours().items() if _imports(tree)}
    assert set(speakers) == {
        f"tui/api/http/{name}.py" for name in ("connections", "first_page", "proxies", "translated")
    }
    sent = [
        (name, node.func.attr, node.args[0].value if isinstance(node.args[0], ast.Constant) else None)
        for name in speakers
        for node in ast.walk(speakers[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if node.func.attr in _SENDING | {word.lower() for word in _OTHERS}
    ]
    assert sorted(sent) == [
        ("tui/api/http/connections.py", "stream", "GET"),
        ("tui/api/http/first_page.py", "request", "GET"),
    ]


def test_an_import_against_the_direction_is_caught(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "tui", tmp_path / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "tui/store/__init__.py").open("a") as file:
        file.write("\nimport tui.cli\n")
    done = lint_imports(tmp_path)
    assert done.returncode != 0, done.stdout + done.stderr
    assert "tui.store is not allowed to import tui.cli" in done.stdout
