"""The command as a person meets it: what it says, where, and with which exit code."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tui import __version__
from tui.app import Ended
from tui.cli import main
from tui.config.settings import AskedFilter, Settings
from tui.terminal.capabilities import Capabilities
from tui.terminal.paint.skeleton import Skeleton
from tui.terminal.process import output

PROJECT = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
SECRET = "s3cret-token"
TUI = [sys.executable, "-m", "tui"]


@pytest.fixture(autouse=True)
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mapping[str, str]:
    """Nothing of the machine that runs the tests, and a home folder without a config file."""
    for name in [name for name in os.environ if name.startswith("CLARIFEYE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "LANG": "C.UTF-8"}


START_ERRORS: list[tuple[list[str], dict[str, str], str, str]] = [
    ([], {}, "No project is set", "--project UUID"),
    (["--project", "acme"], {}, "--project is not a UUID", "3c90c3cc"),
    (["--restricted", "forget"], {}, "The restricted mode deletes nothing", "Leave out --restricted"),
    (["--restricted", "--demo", "--keep", "facts"], {}, "--keep exclude each other", "leave out --keep"),
    (["--demo", "--keep", "all"], {}, "--keep is not known", "nothing, facts"),
    (["--demo", "--read-on-below", "20"], {}, "--read-on-below is not a size", "20MB"),
    ([], {"CLARIFEYE_PROJECT": "acme"}, "CLARIFEYE_PROJECT is not a UUID", "3c90c3cc"),
    (["--project", PROJECT], {}, "No token is set", "CLARIFEYE_TOKEN"),
    (["--project", PROJECT], {"CLARIFEYE_TOKEN": "a b"}, "CLARIFEYE_TOKEN has white space", "nothing else"),
    (["--project", PROJECT, "--region", "fr"], {}, "--region is not a region", "eu, us"),
    (["--project", PROJECT, "--base-url", "http://x.example/api/v1"], {}, "unencrypted", "--allow-http"),
    (["--region", "eu", "--base-url", "https://x"], {}, "--region and --base-url are both set", "Keep"),
    (["--config", "/nowhere.toml"], {}, "There is no config file /nowhere.toml", "--config"),
    (["--profile", "acme"], {}, "There is no profile 'acme'", "does not exist"),
    ([], {"CLARIFEYE_PROFILE": "acme"}, "There is no profile 'acme'", "does not exist"),
    (["--impersonate", "me", "--project", PROJECT], {}, "--impersonate is not an e-mail", "someone@example.com"),
    (["--demo", "--project", PROJECT], {}, "--demo and --project exclude each other", "leave out"),
    (["--tag", "a", "--untagged"], {}, "--tag and --untagged exclude each other", "Leave out"),
    (["--projct", PROJECT], {}, "There is no flag --projct", "Did you mean --project?"),
    (["--region"], {}, "Argument --region: expected one argument", "--help"),
    (["brwose"], {}, "There is no such command", "--help"),
    (["config", "show", "more"], {}, "There is an argument too many", "--help"),
    (["config", "show", "--keep=facts"], {}, "--keep stands before the command", "clarifeye-tui --keep"),
    (["forget", "--restricted"], {}, "--restricted stands before the command", "clarifeye-tui --restricted"),
    (["--project", PROJECT], {"CLARIFEYE_TOKEN": SECRET}, "This is not a terminal", "ssh -t"),
    (["--demo"], {}, "This is not a terminal", "ssh -t"),
]


@pytest.mark.parametrize(("argv", "variables", "said", "fix"), START_ERRORS)
def test_what_is_wrong_is_said_in_two_lines_before_the_screen_opens(
    argv: list[str],
    variables: dict[str, str],
    said: str,
    fix: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(output, "terminal_output", lambda: None)
    assert main(argv) == 2
    out, err = capfd.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert len(lines) <= 2
    assert lines[0].startswith("clarifeye-tui: ")
    assert said in lines[0]
    assert fix in lines[1]
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a = \xff", "not UTF-8"),
        (b"x = 1\na = b", "line 2"),
        (b'[profiles.a]\nprojct = ""', "'projct' in profile 'a'"),
        (b'[profiles."\x1b]0;x"]\n', "not valid TOML"),
        (b'[profiles."\\u001b]0;x\\u0007\\u202e"]\ncolour = 1', "\\x1b]0;x\\x07\\u202e"),
    ],
)
def test_a_config_file_is_quoted_without_its_control_characters(
    content: bytes, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    assert main(["--config", str(tmp_path / "config.toml")]) == 2
    err = capfd.readouterr().err
    assert said in err
    assert all(line.isprintable() for line in err.splitlines())


def test_a_failing_token_command_is_quoted_without_its_control_characters(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.toml"
    command = f"{sys.executable} -I -S -c 'import sys; sys.exit(chr(27) + chr(93) + str(0) + chr(155) + chr(33))'"
    path.write_text(f'[profiles.acme]\nproject = "{PROJECT}"\ntoken_command = "{command}"\n')
    path.chmod(0o600)
    assert main(["--config", str(path)]) == 2
    err = capfd.readouterr().err
    assert "Status 1 from the command" in err
    assert all(line.isprintable() for line in err.splitlines())


@pytest.mark.parametrize("argv", [["--token", SECRET], [f"--token={SECRET}"], ["--api-key", SECRET], [SECRET]])
def test_a_token_on_the_command_line_is_refused_and_not_repeated(
    argv: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    out, err = capfd.readouterr()
    assert SECRET not in out + err
    assert "CLARIFEYE_TOKEN" in err or argv == [SECRET]


@pytest.mark.parametrize(
    "argv",
    [
        ["--untagged=" + SECRET],
        ["-" + SECRET],
        ["--" + SECRET],
        ["--config", SECRET],
        ["--profile", SECRET],
        ["--project", SECRET],
        ["--region", SECRET],
        ["--impersonate", f"{SECRET}@x.example", "config", "show"],
        ["--base-url", f"https://{SECRET}.example/api/v1", "config", "show"],
        ["--project", SECRET, "config", "show"],
        ["--config", SECRET, "config", "path"],
        ["--base-url", f"http://{SECRET}.invalid/api/v1", "--project", PROJECT, "--allow-http", "doctor"],
    ],
)
@pytest.mark.parametrize("variable", ["CLARIFEYE_TOKEN", "ACME_TOKEN"])
def test_the_token_of_the_environment_is_hidden_wherever_it_is_repeated(
    argv: list[str], variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, f"Bearer {SECRET}")
    (tmp_path / "clarifeye-tui").mkdir()
    (tmp_path / "clarifeye-tui" / "config.toml").write_text('[profiles.acme]\ntoken_env = "ACME_TOKEN"\n')
    main(argv)
    out, err = capfd.readouterr()
    assert out + err
    assert SECRET not in (out + err).lower()


@pytest.mark.parametrize(("argv", "mark"), [(["config", "show"], 0), (["doctor"], 6)])
def test_what_is_said_stands_below_each_other(argv: list[str], mark: int, capfd: pytest.CaptureFixture[str]) -> None:
    main(argv)
    lines = [line[mark:] for line in capfd.readouterr().out.splitlines()]
    assert len(lines) > 8
    assert not [line for line in lines if line[16] != " " or line[17] == " "]


@pytest.mark.parametrize(
    "argv", [["config", "show"], ["config", "path"], ["doctor", "--demo"], ["--help"], ["--version"]]
)
def test_output_that_nobody_reads_ends_it_quietly(argv: list[str], environ: Mapping[str, str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*TUI, *argv], env=dict(environ), stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")
    assert not list(Path(environ["HOME"]).rglob("crash-*"))


@pytest.mark.parametrize(("streams", "code"), [(">&-", 141), (">&- 2>&-", 141), (">/dev/full 2>&-", 1)])
def test_closed_streams_are_no_crash(streams: str, code: int, environ: Mapping[str, str]) -> None:
    command = f'exec "$@" {streams}'
    done = subprocess.run(
        ["sh", "-c", command, "sh", *TUI, "config", "show"], env=dict(environ), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no full disk to try")
@pytest.mark.parametrize("argv", [["config", "show"], ["--help"], ["doctor", "--demo"]])
def test_a_full_disk_is_said(argv: list[str], environ: Mapping[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*TUI, *argv], env=dict(environ), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"The output cannot be written (No space left on device)" in done.stderr
    assert not list(Path(environ["HOME"]).rglob("crash-*"))


def test_no_image_of_the_memory_is_left_by_a_crash() -> None:
    code = (
        "import resource; from tui.config.secret import leave_no_core; leave_no_core();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ("1\n" if sys.platform == "linux" else "0\n")


def test_help_names_every_flag_and_variable_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLARIFEYE_TOKEN", SECRET)
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    out = capsys.readouterr().out
    flags = "base-url region project profile impersonate tag untagged text archived demo config log-file version help"
    variables = "TOKEN CONFIG BASE_URL REGION PROJECT PROFILE IMPERSONATE_EMAIL"
    for name in [f"--{flag}" for flag in flags.split()] + [f"CLARIFEYE_{variable}" for variable in variables.split()]:
        assert name in out
    assert "--token" not in out
    assert SECRET not in out


@pytest.mark.parametrize("command", ["open", "config", "config show", "verdicts", "verdicts export", "doctor"])
def test_the_help_of_a_command_begins_with_how_it_is_called(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([*command.split(), "--help"])
    assert capsys.readouterr().out.startswith(f"usage: clarifeye-tui {command} [-h]")


@pytest.mark.parametrize("key", ["project", "base_url", "region", "auth_scheme", "impersonate"])
def test_a_token_that_was_written_in_the_wrong_place_is_not_shown(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[profiles.acme]\n{key} = "Bearer s3cret-that-nobody-knows-yet"\n')
    path.chmod(0o600)
    for name in [name for name in os.environ if name.startswith("CLARIFEYE_")]:
        monkeypatch.delenv(name)
    for command in (["config", "show"], ["doctor"], []):
        main(["--config", str(path), *command])
        out, err = capfd.readouterr()
        assert "s3cret" not in out + err
        assert out or err


def test_config_path_and_show_work_without_any_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out.strip().endswith("clarifeye-tui/config.toml")
    assert main(["--project", PROJECT, "config", "show"]) == 0
    assert f"{PROJECT} (from --project)" in capsys.readouterr().out
    assert main(["config", "show", "--project", PROJECT]) == 0
    assert f"{PROJECT} (from --project)" in capsys.readouterr().out
    assert main(["--demo", "config", "show"]) == 0
    assert capsys.readouterr().out.endswith(" the built-in project, which needs no setting (from --demo)\n")


def test_the_module_is_the_command(environ: Mapping[str, str]) -> None:
    done = subprocess.run([*TUI, "--version"], env=dict(environ), capture_output=True, text=True, check=True)
    assert done.stdout == f"clarifeye-tui {__version__}\n"


def test_neither_textual_nor_a_parser_of_data_is_imported_to_read_the_settings(environ: Mapping[str, str]) -> None:
    code = (
        "import sys; from tui.cli import main; main([]);"
        "print(*{'textual', 'rich', 'pydantic', 'httpx', 'asyncio', 'tomllib', 'platformdirs', 'subprocess', 'logging'}"
        " & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=dict(environ), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_an_interrupt_before_the_screen_opens_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.config.resolve.resolve", interrupted)
    assert main([]) == 130


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_without_cursor_control_is_told_before_the_screen_opens(
    term: str, environ: Mapping[str, str]
) -> None:
    with TerminalRun([*TUI, "--demo"], environ={**environ, "TERM": term}) as run:
        assert run.wait_for_exit() == 2
        assert "no cursor control" in run.text
        assert b"\x1b" not in run.raw
        assert run.is_restored


def test_the_demo_is_browsed_and_left_with_the_terminal_as_it_was(environ: Mapping[str, str]) -> None:
    with TerminalRun([*TUI, "--demo"], environ=environ) as run:
        run.wait_for(r"\d+ msg")
        run.send("q")
        assert run.wait_for_exit() == 0
        assert run.raw.rindex(b"\x1b[?1049l") > run.raw.rindex(b"\x1b[?1049h")
        assert run.is_restored


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that the screen was opened with, in place of a screen."""
    seen: list[Settings] = []

    def run(settings: Settings, _first_page: object, **_more: object) -> Ended:
        seen.append(settings)
        return Ended(0)

    monkeypatch.setattr("tui.opening.require_terminal", Capabilities)
    monkeypatch.setattr("tui.opening._ask_early", lambda _settings, _session: None)
    monkeypatch.setattr("tui.opening._paint_early", lambda *_arguments: None)
    monkeypatch.setattr(
        "tui.terminal.paint.skeleton.paint_skeleton", lambda *_arguments, **_options: Skeleton(2, 0, None)
    )
    monkeypatch.setattr("tui.app.run", run)
    return seen


def test_the_flags_reach_the_screen(opened: list[Settings], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLARIFEYE_TOKEN", SECRET)
    assert main(["--project", PROJECT, "--tag", "a,b", "--tag", "c", "--text", "x y", "--archived"]) == 0
    [settings] = opened
    assert settings.asked == AskedFilter("x y", ("a,b", "c"), untagged=False, archived=True)
    assert settings.connection.token.reveal() == SECRET


def test_a_config_file_that_others_can_read_is_warned_about(
    opened: list[Settings], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "token").write_text(SECRET)
    (tmp_path / "token").chmod(0o600)
    (tmp_path / "config.toml").write_text(f'[profiles.acme]\nproject = "{PROJECT}"\ntoken_file = "token"\n')
    (tmp_path / "config.toml").chmod(0o644)
    assert main(["--config", str(tmp_path / "config.toml")]) == 0
    assert f"chmod 600 {tmp_path}/config.toml" in capfd.readouterr().err
    assert opened[0].warnings
