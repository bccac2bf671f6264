"""A first start without any settings: it asks, tries, says what is wrong, saves, and goes on."""

import base64
import re
import stat
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.harness.terminal_run import TerminalRun
from tests.screens.browsing import browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error
from tui.config.choices import Choices
from tui.config.errors import ConfigError, ConfigFileError
from tui.config.new_profile import Answers, connection_of, save_profile
from tui.config.profiles import read_config
from tui.config.resolve import resolve
from tui.config.settings import Connection, Flags
from tui.screens.dialogs.first_start import FirstStartScreen
from tui.widgets.inputs.filter_input import FilterInput

TUI = [sys.executable, "-m", "tui"]
ROOT = Path(__file__).parents[3]
SECRET = "s3cret-token"
PROJECT = "3c90c3cc-0d44-4b50-8888-8dd25736052a"


@pytest.fixture
def environ(tmp_path: Path) -> Mapping[str, str]:
    return {"HOME": str(tmp_path), "LANG": "C.UTF-8"}


def go_to(run: TerminalRun, key: str, text: str) -> None:
    """Press a key that leads to another field, and type there once the cursor has come to it."""
    row, deadline = run.screen.cursor_row, time.monotonic() + 60
    run.send(key)
    while key and run.screen.cursor_row == row:
        assert time.monotonic() < deadline, run.text
        run.drain()
    run.send(text)


def test_it_asks_tries_says_what_is_wrong_saves_and_goes_on(
    environ: Mapping[str, str], server: ScriptedServer, tmp_path: Path
) -> None:
    project = LiveProject([conversation(1)])
    refused = [True]
    server.answer(lambda request: error(401, "Invalid token.") if refused[0] else project(request))
    with TerminalRun(TUI, environ=environ, folder=ROOT, columns=100, rows=30) as run:
        run.wait_for("Where are the conversations")
        go_to(run, "", "nonsense")
        go_to(run, "\t", SECRET)
        run.send("\r")
        run.wait_for("The project is not a UUID")
        go_to(run, "\x1b[Z", "\x15")
        run.wait_for(r"its pages +│\n +│ +3c90")
        run.send(f"https://eu.app.clarifeye.ai/projects/{server.project_id}/x")
        run.wait_for("/x")
        go_to(run, "\x1b[Z", "\x15")
        run.wait_for(r"ending in /api/v1 +│\n +│ +│")
        run.send(server.base_url)
        run.wait_for(re.escape(server.base_url))
        run.send("\x13")
        run.wait_for("The token is not accepted")
        assert not (tmp_path / ".config").exists()
        refused[0] = False
        run.send("\x13")
        run.wait_for("Conversation 1")
        run.send("q")
        assert run.wait_for_exit() == 0
        assert SECRET.encode() not in run.raw
    folder = tmp_path / ".config" / "clarifeye-tui"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("config.toml", "token"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert SECRET not in (folder / "config.toml").read_text()
    assert f"Bearer {SECRET}" in {dict(request.headers).get("authorization") for request in server.requests}


def test_a_token_that_is_typed_cannot_be_copied_or_cut(environ: Mapping[str, str]) -> None:
    with TerminalRun(TUI, environ=environ, folder=ROOT, columns=100, rows=30) as run:
        run.wait_for("Where are the conversations")
        go_to(run, "\t", SECRET)
        run.wait_for(f"•{{{len(SECRET)}}}")
        for key in ("\x18", "\x1b[99;9u"):  # Ctrl-X, and what copies on a Mac
            run.send(f"\x1b[1;2H{key}")
            run.settle()
        go_to(run, "\t", "typed")
        run.wait_for("typed")
        assert "•" * len(SECRET) in run.text
        run.send("\x1b")
        run.wait_for_exit()
    copied = [base64.b64decode(text) for text in re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", bytes(run.raw))]
    assert not [text for text in copied if SECRET.encode() in text]


def test_leaving_the_form_says_what_is_missing(environ: Mapping[str, str], tmp_path: Path) -> None:
    with TerminalRun(TUI, environ=environ, folder=ROOT) as run:
        run.wait_for("Where are the conversations")
        run.send("\x1b")
        assert run.wait_for_exit() == 2
        assert run.is_restored
        assert "No project is set" in run.text
    assert not (tmp_path / ".config").exists()


def test_with_any_setting_it_is_an_error_as_ever(environ: Mapping[str, str]) -> None:
    with TerminalRun([*TUI, "--region", "eu"], environ=environ, folder=ROOT) as run:
        assert run.wait_for_exit() == 2
        assert "No project is set" in run.text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (Answers(project=PROJECT), "No token is given"),
        (Answers(project=PROJECT, token="a", command="b"), "more than one way"),
        (Answers(project=PROJECT, variable="NOT_THERE"), "is not set"),
        (Answers(project=PROJECT, token="a b"), "white space"),
        (Answers(server="fr", project=PROJECT, token="a"), "not a region"),
        (Answers(server="http://far.example/api/v1", project=PROJECT, token="a"), "unencrypted"),
        (Answers(project=PROJECT, token="a", name=" "), "The name is empty"),
    ],
)
def test_each_wrong_answer_is_said(answers: Answers, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        connection_of(answers, {})


@pytest.mark.parametrize(
    "answers",
    [
        Answers(project=PROJECT, token=SECRET),
        Answers(server="https://x.example/api/v1", project=PROJECT, variable="$A_TOKEN", name='it\'s "mine" ü'),
        Answers(server="US", project=PROJECT, command=f"{sys.executable} -c 'print(\"Token s3cret-token\")'"),
    ],
)
def test_what_is_saved_leads_to_the_same_connection(answers: Answers, tmp_path: Path) -> None:
    environ = {"A_TOKEN": SECRET}
    connection = connection_of(answers, environ)
    path = tmp_path / "new" / "config.toml"
    save_profile(path, answers, connection)
    settings = resolve(Flags(config=str(path)), environ)
    assert anywhere(settings.connection) == connection
    assert settings.warnings == ()
    assert SECRET not in repr(answers)


def anywhere(connection: Connection) -> Connection:
    """The connection without where its token was found."""
    return connection._replace(token_from="", token_renews=False)


BEFORE = [
    "",
    "# nothing yet\ntheme = 'dark'",
    "[profiles.one]  # the usual\r\nproject = 'x'\r\n",
    "default_profile = 'one'\n[profiles.one]\n[profiles.'two']",
]


@pytest.mark.parametrize("before", BEFORE)
def test_another_profile_leaves_all_that_was_there(before: str, tmp_path: Path) -> None:
    path, link = tmp_path / "real.toml", tmp_path / "config.toml"
    path.write_bytes(before.encode())
    link.symlink_to(path)
    old = read_config(link, required=True)
    answers = Answers(project=PROJECT, token=SECRET, name="the new/one")
    connection = connection_of(answers, {})
    save_profile(link, answers, connection)
    new = read_config(link, required=True)
    assert before.encode() in path.read_bytes()
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {name: profile.values for name, profile in new.profiles.items() if name != answers.name} == {
        name: profile.values for name, profile in old.profiles.items()
    }
    if old.profiles:
        assert new.choose(None) == old.choose(None), "a start without a profile leads where it led"
    assert anywhere(resolve(Flags(config=str(link), profile=answers.name), {}).connection) == connection
    assert (tmp_path / "token-the_new_one").read_text().strip() == SECRET


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("[profiles.acme]\n", "There is a profile 'acme' already"),
        ("profiles = {one = {}}\n", "as that is written"),
        ("x = \n", "not valid TOML"),
    ],
)
def test_a_file_that_cannot_take_another_profile_stays_as_it_is(before: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(before)
    answers = Answers(project=PROJECT, token=SECRET, name="acme")
    with pytest.raises(ConfigError, match=re.escape(said)):
        save_profile(path, answers, connection_of(answers, {}))
    assert path.read_text() == before
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]


