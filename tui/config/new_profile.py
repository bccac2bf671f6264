"""A profile from the answers of a user who has none yet, or wants another: checked, tried, then saved."""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.config.checks import REGIONS, Given, check_base_url, check_project, check_region, check_words
from tui.config.errors import BadSetting, ConfigFileError, MissingSetting
from tui.config.profiles import read_config
from tui.config.settings import TOKEN_VARIABLE, Connection, Flags
from tui.config.sources import PROFILE_VARIABLE, gather
from tui.config.token import Token, parse_token, token_from_command, token_from_variable
from tui.private import make_private

_NAME_LIMIT = 60
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
    scheme: Literal["Bearer", "Token"] = "Bearer"
    """How the token is announced, where it does not say so itself."""

    def __repr__(self) -> str:
        """Without the token: tracebacks and logs call this."""
        return f"Answers({self.server!r}, {self.project!r}, name={self.name!r})"


def missing_in(answers: Answers) -> tuple[str, str] | None:
    """The first answer that is missing: the name of its field, and what to say there."""
    if not answers.server.strip():
        return "server", "The server is missing: eu, us, or a base URL."
    if not answers.project.strip():
        return "project", "The project is missing: its id, or the address of one of its pages."
    if not any(place.strip() for place in (answers.token, answers.variable, answers.command)):
        return "token", "The token is missing: paste it, or name below the variable or the command that has it."
    if not answers.name.strip():
        return "name", "The name is missing: what the profile is to be called."
    return None


def answers_at_first(flags: Flags, environ: Mapping[str, str]) -> Answers | None:
    """What is known already, where no project is named and no config file is there; None where nobody is to be asked.

    Who has said something, but has no token there, has made a mistake, and is told.
    """
    sources, token = gather(flags, environ), bool(environ.get(TOKEN_VARIABLE))
    address, named = sources.address(), flags.profile or environ.get(PROFILE_VARIABLE)
    if sources.config.exists or flags.restricted or named or sources.find("project") is not None:
        return None
    if not token and (address is not None or sources.find("impersonate") is not None):
        return None
    usual = Answers()
    return Answers(address.value if address is not None else usual.server, variable=TOKEN_VARIABLE if token else "")


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
    project_id = check_project(Given(id_in(answers.project), "The project"))
    token = _token(answers, environ)
    return Connection(
        base_url, project_id, token.secret, token.scheme or answers.scheme, name=answers.name, region=region
    )


def id_in(text: str) -> str:
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
    """Write the profile to the config file, and the token to a file of its own beside it; both for their owner alone.

    What stands in the file already stays as it is, to the letter.

    Raises:
        ConfigError: they cannot be written, or there is a profile or a token of that name already.
    """
    before = _content(path)
    token_path = path.with_name("token" if before is None else _token_name(answers.name))
    values = _values(answers, connection, token_path.name)
    text = _with_profile(path, before, answers.name, values)
    made: list[Path] = []
    try:
        make_private(path.parent)
        if answers.token.strip():
            _write_new(token_path, connection.token.reveal() + "\n")
            made.append(token_path)
        if before is None:
            _write_new(path, text)
        else:
            _replace(path, before, text)
    except OSError as error:
        _take_away(made)
        raise _not_saved(path, error, token_path) from None
    except ConfigFileError:
        _take_away(made)
        raise


def check_name(path: Path, name: str) -> None:
    """Raise ConfigError where the config file has a profile of that name already, or cannot be read."""
    check_words(Given(name, "The name"))
    if name in read_config(path, required=False).profiles:
        raise BadSetting(f"There is a profile {name!r} already", "Give this one another name.")


def _content(path: Path) -> str | None:
    """What the config file holds, None where there is none; raises ConfigFileError where it is not valid."""
    if not read_config(path, required=False).exists:
        return None
    return _text_of(path)


def _text_of(path: Path) -> str:
    """The text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def _values(answers: Answers, connection: Connection, token_name: str) -> dict[str, str]:
    server = ("region", connection.region) if connection.region in REGIONS else ("base_url", connection.base_url)
    place = _token_place(answers)
    values = dict([server, ("project", connection.project_id), place or ("token_file", token_name)])
    if connection.scheme != "Bearer":
        values["auth_scheme"] = connection.scheme
    return values


def _with_profile(path: Path, before: str | None, name: str, values: dict[str, str]) -> str:
    """The text of the file with one more profile, which leaves the others and the one that is started with alone."""
    table = [f"[profiles.{_quoted(name)}]", *(f"{key} = {_quoted(value)}" for key, value in values.items())]
    if before is None:
        return "\n".join([f"default_profile = {_quoted(name)}", "", *table]) + "\n"
    check_name(path, name)
    config = read_config(path, required=True)
    lone = next(iter(config.profiles)) if len(config.profiles) == 1 and config.default_profile is None else None
    first = f"default_profile = {_quoted(lone)}\n" if lone is not None else ""
    gap = "" if not before or before.endswith("\n") else "\n"
    text = f"{first}{before}{gap}\n" + "\n".join(table) + "\n"
    if not _adds_only(before, text, name, values, lone):
        raise ConfigFileError(
            f"The profile cannot be added to {path} as that is written", f"Add it by hand: {' · '.join(table)}"
        )
    return text


def _adds_only(before: str, text: str, name: str, values: dict[str, str], lone: str | None) -> bool:
    """Whether the new text says what the old one said, and the new profile."""
    import tomllib

    try:
        old, new = tomllib.loads(before), tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    old.setdefault("profiles", {})[name] = values
    if lone is not None:
        old["default_profile"] = lone
    return old == new


def _token_name(name: str) -> str:
    """The name of the file for the token of a profile."""
    return "token-" + re.sub(r"[^A-Za-z0-9._-]+", "_", name)[:_NAME_LIMIT]


def _take_away(files: list[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()


def _not_saved(path: Path, error: OSError, token_path: Path) -> ConfigFileError:
    if isinstance(error, FileExistsError):
        hint = "Nothing is written over: give another name, or move that file away."
        return ConfigFileError(f"There is a file {error.filename or token_path} already", hint)
    return ConfigFileError(
        f"The profile cannot be saved in {path.parent}: {error.strerror or error}",
        "Check the folder; or set CLARIFEYE_PROJECT and CLARIFEYE_TOKEN in the environment.",
    )


def _token_place(answers: Answers) -> tuple[str, str] | None:
    """The key that says where the token is; None where it was typed and needs a file."""
    if answers.token.strip():
        return None
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


def _replace(path: Path, before: str, text: str) -> None:
    """Put the text in the place of what the file held, all at once; a link leads to the file that is replaced."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    _write_new(beside, text)
    try:
        if _text_of(target) != before:
            raise ConfigFileError(f"{path} has been changed meanwhile", "Look at it, then try again.")
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
