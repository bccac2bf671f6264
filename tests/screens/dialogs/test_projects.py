"""From one project to another in the same terminal: each has its own place, its own token, and nobody is thrown out."""

import re
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.screens.dialogs.test_first_start import go_to
from tests.servers import LiveProject, ScriptedServer, conversation, uuid_of

TUI = [sys.executable, "-m", "tui"]
ROOT = Path(__file__).parents[3]
ACME, BETA = "token-of-acme-alone", "token-of-beta-alone"
OTHER_ID = "99999999-2222-4333-8444-555555555555"


@pytest.fixture
def acme(server: ScriptedServer) -> ScriptedServer:
    """The server of the profile acme."""
    server.answer(LiveProject([conversation(number, name=f"Acme {number}") for number in range(1, 31)]))
    return server


@pytest.fixture
def beta() -> Iterator[ScriptedServer]:
    """The server of the profile beta."""
    scripted = ScriptedServer()
    scripted.answer(LiveProject([conversation(number, name=f"Beta {number}") for number in range(1, 31)]))
    scripted.start()
    yield scripted
    scripted.stop()
    scripted.assert_only_reads()


@pytest.fixture
def config(acme: ScriptedServer, beta: ScriptedServer, tmp_path: Path) -> Path:
    """A config file with profiles for both servers, and some that lead nowhere."""
    folder = tmp_path / ".config" / "clarifeye-tui"
    folder.mkdir(parents=True)
    path = folder / "config.toml"
    path.write_text(
        "# the usual one first\n"
        f'[profiles.acme]\nbase_url = "{acme.base_url}"\nproject = "{acme.project_id}"\ntoken_env = "ACME"\n'
        f'[profiles.beta]  # theirs\nbase_url = "{beta.base_url}"\nproject = "{beta.project_id}"\n'
        'token_file = "beta-token"\n'
        f'[profiles.gone]\nbase_url = "{beta.base_url}"\nproject = "{beta.project_id}"\ntoken_file = "not-there"\n'
        f'[profiles.slow]\nbase_url = "{beta.base_url}"\nproject = "{OTHER_ID}"\ntoken_command = "sh {folder}/slow"\n'
        f'[profiles.shared]\nbase_url = "{beta.base_url}"\nproject = "{beta.project_id}"\nrestricted = true\n'
        'token_file = "beta-token"\n'
        f'[profiles.bare]\nbase_url = "{beta.base_url}"\nproject = "{beta.project_id}"\n'
    )
    path.chmod(0o600)
    (folder / "beta-token").write_text(BETA)
    (folder / "beta-token").chmod(0o600)
    (folder / "slow").write_text(f"until cat {folder}/slow-token 2>/dev/null; do sleep 0.1; done")
    return path


def start(config: Path, *arguments: str, **variables: str) -> TerminalRun:
    environ = {"HOME": str(config.parents[2]), "LANG": "C.UTF-8", "ACME": ACME, **variables}
    return TerminalRun([*TUI, *arguments], environ=environ, folder=ROOT, columns=130, rows=40)


def go(run: TerminalRun, keys: str, *, seen: str) -> None:
    """Open the projects, press keys there, and wait for what they bring."""
    run.send("P")
    run.wait_for("─ Projects ─")
    run.send(keys)
    run.wait_for(seen)


def close(run: TerminalRun) -> None:
    """Leave the projects: first what is waited for or typed, then all of it."""
    deadline = time.monotonic() + 60
    while "─ Projects ─" in (before := run.text):
        run.send("\x1b")
        while run.text == before:
            assert time.monotonic() < deadline, run.text
            run.drain()
        run.settle()  # of a picture that came in two pieces the second one counts, too


def tokens_at(server: ScriptedServer) -> set[str]:
    return {request.headers["authorization"] for request in server.requests}


def leave(run: TerminalRun) -> str:
    """Quit once something is read; the command that is said to lead back to it."""
    run.wait_for(r"Question \d")
    run.send("\x11")
    assert run.wait_for_exit() == 0
    assert run.is_restored
    found = re.search(r"(env -u .*)?clarifeye-tui open .*$", run.raw.decode(errors="replace").splitlines()[-1])
    assert found, run.text
    return found[0]


