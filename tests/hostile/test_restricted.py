"""The restricted mode: whatever is pressed, no program starts, no file is written, and nobody gets a shell."""

import json
import os
import shlex
import signal
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hostile.tour import Tour
from tests.servers import LiveProject, ScriptedServer, conversation
from tui.cli import main

ROOT = Path(__file__).parents[2]
TUI = [sys.executable, "-m", "tui"]
COPY_MENU = "conversation id|id of the conversation"
FORBIDDEN = {"x": "nothing is exported", "v": "no pager", "\x1a": "not stopped", "V": "no editor"}


@pytest.fixture(autouse=True)
def _hearing_ctrl_z() -> Iterator[None]:
    """What is started by later tests must not inherit that this process is deaf."""
    before = signal.getsignal(signal.SIGTSTP)
    yield
    signal.signal(signal.SIGTSTP, before)


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A folder of programs, each of which leaves a trace when it is started."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in (
        "less",
        "more",
        "vi",
        "vim",
        "nano",
        "sh",
        "xclip",
        "xsel",
        "wl-copy",
        "xdg-open",
        "tmux",
        "pager",
        "editor",
    ):
        program = folder / name
        program.write_text(f'#!/bin/sh\n: >"{tmp_path}/started-{name}"\n')
        program.chmod(0o700)
    return folder


@pytest.fixture
def restricted(server: ScriptedServer, environ: Mapping[str, str], trap: Path, tmp_path: Path) -> Iterator[Tour]:
    """The program in the restricted mode with a few conversations."""
    with _restricted(server, environ, trap, tmp_path) as run:
        yield run


@pytest.fixture
def small(server: ScriptedServer, environ: Mapping[str, str], trap: Path, tmp_path: Path) -> Iterator[Tour]:
    """The same on a small screen, which takes hundreds of keys in less time."""
    with _restricted(server, environ, trap, tmp_path, size=(80, 24)) as run:
        yield run


@contextmanager
def _restricted(
    server: ScriptedServer,
    environ: Mapping[str, str],
    trap: Path,
    tmp_path: Path,
    size: tuple[int, int] = (130, 50),
) -> Iterator[Tour]:
    with _running(server, environ, trap, tmp_path, "--restricted", size=size) as run:
        yield run
        assert not list(tmp_path.glob("started-*"))
        assert not list((tmp_path / "work").iterdir())
        files = [path for path in tmp_path.rglob("*") if path.is_file() and trap not in path.parents]
        assert {path.name.partition("-")[0] for path in files} <= {server.project_id[:8]}, files


@contextmanager
def _running(
    server: ScriptedServer,
    environ: Mapping[str, str],
    trap: Path,
    home: Path,
    *arguments: str,
    path: str = str(ROOT),
    size: tuple[int, int] = (130, 50),
) -> Iterator[Tour]:
    server.answer(LiveProject([conversation(number) for number in range(30)]))
    (home / "work").mkdir()
    names = {"PAGER": "pager", "EDITOR": "editor", "VISUAL": "editor", "SHELL": str(trap / "sh"), "BROWSER": "xdg-open"}
    variables = {**environ, **names, "PATH": str(trap), "PYTHONPATH": path, "SSH_TTY": "/dev/pts/9"}
    with Tour([*TUI, *arguments], variables, home / "work", columns=size[0], rows=size[1]) as run:
        run.wait_for("Conversations 1/30")
        run.wait_for(r"\? help")
        yield run


def test_without_the_mode_the_same_keys_lead_out(
    server: ScriptedServer, environ: Mapping[str, str], trap: Path, tmp_path: Path
) -> None:
    with _running(server, environ, trap, tmp_path) as run:
        assert "x export" in run.text
        run.send("v")
        run.wait_until(lambda: any(tmp_path.glob("started-*")))
        run.wait_for("Conversations 1/30")
        run.send("y")
        run.wait_for(COPY_MENU)
        run.send("i")
        run.wait_for("Sent to the terminal")
        assert list(tmp_path.rglob("copy-*"))


@pytest.mark.parametrize("arguments", [[], ["--restricted"]])
def test_no_switch_of_the_library_imports_code(
    arguments: list[str], server: ScriptedServer, environ: Mapping[str, str], trap: Path, tmp_path: Path
) -> None:
    code = f"from tui.terminal.adapter.driver import FastDriver\nopen({str(tmp_path / 'started-code')!r}, 'w')"
    (trap / "evil.py").write_text(code)
    variables = {**environ, "TEXTUAL_DRIVER": "evil:FastDriver"}
    with _running(server, variables, trap, tmp_path, *arguments, path=f"{ROOT}:{trap}") as run:
        run.send("q")
        assert run.wait_for_exit() == 0
    assert (tmp_path / "started-code").exists() is (not arguments)


def test_what_leads_out_says_that_it_is_forbidden(restricted: Tour) -> None:
    for key, words in FORBIDDEN.items():
        restricted.send(key)
        restricted.wait_for(words)
    assert restricted.is_running