def test_a_token_of_that_name_is_never_written_over(tmp_path: Path) -> None:
    path, token = tmp_path / "config.toml", tmp_path / "token-acme"
    path.write_text("# mine\n")
    token.write_text("precious")
    answers = Answers(project=PROJECT, token=SECRET, name="acme")
    with pytest.raises(ConfigFileError, match="token-acme already"):
        save_profile(path, answers, connection_of(answers, {}))
    assert (path.read_text(), token.read_text()) == ("# mine\n", "precious")


def test_what_is_there_already_is_never_written_over(tmp_path: Path) -> None:
    answers = Answers(project=PROJECT, token=SECRET)
    (tmp_path / "config.toml").write_text("precious")
    with pytest.raises(ConfigFileError):
        save_profile(tmp_path / "config.toml", answers, connection_of(answers, {}))
    assert (tmp_path / "config.toml").read_text() == "precious"
    assert not (tmp_path / "token").exists()


def test_with_a_token_and_no_project_the_form_asks_for_the_rest_and_for_what_is_missing(
    environ: Mapping[str, str], server: ScriptedServer, tmp_path: Path
) -> None:
    server.answer(LiveProject([conversation(1)]))
    known = {**environ, "CLARIFEYE_TOKEN": SECRET, "CLARIFEYE_BASE_URL": server.base_url}
    with TerminalRun(TUI, environ=known, folder=ROOT, columns=80, rows=24) as run:
        run.wait_for("Project: its id")
        run.wait_for("CLARIFEYE_TOKEN")
        run.send("\x13")
        run.wait_for("The project is missing")
        run.send(PROJECT)
        run.wait_for(PROJECT)
        run.send("\x13")
        run.wait_for("Conversation 1")
        run.send("q")
        assert run.wait_for_exit() == 0
    assert 'token_env = "CLARIFEYE_TOKEN"' in (tmp_path / ".config" / "clarifeye-tui" / "config.toml").read_text()


async def test_another_profile_knows_the_server_and_asks_for_a_name_where_it_is_missing(
    server: ScriptedServer, tmp_path: Path
) -> None:
    server.answer(LiveProject([conversation(1)]))
    choices = Choices(Flags(config=str(tmp_path / "config.toml")), {})
    for size in ((80, 24), (40, 12)):  # the fields scroll in both
        async with browsing(server, size=size, connection={"scheme": "Token", "region": "127.0.0.1"}) as it:
            it.screen.context.choices = choices
            await it.press("P", "n")
            await it.until(lambda: isinstance(it.app.screen, FirstStartScreen))
            form = it.app.screen
            assert isinstance(form, FirstStartScreen)
            fields = {field.id: field for field in form.query(FilterInput)}
            assert (fields["server"].value, fields["name"].value) == (server.base_url, "")
            assert form.focused is fields["project"]
            await it.type(PROJECT)
            await it.press("tab")
            await it.type("typed-token")
            await it.press("enter")
            await it.until(lambda: "The name is missing" in it.text)
            assert form.focused is fields["name"]
            await it.type("second")
            await it.until(lambda: "second" in it.text)
            await it.press("escape")
            await it.until(lambda: not isinstance(it.app.screen, FirstStartScreen))
