"""`clarifeye-tui doctor`: what it sees, the fix for what is wrong, and never the token."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import PROJECT_ID, LiveProject, ScriptedServer, conversation, error
from tui.cli import main
from tui.config.secret import Secret
from tui.config.settings import Connection
from tui.doctor.checks import Finding, examine_clipboard, examine_connection, examine_files, examine_terminal
from tui.terminal.capabilities import read_capabilities


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CLARIFEYE_PROFILE", "TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "DISPLAY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def examine(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["doctor", *arguments])
    out, err = capfd.readouterr()
    assert err == ""
    assert "\x1b" not in out
    return code, out


def test_all_that_works_is_said_and_the_token_is_not(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    server.answer(LiveProject([conversation(number) for number in range(1, 8)]))
    monkeypatch.setenv("CLARIFEYE_TOKEN", server.token)
    _, out = examine(capfd, "--base-url", server.base_url, "--project", server.project_id)
    assert "7 conversations" in out
    assert "hidden (from CLARIFEYE_TOKEN)" in out
    assert server.token not in out
    assert [request.parameters["limit"] for request in server.requests] == [["1"]] * 4
    assert "WRONG terminal" in out, "the tests have none"


def test_a_proxy_variable_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLARIFEYE_TOKEN", "x")
    monkeypatch.setenv("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:abc")
    code, out = examine(capfd, "--base-url", "https://clarifeye.invalid/api/v1", "--project", PROJECT_ID)
    assert code == 1
    assert "WRONG request" in out
    assert "HTTPS_PROXY is http://…@127.0.0.1:abc" in out
    assert "Correct the variable or unset it." in out
    assert "hunter2" not in out


@pytest.mark.parametrize(
    ("status", "title", "fix"),
    [
        (401, "The token is not accepted", "profile's token"),
        (404, "The project was not found", "project id"),
        (500, "fault", ""),
    ],
)
def test_what_the_service_refuses_is_said_with_its_fix(
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    status: int,
    title: str,
    fix: str,
) -> None:
    server.answer(lambda _request: error(status, "no \x1b[2J"))
    monkeypatch.setenv("CLARIFEYE_TOKEN", server.token)
    monkeypatch.setattr("tui.api.retry.DELAYS", (), raising=False)
    code, out = examine(capfd, "--base-url", server.base_url, "--project", server.project_id)
    assert code == 1
    assert title in out
    assert fix in out


def test_missing_settings_are_said_with_their_fix(capfd: pytest.CaptureFixture[str]) -> None:
    code, out = examine(capfd)
    assert code == 1
    assert "No project is set" in out
    assert "note  project" in out, "what is missing is not called fine"
    assert "ok    time zone" in out
    assert "--project UUID" in out


def test_a_broken_config_file_does_not_end_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "clarifeye-tui").mkdir()
    (tmp_path / "clarifeye-tui" / "config.toml").write_text("x = ")
    code, out = examine(capfd)
    assert code == 1
    assert "not valid TOML" in out
    assert "clipboard 1" in out


def words(findings: Iterator[Finding]) -> str:
    return "\n".join(f"{one.state} {one.name} {one.words} {one.fix}" for one in findings)


@pytest.mark.parametrize(
    ("environment", "size", "said"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}, (120, 40), "ok colours all"),
        ({"TERM": "xterm-256color"}, (30, 10), "Enlarge it"),
        ({"TERM": "dumb"}, (80, 24), "no cursor control"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, (80, 24), "Unset NO_COLOR"),
        ({"TERM": "tmux-256color", "TMUX": "x"}, (80, 24), "terminal-features"),
        ({"TERM": "screen"}, (80, 24), "tmux passes on more"),
        ({"TERM": "xterm", "SSH_TTY": "x"}, (80, 24), "SSH yes"),
        ({"TERM": "xterm", "LC_ALL": "C", "LANG": "C.UTF-8"}, (80, 24), "Set LC_ALL to a UTF-8"),
        ({"TERM": "vt220", "COLORTERM": "truecolor"}, (80, 24), "TERM=vt220 stands for a terminal without more"),
    ],
)
def test_what_the_terminal_lacks_is_said(environment: dict[str, str], size: tuple[int, int], said: str) -> None:
    assert said in words(examine_terminal(read_capabilities(environment), environment, size))


def test_another_textual_than_expected_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.doctor.checks.missing", lambda: ("textual.app:App._display",))
    said = words(examine_terminal(read_capabilities({}), {}, (120, 36)))
    assert "App._display is not as expected" in said


@pytest.mark.parametrize(
    ("environment", "said"),
    [({"TMUX": "x"}, "set-clipboard"), ({"SSH_TTY": "x"}, "OSC 52"), ({}, "of this machine")],
)
def test_the_routes_to_the_clipboard_are_named(environment: dict[str, str], said: str) -> None:
    assert said in words(examine_clipboard(environment))


def test_every_route_to_the_clipboard_is_tried_when_asked(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out = examine(capfd, "--clipboard")
    for said in ("note  native", "note  tmux", "note  osc52", f'"clarifeye-tui by file" is in {tmp_path}/state'):
        assert said in out
    assert out.splitlines()[-1].startswith(f"ok    {'y':<16} copies by file here")
    (copied,) = (tmp_path / "state").rglob("copy-*")
    assert copied.read_text() == "clarifeye-tui by file"


def test_a_state_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert examine_files(tmp_path / "file" / "x").state == "wrong"
    assert examine_files(tmp_path / "new" / "x").state == "ok"


@pytest.mark.parametrize(
    ("host", "state"),
    [
        ("127.0.0.1", "ok"),
        ("localhost:1", "ok"),
        ("[::1]:1", "ok"),
        ("127.example", "wrong"),
        ("127.0.0.1.example", "wrong"),
    ],
)
def test_only_this_machine_needs_no_encryption(host: str, state: str) -> None:
    connection = Connection(f"http://{host}/api/v1", PROJECT_ID, Secret("a-token-that-nobody-may-see"))
    assert next(examine_connection(connection, {})).state == state


def test_the_demo_can_be_examined_too(capfd: pytest.CaptureFixture[str]) -> None:
    _, out = examine(capfd, "--demo")
    assert "conversations" in out
    assert "this very machine" in out


def test_where_facts_are_to_be_kept_it_is_not_said_that_nothing_stays(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    server.answer(LiveProject([conversation(1)]))
    monkeypatch.setenv("CLARIFEYE_TOKEN", server.token)
    main(["--keep", "facts", "--base-url", server.base_url, "--project", server.project_id, "doctor"])
    out, _ = capfd.readouterr()
    assert "facts (from --keep)" in out
    assert "kept facts       none are there" in out
    assert "nothing of a conversation stays" not in out
