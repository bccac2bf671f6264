import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config import token as tokens
from tui.config.errors import BadSetting, ConfigError, TokenUnavailable
from tui.config.token import parse_token, token_from_command, token_from_file, token_from_variable

WHERE = "token_x in profile 'acme'"


def printing(code: str) -> str:
    return f"{sys.executable} -I -S -c '{code}'"


@pytest.mark.parametrize(
    ("raw", "value", "scheme"),
    [
        ("abc123", "abc123", None),
        ("abc123\n", "abc123", None),
        ("abc123\r\n", "abc123", None),
        ("Token abc123", "abc123", "Token"),
        ("bearer abc123\n", "abc123", "Bearer"),
        ("Authorization: Bearer abc123", "abc123", "Bearer"),
    ],
)
def test_the_token_is_taken_without_what_surrounds_it(raw: str, value: str, scheme: str | None) -> None:
    token = parse_token(raw, WHERE)
    assert (token.secret.reveal(), token.scheme) == (value, scheme)


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("se cret", "white space"),
        ("secret\nX-Evil: 1", "white space"),
        ("sec\x1bret", "control characters"),
        ("sec\x00ret", "control characters"),
        ("sécret", "not ASCII"),
        ("secret" * 2000, "too long"),
    ],
)
def test_what_cannot_be_a_token_is_refused_without_showing_it(raw: str, word: str) -> None:
    with pytest.raises(BadSetting, match=word) as caught:
        parse_token(raw, WHERE)
    assert "cret" not in str(caught.value)


@given(st.text())
def test_any_text_is_a_token_that_can_be_sent_or_gets_our_error(raw: str) -> None:
    try:
        token = parse_token(raw, WHERE)
    except BadSetting:
        return
    assert token.secret.reveal().isascii()
    assert token.secret.reveal().isprintable()
    assert " " not in token.secret.reveal()
    assert token.secret.reveal() not in repr(token) or len(token.secret.reveal()) < 10


def test_a_variable_that_is_not_set_is_said_without_its_name_which_may_be_the_token() -> None:
    assert token_from_variable("ACME", WHERE, {"ACME": "abc"}).secret.reveal() == "abc"
    with pytest.raises(TokenUnavailable, match="is not set") as caught:
        token_from_variable("s3cret", WHERE, {})
    assert "s3cret" not in str(caught.value)


def test_a_file_is_read_from_home_from_the_config_folder_or_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_bytes(b"\xef\xbb\xbfabc\n")
    (tmp_path / "token").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("token", "~/token", str(tmp_path / "token")):
        token = token_from_file(name, WHERE, tmp_path)
        assert (token.secret.reveal(), token.warnings) == ("abc", ())


def test_a_file_that_others_can_read_is_used_and_warned_about(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc")
    (tmp_path / "token").chmod(0o640)
    token = token_from_file("token", WHERE, tmp_path)
    assert token.secret.reveal() == "abc"
    assert [warning for warning in token.warnings if "chmod 600" in warning and "abc" not in warning]


@pytest.mark.parametrize("name", ["missing", ".", "nul\x00"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(TokenUnavailable, match="cannot be read"):
        token_from_file(name, WHERE, tmp_path)


def test_a_command_prints_the_token_and_no_shell_reads_it(tmp_path: Path) -> None:
    token = token_from_command(printing("import sys; print(sys.argv[1])") + " '$HOME;x'", WHERE, os.environ)
    assert token.secret.reveal() == "$HOME;x"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("no-such-command-here", ["Cannot start the command of", "No such file"]),
        ("'open quote", ["quote"]),
        ("", ["is empty"]),
        ("nul\x00", ["Cannot start"]),
        (printing("import sys; sys.exit(3)"), ["Status 3", "Run it by hand"]),
        (printing('import sys; sys.stderr.write("first\\nvault is locked\\n"); sys.exit(1)'), ["vault is locked"]),
        (printing("pass"), ["is empty"]),
        (printing('print("cret one\\ncret two")'), ["white space"]),
        (printing("import sys; sys.stdin.read(); sys.exit(4)"), ["Status 4"]),
    ],
)
def test_a_command_that_gives_no_token_is_said_with_its_own_words(command: str, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        token_from_command(command, WHERE, os.environ)
    for word in [*words, WHERE]:
        assert word in str(caught.value)
    assert "cret" not in caught.value.title + caught.value.hint + caught.value.detail


def test_the_token_is_hidden_in_what_a_failing_command_says() -> None:
    code = """import sys; print("Bearer tokS3CRETcret"); print("shortcret"); print("ok"); """
    for said in ("cannot send tokS3CRETcret", "Bearer tokS3CRETcret is old", "ok shortcret"):
        failing = printing(f"""{code}sys.exit("{said}")""")
        with pytest.raises(TokenUnavailable, match="Status 1") as caught:
            token_from_command(failing, WHERE, os.environ)
        assert "(the token)" in caught.value.detail
        assert "cret" not in str(caught.value)


@pytest.mark.parametrize("command", ["tokS3CRET", "s3cret-token --x", "'Bearer s3cret'", "ab/s3cret", "/s3cret"])
def test_a_token_in_place_of_a_command_is_not_quoted(command: str) -> None:
    with pytest.raises(TokenUnavailable, match="Cannot start the command of") as caught:
        token_from_command(command, WHERE, os.environ)
    assert "cret" not in str(caught.value).lower()


@pytest.mark.parametrize("command", ["false", "/usr/bin/no-such-command", "./no-such-command"])
def test_a_command_that_is_a_program_or_a_path_is_quoted(command: str) -> None:
    with pytest.raises(TokenUnavailable, match=f"the command '{command}' of"):
        token_from_command(command, WHERE, os.environ)


@pytest.mark.parametrize("name", ["tokS3CRET", "ab/s3cret+x==", "/s3cret"])
def test_a_token_in_place_of_a_file_is_not_quoted(tmp_path: Path, name: str) -> None:
    with pytest.raises(TokenUnavailable, match="The token file that token_x in profile") as caught:
        token_from_file(name, WHERE, tmp_path)
    assert "cret" not in str(caught.value).lower()


@pytest.mark.parametrize("name", ["~/missing", "./missing", "sub/missing"])
def test_a_file_that_is_a_path_is_quoted(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(TokenUnavailable, match="missing cannot be read"):
        token_from_file(name, WHERE, tmp_path)


def test_a_command_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "COMMAND_TIMEOUT", 0.05)
    with pytest.raises(TokenUnavailable, match="No token within"):
        token_from_command(printing("import time; time.sleep(600)"), WHERE, os.environ)