def test_neither_the_line_of_keys_nor_the_help_offers_it(restricted: Tour) -> None:
    assert "x export" not in restricted.text
    restricted.send("?")
    restricted.wait_for("Everywhere")
    for words in ("Export to a file", "pager", "editor", "fg in the shell"):
        assert words not in restricted.text
    restricted.send("q")


def test_a_copy_is_kept_in_no_file(restricted: Tour, tmp_path: Path) -> None:
    restricted.send("y")
    restricted.wait_for(COPY_MENU)
    restricted.send("i")
    restricted.wait_for("Sent to the terminal")
    assert not list(tmp_path.rglob("copy-*"))


@pytest.mark.parametrize(
    "places",
    [("", "y", ":"), pytest.param(("\r", "\t", "s", "?", "\x10"), marks=pytest.mark.long)],
    ids=["some", "rest"],
)
def test_no_key_at_all_leads_out(small: Tour, places: tuple[str, ...]) -> None:
    keys = [
        *string.ascii_letters.replace("q", ""),
        *string.digits,
        *"|*+-<>[]{}()/.,;:'\"\\~`@#$%^&_=",
        *map(chr, range(32)),
    ]
    sequences = [
        *(f"\x1b{letter}" for letter in string.ascii_letters + string.digits + "!|:"),
        *(f"\x1bO{letter}" for letter in "PQRS"),
        *(f"\x1b[{number}~" for number in range(1, 35)),
        *(f"\x1b[1;{modifier}{letter}" for modifier in range(2, 9) for letter in "ABCDFHPQRS"),
        *(f"\x1b[{code};{modifier}u" for code in (111, 115, 118, 120, 122) for modifier in (5, 6, 9)),
    ]
    for where in places:
        for key in keys if where else [*keys, *sequences]:
            if key not in "\x03\x11":
                small.send(f"{key}\x1b\x1b" if where == "" else f"{where}{key}")
        small.press("\x1b")
        small.press("\x1b")
    assert small.is_running
    small.send("\x11")
    assert small.wait_for_exit(180.0) == 0, bytes(small.raw[-2000:])


@pytest.mark.parametrize("words", ["screenshot", "export", "pager", "fg in the"])
def test_the_palette_offers_nothing_that_leads_out(restricted: Tour, words: str) -> None:
    restricted.send("\x10")
    restricted.wait_for("Include archived")
    restricted.send(words)
    restricted.wait_for("Nothing matches")


@pytest.mark.parametrize(
    "argv",
    [
        ["--base-url", "http://127.0.0.1:1/api/v1"],
        ["--region", "us"],
        ["--log-file", "x"],
        ["--impersonate", "a@b.example"],
    ],
)
@pytest.mark.parametrize("by", ["flag", "profile"])
def test_flags_cannot_lead_elsewhere(
    argv: list[str], by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in os.environ if name.startswith("CLARIFEYE_")]:
        monkeypatch.delenv(name)
    path = tmp_path / "config.toml"
    path.write_text('[profiles.acme]\nproject = "3c90c3cc-0d44-4b50-8888-8dd25736052a"\nrestricted = true\n')
    path.chmod(0o600)
    given = ["--restricted"] if by == "flag" else ["--config", str(path)]
    assert main([*given, *argv]) == 2
    assert f"The restricted mode and {argv[0]} exclude each other" in capfd.readouterr().err


