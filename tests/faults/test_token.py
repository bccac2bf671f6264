"""A token that expires in the middle: another one is read or asked for, and nothing moves."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from tests.screens.browsing import Browsing, browsing
from tests.servers import LiveProject, ScriptedServer, conversation, error, page_of
from tui.config.errors import TokenUnavailable
from tui.config.resolve import resolve
from tui.config.settings import Flags
from tui.config.token import Token, parse_token
from tui.demo.http import Answer, Request
from tui.screens.browse import list_control
from tui.screens.dialogs.export import ExportScreen
from tui.screens.dialogs.token import Refusal, TokenInput, TokenScreen
from tui.terminal.adapter import type_ahead as turns
from tui.terminal.process.environment import Surroundings
from tui.views.listing import waiting

NEW = "a-new-token-that-nobody-may-see"
ROWS = [conversation(number) for number in range(1, 301)]


class Doorman:
    """Lets in who has one of the valid tokens."""

    def __init__(self, server: ScriptedServer) -> None:
        self.project = LiveProject(ROWS)
        self.valid = {server.token}
        self.refused = 0

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization", "").removeprefix("Bearer ") in self.valid:
            return self.project(request)
        self.refused += 1
        return error(401, "Token expired.")


def asks(it: Browsing) -> bool:
    return isinstance(it.app.screen, TokenScreen)


async def type_token(it: Browsing, token: str) -> None:
    await it.until(lambda: it.app.screen.query(TokenInput))
    it.app.screen.query_one(TokenInput).value = token
    await it.press("enter")


async def test_a_token_is_asked_for_while_another_window_has_the_keys(server: ScriptedServer) -> None:
    door = Doorman(server)
    server.answer(door)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        door.valid = {NEW}
        await it.press("r")
        it.app.post_message(events.AppBlur())
        await it.until(lambda: asks(it))
        it.app.post_message(events.AppFocus())
        await it.type(NEW)
        await it.press("enter")
        await it.until(lambda: it.app.screen is it.screen)
        await it.press("j")
        await it.until(lambda: it.rows.cursor == 1)


async def test_a_dialogue_that_only_just_opens_when_another_window_takes_the_keys_has_them_later(
    server: ScriptedServer,
) -> None:
    server.answer(LiveProject(ROWS))
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        it.app.push_screen(TokenScreen(Refusal(it.screen.settings.connection)))
        it.app.post_message(events.AppBlur())
        await it.worked_through()
        it.app.post_message(events.AppFocus())
        await it.type(NEW)
        assert it.app.screen.query_one(TokenInput).value == NEW


async def test_a_new_token_goes_on_at_the_same_place(server: ScriptedServer) -> None:
    door = Doorman(server)
    server.answer(door)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        await it.press("j", "j")
        door.valid = {NEW}
        await it.press("r")
        await it.until_seen("The token is no longer accepted", "The server says: Token expired.", "kept in memory only")
        await it.type("not it")
        assert not it.has("not it")
        await it.press("enter")
        await it.until_seen("What was typed has white space")
        await type_token(it, "not-it")
        await it.until_seen("This one is not accepted either.")
        await type_token(it, NEW)
        await it.until(lambda: not asks(it))
        await it.press("end")
        await it.until_seen("Conversation 300", "Conversations 300/300")
        await it.press("home", "j", "j")
        await it.until_read("Question 3")
        assert not it.has("not accepted")
        assert NEW not in it.text + repr(it.app.__dict__)


async def test_nobody_is_asked_in_the_middle_of_a_line(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_END_OF_TYPING", 60.0)
    door = Doorman(server)
    server.answer(door)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        await it.until_quiet()
        door.valid = {NEW}
        await it.press("slash", *"ref")
        await it.until(lambda: door.refused)
        await it.type("und")
        assert not asks(it)
        await it.press("enter")
        await it.until(lambda: asks(it))
        assert not it.app.screen.query_one(TokenInput).value
        await it.press("escape")
        await it.until_seen("The filter was not applied")
        assert it.screen.project.query.text == "refund"


async def test_esc_keeps_the_rows_with_the_error_and_r_asks_again(server: ScriptedServer) -> None:
    door = Doorman(server)
    server.answer(door)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        await it.until_quiet()
        door.valid = {NEW}
        await it.press("r")
        await it.until(lambda: asks(it))
        await it.press("escape")
        await it.until_seen("The token is not accepted (401): Token expired.", "r tries again", "Conversation 2")
        await it.press("end")
        await it.until(lambda: it.rows.cursor == 299)
        await it.until_quiet()
        assert not asks(it)
        await it.press("r")
        await it.until(lambda: asks(it))
        await type_token(it, NEW)
        await it.until_seen("Conversation 300")


async def test_what_is_waited_for_is_a_token_and_not_the_server(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (waiting, list_control):
        monkeypatch.setattr(module, "SLOW", 0.01)
    door = Doorman(server)
    server.answer(door)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        await it.until_quiet()
        door.valid = set()
        await it.press("r")
        await it.until_seen("The token is no longer accepted", "Waiting for a token that is accepted.")
        assert not it.has("Waiting for the server")
        await it.press("escape")
        await it.until_seen("The token is not accepted (401)")
        assert not it.has("Waiting for a token")


async def test_a_wrong_token_that_was_given_up_does_not_stand_in_the_way_of_the_right_one(
    server: ScriptedServer,
) -> None:
    door = Doorman(server)
    server.answer(door)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        await it.until_quiet()
        door.valid = set()
        await it.press("r")
        await it.until(lambda: asks(it))
        await type_token(it, "wrong")
        await it.until_seen("This one is not accepted either.")
        await it.press("escape")
        await it.until_seen("The token is not accepted (401)")
        door.valid = {server.token}
        await it.press("r", "end")
        await it.until_seen("Conversation 300")


async def test_several_refused_requests_ask_once(server: ScriptedServer) -> None:
    door = Doorman(server)
    server.answer(door)
    async with browsing(server) as it:
        await it.until_seen("Conversations 1/300")
        await it.until_quiet()
        door.valid = {NEW}
        await it.press("end")
        it.screen.run_worker(it.screen.project.conversation(ROWS[150]["id"]), exit_on_error=False)
        await it.until(lambda: asks(it) and door.refused >= 2)
        assert sum(isinstance(screen, TokenScreen) for screen in it.app.screen_stack) == 1
        await type_token(it, NEW)
        await it.until_seen("Conversation 300")
        assert not asks(it)


async def test_an_export_that_ends_behind_the_question_does_not_answer_it(
    server: ScriptedServer, tmp_path: Path
) -> None:
    door, gate = Doorman(server), threading.Event()
    door.project.rows = ROWS[:20]
    server.answer(door)
    async with browsing(server) as it:
        it.app.surroundings = Surroundings({}, tmp_path, tmp_path)
        await it.until_read("Question 1")
        await it.until_quiet()
        door.project.on_list = lambda *_: page_of(ROWS[:20], hold=gate)
        asked = len(server.list_requests)
        await it.press("x")
        await it.until(lambda: isinstance(it.app.screen, ExportScreen))
        await it.press("2", "enter")
        await it.until(lambda: len(server.list_requests) > asked)
        door.valid = {NEW}
        it.screen.run_worker(it.screen.project.conversation("0"), exit_on_error=False)
        await it.until(lambda: asks(it))
        gate.set()
        await it.until(lambda: list(tmp_path.glob("*.md")))
        await it.worked_through()
        assert asks(it)
        door.project.on_list = None
        await type_token(it, NEW)
        await it.until(lambda: it.app.screen is it.screen and it.screen.context.exported_to == tmp_path)
        await it.press("r", "end")
        await it.until_seen("Conversation 20")
        assert not it.screen.project.seeks_token


async def test_a_token_file_is_read_again_before_anybody_is_asked(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(server.token)
    (tmp_path / "token").chmod(0o600)
    config = tmp_path / "config.toml"
    config.write_text(
        f'[profiles.acme]\nbase_url = "{server.base_url}"\nproject = "{server.project_id}"\ntoken_file = "token"\n'
    )
    config.chmod(0o600)
    settings = resolve(Flags(config=str(config)), {})
    assert settings.token_source is not None
    assert server.token not in repr(settings)
    door = Doorman(server)
    server.answer(door)
    async with browsing(server, token_source=settings.token_source) as it:
        await it.until_seen("Conversations 1/300")
        door.valid = {NEW}
        (tmp_path / "token").write_text(f"{NEW}\n")
        await it.press("end")
        await it.until_seen("Conversation 300")
        assert not asks(it)
        door.valid = {"third"}
        (tmp_path / "token").unlink()
        await it.press("r")
        await it.until_seen("The token is no longer accepted", "The token file")
        await type_token(it, "third")
        await it.until(lambda: not asks(it))
        await it.until_seen("Conversation 300")


async def test_a_source_with_bad_tokens_is_not_asked_for_ever(server: ScriptedServer) -> None:
    asked: list[int] = []

    def source() -> Token:
        asked.append(1)
        return parse_token(f"bad-{len(asked)}", "it")

    await _one_question(server, source)
    assert len(asked) == 1


async def test_the_reason_why_a_source_has_none_is_said(server: ScriptedServer) -> None:
    def source() -> Token:
        raise TokenUnavailable("Status 1 from \x1bthe command")

    await _one_question(server, source, "Status 1 from ^[the command")


async def _one_question(server: ScriptedServer, source: Callable[[], Token], *words: str) -> None:
    door = Doorman(server)
    server.answer(door)
    async with browsing(server, token_source=source) as it:
        await it.until_seen("Conversations 1/300")
        await it.until_quiet()
        door.valid = set()
        await it.press("r")
        await it.until_seen("The token is no longer accepted", *words)
        await it.press("escape")
        await it.until_seen("The token is not accepted (401)")


async def test_a_token_that_never_worked_is_said_in_place_of_the_rows(server: ScriptedServer) -> None:
    server.answer(lambda _request: error(401, "Invalid token."))
    async with browsing(server) as it:
        await it.until_seen("The token is not accepted", "401: Invalid token.")
        assert not asks(it)


async def test_a_source_of_tokens_is_read_again_with_r_where_the_very_first_one_is_refused(
    server: ScriptedServer,
) -> None:
    door, told = Doorman(server), [server.token]

    def source() -> Token:
        reads.append(told[0])
        return parse_token(told[0], "it")

    reads: list[str] = []
    door.valid = {NEW}
    server.answer(door)
    async with browsing(server, token_source=source, connection={"token_renews": True}) as it:
        await it.until_seen("The token is not accepted", "then start again; r reads it anew.")
        assert reads == []
        await it.press("r")
        await it.until(lambda: len(reads) == 1 and not it.screen.project.window.is_loading)
        await it.until_seen("The token is not accepted")
        told[0] = NEW
        await it.press("r")
        await it.until_read("Question 1")
        assert not asks(it)


@pytest.mark.parametrize("last", ["all-tags", "users"])
async def test_a_call_beside_the_list_that_is_refused_takes_nobody_for_signed_out(
    last: str, server: ScriptedServer
) -> None:
    door = Doorman(server)
    server.answer(lambda request: error(401, "No.") if request.path.endswith(f"/{last}/") else door(request))
    async with browsing(server) as it:
        await it.until_read("Question 1")
        await it.until(lambda: any(request.path.endswith("/users/") for request in server.requests))
        await it.until_quiet()
        assert not asks(it)
        door.valid = {NEW}
        await it.press("r")
        await it.until(lambda: asks(it))
        await type_token(it, NEW)
        await it.until(lambda: not asks(it))


async def test_leaving_while_a_token_is_asked_for_leaves(server: ScriptedServer) -> None:
    door = Doorman(server)
    server.answer(door)
    async with browsing(server, size=(40, 12)) as it:
        await it.until_seen("Conversation 1")
        await it.until_quiet()
        door.valid = set()
        await it.press("r")
        await it.until_seen("The server says: Token expired", "A new token for acme-prod")
        await it.pilot.press("ctrl+q")
    assert it.app.return_code == 0