def test_each_project_has_its_own_place_and_its_own_token(
    acme: ScriptedServer, beta: ScriptedServer, config: Path
) -> None:
    with start(config, "--profile", "acme", "--text", "refund") as run:
        run.wait_for("Conversations 1/30")
        run.send("jj")
        run.wait_for("Conversations 3/30")
        go(run, "2", seen="Conversations 1/30(?s:.*)Beta 1")
        assert "text=" not in beta.list_requests[0].query, "the filter of the start is that of the first project"
        run.send("jjjjj\r")
        run.wait_for("│▌Beta 6")
        go(run, "1", seen="Conversations 3/30(?s:.*)Question 3")
        go(run, "2", seen="Question 6")
        assert run.raw.count(b"\x1b[?1049l") == 0, "the normal screen never came back in between"
        said = leave(run)
        assert run.raw.count(b"\x1b[?1049l") == 1
    assert said == f"clarifeye-tui open {uuid_of(6)} --profile beta"
    assert tokens_at(acme) == {f"Bearer {ACME}"}
    assert tokens_at(beta) == {f"Bearer {BETA}"}


def test_what_the_environment_says_chose_the_first_project_only(
    acme: ScriptedServer, beta: ScriptedServer, config: Path
) -> None:
    variables = {
        "CLARIFEYE_BASE_URL": acme.base_url,
        "CLARIFEYE_PROJECT": acme.project_id,
        "CLARIFEYE_TOKEN": ACME,
        "CLARIFEYE_IMPERSONATE_EMAIL": "me@acme.example",
    }
    with start(config, **variables) as run:
        run.wait_for("Acme 1")
        go(run, "6", seen="'bare' has no token(?s:.*)for another server")
        run.send("2")
        run.wait_for("│▌Beta 1")
        run.send("\r")
        run.wait_for("turn 1/1|turn –/1")
        run.wait_for("] turn|Beta 1")
        said = leave(run)
    assert tokens_at(beta) == {f"Bearer {BETA}"}
    assert not [request for request in beta.requests if "x-impersonate-email" in request.headers]
    without = " ".join(
        f"-u {name}" for name in (*list(variables)[:2], "CLARIFEYE_IMPERSONATE_EMAIL", "CLARIFEYE_TOKEN")
    )
    assert said == f"env {without} clarifeye-tui open {uuid_of(1)} --profile beta"


def test_who_cannot_go_there_stays_and_is_told_why(acme: ScriptedServer, beta: ScriptedServer, config: Path) -> None:
    with start(config, "--profile", "acme") as run:
        run.wait_for("Conversations 1/30")
        go(run, "3", seen="token file .*cannot be read")
        close(run)
        run.send("j")
        run.wait_for("Conversations 2/30")
        assert leave(run).endswith("--profile acme")
    assert not beta.requests


def test_a_command_that_waits_holds_nothing_up(beta: ScriptedServer, config: Path) -> None:
    with start(config, "--profile", "acme") as run:
        run.wait_for("Conversations 1/30")
        go(run, "4", seen="Asking for the token")
        close(run)
        run.send("j")
        run.wait_for("Conversations 2/30")
        go(run, "4", seen="Asking for the token")
        (config.parent / "slow-token").symlink_to("beta-token")
        run.wait_for("│▌Beta 1")
        leave(run)
    assert tokens_at(beta) == {f"Bearer {BETA}"}


def test_who_makes_a_new_profile_meanwhile_is_not_taken_from_it(config: Path) -> None:
    with start(config, "--profile", "acme") as run:
        run.wait_for("Conversations 1/30")
        go(run, "4", seen="Asking for the token")
        run.send("n")
        run.wait_for("A new profile: where are the conversations?")
        (config.parent / "slow-token").symlink_to("beta-token")
        run.send("half an id")
        run.wait_for("half an id")
        time.sleep(0.5)  # in which the command would have told the token
        run.send("\x1b")
        run.wait_for("─ Projects ─")
        assert "Asking for the token" not in run.text
        close(run)
        run.wait_for("│▌Acme 1")
        leave(run)