@pytest.mark.parametrize(
    "behind",
    [
        ["--profile", "other"],
        ["--profile=other"],
        ["--demo", "--profile", "other"],
        ["doctor", "--profile", "other"],
        ["open", "x", "--profile=other"],
        ["--restricted", "--profile", "other"],
        ["--text", "x", "--profile", "other", "--restricted"],
    ],
)
def test_only_who_sets_the_mode_chooses_the_profile(
    behind: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.toml"
    ours, other = "3c90c3cc-0d44-4b50-8888-8dd25736052a", f'token_command = "touch {tmp_path}/ran"'
    path.write_text(f'[profiles.mine]\nproject = "{ours}"\n[profiles.other]\nproject = "{ours}"\n{other}\n')
    path.chmod(0o600)
    monkeypatch.setenv("CLARIFEYE_CONFIG", str(path))
    monkeypatch.delenv("CLARIFEYE_TOKEN", raising=False)
    for before in ([], ["--profile", "mine"]):
        assert main([*before, "--restricted", *behind]) == 2
        assert "Behind --restricted no profile can be chosen" in capfd.readouterr().err
    assert main(["--restricted", "doctor", "--prof", "other"]) == 2
    assert "There is no flag --prof" in capfd.readouterr().err
    assert main(["--profile", "mine", "--restricted", "config", "show"]) == 0
    assert f"{'profile':<16} mine" in capfd.readouterr().out
    assert not (tmp_path / "ran").exists()


OURS = '[profiles.acme]\nproject = "3c90c3cc-0d44-4b50-8888-8dd25736052a"\ntoken_env = "ACME"\n'
ANOTHER = '[profiles.globex]\nproject = "7c90c3cc-0d44-4b50-8888-8dd25736052b"\ntoken_env = "GLOBEX"\n'


@pytest.mark.parametrize("command", [[], ["doctor"], ["config", "show"], ["config", "path"], ["open", "x"]])
@pytest.mark.parametrize(
    ("variable", "content"),
    [
        ("acme", OURS + "restricted = true\n" + ANOTHER),
        ("acme", OURS + ANOTHER),
        ("acme", OURS + ANOTHER + "no_such_key = 1\n"),
        ("acme", f'default_profile = "acme"\n{ANOTHER}restricted = "perhaps"\n{OURS}restricted = true\n'),
        ("", OURS + ANOTHER),
        ("", f'default_profile = "acme"\n{OURS}{ANOTHER}'),
        ("glob", OURS + ANOTHER),
    ],
)
def test_nothing_is_told_of_other_profiles(
    variable: str,
    content: str,
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(content)
    path.chmod(0o600)
    monkeypatch.setenv("CLARIFEYE_CONFIG", str(path))
    monkeypatch.setenv("CLARIFEYE_PROFILE", variable)
    for name in ("CLARIFEYE_TOKEN", "ACME", "GLOBEX"):
        monkeypatch.delenv(name, raising=False)
    main([*([] if "restricted = true" in content else ["--restricted"]), *command])
    out, err = capfd.readouterr()
    assert out + err
    assert "globex" not in (out + err).lower()
    assert "7c90c3cc" not in out + err
    assert "kept facts" not in out  # of which profile those are nobody knows
    is_chosen = variable == "acme" or content.startswith("default_profile")
    assert (f"{'profile':<16} acme" in out) == (command in (["config", "show"], ["doctor"]) and is_chosen)


@pytest.mark.parametrize("command", [[], ["doctor"], ["config", "show"], ["config", "path"], ["open", "x"]])
@pytest.mark.parametrize("file", ["/etc/passwd", "/no/such/file", "mine.toml"])
def test_no_other_config_file_is_read_or_told_of(
    command: list[str], file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    mine = (
        f'[profiles.acme]\nproject = "3c90c3cc-0d44-4b50-8888-8dd25736052a"\ntoken_command = "touch {tmp_path}/ran"\n'
    )
    (tmp_path / "mine.toml").write_text(mine)
    (tmp_path / "mine.toml").chmod(0o600)
    behind = [["--restricted", *command, "--config", file]] if command in (["doctor"], ["open", "x"]) else []
    for argv in (["--restricted", "--config", file, *command], ["--config", file, "--restricted", *command], *behind):
        assert main(argv) == 2
        out, err = capfd.readouterr()
        assert err.splitlines() == [
            "clarifeye-tui: The restricted mode and --config exclude each other.",
            "There the environment or the profile decides: leave out --config.",
        ]
        assert out == ""
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("by", ["flag", "profile"])
def test_the_one_who_sets_the_variable_chooses_the_config_file(
    by: str, trap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    restricted = "restricted = true\n" if by == "profile" else ""
    path = tmp_path / "config.toml"
    path.write_text(f'[profiles.acme]\nproject = "3c90c3cc-0d44-4b50-8888-8dd25736052a"\n{restricted}')
    for name in ("SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT", "TMUX", "STY", "DISPLAY", "CLARIFEYE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "HOME": tmp_path,
        "XDG_STATE_HOME": tmp_path / "state",
        "PATH": trap,
        "CLARIFEYE_CONFIG": path,
    }.items():
        monkeypatch.setenv(name, str(value))
    main([*(["--restricted"] if by == "flag" else []), "doctor", "--clipboard"])
    out, _ = capfd.readouterr()
    assert f"{path} (from CLARIFEYE_CONFIG)" in out
    assert "a private file" not in out
    assert "in the restricted mode no file is written" in out
    assert not list(tmp_path.rglob("copy-*"))
    assert not list(tmp_path.glob("started-*"))


def test_ctrl_z_is_deaf_before_a_token_is_asked_for(tmp_path: Path) -> None:
    """A command that prints the token may take half a minute, in which the terminal is an ordinary one."""
    path, told = tmp_path / "config.toml", tmp_path / "told"
    code = f"import signal; open({str(told)!r}, 'w').write(str(signal.getsignal(signal.SIGTSTP)))"
    command = f"{sys.executable} -c {shlex.quote(code)}"
    project = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
    path.write_text(f'[profiles.acme]\nproject = "{project}"\ntoken_command = {json.dumps(command)}\n')
    path.chmod(0o600)
    variables = {"HOME": str(tmp_path), "CLARIFEYE_CONFIG": str(path), "PYTHONPATH": str(ROOT)}
    subprocess.run([*TUI, "--restricted"], env=variables, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert told.read_text() == str(signal.SIG_IGN)


def test_nobody_is_asked_for_a_project_or_a_token(trap: Path, tmp_path: Path) -> None:
    variables = {"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": str(trap), "PYTHONPATH": str(ROOT)}
    with Tour([*TUI, "--restricted"], variables, tmp_path, columns=130, rows=50) as run:
        assert run.wait_for_exit() == 2
        assert b"No project is set" in run.raw
