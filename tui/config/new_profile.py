"""A profile from the answers of somebody who starts the program for the first time: checked, tried, then saved."""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tui.config.checks import Given, check_base_url, check_project, check_region, check_words
from tui.config.errors import BadSetting, ConfigFileError, MissingSetting
from tui.config.settings import REGIONS, Connection
from tui.config.token import Token, parse_token, token_from_command, token_from_variable

_UUID_SOMEWHERE = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed, unchecked; the token itself is never shown."""

    server: str = "eu"
    """A region or a base URL."""
    project: str = ""
    """The project's id, or the address of one of its pages."""
    token: str = ""
    variable: str = ""
    command: str = ""
    name: str = "default"

    def __repr__(self) -> str:
        """Without the token: tracebacks and logs call this."""
        return f"Answers({self.server!r}, {self.project!r}, name={self.name!r})"


def connection_of(answers: Answers, environ: Mapping[str, str]) -> Connection:
    """The connection that the answers lead to; raises ConfigError for the first that is missing or wrong.

    It may wait for a command: call it in a thread.
    """
    check_words(Given(answers.name, "The name"))
    server = answers.server.strip()
    if server.lower() in REGIONS or "://" not in server:
        region = check_region(Given(server, "The server"))
        base_url = REGIONS[region]
    else:
        base_url, region = check_base_url(Given(server, "The server"), allow_http=False)
    project_id = check_project(Given(_id_in(answers.project), "The project"))
    token = _token(answers, environ)
    return Connection(base_url, project_id, token.secret, token.scheme or "Bearer", name=answers.name, region=region)


def _id_in(text: str) -> str:
    """The id in the address of a page, else the text itself."""
    found = re.search(_UUID_SOMEWHERE, text.lower())
    return found[0] if found else text


def _token(answers: Answers, environ: Mapping[str, str]) -> Token:
    places = [place for place in (answers.token, answers.variable, answers.command) if place.strip()]
    if len(places) != 1:
        raise MissingSetting(
            "No token is given" if not places else "The token is given in more than one way",
            "Paste it, or name the variable that holds it, or the command that prints it.",
        )
    if answers.token.strip():
        return parse_token(answers.token, "The token")
    if answers.variable.strip():
        return token_from_variable(answers.variable.strip().lstrip("$"), "the variable", environ)
    return token_from_command(answers.command, "the command", environ)


def save_profile(path: Path, answers: Answers, connection: Connection) -> None:
    """Write a config file with this one profile, and the token to a file beside it; both for its owner alone.

    Raises:
        ConfigFileError: they cannot be written, or a config file is there already.
    """
    token_path = path.with_name("token")
    server = ("region", connection.region) if connection.region in REGIONS else ("base_url", connection.base_url)
    values = dict([server, ("project", connection.project_id), _token_place(answers)])
    if connection.scheme != "Bearer":
        values["auth_scheme"] = connection.scheme
    lines = [f"default_profile = {_quoted(answers.name)}", "", f"[profiles.{_quoted(answers.name)}]"]
    lines += [f"{key} = {_quoted(value)}" for key, value in values.items()]
    made: list[Path] = []
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if answers.token.strip():
            _write_new(token_path, connection.token.reveal() + "\n")
            made.append(token_path)
        _write_new(path, "\n".join(lines) + "\n")
    except OSError as error:
        for file in made:
            with suppress(OSError):
                file.unlink()
        raise ConfigFileError(
            f"The profile cannot be saved in {path.parent}: {error.strerror or error}",
            "Check the folder; or set CLARIFEYE_PROJECT and CLARIFEYE_TOKEN in the environment.",
        ) from None


def _token_place(answers: Answers) -> tuple[str, str]:
    if answers.token.strip():
        return "token_file", "token"
    if answers.variable.strip():
        return "token_env", answers.variable.strip().lstrip("$")
    return "token_command", answers.command.strip()


def _quoted(text: str) -> str:
    if not text.isprintable():
        raise BadSetting("There are control characters in an answer", "Type it again.")
    return json.dumps(text, ensure_ascii=False)


def _write_new(path: Path, text: str) -> None:
    """A file of mode 0600 that was not there before."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