def test_another_project_of_the_server_is_asked_with_the_same_token(acme: ScriptedServer, config: Path) -> None:
    with start(config, "--profile", "acme") as run:
        run.wait_for("Conversations 1/30")
        go(run, "pnonsense\r", seen="What was typed is not a UUID")
        run.send("\x15")
        run.wait_for("paste it here")
        run.send(f"\x1b[200~https://app.example/projects/{OTHER_ID}/chat\x1b[201~\r")
        run.wait_for(f"{OTHER_ID[:8]} · 127")
        run.wait_for("│▌Acme 1")
        assert leave(run) == f"clarifeye-tui open {uuid_of(1)} --profile acme --project {OTHER_ID}"
    assert OTHER_ID in acme.list_requests[-1].path
    assert tokens_at(acme) == {f"Bearer {ACME}"}


def test_a_page_of_another_region_is_refused(config: Path) -> None:
    with start(config, "--profile", "acme") as run:
        run.wait_for("Conversations 1/30")
        go(run, f"phttps://us.app.clarifeye.ai/projects/{OTHER_ID}\r", seen="in the region us")
        close(run)
        leave(run)


def test_a_new_profile_is_added_and_gone_to(acme: ScriptedServer, beta: ScriptedServer, config: Path) -> None:
    before = config.read_text()
    with start(config, "--profile", "acme") as run:
        run.wait_for("Conversations 1/30")
        go(run, "n", seen="A new profile")
        run.wait_for("saved in")
        go_to(run, "\x1b[Z", "\x15")
        run.wait_for(r"ending in /api/v1 +│\n +│ +│")
        run.send(beta.base_url)
        run.wait_for(re.escape(beta.base_url))
        for keys, text in (("\t", beta.project_id), ("\t", "typed-token"), ("\t\t\t", "beta")):
            go_to(run, keys, text)
        run.send("\x13")
        run.wait_for("There is a profile 'beta' already")
        assert config.read_text() == before
        run.send("\x15")
        run.wait_for("│ +acme ")
        run.send("new one")
        run.wait_for("│ +new one ")
        run.send("\x13")
        run.wait_for(r"new one · 127(?s:.*)│▌Beta 1")
        assert leave(run).endswith("--profile 'new one'")
        assert b"typed-token" not in run.raw
    assert config.read_text().startswith(before)
    token = config.with_name("token-new_one")
    assert token.read_text().strip() == "typed-token"
    for path in (config, token):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tokens_at(beta) == {"Bearer typed-token"}


def test_in_the_restricted_mode_there_is_none_of_it(acme: ScriptedServer, config: Path) -> None:
    with start(config, "--profile", "acme", "--restricted") as run:
        run.wait_for("Conversations 1/30")
        run.send("P")
        run.wait_for("no other project is opened")
        run.send("?")
        run.wait_for("Everywhere")
        run.wait_for("Show or hide the filter")
        assert "another project" not in run.text
        run.send("\x11")
        assert run.wait_for_exit() == 0


def test_a_restricted_profile_stays_restricted(beta: ScriptedServer, config: Path) -> None:
    with start(config, "--profile", "acme") as run:
        run.wait_for("x export")
        go(run, "5", seen="│▌Beta 1")
        assert "x export" not in run.text
        run.send("P")
        run.wait_for("no other project is opened")
        run.send("x")
        run.wait_for("nothing is exported")
        leave(run)


def test_the_demo_ends_when_it_is_left(beta: ScriptedServer, config: Path) -> None:
    with start(config, "--demo") as run:
        run.wait_for(r"\d+ msg")
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        assert children.read_text().split()
        go(run, "2", seen="│▌Beta 1")
        assert not children.read_text().split()
        assert leave(run).endswith("--profile beta")


def test_the_mouse_chooses_too(beta: ScriptedServer, config: Path) -> None:
    with start(config, "--profile", "acme") as run:
        run.wait_for("Conversations 1/30")
        run.send("P")
        run.wait_for("2 beta")
        row, column = next(
            (y, line.index("2 beta")) for y, line in enumerate(run.text.splitlines()) if "2 beta" in line
        )
        for end in "Mm":
            run.send(f"\x1b[<0;{column + 1};{row + 1}{end}")
        run.wait_for("│▌Beta 1")
        leave(run)
